#include "compare.h"

#include "base/alloc.h"
#include "reference.h"
#include "sys/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name;
    enum engine_kind kind;
} engines[] = {
    {"auto", ENGINE_AUTO},
    {"literal", ENGINE_LITERAL},
    {"dfa", ENGINE_DFA},
    {"pcre2", ENGINE_PCRE2},
};

/* A text with so many lines that PCRE2 gives up ends there: they take long. */
#define LIMIT_LINES 6

/* A line for which PCRE2 takes longer than this (seconds) ends the text, or the comparison of its bounds. */
#define SLOW_LINE 0.02
#define SLOW_SAMPLE ((size_t)4 << 10)

/* So many bytes, from where a search begins to the line's end, are searched for bounds in a pass over a trial's lines.
 */
#define FIND_BYTES ((size_t)100 << 10)

/* So many lines are tried by themselves, of at most so many bytes. */
#define ALONE_LINES 60
#define ALONE_BYTES 2000

struct line {
    const char *begin, *end;
    enum verdict verdict;
    bool troubled; /* the matcher gave it up */
};

/* One trial on its way through. */
struct check {
    const struct trial *trial;
    struct tally *tally;
    struct bytes *difference;
    struct dice dice;
    struct matcher_options options;
    struct pattern_list patterns;
    struct reference *reference;

    char *mapping; /* the text stands before a page that cannot be read */
    size_t mapping_size;
    const char *end;
    struct line *lines;
    size_t line_count;

    const char *engine;
    struct matcher *matcher;
    struct matcher_state *state;
    size_t find_bytes; /* searched in this pass */
};

static bool differ(struct check *check, const char *what, const struct line *line)
{
    bytes_add_format(check->difference, "%s (engine %s, kernels %s)", what, check->engine,
                     check->options.kernels->name);
    if (line)
        bytes_add_format(check->difference, ", line %zu, bytes %zu to %zu", (size_t)(line - check->lines) + 1,
                         (size_t)(line->begin - check->lines->begin), (size_t)(line->end - check->lines->begin));
    bytes_add_char(check->difference, '\n');
    return false;
}

/* --- the text --- */

static void place_text(struct check *check)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), length = check->trial->text.length;
    size_t inside = (length + MEMORY_SLACK + page - 1) / page * page;
    check->mapping_size = inside + page;
    check->mapping = mmap(NULL, check->mapping_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (check->mapping == MAP_FAILED || mprotect(check->mapping + inside, page, PROT_NONE) != 0)
        abort();
    char *text = check->mapping + inside - MEMORY_SLACK - length;
    if (length > 0)
        memcpy(text, check->trial->text.text, length);
    check->end = text + length;
    check->lines = xcalloc(length + 1, sizeof *check->lines);
    check->lines->begin = text;
    for (const char *at = text; at < check->end;) {
        const char *newline = memchr(at, '\n', (size_t)(check->end - at));
        check->lines[check->line_count++] = (struct line){.begin = at, .end = newline ? newline : check->end};
        at = newline ? newline + 1 : check->end;
    }
}

static size_t longest_line(const struct check *check)
{
    size_t longest = 0;
    for (size_t i = 0; i < check->line_count; i++) {
        size_t length = (size_t)(check->lines[i].end - check->lines[i].begin);
        longest = length > longest ? length : longest;
    }
    return longest;
}

static size_t subject_length(const struct check *check, const struct line *line)
{
    return trial_subject(check->trial, line->begin, (size_t)(line->end - line->begin));
}

static void set_reference_line(struct check *check, const struct line *line)
{
    reference_set_line(check->reference, line->begin, subject_length(check, line));
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Nothing from line number `index` on is looked at. */
static void cut_text(struct check *check, size_t index)
{
    if (index < check->line_count)
        check->end = check->lines[index].begin;
    check->line_count = index;
}

/* A pattern's time may grow with the square of a line's length: whether it would, seen from the line's beginning. */
static bool grows_slow(struct check *check, const struct line *line)
{
    size_t length = (size_t)(line->end - line->begin);
    if (length <= SLOW_SAMPLE)
        return false;
    double times = (double)length / (double)SLOW_SAMPLE, before = seconds();
    reference_set_line(check->reference, line->begin, SLOW_SAMPLE);
    reference_line(check->reference);
    return (seconds() - before) * times * times > 10 * SLOW_LINE;
}

static void decide_lines(struct check *check)
{
    size_t limits = 0;
    for (size_t i = 0; i < check->line_count; i++) {
        struct line *line = &check->lines[i];
        if (grows_slow(check, line)) {
            cut_text(check, i);
            break;
        }
        double before = seconds();
        set_reference_line(check, line);
        line->verdict = reference_line(check->reference);
        check->tally->lines++;
        check->tally->matching += line->verdict == VERDICT_YES;
        check->tally->limits += line->verdict == VERDICT_OPEN;
        limits += line->verdict == VERDICT_OPEN;
        if (seconds() - before > SLOW_LINE)
            cut_text(check, i);
        else if (limits >= LIMIT_LINES)
            cut_text(check, i + 1);
    }
}

/* --- comparing --- */

static void on_given_up(void *context, const char *at, int error)
{
    struct check *check = context;
    (void)error;
    size_t low = 0, high = check->line_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        *(check->lines[middle].begin <= at ? &low : &high) = middle;
    }
    check->lines[low].troubled = true;
    check->tally->troubles++;
}

