#include "engine/places.h"

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

struct places {
    struct finder *finder;
    struct confirmer *confirmer; /* where the places are no matches by themselves; may be NULL */
    bool certain;                /* each place, bounded as it has to be, is a match */
    bool certain_in_ascii;       /* each that begins with a byte of ASCII */
    /*
     * Counts lines with the only needle, where there is one and some of its places are certain; NULL.  Where each place
     * is a match, bounded as it has to be, by `sides`, and otherwise by asking about each.
     */
    const char *(*count_lines)(const struct needle *needle, const struct needle_test *test, const char *text,
                               size_t length, size_t *lines);
    unsigned char *sides; /* for -w and -x: what each byte says of a place beside it, an enum verdict */
};

/* Whether a place of some literal can hold the carriage return at the end of a line. */
static bool may_hold_return(const struct literals *literals)
{
    for (size_t i = 0; i < literals->count; i++)
        for (size_t k = 0; k < literals->items[i].length; k++)
            if (('\r' & literals->items[i].mask[k]) == literals->items[i].value[k])
                return true;
    return false;
}

static void prepare_count(struct places *places, const struct places_options *options)
{
    const struct dialect *dialect = options->dialect;
    if (!finder_needle(places->finder))
        return;
    /* Each line may end in a carriage return, where the kernel would stop. */
    if (dialect->boundary == BOUNDS_LINE && dialect->crlf)
        return;
    places->count_lines = options->kernels->count_needle_lines;
    if (!places->certain || dialect->boundary == BOUNDS_NONE)
        return;
    const struct bounds bounds = {.dialect = dialect};
    places->sides = xcalloc(256, sizeof *places->sides);
    for (unsigned byte = 0; byte < 256; byte++)
        places->sides[byte] = (unsigned char)bounds_side(&bounds, (unsigned char)byte);
}

struct places *places_create(struct literals *literals, const struct places_options *options)
{
    struct finder *finder = finder_create(literals, options->kernels);
    literals_free(literals);
    if (!finder)
        return NULL;
    struct places *places = xcalloc(1, sizeof *places);
    const struct literals *found = finder_literals(finder);
    places->finder = finder;
    bool plain = !finder_is_loose(finder) && !(options->dialect->crlf && may_hold_return(found));
    places->certain = plain && found->precise;
    places->certain_in_ascii = plain && found->precise_in_ascii;
    if (options->syntax && !places->certain_in_ascii)
        places->confirmer = confirmer_create(&(struct confirmer_options){.syntax = options->syntax,
                                                                         .literals = found,
                                                                         .loose = finder_is_loose(finder),
                                                                         .dialect = options->dialect,
                                                                         .variants = options->variants,
                                                                         .exact = options->exact,
                                                                         .kernels = options->kernels});
    prepare_count(places, options);
    return places;
}

void places_free(struct places *places)
{
    if (!places)
        return;
    confirmer_free(places->confirmer);
    finder_free(places->finder);
    free(places->sides);
    free(places);
}

const struct literals *places_literals(const struct places *places)
{
    return finder_literals(places->finder);
}

const struct finder *places_finder(const struct places *places)
{
    return places->finder;
}

bool places_are_matches(const struct places *places)
{
    return places->certain;
}

bool places_may_be_matches(const struct places *places)
{
    return places->confirmer ? confirmer_is_exact(places->confirmer) : places->certain_in_ascii;
}

bool places_are_confirmed(const struct places *places)
{
    return places->confirmer;
}

/* --- what a place says --- */

/* Whether a literal's place is bounded as the whole pattern has to be. */
static enum verdict bounds_of(const struct place_search *search, const char *begin, const char *end)
{
    return bounds_around(search->bounds, search->text, (struct span){begin, end});
}

static enum verdict confirm(struct place_search *search, const char *at)
{
    if (at > search->paid) {
        search->steps += (size_t)(at - search->paid) * STEPS_FOR_BYTE;
        search->paid = at;
    }
    return confirmer_check(search->places->confirmer, search->text, at, &search->steps);
}

static bool is_possible(void *context, const char *begin, const char *end)
{
    struct place_search *search = context;
    const struct places *places = search->places;
    bool high = *begin & 0x80;
    search->asked = (struct span){begin, end};
    if (high && finder_literals(places->finder)->fold_count > 0)
        search->verdict = VERDICT_OPEN;
    else if (places->confirmer)
        search->verdict = confirm(search, begin);
    else if (places->certain || (places->certain_in_ascii && !high))
        search->verdict = bounds_of(search, begin, end);
    else
        search->verdict = VERDICT_OPEN;
    return search->verdict != VERDICT_NO;
}

