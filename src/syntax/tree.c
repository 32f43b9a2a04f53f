#include "syntax/tree.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Nodes are never freed one by one, so they live in blocks. */
struct syntax_block {
    struct syntax_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static void *allocate(struct syntax *syntax, size_t size)
{
    enum { SMALLEST = 1024, LARGEST = 1 << 20 };
    size = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    struct syntax_block *block = syntax->memory;
    if (!block || block->size - block->used < size) {
        size_t room = !block ? SMALLEST : block->size < LARGEST ? 2 * block->size : LARGEST;
        room = room < size ? size : room;
        block = xmalloc(sizeof *block + room);
        *block = (struct syntax_block){.next = syntax->memory, .size = room};
        syntax->memory = block;
    }
    void *memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

uint32_t tree_fold(const struct node *node)
{
    const struct charset *set = &node->u.set;
    if (node->kind != NODE_SET || !set->beyond || node->text_end != 0 || charset_count(set) != 2)
        return 0;
    if (charset_has(set, 's') && charset_has(set, 'S'))
        return LONG_S;
    return charset_has(set, 'k') && charset_has(set, 'K') ? KELVIN_SIGN : 0;
}

bool tree_any(const struct node *node, tree_test *test)
{
    if (test(node))
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (tree_any(node->children[i], test))
            return true;
    return false;
}

bool tree_can_be_empty(const struct node *node)
{
    switch (node->kind) {
    case NODE_SET:
    case NODE_CHAR:
    case NODE_OTHER:
        return false;
    case NODE_REPEAT:
        return node->u.repeat.min == 0 || tree_can_be_empty(node->children[0]);
    case NODE_GROUP:
        return tree_can_be_empty(node->children[0]);
    case NODE_ALT:
        for (size_t i = 0; i < node->child_count; i++)
            if (tree_can_be_empty(node->children[i]))
                return true;
        return false;
    case NODE_CAT:
        for (size_t i = 0; i < node->child_count; i++)
            if (!tree_can_be_empty(node->children[i]))
                return false;
        return true;
    default:
        return true;
    }
}

void tree_free(struct syntax *syntax)
{
    while (syntax->memory) {
        struct syntax_block *next = syntax->memory->next;
        free(syntax->memory);
        syntax->memory = next;
    }
    syntax->root = NULL;
}

void tree_push(struct node_stack *stack, struct node *node)
{
    if (stack->count == stack->room) {
        stack->room = stack->room ? 2 * stack->room : 16;
        stack->nodes = xreallocarray(stack->nodes, stack->room, sizeof *stack->nodes);
    }
    stack->nodes[stack->count++] = node;
}

struct node *tree_node(struct syntax *syntax, enum node_kind kind)
{
    struct node *node = allocate(syntax, sizeof *node);
    *node = (struct node){.kind = kind};
    return node;
}

void tree_set_child(struct syntax *syntax, struct node *node, struct node *child)
{
    node->children = allocate(syntax, sizeof *node->children);
    node->children[0] = child;
    node->child_count = 1;
}

struct node *tree_pop(struct syntax *syntax, struct node_stack *stack, size_t first, enum node_kind kind)
{
    size_t count = stack->count - first;
    stack->count = first;
    if (count == 0)
        return tree_node(syntax, NODE_EMPTY);
    if (count == 1)
        return stack->nodes[first];
    struct node *node = tree_node(syntax, kind);
    node->children = allocate(syntax, count * sizeof *node->children);
    memcpy(node->children, stack->nodes + first, count * sizeof *node->children);
    node->child_count = count;
    return node;
}

static void add_to_row(struct node_stack *row, struct node *node)
{
    if (node->kind != NODE_CAT && (node->kind != NODE_GROUP || node->u.group.atomic)) {
        tree_push(row, node);
        return;
    }
    for (size_t i = 0; i < node->child_count; i++)
        add_to_row(row, node->children[i]);
}

void tree_row(const struct syntax *syntax, struct node_stack *row)
{
    add_to_row(row, syntax->root);
}
