#include "match/places.h"

#include "base/alloc.h"
#include "match/finder.h"

#include <stdlib.h>

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
    bool unicode;
    enum nfa_bounds bounds;
};

struct places *places_create(struct literals *literals, const struct places_options *options)
{
    struct finder *finder = finder_create(literals, options->kernels);
    literals_free(literals);
    if (!finder)
        return NULL;
    struct places *places = xcalloc(1, sizeof *places);
    const struct literals *found = finder_literals(finder);
    places->finder = finder;
    places->certain = found->precise && !finder_is_loose(finder);
    places->certain_in_ascii = found->precise_in_ascii && !finder_is_loose(finder);
    places->unicode = options->unicode;
    places->bounds = options->bounds;
    if (options->syntax && !places->certain_in_ascii)
        places->confirmer =
            confirmer_create(options->syntax, &found->cut, options->bounds, options->unicode, options->exact);
    return places;
}

void places_free(struct places *places)
{
    if (!places)
        return;
    confirmer_free(places->confirmer);
    finder_free(places->finder);
    free(places);
}

const struct literals *places_literals(const struct places *places)
{
    return finder_literals(places->finder);
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

/* Of a byte on one side of a place, or the line's end there, as -w and -x see it. */
static enum verdict side_of(const struct places *places, bool edge, char byte)
{
    if (edge || byte == '\n')
        return VERDICT_YES;
    unsigned char c = (unsigned char)byte;
    if (places->unicode && c >= 0x80)
        return VERDICT_OPEN;
    unsigned char lower = c | 0x20;
    bool word = (lower >= 'a' && lower <= 'z' && c < 0x80) || (c >= '0' && c <= '9') || c == '_';
    return places->bounds == BOUNDS_LINE || word ? VERDICT_NO : VERDICT_YES;
}

/* Whether a literal's place is bounded as the whole pattern has to be. */
static enum verdict bounds_of(const struct place_search *search, const char *begin, const char *end)
{
    const struct places *places = search->places;
    const struct span *text = &search->text;
    if (places->bounds == BOUNDS_NONE)
        return VERDICT_YES;
    enum verdict before = side_of(places, begin == text->begin, begin[begin == text->begin ? 0 : -1]);
    enum verdict after = side_of(places, end == text->end, end == text->end ? '\n' : *end);
    return before == VERDICT_NO || after == VERDICT_YES ? before : after;
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
    if (high && finder_literals(places->finder)->folded)
        search->verdict = VERDICT_OPEN;
    else if (places->confirmer)
        search->verdict = confirm(search, begin);
    else if (places->certain || (places->certain_in_ascii && !high))
        search->verdict = bounds_of(search, begin, end);
    else
        search->verdict = VERDICT_OPEN;
    return search->verdict != VERDICT_NO;
}

void places_open(struct place_search *search, const struct places *places, struct span text)
{
    *search = (struct place_search){.places = places, .text = text, .steps = STEPS_FIRST, .paid = text.begin};
}

bool places_next(struct place_search *search, const char *from, struct span *place, enum verdict *verdict)
{
    bool found = finder_find(search->places->finder, from, search->text.end, is_possible, search, place);
    *verdict = search->verdict;
    return found;
}

/* --- --explain --- */

/* Long lists are cut short. */
#define EXPLAINED_LITERALS 8

static void explain_literal(const struct literal *literal, FILE *out)
{
    fputc('"', out);
    for (size_t i = 0; i < literal->length; i++) {
        unsigned value = literal->value[i], mask = literal->mask[i];
        if (mask == 0xff && value >= ' ' && value < 0x7f)
            fprintf(out, "%s%c", value == '"' || value == '\\' ? "\\" : "", (int)value);
        else if (mask == 0xff)
            fprintf(out, "\\x%02x", value);
        else if (mask == 0xdf && value >= 'A' && value <= 'Z')
            fprintf(out, "[%c%c]", (int)value, (int)value | 0x20);
        else
            fprintf(out, "[\\x%02x&%02x]", value, mask);
    }
    fputc('"', out);
}

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
        explain_literal(&literals->items[i], out);
    }
    if (literals->count > EXPLAINED_LITERALS)
        fprintf(out, " and %zu more", literals->count - EXPLAINED_LITERALS);
    fprintf(out, "\n    %s; found by %s; estimated %.2f ns for a byte\n",
            places->certain ? "all that matches" : "every match has one of them", finder_method(places->finder),
            literals->cost);
    if (places->confirmer)
        confirmer_explain(places->confirmer, out);
}
