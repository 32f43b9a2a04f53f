#include "pcre2/runner.h"

#include "base/alloc.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "pcre2/captures-data.h"
#include "pcre2/longest.h"

#include <stdlib.h>

/* JIT stacks: each thread has one, and a line for which that was too small gets the other. */
#define JIT_STACK_START ((size_t)32 << 10)
#define JIT_STACK_SIZE ((size_t)512 << 10)
#define JIT_STACK_LARGE ((size_t)128 << 20)

/*
 * For patterns that pcre2_dfa_match() can search for too, in lines of at most EARLY_SIZE bytes: it takes time that is
 * quadratic in the line at worst, backtracking far more.  "(a*)*[cd]" in 1,000 lines of 83 letters: 0.15 s with this
 * limit, 12 s with MATCH_LIMIT.
 */
#define EARLY_LIMIT 100000
#define EARLY_SIZE ((size_t)32 << 10)

struct runner {
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t match_limit;
    struct longest_state *longest;
};

struct runner *runner_create(const struct match_limits *limits)
{
    struct runner *runner = xcalloc(1, sizeof *runner);
    runner->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    runner->context = xnonnull(pcre2_match_context_create(NULL));
    runner->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_SIZE, NULL);
    runner->match_limit = limits->match;
    runner->longest = longest_state_create(limits->match, limits->heap);
    pcre2_set_match_limit(runner->context, limits->match);
    pcre2_set_depth_limit(runner->context, limits->depth);
    pcre2_set_heap_limit(runner->context, limits->heap);
    /* Without a stack of its own the JIT takes 32 KiB of the machine's. */
    pcre2_jit_stack_assign(runner->context, NULL, runner->stack);
    return runner;
}

void runner_free(struct runner *runner)
{
    if (!runner)
        return;
    longest_state_free(runner->longest);
    pcre2_match_data_free(runner->match_data);
    pcre2_match_context_free(runner->context);
    if (runner->stack)
        pcre2_jit_stack_free(runner->stack);
    free(runner);
}

static int match_once(struct runner *runner, const struct form *form, const char *subject, size_t length, size_t start)
{
    if (form->jit)
        return pcre2_jit_match(form->code, (PCRE2_SPTR)subject, length, start, 0, runner->match_data, runner->context);
    return pcre2_match(form->code, (PCRE2_SPTR)subject, length, start, 0, runner->match_data, runner->context);
}

int runner_match(struct runner *runner, const struct form *form, const char *subject, size_t length, size_t start,
                 struct span *match)
{
    int result = match_once(runner, form, subject, length, start);
    if (UNLIKELY(result == PCRE2_ERROR_JIT_STACKLIMIT)) {
        pcre2_jit_stack *large = pcre2_jit_stack_create(JIT_STACK_SIZE, JIT_STACK_LARGE, NULL);
        if (large) {
            pcre2_jit_stack_assign(runner->context, NULL, large);
            result = match_once(runner, form, subject, length, start);
            pcre2_jit_stack_assign(runner->context, NULL, runner->stack);
            pcre2_jit_stack_free(large);
        }
    }
    if (result < 0)
        return result == PCRE2_ERROR_NOMATCH ? 0 : result;
    const size_t *offsets = pcre2_get_ovector_pointer(runner->match_data);
    /* \K in a lookahead can put the start after the end. */
    size_t begin = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
    *match = (struct span){subject + begin, subject + offsets[1]};
    return 1;
}

const char *runner_attempt(const struct runner *runner, const char *subject)
{
    return subject + pcre2_get_startchar(runner->match_data);
}

/* runner_match() in a span, giving up `early` where pcre2_dfa_match() then takes over. */
static int match_span(struct runner *runner, bool early, const struct form *form, struct span subject, const char *from,
                      struct span *match)
{
    size_t length = (size_t)(subject.end - subject.begin), start = (size_t)(from - subject.begin);
    if (!early || runner->match_limit <= EARLY_LIMIT)
        return runner_match(runner, form, subject.begin, length, start, match);
    pcre2_set_match_limit(runner->context, EARLY_LIMIT);
    int result = runner_match(runner, form, subject.begin, length, start, match);
    pcre2_set_match_limit(runner->context, runner->match_limit);
    return result;
}

static bool can_give_up(const struct program *program)
{
    return program->longest && longest_can_search(program->longest);
}

int runner_match_window(struct runner *runner, const struct program *program, const struct form *form,
                        struct span window, struct span *match)
{
    return match_span(runner, can_give_up(program), form, window, window.begin, match);
}

/*
 * PCRE2 tries a pattern that begins with .* only at the start of a subject.  But it may match after bytes that are no
 * character, where it did not before: this tries it after each of these.
 */
static int match_behind(struct runner *runner, const struct form *form, struct span line, const char *from,
                        struct span *match)
{
    int result = 0;
    while (result == 0) {
        from += utf8_valid_length(from, (size_t)(line.end - from));
        if (from >= line.end)
            break;
        from++;
        result = match_span(runner, false, form, line, from, match);
    }
    return result;
}

/* A search that starts elsewhere has its \G there. */
static bool can_start_behind(const struct program *program, const struct form *form)
{
    return program->dot_star && !program->from_start && form == &program->wide;
}

int runner_match_line(struct runner *runner, const struct program *program, const struct form *form, struct span line,
                      const char *from, struct span *match)
{
    bool early = can_give_up(program) && (size_t)(line.end - line.begin) <= EARLY_SIZE;
    int result = match_span(runner, early, form, line, from, match);
    if (UNLIKELY(result < 0) && program->longest) {
        longest_forget(runner->longest);
        int again =
            longest_search(runner->longest, program->longest, line.begin, line.end, from, &match->begin, &match->end);
        if (again >= 0)
            return again;
        if (early)
            result = match_span(runner, false, form, line, from, match);
    }
    if (result == 0 && can_start_behind(program, form))
        result = match_behind(runner, form, line, from, match);
    return result;
}

/* Matches again as runner_match_line() did.  1 when it is the same match, which runner_lengthen() left as it was. */
static int match_again(struct runner *runner, const struct program *program, const struct form *form, bool early,
                       struct span line, const char *from, const struct span *match, struct captures *captures)
{
    pcre2_match_data *own = runner->match_data;
    struct span found;
    runner->match_data = captures->match_data;
    int result = match_span(runner, early, form, line, from, &found);
    if (result == 0 && can_start_behind(program, form))
        result = match_behind(runner, form, line, from, &found);
    runner->match_data = own;
    captures->base = line.begin;
    return result > 0 ? found.begin == match->begin && found.end == match->end : result;
}

int runner_capture(struct runner *runner, const struct program *program, const struct form *form, struct span line,
                   const char *from, const struct span *match, struct captures *captures)
{
    bool early = can_give_up(program) && (size_t)(line.end - line.begin) <= EARLY_SIZE;
    int result = match_again(runner, program, form, early, line, from, match, captures);
    if (result <= 0 && program->longest) {
        longest_forget(runner->longest);
        int longest = longest_capture(runner->longest, program->longest, line.begin, line.end, match->begin, match->end,
                                      captures->match_data, &captures->base);
        if (longest < 0 && result < 0 && early)
            longest = match_again(runner, program, form, false, line, from, match, captures);
        result = longest;
    }
    captures->code = result > 0 ? form->code : NULL;
    return result;
}

void runner_begin_line(struct runner *runner)
{
    longest_forget(runner->longest);
}

void runner_lengthen(struct runner *runner, const struct program *program, struct span line, struct span *match)
{
    if (program->longest)
        match->end = longest_end(runner->longest, program->longest, line.begin, line.end, match->begin, match->end);
}
