/*
 * pattern-facts.h - what a pattern's tree says about how PCRE2 may be applied to it.
 *
 * A fact is set only where it is certain.
 */
#ifndef MSCAN_PCRE2_PATTERN_FACTS_H
#define MSCAN_PCRE2_PATTERN_FACTS_H

#include "syntax/dialect.h"
#include "syntax/syntax.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern_facts {
    bool understood; /* the parser knows all of it; otherwise all else here is the careful answer */
    /*
     * Why the pattern must see one line at a time, static text; NULL: it neither matches a newline
     * nor looks beyond one, so a text of many lines under PCRE2_MULTILINE has just the
     * matches that its lines have.
     */
    const char *line_reason;
    /* Then: the pattern with the newline taken out of its sets, of `length` bytes; owned. */
    char *text;
    size_t length;
    /* Compiled for bytes it finds in ASCII text what it finds compiled for Unicode. */
    bool ascii_as_bytes;
    /* And so it does in every text. */
    bool always_as_bytes;
    /* It has ^ or $, which PCRE2_MULTILINE gives another meaning. */
    bool line_anchor;
    /* It may become one branch of an alternation. */
    bool joinable;
    /* It ends with (?x) in force: what is put after it must come on a new line. */
    bool extended_at_end;
    /* It leaves a \Q open. */
    bool quoted_at_end;
    unsigned remedies; /* what keeps it from the faults of this PCRE2: a sum of those in known-faults.h */
};

/* The facts of a pattern that PCRE2 has compiled in the same dialect; pattern_facts_free() frees what they hold. */
void pattern_facts_find(struct pattern_facts *facts, const char *pattern, size_t length, const struct dialect *dialect);

/* The same where the pattern has been parsed. */
void pattern_facts_of_tree(struct pattern_facts *facts, const char *pattern, size_t length, const struct syntax *syntax,
                           const struct dialect *dialect);

/* A branch of an alternation: a pattern that is joinable, or the only one. */
struct pattern_facts_branch {
    const struct pattern_facts *facts;
    const struct syntax *syntax;
};

/*
 * The facts of the alternation of several branches, `length` bytes of `pattern`, without parsing it.  `text` is the
 * alternation of the branches' texts without newlines, `text_length` bytes, and becomes that of the facts; NULL where
 * one has none.
 */
void pattern_facts_join(struct pattern_facts *facts, const struct pattern_facts_branch *branches, size_t count,
                        const char *pattern, size_t length, char *text, size_t text_length);

void pattern_facts_free(struct pattern_facts *facts);

#endif