/* Whether what is known of a line from `from` on can be relied on. */
static bool reliable(struct check *check, struct line *line, size_t from)
{
    if (line->verdict == VERDICT_OPEN || line->troubled)
        return false;
    set_reference_line(check, line);
    if (reference_agrees(check->reference, from))
        return true;
    check->tally->disagreed++;
    line->verdict = VERDICT_OPEN;
    return false;
}

/* The start of the character behind the one at `at`. */
static size_t step(const struct check *check, const struct line *line, size_t at)
{
    at++;
    while (check->options.dialect.unicode && line->begin + at < line->end && (line->begin[at] & 0xc0) == 0x80)
        at++;
    return at;
}

/* The matches in a line, as the program looks for them. */
static bool compare_finds(struct check *check, struct line *line)
{
    size_t length = subject_length(check, line);
    matcher_set_line(check->state, (struct span){line->begin, line->end});
    set_reference_line(check, line);
    for (size_t from = 0; from < length && check->find_bytes < FIND_BYTES;) {
        check->find_bytes += length - from;
        size_t begin = 0, end = 0;
        struct span match;
        double before = seconds();
        enum verdict verdict = reference_find(check->reference, from, &begin, &end);
        if (verdict == VERDICT_OPEN || seconds() - before > SLOW_LINE)
            return true;
        bool found = matcher_find(check->state, line->begin + from, &match);
        check->tally->finds++;
        if (found != (verdict == VERDICT_YES) && reliable(check, line, from))
            return differ(check, found ? "a match is found where there is none" : "a match is not found", line);
        if (found != (verdict == VERDICT_YES) || !found)
            return true;
        if ((match.begin != line->begin + begin || match.end != line->begin + end) && reliable(check, line, from)) {
            bytes_add_format(check->difference, "from %zu: %zu to %zu instead of %zu to %zu: ", from,
                             (size_t)(match.begin - line->begin), (size_t)(match.end - line->begin), begin, end);
            return differ(check, "a match has other bounds", line);
        }
        if (line->verdict == VERDICT_OPEN || reference_depends(check->reference))
            return true;
        begin = begin < from ? from : begin;
        if (begin == length)
            return true;
        if (matcher_step(check->state, line->begin + begin) != line->begin + step(check, line, begin))
            return differ(check, "a step goes elsewhere", line);
        from = begin < end ? end : step(check, line, begin);
    }
    return true;
}

/* The lines from number `*at` up to one that the matcher gave, or to the end, must not match. */
static bool compare_passed(struct check *check, size_t *at, const char *to)
{
    for (; *at < check->line_count && check->lines[*at].begin < to; ++*at) {
        struct line *line = &check->lines[*at];
        if (line->verdict == VERDICT_YES && reliable(check, line, 0))
            return differ(check, "a line that matches is not found", line);
    }
    return true;
}

/* The lines of one text as the matcher gives them, `from` to `to` (numbers). */
static bool compare_piece(struct check *check, size_t from, size_t to, bool with_finds)
{
    const char *end = to < check->line_count ? check->lines[to].begin : check->end;
    struct span span;
    size_t at = from;
    matcher_begin(check->state, check->lines[from].begin, end);
    while (matcher_next(check->state, &span)) {
        if (!compare_passed(check, &at, span.begin))
            return false;
        struct line *line = &check->lines[at];
        if (at >= to || span.begin != line->begin || span.end != line->end)
            return differ(check, "what is given is no line, or comes twice", at < to ? line : NULL);
        at++;
        if (line->verdict == VERDICT_NO && reliable(check, line, 0))
            return differ(check, "a line that does not match is found", line);
        if (with_finds && line->verdict == VERDICT_YES && !compare_finds(check, line))
            return false;
    }
    return compare_passed(check, &at, end);
}

