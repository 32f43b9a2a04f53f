#include "engine/literal-hits.h"

#include "base/alloc.h"
#include "literal/finder.h"

#include <stdlib.h>
#include <string.h>

/*
 * How many bytes the confirmer may read, in a window at first and for each byte that has been searched.  With more of
 * them a line is looked at as a whole.  It is for patterns such as ^a.*b.*c, which are read back to the beginning of a
 * line from each b that is in it.
 */
#define STEPS_FIRST 4096
#define STEPS_FOR_BYTE 4

struct literal_hits {
    struct finder *finder;
    struct confirmer *confirmer; /* where the hits are no matches by themselves; may be NULL */
    bool certain;                /* each hit, bounded as it has to be, is a match */
    bool certain_in_ascii;       /* each hit that begins with a byte of ASCII is one */
    /*
     * Counts lines with the only needle, where there is one and some of its hits are certain; NULL.  Where each hit
     * is a match, bounded as it has to be, by `sides`, and otherwise by asking about each.
     */
    const char *(*count_lines)(const struct needle *needle, const struct needle_test *test, const char *text,
                               size_t length, size_t *lines);
    unsigned char *sides; /* for -w and -x: what each byte says of a hit beside it, an enum verdict */
};

/* Whether a hit can hold the carriage return at the end of a line. */
static bool may_hold_return(const struct literals *literals)
{
    for (size_t i = 0; i < literals->count; i++)
        for (size_t k = 0; k < literals->items[i].length; k++)
            if (('\r' & literals->items[i].mask[k]) == literals->items[i].value[k])
                return true;
    return false;
}

static void prepare_count(struct literal_hits *hits, const struct literal_hits_options *options)
{
    const struct dialect *dialect = options->dialect;
    if (!finder_needle(hits->finder))
        return;
    /* Each line may end in a carriage return, where the kernel would stop. */
    if (dialect->boundary == BOUNDS_LINE && dialect->crlf)
        return;
    hits->count_lines = options->kernels->count_needle_lines;
    if (!hits->certain || dialect->boundary == BOUNDS_NONE)
        return;
    const struct bounds bounds = {.dialect = dialect};
    hits->sides = xcalloc(256, sizeof *hits->sides);
    for (unsigned byte = 0; byte < 256; byte++)
        hits->sides[byte] = (unsigned char)bounds_side(&bounds, (unsigned char)byte);
}

struct literal_hits *literal_hits_create(struct literals *literals, const struct literal_hits_options *options)
{
    struct finder *finder = finder_create(literals, options->kernels);
    literals_free(literals);
    if (!finder)
        return NULL;
    struct literal_hits *hits = xcalloc(1, sizeof *hits);
    const struct literals *found = finder_literals(finder);
    hits->finder = finder;
    bool plain = !finder_is_loose(finder) && !(options->dialect->crlf && may_hold_return(found));
    hits->certain = plain && found->precise;
    hits->certain_in_ascii = plain && found->precise_in_ascii;
    if (options->syntax && !hits->certain_in_ascii)
        hits->confirmer = confirmer_create(&(struct confirmer_options){.syntax = options->syntax,
                                                                       .literals = found,
                                                                       .loose = finder_is_loose(finder),
                                                                       .dialect = options->dialect,
                                                                       .other_cases = options->other_cases,
                                                                       .exact = options->exact,
                                                                       .kernels = options->kernels});
    prepare_count(hits, options);
    return hits;
}

void literal_hits_free(struct literal_hits *hits)
{
    if (!hits)
        return;
    confirmer_free(hits->confirmer);
    finder_free(hits->finder);
    free(hits->sides);
    free(hits);
}

const struct literals *literal_hits_literals(const struct literal_hits *hits)
{
    return finder_literals(hits->finder);
}

const struct finder *literal_hits_finder(const struct literal_hits *hits)
{
    return hits->finder;
}

bool literal_hits_are_matches(const struct literal_hits *hits)
{
    return hits->certain;
}

bool literal_hits_may_be_matches(const struct literal_hits *hits)
{
    return hits->confirmer ? confirmer_is_exact(hits->confirmer) : hits->certain_in_ascii;
}

/* --- what a hit says --- */

/* Whether a hit is bounded as the whole pattern has to be. */
static enum verdict bounds_of(const struct hit_search *search, const char *begin, const char *end)
{
    return bounds_around(search->bounds, search->text, (struct span){begin, end});
}

static enum verdict confirm(struct hit_search *search, const char *at)
{
    if (at > search->paid) {
        search->steps += (size_t)(at - search->paid) * STEPS_FOR_BYTE;
        search->paid = at;
    }
    return confirmer_check(search->hits->confirmer, search->text, at, &search->steps);
}

static bool is_possible(void *context, const char *begin, const char *end)
{
    struct hit_search *search = context;
    const struct literal_hits *hits = search->hits;
    bool high = *begin & 0x80;
    search->asked = (struct span){begin, end};
    if (high && finder_literals(hits->finder)->fold_count > 0)
        search->verdict = VERDICT_OPEN;
    else if (hits->confirmer)
        search->verdict = confirm(search, begin);
    else if (hits->certain || (hits->certain_in_ascii && !high))
        search->verdict = bounds_of(search, begin, end);
    else
        search->verdict = VERDICT_OPEN;
    return search->verdict != VERDICT_NO;
}

