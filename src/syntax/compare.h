/*
 * compare.h - compares two trees.
 */
#ifndef MSCAN_SYNTAX_COMPARE_H
#define MSCAN_SYNTAX_COMPARE_H

#include "syntax/node.h"

enum compare_what {
    COMPARE_IN_ASCII,     /* one parsed with Unicode and one without: do they mean the same for ASCII text? */
    COMPARE_BUT_NEWLINES, /* parsed alike: do they mean the same for text without newlines? */
};

/* Whether the trees are the same in structure and meaning.  When in doubt they are not. */
bool compare_trees(const struct node *a, const struct node *b, enum compare_what what);

#endif