/*
 * What holds wherever PCRE2 contradicts itself, too: a line is given by itself when it is given among others, and has a
 * match when it is given.
 */
static bool compare_alone(struct check *check)
{
    struct span span;
    bool *given = xcalloc(check->line_count + 1, sizeof *given), same = true;
    size_t at = 0;
    matcher_begin(check->state, check->lines->begin, check->end);
    while (matcher_next(check->state, &span)) {
        while (at < check->line_count && check->lines[at].begin < span.begin)
            at++;
        given[at] = true;
    }
    for (size_t i = 0; i < check->line_count && i < ALONE_LINES && same; i++) {
        struct line *line = &check->lines[i];
        if (line->end - line->begin > ALONE_BYTES)
            continue;
        const char *end = i + 1 < check->line_count ? check->lines[i + 1].begin : check->end;
        matcher_begin(check->state, line->begin, end);
        bool found = matcher_next(check->state, &span);
        struct span match;
        if (found)
            matcher_set_line(check->state, span);
        bool bounds = found && matcher_find(check->state, span.begin, &match);
        if (line->troubled)
            continue;
        if (found != given[i])
            same = differ(check, found ? "a line matches only by itself" : "a line matches only among others", line);
        else if (found && !bounds)
            same = differ(check, "a line that is found has no match", line);
    }
    free(given);
    return same;
}

/* Counting takes ways of its own through the text. */
static bool compare_count(struct check *check)
{
    struct span span;
    uint64_t given = 0;
    matcher_begin(check->state, check->lines->begin, check->end);
    while (matcher_next(check->state, &span))
        given++;
    matcher_begin(check->state, check->lines->begin, check->end);
    uint64_t counted = matcher_count(check->state);
    if (counted == given)
        return true;
    for (size_t i = 0; i < check->line_count; i++)
        if (!reliable(check, &check->lines[i], 0))
            return true;
    bytes_add_format(check->difference, "%ju instead of %ju: ", (uintmax_t)counted, (uintmax_t)given);
    return differ(check, "another number of lines is counted than is given", NULL);
}

static bool compare_in_pieces(struct check *check)
{
    unsigned cut = (unsigned)dice_below(&check->dice, 60);
    for (size_t from = 0, to; from < check->line_count; from = to) {
        for (to = from + 1; to < check->line_count && !dice_chance(&check->dice, cut);)
            to++;
        if (!compare_piece(check, from, to, true))
            return false;
    }
    return true;
}

/* Lines that the matcher was not asked for in order. */
static bool compare_some_finds(struct check *check)
{
    for (size_t i = 0; i < 8 && check->line_count > 0; i++) {
        struct line *line = &check->lines[dice_below(&check->dice, check->line_count)];
        if (line->verdict != VERDICT_OPEN && !compare_finds(check, line))
            return false;
    }
    return true;
}

static bool compare_all_lines(struct check *check)
{
    check->find_bytes = 0;
    if (check->line_count == 0) {
        struct span span;
        matcher_begin(check->state, check->end, check->end);
        return !matcher_next(check->state, &span) || differ(check, "an empty text has a line", NULL);
    }
    if (matcher_matches_all(check->matcher)) {
        for (size_t i = 0; i < check->line_count; i++)
            if (check->lines[i].verdict == VERDICT_NO && reliable(check, &check->lines[i], 0))
                return differ(check, "not every line matches", &check->lines[i]);
        return compare_some_finds(check);
    }
    return compare_piece(check, 0, check->line_count, false) && compare_alone(check) && compare_count(check) &&
           compare_in_pieces(check) && compare_some_finds(check);
}

/* Both must refuse the same pattern, for the same reason. */
static bool compare_errors(struct check *check, const struct mistake *expected, const struct mistake *mistake)
{
    if (check->matcher)
        return differ(check, "a pattern is taken that PCRE2 refuses", NULL);
    if (check->reference) {
        bytes_add_format(check->difference, "%s: ", mistake->message);
        return differ(check, "a pattern is refused that PCRE2 takes", NULL);
    }
    if (expected->pattern == mistake->pattern && expected->offset == mistake->offset &&
        strcmp(expected->message, mistake->message) == 0)
        return true;
    bytes_add_format(check->difference, "pattern %zu at %zu: %s; instead of pattern %zu at %zu: %s: ", mistake->pattern,
                     mistake->offset, mistake->message, expected->pattern, expected->offset, expected->message);
    return differ(check, "another error", NULL);
}