void literal_hits_open(struct hit_search *search, const struct literal_hits *hits, struct bounds *bounds,
                       struct span text)
{
    *search = (struct hit_search){
        .hits = hits,
        .bounds = bounds,
        .text = text,
        .blank = {text.end, text.end},
        .steps = STEPS_FIRST,
        .paid = text.begin,
    };
}

static bool find(struct hit_search *search, const char *from, finder_fits *fits, struct span *hit)
{
    if (!finder_find_outside(search->hits->finder, search->blank, from, search->text.end, fits, search, hit))
        return false;
    /* Where there are many literals, others have been asked about since. */
    if (hit->begin != search->asked.begin || hit->end != search->asked.end)
        fits(search, hit->begin, hit->end);
    return true;
}

bool literal_hits_next(struct hit_search *search, const char *from, struct span *hit, enum verdict *verdict)
{
    bool found = find(search, from, is_possible, hit);
    *verdict = search->verdict;
    return found;
}

/* --- counting --- */

static const char *start_of_line(const char *from, const char *at)
{
    const char *before = memrchr(from, '\n', (size_t)(at - from));
    return before ? before + 1 : from;
}

static enum verdict judge(void *context, const char *at)
{
    struct hit_search *search = context;
    is_possible(search, at, at + finder_needle(search->hits->finder)->length);
    return search->verdict;
}

/* From the start of a line on: up to the first line that is not certain. */
static const char *count_by_needle(struct hit_search *search, const char *from, uint64_t *count)
{
    const struct literal_hits *hits = search->hits;
    const struct needle *needle = finder_needle(hits->finder);
    const struct needle_test test = {hits->sides, hits->certain ? NULL : judge, search};
    size_t lines;
    const char *open = hits->count_lines(needle, &test, from, (size_t)(search->text.end - from), &lines);
    *count += lines;
    return open ? start_of_line(from, open) : search->text.end;
}

uint64_t literal_hits_count(struct hit_search *search, const char **from)
{
    const char *end = search->text.end;
    uint64_t count = 0;
    struct span hit;
    enum verdict verdict;
    for (;;) {
        if (search->hits->count_lines)
            *from = count_by_needle(search, *from, &count);
        /* The judge has been asked about all that can be known. */
        if (search->hits->count_lines && !search->hits->certain)
            return count;
        if (!literal_hits_next(search, *from, &hit, &verdict)) {
            *from = end;
            return count;
        }
        if (verdict != VERDICT_YES) {
            *from = start_of_line(*from, hit.begin);
            return count;
        }
        count++;
        const char *newline = memchr(hit.begin, '\n', (size_t)(end - hit.begin));
        *from = newline ? newline + 1 : end;
    }
}

/* --- matches --- */

/* Whether no character of a line folds to a letter of the literals from beyond ASCII. */
static bool has_no_folds(const struct literals *literals, struct span line)
{
    for (size_t i = literals->count - literals->fold_count; i < literals->count; i++)
        if (memmem(line.begin, (size_t)(line.end - line.begin), literals->items[i].value, literals->items[i].length))
            return false;
    return true;
}

bool literal_hits_know_line(const struct literal_hits *hits, size_t pattern_count, struct span line)
{
    const struct literals *literals = finder_literals(hits->finder);
    return hits->certain_in_ascii && literals->count - literals->fold_count == pattern_count &&
           has_no_folds(literals, line);
}

static bool is_bounded(void *context, const char *begin, const char *end)
{
    struct hit_search *search = context;
    search->asked = (struct span){begin, end};
    search->verdict = bounds_of(search, begin, end);
    return search->verdict != VERDICT_NO;
}

enum verdict literal_hits_locate(struct hit_search *search, const char *from, struct span *match)
{
    struct span hit;
    if (!find(search, from, is_bounded, &hit))
        return VERDICT_NO;
    if (search->verdict == VERDICT_YES)
        *match = hit;
    return search->verdict;
}

/* --- --explain --- */

/* Long lists are cut short. */
#define EXPLAINED_LITERALS 8

void literal_hits_explain(const struct literal_hits *hits, FILE *out)
{
    if (!hits) {
        fprintf(out, "  literals: none that every match has and that are rare\n");
        return;
    }
    const struct literals *literals = finder_literals(hits->finder);
    fprintf(out, "  literals:");
    for (size_t i = 0; i < literals->count && i < EXPLAINED_LITERALS; i++) {
        fputc(' ', out);
        literal_explain(&literals->items[i], out);
    }
    if (literals->count > EXPLAINED_LITERALS)
        fprintf(out, " and %zu more", literals->count - EXPLAINED_LITERALS);
    fprintf(out, "\n    %s; found by %s; estimated %.2f ns for a byte\n",
            hits->certain ? "all that matches" : "every match has one of them", finder_method(hits->finder),
            literals->cost);
    if (hits->confirmer)
        confirmer_explain(hits->confirmer, out);
}
