#include "pcre2/newline.h"

#include "base/alloc.h"
#include "syntax/compare.h"
#include "syntax/tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A pattern while it is rewritten. */
struct rewrite {
    const char *pattern;
    bool unicode;
    size_t copied; /* bytes of the pattern that have been written */
    char *text;
    size_t length, room;
};

static void append(struct rewrite *rewrite, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (rewrite->room - rewrite->length < length) {
        rewrite->room = 2 * rewrite->room + length;
        rewrite->text = xreallocarray(rewrite->text, rewrite->room, 1);
    }
    memcpy(rewrite->text + rewrite->length, bytes, length);
    rewrite->length += length;
}

/* [^...] gets a newline in front. */
static bool exclude_from_class(struct rewrite *rewrite, const char *set, size_t length)
{
    /* A member that is special in first place loses that place, and needs a backslash.  Blanks may be ignored there. */
    char first = set[2];
    if (first == ' ' || first == '\t' || (first == '\\' && (set[3] == 'Q' || set[3] == 'E')))
        return false;
    append(rewrite, "[^\\n", 4);
    if (first == ']' || first == '-')
        append(rewrite, "\\", 1);
    append(rewrite, set + 2, length - 2);
    return true;
}

/* \s and its like become the class of what is neither in the opposite escape nor a newline. */
static void exclude_from_escape(struct rewrite *rewrite, const char *set, size_t length)
{
    append(rewrite, "[^\\", 3);
    append(rewrite, &(char){(char)(islower((unsigned char)set[1]) ? toupper(set[1]) : tolower(set[1]))}, 1);
    append(rewrite, set + 2, length - 2);
    append(rewrite, "\\n]", 3);
}

static bool exclude_from_set(struct rewrite *rewrite, const struct node *node)
{
    const char *set = rewrite->pattern + node->text_begin;
    size_t length = node->text_end - node->text_begin;
    if (length == 0 || node->text_begin < rewrite->copied)
        return false;
    append(rewrite, rewrite->pattern + rewrite->copied, node->text_begin - rewrite->copied);
    rewrite->copied = node->text_end;
    if (length > 3 && memcmp(set, "[^", 2) == 0)
        return exclude_from_class(rewrite, set, length);
    if (length == 1 && *set == '.')
        append(rewrite, "\\N", 2);
    else if (*set == '\\' && length == 2 && strchr("sWDHv", set[1]))
        exclude_from_escape(rewrite, set, length);
    /* In bytes, PCRE2 10.42's JIT has a mistake with properties in a class: known-faults.c. */
    else if (*set == '\\' && length > 2 && strchr("pP", set[1]) && rewrite->unicode)
        exclude_from_escape(rewrite, set, length);
    else
        return false;
    return true;
}

static bool has_newline(const struct node *node)
{
    return node->kind == NODE_SET && node->u.set.bits[0] >> '\n' & 1;
}

/* The sets of a tree, in the order in which they stand in the pattern. */
static bool exclude_from_tree(struct rewrite *rewrite, const struct node *node)
{
    if (node->kind == NODE_SET)
        return !has_newline(node) || exclude_from_set(rewrite, node);
    for (size_t i = 0; i < node->child_count; i++)
        if (!exclude_from_tree(rewrite, node->children[i]))
            return false;
    return true;
}

char *newline_exclude(const char *pattern, size_t length, const struct syntax *syntax, const struct dialect *dialect,
                      size_t *new_length)
{
    struct rewrite rewrite = {.pattern = pattern, .unicode = dialect->unicode};
    if (!exclude_from_tree(&rewrite, syntax->root)) {
        free(rewrite.text);
        return NULL;
    }
    append(&rewrite, pattern + rewrite.copied, length - rewrite.copied);
    append(&rewrite, "", 1); /* for printing; not counted */
    *new_length = rewrite.length - 1;
    if (rewrite.copied == 0) /* no set has it, and the text is the same */
        return rewrite.text;
    struct syntax *check = syntax_parse(rewrite.text, *new_length, dialect);
    bool same = check->root && !tree_any(check->root, has_newline) &&
                compare_trees(syntax->root, check->root, COMPARE_BUT_NEWLINES);
    syntax_free(check);
    if (!same) {
        free(rewrite.text);
        return NULL;
    }
    return rewrite.text;
}
