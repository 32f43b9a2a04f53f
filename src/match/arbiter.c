#include "match/arbiter.h"

#include "base/alloc.h"
#include "base/compiler.h"

#include <stdlib.h>

/* JIT stacks: the one each thread has, and the one a line gets for which that was too small. */
#define JIT_STACK_START ((size_t)32 << 10)
#define JIT_STACK_SIZE ((size_t)512 << 10)
#define JIT_STACK_LARGE ((size_t)128 << 20)

struct arbiter {
    pcre2_match_data *match_data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

struct arbiter *arbiter_create(const struct arbiter_limits *limits)
{
    struct arbiter *arbiter = xcalloc(1, sizeof *arbiter);
    arbiter->match_data = xnonnull(pcre2_match_data_create(1, NULL));
    arbiter->context = xnonnull(pcre2_match_context_create(NULL));
    arbiter->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_SIZE, NULL);
    pcre2_set_match_limit(arbiter->context, limits->match);
    pcre2_set_depth_limit(arbiter->context, limits->depth);
    pcre2_set_heap_limit(arbiter->context, limits->heap);
    /* Without a stack of its own the JIT takes 32 KiB of the machine's. */
    pcre2_jit_stack_assign(arbiter->context, NULL, arbiter->stack);
    return arbiter;
}

void arbiter_free(struct arbiter *arbiter)
{
    if (!arbiter)
        return;
    pcre2_match_data_free(arbiter->match_data);
    pcre2_match_context_free(arbiter->context);
    if (arbiter->stack)
        pcre2_jit_stack_free(arbiter->stack);
    free(arbiter);
}

static int match_once(struct arbiter *arbiter, const struct form *form, const char *subject, size_t length,
                      size_t start)
{
    if (form->jit)
        return pcre2_jit_match(form->code, (PCRE2_SPTR)subject, length, start, 0, arbiter->match_data,
                               arbiter->context);
    return pcre2_match(form->code, (PCRE2_SPTR)subject, length, start, 0, arbiter->match_data, arbiter->context);
}

int arbiter_match(struct arbiter *arbiter, const struct form *form, const char *subject, size_t length, size_t start,
                  struct span *match)
{
    int result = match_once(arbiter, form, subject, length, start);
    if (UNLIKELY(result == PCRE2_ERROR_JIT_STACKLIMIT)) {
        pcre2_jit_stack *large = pcre2_jit_stack_create(JIT_STACK_SIZE, JIT_STACK_LARGE, NULL);
        if (large) {
            pcre2_jit_stack_assign(arbiter->context, NULL, large);
            result = match_once(arbiter, form, subject, length, start);
            pcre2_jit_stack_assign(arbiter->context, NULL, arbiter->stack);
            pcre2_jit_stack_free(large);
        }
    }
    if (result < 0)
        return result == PCRE2_ERROR_NOMATCH ? 0 : result;
    const size_t *offsets = pcre2_get_ovector_pointer(arbiter->match_data);
    /* \K in a lookahead can put the start behind the end. */
    size_t begin = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
    *match = (struct span){subject + begin, subject + offsets[1]};
    return 1;
}
