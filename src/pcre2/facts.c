#include "pcre2/facts.h"

#include "pcre2/known-faults.h"
#include "pcre2/newline.h"
#include "syntax/compare.h"
#include "syntax/syntax.h"
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

/* The parser bounds the nesting as PCRE2 does, so that recursion over the tree is bounded too. */

/* Why a subtree must not see more than a line, sets aside; NULL when it may. */
static const char *line_reason(const struct node *node)
{
    switch (node->kind) {
    case NODE_OTHER:
        return "\\R, \\X or \\C can match a newline";
    case NODE_ASSERT:
        switch (node->u.assertion) {
        case ASSERT_SUBJECT_START:
        case ASSERT_SUBJECT_END:
        case ASSERT_SUBJECT_LAST:
        case ASSERT_SEARCH_START:
            return "it asserts the start or end of the subject";
        default:
            return NULL;
        }
    default:
        for (size_t i = 0; i < node->child_count; i++) {
            const char *reason = line_reason(node->children[i]);
            if (reason)
                return reason;
        }
        return NULL;
    }
}

static bool has_line_anchor(const struct node *node)
{
    if (node->kind == NODE_ASSERT)
        return node->u.assertion == ASSERT_LINE_START || node->u.assertion == ASSERT_LINE_END;
    for (size_t i = 0; i < node->child_count; i++)
        if (has_line_anchor(node->children[i]))
            return true;
    return false;
}

/* What means something else in a branch, where groups have other numbers. */
static bool has_back_reference(const struct node *node)
{
    if (node->kind == NODE_BACKREF)
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (has_back_reference(node->children[i]))
            return true;
    return false;
}

/*
 * Whether a tree for Unicode consists of ASCII characters and nothing else.  Assertions are left out: at bytes that are
 * no valid UTF-8, PCRE2 takes the valid text on both sides for subjects of their own.
 */
static bool within_ascii(const struct node *unicode)
{
    switch (unicode->kind) {
    case NODE_SET:
        return !unicode->u.set.beyond;
    case NODE_EMPTY:
    case NODE_CAT:
    case NODE_ALT:
    case NODE_REPEAT:
    case NODE_GROUP:
        for (size_t i = 0; i < unicode->child_count; i++)
            if (!within_ascii(unicode->children[i]))
                return false;
        return true;
    default:
        return false;
    }
}

/* Whether a text has \1 to \9: what that means depends on how many groups stand before it. */
static bool has_number_escape(const char *pattern, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (pattern[i] == '\\' && pattern[i + 1] >= '1' && pattern[i + 1] <= '9')
            return true;
    return false;
}

/* What a pattern that is not to see newlines is written as, and the reason if it must see single lines. */
static void find_line_reason(struct facts *facts, const char *pattern, size_t length, const struct syntax *syntax,
                             const struct dialect *dialect)
{
    facts->line_reason = line_reason(syntax->root);
    /* These would undo PCRE2_MULTILINE. */
    if (!facts->line_reason && syntax->unsets_multiline && has_line_anchor(syntax->root))
        facts->line_reason = "it has (?-m) or (?^), and ^ or $";
    if (facts->line_reason)
        return;
    facts->text = newline_exclude(pattern, length, syntax, dialect, &facts->length);
    if (!facts->text)
        facts->line_reason = "it can match a newline";
}

void facts_find(struct facts *facts, const char *pattern, size_t length, const struct dialect *dialect)
{
    *facts = (struct facts){.line_reason = NULL};
    struct dialect narrow = *dialect;
    narrow.unicode = false;
    struct syntax *syntax = syntax_parse(pattern, length, dialect);
    facts->extended_at_end = syntax->extended_at_end;
    facts->quoted_at_end = syntax->quoted_at_end;
    facts->remedies = known_faults_remedies(syntax, pattern, length);
    if (!syntax->root) {
        facts->line_reason = syntax->unsupported;
        syntax_free(syntax);
        return;
    }
    facts->understood = true;
    find_line_reason(facts, pattern, length, syntax, dialect);
    facts->joinable = !syntax->has_names && !syntax->extended_at_end && !has_back_reference(syntax->root) &&
                      !has_number_escape(pattern, length);
    if (facts->text)
        facts->remedies |= known_faults_remedies(syntax, facts->text, facts->length);
    if (dialect->unicode && syntax->only_ascii && !(facts->remedies & REMEDY_INTERPRET_BYTES)) {
        struct syntax *bytes = syntax_parse(pattern, length, &narrow);
        facts->ascii_as_bytes = bytes->root && compare_trees(syntax->root, bytes->root, COMPARE_IN_ASCII);
        facts->always_as_bytes =
            facts->ascii_as_bytes && within_ascii(syntax->root) && !tree_can_be_empty(syntax->root);
        syntax_free(bytes);
    }
    syntax_free(syntax);
}

void facts_free(struct facts *facts)
{
    free(facts->text);
    facts->text = NULL;
}
