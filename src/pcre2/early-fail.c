#include "pcre2/early-fail.h"

#include "syntax/tree.h"

#include <string.h>

/* --- what nodes are --- */

/* Whether it matches just one character, as what PCRE2 repeats by an instruction of its own. */
static bool is_single(const struct node *node)
{
    return node->kind == NODE_SET || node->kind == NODE_CHAR;
}

static bool is_choice(const struct node *node)
{
    return node->kind == NODE_ALT || (node->kind == NODE_REPEAT && node->u.repeat.min != node->u.repeat.max);
}

/* Whether the JIT notes the runs of a repeat: *, +, {0,}, {1,}, and the last part of {2,}. */
static bool is_noted(const struct node *node)
{
    return node->kind == NODE_REPEAT && is_single(node->children[0]) && node->u.repeat.max == REPEAT_UNLIMITED;
}

/* The number of characters that a node matches, if it is always the same. */
static bool has_length(const struct node *node, uint64_t *length)
{
    uint64_t sum = 0, child = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->kind == NODE_LOOK)
            break;
        if (!has_length(node->children[i], &child))
            return false;
        if (node->kind == NODE_ALT && i > 0 && child != sum)
            return false;
        sum = node->kind == NODE_ALT ? child : sum + child;
    }
    if (node->kind == NODE_REPEAT) {
        if (node->u.repeat.min != node->u.repeat.max)
            return false;
        sum *= node->u.repeat.min;
    }
    *length = sum + is_single(node);
    return node->kind != NODE_BACKREF && node->kind != NODE_OTHER;
}

/* --- after a choice of different lengths --- */

/*
 * What a way through a pattern has come to.  Only of the first repeat on it just the end of the run is noted; of those
 * after it the start is, too, and after what the JIT does not follow nothing is.
 */
enum way { WAY_OPEN, WAY_DONE, WAY_WRONG };

static enum way follow(const struct node *node, bool *varies);

static enum way follow_choice(const struct node *node, bool *varies)
{
    uint64_t length;
    bool before = *varies, done = false;
    for (size_t i = 0; i < node->child_count; i++) {
        bool within = before;
        enum way way = follow(node->children[i], &within);
        if (way == WAY_WRONG)
            return way;
        done |= way == WAY_DONE;
        *varies |= within;
    }
    *varies |= !has_length(node, &length);
    return done ? WAY_DONE : WAY_OPEN;
}

static enum way follow_repeat(const struct node *node, bool *varies)
{
    const struct node *child = node->children[0];
    if (node->u.repeat.max == 0)
        return WAY_OPEN;
    if (node->u.repeat.max == 1 && node->u.repeat.min == 1)
        return follow(child, varies);
    if (is_single(child))
        return *varies && is_noted(node) && node->u.repeat.min <= 1 ? WAY_WRONG : WAY_DONE;
    if (node->u.repeat.min == 0)
        return WAY_DONE;
    for (int copy = 0; copy < 2; copy++) {
        enum way way = follow(child, varies);
        if (way != WAY_OPEN)
            return way;
    }
    return node->u.repeat.min == node->u.repeat.max ? WAY_OPEN : WAY_DONE;
}

/* Follows a node; *varies says whether it may begin at different distances from the start of a match. */
static enum way follow(const struct node *node, bool *varies)
{
    enum way way = WAY_OPEN;
    switch (node->kind) {
    case NODE_EMPTY:
    case NODE_SET:
    case NODE_CHAR:
    case NODE_ASSERT:
        return WAY_OPEN;
    case NODE_CAT:
    case NODE_GROUP:
        for (size_t i = 0; i < node->child_count && way == WAY_OPEN; i++)
            way = follow(node->children[i], varies);
        return way;
    case NODE_ALT:
        return follow_choice(node, varies);
    case NODE_REPEAT:
        return follow_repeat(node, varies);
    case NODE_LOOK:
    case NODE_BACKREF:
    case NODE_OTHER:
        return WAY_DONE;
    }
    return WAY_WRONG;
}

/* --- in an atomic group --- */

static size_t count_choices(const struct node *node)
{
    size_t count = is_choice(node);
    for (size_t i = 0; i < node->child_count; i++)
        count += count_choices(node->children[i]);
    return count;
}

static bool is_atomic(const struct node *node)
{
    return (node->kind == NODE_GROUP && node->u.group.atomic) ||
           (node->kind == NODE_REPEAT && node->u.repeat.mode == REPEAT_POSSESSIVE && !is_single(node->children[0]));
}

static bool is_lazy(const struct node *node)
{
    return node->kind == NODE_REPEAT && node->u.repeat.mode == REPEAT_LAZY;
}

/* Whether it is an atomic group that keeps less than all that a repeat may take, or tries something in its place. */
static bool is_atomic_choice(const struct node *node)
{
    return is_atomic(node) && tree_any(node, is_noted) && (count_choices(node) > 1 || tree_any(node, is_lazy));
}

bool early_fail_misjudges(const struct node *root)
{
    bool varies = false;
    return follow(root, &varies) == WAY_WRONG || tree_any(root, is_atomic_choice);
}

/* --- patterns that are not understood --- */

/* Whether a character of a pattern repeats something other than a group. */
static bool repeats(const char *pattern, const char *at, const char *end)
{
    if (*at == ',')
        return at + 1 < end && at[1] == '}';
    if ((*at != '*' && *at != '+') || at == pattern)
        return false;
    bool escaped = at - pattern >= 2 && at[-2] == '\\';
    return escaped || !strchr("()*+?}", at[-1]);
}

static bool has_repeat(const char *pattern, const char *from, const char *end)
{
    for (const char *at = from; at < end; at++)
        if (repeats(pattern, at, end))
            return true;
    return false;
}

static bool has_atomic_group(const char *pattern, size_t length)
{
    static const char *const spellings[] = {"(?>", "(*atomic:", ")?+", ")*+", ")++", "}+"};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (memmem(pattern, length, spellings[i], strlen(spellings[i])))
            return true;
    return false;
}

/* A repeat after a group with a choice, or a repeat and a choice where there are atomic groups. */
bool early_fail_may_misjudge(const char *pattern, size_t length)
{
    const char *end = pattern + length, *choice = memchr(pattern, '|', length);
    if (!choice)
        return false;
    if (has_atomic_group(pattern, length) && has_repeat(pattern, pattern, end))
        return true;
    const char *behind = memchr(choice, ')', (size_t)(end - choice));
    return behind && has_repeat(pattern, behind, end);
}
