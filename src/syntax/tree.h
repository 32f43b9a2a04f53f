/*
 * tree.h - builds the tree of struct syntax: its memory, its nodes.
 */
#ifndef MSCAN_SYNTAX_TREE_H
#define MSCAN_SYNTAX_TREE_H

#include "syntax/syntax.h"

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
