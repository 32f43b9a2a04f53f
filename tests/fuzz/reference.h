/*
 * reference.h - what is right: PCRE2, given one line at a time, and nothing else.
 *
 * A line matches when one of the patterns does.  The flags are those that the manual gives; for -w and -x
 * each pattern is wrapped as pcre2grep's manual says.
 */
#ifndef MSCAN_FUZZ_REFERENCE_H
#define MSCAN_FUZZ_REFERENCE_H

#include "base/verdict.h"
#include "match/matcher.h"

struct reference;

/* NULL with *mistake, which has the pattern, PCRE2's message, and the offset unless only the wrapped pattern fails. */
struct reference *reference_create(const struct pattern_list *patterns, const struct matcher_options *options,
                                   struct mistake *mistake);
void reference_free(struct reference *reference);

/* Sets the line that is looked at. */
void reference_set_line(struct reference *reference, const char *line, size_t length);

/* Whether the line matches; OPEN: PCRE2 gave up. */
enum verdict reference_line(struct reference *reference);

/*
 * The first match from offset `from` on: of several the leftmost, and of those the pattern given first, or for -F the
 * longest.
 */
enum verdict reference_find(struct reference *reference, size_t from, size_t *begin, size_t *end);

/*
 * Whether a second search in a line may depend on the first: there are several patterns, and one has a verb.  The
 * matcher keeps what a pattern found, or that it found nothing, while the matches of another come first; with
 * a verb, a new search from there might say something else.
 */
bool reference_depends(const struct reference *reference);

/*
 * Whether PCRE2 says the same of the line, searched from `from` on and from the places before it, without its
 * optimizations, by its interpreter, and behind an alternative that cannot match; where it does not, it has a mistake
 * of its own.
 */
bool reference_agrees(struct reference *reference, size_t from);

#endif
