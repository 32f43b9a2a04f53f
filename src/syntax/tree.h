/*
 * tree.h - a pattern as a tree: its memory, its nodes, and what is often asked about them.
 */
#ifndef MSCAN_SYNTAX_TREE_H
#define MSCAN_SYNTAX_TREE_H

#include "syntax/cased.h"
#include "syntax/node.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Nodes that have no parent yet. */
struct node_stack {
    struct node **nodes;
    size_t count, room;
};

/* A new node of `syntax`, all zero but for its kind. */
struct node *tree_node(struct syntax *syntax, enum node_kind kind);

void tree_set_child(struct syntax *syntax, struct node *node, struct node *child);

void tree_push(struct node_stack *stack, struct node *node);

/*
 * Takes the nodes from number `first` on off the stack and makes one node of them: of
 * kind `kind` when there are several, otherwise the one itself, or an empty one.
 */
struct node *tree_pop(struct syntax *syntax, struct node_stack *stack, size_t first, enum node_kind kind);

/*
 * The row of a tree that was understood: the nodes that the pattern is a concatenation of, on the empty stack `row`.
 * Groups that are not atomic are opened.  The nodes stay the tree's; the caller frees row->nodes.
 */
void tree_row(const struct syntax *syntax, struct node_stack *row);

/*
 * Where a node is k or s by itself, without regard to case, the character beyond ASCII that is another case of it, the
 * only one: U+212A or U+017F.  Otherwise 0.
 */
uint32_t tree_fold(const struct node *node);

/* Whether a node passes the test, or one below it does. */
typedef bool tree_test(const struct node *node);
bool tree_any(const struct node *node, tree_test *test);

/* Whether a subtree may match the empty string; true when in doubt. */
bool tree_can_be_empty(const struct node *node);

/* Frees all nodes of `syntax`. */
void tree_free(struct syntax *syntax);

#endif
