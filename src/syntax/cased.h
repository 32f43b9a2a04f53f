/*
 * cased.h - what a class of one case means where case is ignored: the letters of all cases.
 *
 * PCRE2 has [:upper:] match letters of both cases under PCRE2_CASELESS, but under PCRE2_UCP only those of one, in all
 * releases up to 10.46, and \p{Lu} those of one up to 10.42.  Here both are \p{L&} wherever case is ignored, by the
 * option or by (?i): the tree has it so, and rewrite_cased() writes it so for PCRE2.  Without Unicode [:upper:] stays
 * as it is: its letters are those of the locale.
 */
#ifndef MSCAN_SYNTAX_CASED_H
#define MSCAN_SYNTAX_CASED_H

#include <stdbool.h>
#include <stddef.h>

/* A class or property of one case, where case is ignored. */
struct cased_place {
    size_t begin, end; /* bytes in the pattern */
    bool negated;
};

struct cased_list {
    struct cased_place *places; /* in the order of the pattern; free() frees them */
    size_t count, room;
};

/* Adds a place to a list, after those that it has. */
void cased_note(struct cased_list *list, size_t begin, size_t end, bool negated);

/*
 * Whether a property, from its backslash to its end, is one of a case: \p{Lu}, \P{Ll}, \p{^Lt}, with what PCRE2 takes
 * no notice of in names.  If so, *negated says whether it holds all other characters.
 */
bool cased_is_property(const char *property, size_t length, bool *negated);

/* The same for a name in [: :], without its caret. */
bool cased_is_posix(const char *name, size_t length);

/* What either is read as. */
const char *cased_letters(bool negated);

#endif
