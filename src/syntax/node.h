/*
 * node.h - the nodes of a pattern's tree.
 */
#ifndef MSCAN_SYNTAX_NODE_H
#define MSCAN_SYNTAX_NODE_H

#include "syntax/charset.h"

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

#endif