static void count_use(struct tally *tally, const char *name, size_t length, uint64_t patterns)
{
    if (length >= sizeof tally->uses->name)
        length = sizeof tally->uses->name - 1;
    for (size_t i = 0; i < ENGINE_USES; i++) {
        struct engine_use *use = &tally->uses[i];
        if (use->patterns == 0)
            memcpy(use->name, name, length);
        else if (strlen(use->name) != length || memcmp(use->name, name, length) != 0)
            continue;
        use->patterns += patterns;
        return;
    }
}

/* The lines of an explanation that say how lines are found. */
static void count_uses(struct tally *tally, const char *explained)
{
    for (const char *line = explained, *end; (end = strchr(line, '\n')); line = end + 1) {
        static const char outwards[] = "    decided from ", wider[] = "which mean more";
        size_t length = (size_t)(end - line);
        if (strncmp(line, "engine", strlen("engine")) == 0)
            count_use(tally, line, (size_t)(strpbrk(line, "(\n") - line), 1);
        else if (strncmp(line, outwards, strlen(outwards)) == 0 && memmem(line, length, wider, strlen(wider)))
            count_use(tally, "outwards from literals, more than the pattern", 45, 1);
        else if (strncmp(line, outwards, strlen(outwards)) == 0)
            count_use(tally, "outwards from literals", 22, 1);
    }
}

void tally_add(struct tally *sum, const struct tally *more)
{
    sum->trials += more->trials;
    sum->refused += more->refused;
    sum->lines += more->lines;
    sum->matching += more->matching;
    sum->finds += more->finds;
    sum->limits += more->limits;
    sum->troubles += more->troubles;
    sum->disagreed += more->disagreed;
    for (size_t i = 0; i < ENGINE_USES && more->uses[i].patterns > 0; i++)
        count_use(sum, more->uses[i].name, strlen(more->uses[i].name), more->uses[i].patterns);
}

static bool compare_engine(struct check *check, const struct mistake *expected)
{
    struct mistake mistake = {0};
    check->matcher = matcher_compile(&check->patterns, &check->options, &mistake);
    if (!check->matcher || !check->reference)
        return compare_errors(check, expected, &mistake);
    char *explained = matcher_explain(check->matcher);
    count_uses(check->tally, explained);
    free(explained);
    for (size_t i = 0; i < check->line_count; i++)
        check->lines[i].troubled = false;
    const struct given_up_sink sink = {on_given_up, check};
    check->state = matcher_state_create(check->matcher, &sink, &sink);
    bool same = compare_all_lines(check);
    matcher_state_free(check->state);
    return same;
}

/* Every engine; one set of kernels, or sometimes all. */
static bool compare_engines(struct check *check, const struct mistake *expected)
{
    size_t kernels = 0;
    while (kernels_get(kernels))
        kernels++;
    bool every = check->trial->number % 16 == 0, same = true;
    for (size_t i = 0; i < COUNT(engines) && same; i++) {
        size_t chosen = dice_below(&check->dice, kernels);
        for (size_t j = 0; j < kernels && same; j++) {
            if (!every && j != chosen)
                continue;
            check->engine = engines[i].name;
            check->options.engine = engines[i].kind;
            check->options.kernels = kernels_get(j);
            same = compare_engine(check, expected);
            matcher_free(check->matcher);
        }
    }
    return same;
}

bool compare_trial(const struct trial *trial, struct tally *tally, struct bytes *difference)
{
    struct check check = {.trial = trial, .tally = tally, .difference = difference, .dice = trial->dice};
    tally->trials++;
    place_text(&check);
    /* What PCRE2 may do for a line: enough for honest ones, and too little for patterns that go wild. */
    uint32_t limit = 20000 + 20 * (uint32_t)longest_line(&check);
    check.options = (struct matcher_options){
        .dialect.fixed = trial->fixed,
        .dialect.caseless = trial->ignore_case,
        .dialect.boundary = trial->line   ? BOUNDS_LINE
                            : trial->word ? BOUNDS_WORD
                                          : BOUNDS_NONE,
        .dialect.crlf = trial->crlf,
        .dialect.unicode = trial->unicode,
        .match_limit = limit,
        .depth_limit = limit,
        .heap_limit = 32u << 10,
    };
    struct mistake expected = {0};
    trial_patterns(trial, &check.patterns);
    bool same = true;
    if (check.patterns.count > 0) {
        check.reference = reference_create(&check.patterns, &check.options, &expected);
        if (check.reference)
            decide_lines(&check);
        else
            tally->refused++;
        same = compare_engines(&check, &expected);
    }
    reference_free(check.reference);
    pattern_list_free(&check.patterns);
    free(check.lines);
    munmap(check.mapping, check.mapping_size);
    return same;
}
