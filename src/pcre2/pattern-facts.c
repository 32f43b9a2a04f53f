#include "pcre2/pattern-facts.h"

#include "base/alloc.h"
#include "pcre2/known-faults.h"
#include "pcre2/newline.h"
#include "syntax/compare.h"
#include "syntax/syntax.h"
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

/* The parser bounds the nesting as PCRE2 does, so that recursion over the tree is bounded too. */

static const char UNSETS_MULTILINE[] = "it has (?-m) or (?^), and ^ or $";

/* Why a subtree, apart from its sets, must not see more than a line; NULL when it may. */
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

static bool is_line_anchor(const struct node *node)
{
    return node->kind == NODE_ASSERT &&
           (node->u.assertion == ASSERT_LINE_START || node->u.assertion == ASSERT_LINE_END);
}

/* What means something else in a branch, where groups have other numbers. */
static bool is_back_reference(const struct node *node)
{
    return node->kind == NODE_BACKREF;
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

/* Writes the pattern without newlines, or finds the reason why it must see single lines. */
static void find_line_reason(struct pattern_facts *facts, const char *pattern, size_t length,
                             const struct syntax *syntax, const struct dialect *dialect)
{
    facts->line_reason = line_reason(syntax->root);
    /* These would undo PCRE2_MULTILINE. */
    if (!facts->line_reason && syntax->unsets_multiline && facts->line_anchor)
        facts->line_reason = UNSETS_MULTILINE;
    if (facts->line_reason)
        return;
    facts->text = newline_exclude(pattern, length, syntax, dialect, &facts->length);
    if (!facts->text)
        facts->line_reason = "it can match a newline";
}

void pattern_facts_of_tree(struct pattern_facts *facts, const char *pattern, size_t length, const struct syntax *syntax,
                           const struct dialect *dialect)
{
    *facts = (struct pattern_facts){
        .extended_at_end = syntax->extended_at_end,
        .quoted_at_end = syntax->quoted_at_end,
        .remedies = known_faults_remedies(syntax, pattern, length),
    };
    if (!syntax->root) {
        facts->line_reason = syntax->unsupported;
        return;
    }
    facts->understood = true;
    facts->line_anchor = tree_any(syntax->root, is_line_anchor);
    find_line_reason(facts, pattern, length, syntax, dialect);
    facts->joinable = !syntax->has_names && !syntax->extended_at_end && !tree_any(syntax->root, is_back_reference) &&
                      !has_number_escape(pattern, length);
    if (facts->text)
        facts->remedies |= known_faults_remedies(syntax, facts->text, facts->length);
    if (!dialect->unicode || !syntax->only_ascii || facts->remedies & REMEDY_INTERPRET_BYTES)
        return;
    struct dialect narrow = *dialect;
    narrow.unicode = false;
    struct syntax *bytes = syntax_parse(pattern, length, &narrow);
    facts->ascii_as_bytes = bytes->root && compare_trees(syntax->root, bytes->root, COMPARE_IN_ASCII);
    facts->always_as_bytes = facts->ascii_as_bytes && within_ascii(syntax->root) && !tree_can_be_empty(syntax->root);
    syntax_free(bytes);
}

void pattern_facts_find(struct pattern_facts *facts, const char *pattern, size_t length, const struct dialect *dialect)
{
    struct syntax *syntax = syntax_parse(pattern, length, dialect);
    pattern_facts_of_tree(facts, pattern, length, syntax, dialect);
    syntax_free(syntax);
}

/* Reasons in the trees come before others. */
static const char *reason_of(const struct pattern_facts_branch *branches, size_t count)
{
    bool unsets = false, anchor = false;
    for (size_t i = 0; i < count; i++) {
        const char *reason = line_reason(branches[i].syntax->root);
        if (reason)
            return reason;
        unsets |= branches[i].syntax->unsets_multiline;
        anchor |= branches[i].facts->line_anchor;
    }
    if (unsets && anchor)
        return UNSETS_MULTILINE;
    for (size_t i = 0; i < count; i++)
        if (branches[i].facts->line_reason)
            return branches[i].facts->line_reason;
    return NULL;
}

/* What keeps PCRE2 from its faults in the alternation. */
static unsigned remedies_of(const struct pattern_facts_branch *branches, size_t count, const char *pattern,
                            size_t length, const struct pattern_facts *facts)
{
    struct node *groups = xcalloc(count, sizeof *groups);
    struct node **children = xcalloc(count, sizeof *children);
    struct node **roots = xcalloc(count, sizeof *roots);
    for (size_t i = 0; i < count; i++) {
        roots[i] = branches[i].syntax->root;
        groups[i] = (struct node){.kind = NODE_GROUP, .children = &roots[i], .child_count = 1};
        children[i] = &groups[i];
    }
    struct node root = {.kind = NODE_ALT, .children = children, .child_count = count};
    const struct syntax whole = {.root = &root, .only_ascii = facts->ascii_as_bytes};
    unsigned remedies = known_faults_remedies(&whole, pattern, length);
    if (facts->text)
        remedies |= known_faults_remedies(&whole, facts->text, facts->length);
    free(roots);
    free(children);
    free(groups);
    return remedies;
}

void pattern_facts_join(struct pattern_facts *facts, const struct pattern_facts_branch *branches, size_t count,
                        const char *pattern, size_t length, char *text, size_t text_length)
{
    *facts = *branches[0].facts;
    facts->text = text;
    facts->length = text_length;
    if (count == 1)
        return;
    facts->line_reason = reason_of(branches, count);
    if (facts->line_reason && text) {
        free(text);
        facts->text = NULL;
    }
    facts->quoted_at_end = false;
    for (size_t i = 1; i < count; i++) {
        facts->ascii_as_bytes &= branches[i].facts->ascii_as_bytes;
        facts->always_as_bytes &= branches[i].facts->always_as_bytes;
        facts->line_anchor |= branches[i].facts->line_anchor;
    }
    facts->remedies = remedies_of(branches, count, pattern, length, facts);
    facts->ascii_as_bytes &= !(facts->remedies & REMEDY_INTERPRET_BYTES);
    facts->always_as_bytes &= facts->ascii_as_bytes;
}

void pattern_facts_free(struct pattern_facts *facts)
{
    free(facts->text);
    facts->text = NULL;
}
