/*
 * syntax.h - PCRE2 pattern syntax, parsed into a small tree.
 *
 * The tree says what a pattern can match, for the analyses that decide where
 * PCRE2 has to look.  It never decides a match itself.  A pattern that the
 * parser does not understand completely is refused with the reason, and the
 * caller gives it to PCRE2 alone: slower, never wrong.
 *
 * Source of the syntax: pcre2pattern(3) and pcre2syntax(3).
 */
#ifndef MSCAN_SYNTAX_SYNTAX_H
#define MSCAN_SYNTAX_SYNTAX_H

#include "syntax/cased.h"
#include "syntax/charset.h"
#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum node_kind {
    NODE_EMPTY,   /* matches the empty string */
    NODE_SET,     /* one character out of a set */
    NODE_CHAR,    /* one literal character beyond ASCII, and no other case of it is ASCII (Unicode only) */
    NODE_CAT,     /* children one after another */
    NODE_ALT,     /* one of the children, in order of preference */
    NODE_REPEAT,  /* the child min to max times */
    NODE_GROUP,   /* the child; capturing, not capturing, or atomic */
    NODE_LOOK,    /* lookahead or lookbehind of the child */
    NODE_ASSERT,  /* a simple assertion, see enum assertion */
    NODE_BACKREF, /* what a capture matched */
    NODE_OTHER,   /* \R, \X, and without Unicode \C: understood, but no single character */
};

enum repeat_mode { REPEAT_GREEDY, REPEAT_LAZY, REPEAT_POSSESSIVE };

enum assertion {
    ASSERT_LINE_START,    /* ^ */
    ASSERT_LINE_END,      /* $ */
    ASSERT_WORD,          /* \b */
    ASSERT_NOT_WORD,      /* \B */
    ASSERT_SUBJECT_START, /* \A */
    ASSERT_SUBJECT_END,   /* \z */
    ASSERT_SUBJECT_LAST,  /* \Z */
    ASSERT_SEARCH_START,  /* \G */
    ASSERT_KEEP,          /* \K: moves the start of the match, asserts nothing */
};

#define REPEAT_UNLIMITED UINT32_MAX

struct node {
    enum node_kind kind;
    bool multiline; /* NODE_ASSERT ^ and $: (?m) was set by the pattern itself */
    /* NODE_SET written as an escape, a class or a dot: where it stands in the pattern, bytes; else both 0. */
    uint32_t text_begin, text_end;
    /* NODE_CAT, NODE_ALT: at least two children.  NODE_REPEAT, NODE_GROUP, NODE_LOOK: exactly one. */
    struct node **children;
    size_t child_count;
    union {
        struct charset set; /* NODE_SET */
        struct {
            uint32_t code_point; /* > 127 */
            bool caseless;
        } character; /* NODE_CHAR */
        struct {
            uint32_t min, max; /* max may be REPEAT_UNLIMITED */
            enum repeat_mode mode;
        } repeat; /* NODE_REPEAT */
        struct {
            uint32_t capture; /* number of the capture, 0: does not capture */
            bool atomic;
        } group; /* NODE_GROUP */
        struct {
            bool behind, negative;
        } look;                   /* NODE_LOOK */
        enum assertion assertion; /* NODE_ASSERT */
        struct {
            uint32_t capture; /* 0: not known (a name used more than once) */
            bool caseless;
        } backref;  /* NODE_BACKREF */
        char other; /* NODE_OTHER: 'R', 'X' or 'C' */
    } u;
};

/*
 * A parsed pattern; owns its nodes.  When it was not understood, only `unsupported`,
 * `unsupported_offset`, `only_ascii` and `cased` are known: the captures are not counted, and
 * the other flags are true, the answer that calls for the most care.
 */
struct syntax {
    struct node *root; /* NULL when the pattern was not understood */
    /* Why it was not understood, e.g. "recursion", "backtracking verb"; static text, NULL otherwise. */
    const char *unsupported;
    size_t unsupported_offset;   /* byte offset in the pattern of what was not understood */
    uint32_t capture_count;      /* number of capturing groups */
    bool has_names;              /* some group has a name */
    bool unsets_multiline;       /* has (?-m) or (?^) somewhere, alone or with other letters */
    bool extended_at_end;        /* (?x) is in force where the pattern ends */
    bool quoted_at_end;          /* \Q without its \E is in force where the pattern ends */
    bool only_ascii;             /* no byte of the pattern's text is above 127 */
    struct cased_list cased;     /* in all of the pattern; up to a mistake that PCRE2 finds, if there is one */
    struct syntax_block *memory; /* private: what the nodes live in */
};

/*
 * Parses `length` bytes of `pattern`, in PCRE2's syntax or, with dialect->fixed, a string.  PCRE2 has compiled it
 * without error, caseless and for Unicode (PCRE2_UTF | PCRE2_UCP) as the dialect says, with newlines being LF and its
 * built-in tables.  Never fails: what
 * is not understood yields root == NULL and a reason.  Takes time linear in `length`.
 * The result belongs to the caller: syntax_free().  The tree means what rewrite_cased() makes
 * of the pattern.
 *
 * Where releases of PCRE2 from 10.34 on give the same text different meanings, the
 * pattern is refused.  The tree is at most 4 * 251 nodes deep, so that recursion over
 * it is safe; a node may have any number of children.
 */
struct syntax *syntax_parse(const char *pattern, size_t length, const struct dialect *dialect);

/* Frees a parsed pattern; NULL is allowed. */
void syntax_free(struct syntax *syntax);

/*
 * Writes the tree as one line of text, for --explain and for tests, into a
 * string that the caller frees.  "(not understood: REASON at OFFSET)" when
 * there is no tree.
 */
char *syntax_describe(const struct syntax *syntax);

#endif
