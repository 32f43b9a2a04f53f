#include "syntax/compare.h"

static bool same_set(const struct charset *a, const struct charset *b, enum compare_what what)
{
    uint64_t differ[4];
    for (int i = 0; i < 4; i++)
        differ[i] = a->bits[i] ^ b->bits[i];
    if (what == COMPARE_IN_ASCII)
        return !differ[0] && !differ[1];
    differ[0] &= ~(UINT64_C(1) << '\n');
    return !differ[0] && !differ[1] && !differ[2] && !differ[3] && a->beyond == b->beyond;
}

/* Whether two nodes of one kind are the same, apart from their children. */
static bool same_content(const struct node *a, const struct node *b, enum compare_what what)
{
    switch (a->kind) {
    case NODE_SET:
        return same_set(&a->u.set, &b->u.set, what);
    case NODE_CHAR:
        return what == COMPARE_BUT_NEWLINES && a->u.character.code_point == b->u.character.code_point &&
               a->u.character.caseless == b->u.character.caseless;
    case NODE_REPEAT:
        return a->u.repeat.min == b->u.repeat.min && a->u.repeat.max == b->u.repeat.max &&
               a->u.repeat.mode == b->u.repeat.mode;
    case NODE_GROUP:
        return a->u.group.capture == b->u.group.capture && a->u.group.atomic == b->u.group.atomic;
    case NODE_LOOK:
        return a->u.look.behind == b->u.look.behind && a->u.look.negative == b->u.look.negative;
    case NODE_ASSERT:
        return a->u.assertion == b->u.assertion && a->multiline == b->multiline;
    case NODE_BACKREF:
        return a->u.backref.capture && a->u.backref.capture == b->u.backref.capture &&
               a->u.backref.caseless == b->u.backref.caseless;
    case NODE_EMPTY:
    case NODE_CAT:
    case NODE_ALT:
        return true;
    case NODE_OTHER:
        return false;
    }
    return false;
}

bool compare_trees(const struct node *a, const struct node *b, enum compare_what what)
{
    if (a->kind != b->kind || a->child_count != b->child_count || !same_content(a, b, what))
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!compare_trees(a->children[i], b->children[i], what))
            return false;
    return true;
}