void places_open(struct place_search *search, const struct places *places, struct bounds *bounds, struct span text)
{
    *search = (struct place_search){
        .places = places,
        .bounds = bounds,
        .text = text,
        .blank = {text.end, text.end},
        .steps = STEPS_FIRST,
        .paid = text.begin,
    };
}

static bool find(struct place_search *search, const char *from, finder_fits *fits, struct span *place)
{
    if (!finder_find_outside(search->places->finder, search->blank, from, search->text.end, fits, search, place))
        return false;
    /* Where there are many literals, others have been asked about since. */
    if (place->begin != search->asked.begin || place->end != search->asked.end)
        fits(search, place->begin, place->end);
    return true;
}

bool places_next(struct place_search *search, const char *from, struct span *place, enum verdict *verdict)
{
    bool found = find(search, from, is_possible, place);
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
    struct place_search *search = context;
    is_possible(search, at, at + finder_needle(search->places->finder)->length);
    return search->verdict;
}

/* From the start of a line on: up to the first line that is not certain. */
static const char *count_by_needle(struct place_search *search, const char *from, uint64_t *count)
{
    const struct places *places = search->places;
    const struct needle *needle = finder_needle(places->finder);
    const struct needle_test test = {places->sides, places->certain ? NULL : judge, search};
    size_t lines;
    const char *open = places->count_lines(needle, &test, from, (size_t)(search->text.end - from), &lines);
    *count += lines;
    return open ? start_of_line(from, open) : search->text.end;
}

uint64_t places_count(struct place_search *search, const char **from)
{
    const char *end = search->text.end;
    uint64_t count = 0;
    struct span place;
    enum verdict verdict;
    for (;;) {
        if (search->places->count_lines)
            *from = count_by_needle(search, *from, &count);
        /* The judge has been asked about all that can be known. */
        if (search->places->count_lines && !search->places->certain)
            return count;
        if (!places_next(search, *from, &place, &verdict)) {
            *from = end;
            return count;
        }
        if (verdict != VERDICT_YES) {
            *from = start_of_line(*from, place.begin);
            return count;
        }
        count++;
        const char *newline = memchr(place.begin, '\n', (size_t)(end - place.begin));
        *from = newline ? newline + 1 : end;
    }
}

/* --- matches --- */

/* Whether a line has no character beyond ASCII that folds to a letter of the literals. */
static bool has_no_folds(const struct literals *literals, struct span line)
{
    for (size_t i = literals->count - literals->fold_count; i < literals->count; i++)
        if (memmem(line.begin, (size_t)(line.end - line.begin), literals->items[i].value, literals->items[i].length))
            return false;
    return true;
}

bool places_know_line(const struct places *places, size_t pattern_count, struct span line)
{
    const struct literals *literals = finder_literals(places->finder);
    return places->certain_in_ascii && literals->count - literals->fold_count == pattern_count &&
           has_no_folds(literals, line);
}

static bool is_bounded(void *context, const char *begin, const char *end)
{
    struct place_search *search = context;
    search->asked = (struct span){begin, end};
    search->verdict = bounds_of(search, begin, end);
    return search->verdict != VERDICT_NO;
}

enum verdict places_locate(struct place_search *search, const char *from, struct span *match)
{
    struct span place;
    if (!find(search, from, is_bounded, &place))
        return VERDICT_NO;
    if (search->verdict == VERDICT_YES)
        *match = place;
    return search->verdict;
}

/* --- --explain --- */

/* Long lists are cut short. */
#define EXPLAINED_LITERALS 8

void places_explain(const struct places *places, FILE *out)
{
    if (!places) {
        fprintf(out, "  literals: none that every match has and that are rare\n");
        return;
    }
    const struct literals *literals = finder_literals(places->finder);
    fprintf(out, "  literals:");
    for (size_t i = 0; i < literals->count && i < EXPLAINED_LITERALS; i++) {
        fputc(' ', out);
        literal_explain(&literals->items[i], out);
    }
    if (literals->count > EXPLAINED_LITERALS)
        fprintf(out, " and %zu more", literals->count - EXPLAINED_LITERALS);
    fprintf(out, "\n    %s; found by %s; estimated %.2f ns for a byte\n",
            places->certain ? "all that matches" : "every match has one of them", finder_method(places->finder),
            literals->cost);
    if (places->confirmer)
        confirmer_explain(places->confirmer, out);
}
