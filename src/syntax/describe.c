#include "base/alloc.h"
#include "syntax/syntax.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A string that grows. */
struct line {
    char *text;
    size_t length, room;
};

__attribute__((format(printf, 2, 3))) static void print(struct line *line, const char *format, ...)
{
    char piece[256];
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    size_t length = count < 0 ? 0 : (size_t)count < sizeof piece ? (size_t)count : sizeof piece - 1;
    if (line->room - line->length <= length) {
        line->room = 2 * line->room + sizeof piece;
        line->text = xreallocarray(line->text, line->room, 1);
    }
    memcpy(line->text + line->length, piece, length + 1);
    line->length += length;
}

/* A character within delimiters; those, the backslash and what does not print are escaped. */
static void print_character(struct line *line, uint32_t character, const char *delimiters)
{
    static const char CONTROLS[] = "\t\n\v\f\r", LETTERS[] = "tnvfr";
    const char *control = character > 0 && character < 128 ? strchr(CONTROLS, (int)character) : NULL;
    if (control)
        print(line, "\\%c", LETTERS[control - CONTROLS]);
    else if (character >= 0x100)
        print(line, "\\x{%" PRIx32 "}", character);
    else if (character < 0x20 || character >= 0x7F || (character == ' ' && strchr(delimiters, ' ')))
        print(line, "\\x%02" PRIx32, character);
    else
        print(line, "%s%c", character == '\\' || strchr(delimiters, (int)character) ? "\\" : "", (int)character);
}

static void print_ranges(struct line *line, const struct charset *set, bool negated, unsigned universe)
{
    for (unsigned first = 0; first < universe; first++) {
        if (charset_has(set, first) == negated)
            continue;
        unsigned last = first;
        while (last + 1 < universe && charset_has(set, last + 1) != negated)
            last++;
        print_character(line, first, "[]^- ");
        if (last > first + 1)
            print(line, "-");
        if (last > first)
            print_character(line, last, "[]^- ");
        first = last;
    }
}

/* set[a-z], set[^\n], set[k +beyond]; a negated set contains what is beyond ASCII. */
static void print_set(struct line *line, const struct charset *set)
{
    bool bytes = set->bits[2] || set->bits[3];
    unsigned universe = bytes ? 256 : 128, count = charset_count(set);
    bool negated = (bytes || set->beyond) && count > universe / 2;
    if (negated && count == universe) {
        print(line, "set[any]");
        return;
    }
    print(line, negated ? "set[^" : "set[");
    print_ranges(line, set, negated, universe);
    print(line, "%s]", set->beyond && !negated ? " +beyond" : "");
}

/* How a node may stand within a quoted literal. */
enum { NOT_LITERAL = 0, AS_WRITTEN = 1, CASELESS = 2 };

/* The kinds of literal (a sum) that may contain the node, and the character to print. */
static unsigned literal_kinds(const struct node *node, uint32_t *character)
{
    if (node->kind == NODE_CHAR) {
        *character = node->u.character.code_point;
        return node->u.character.caseless ? CASELESS : AS_WRITTEN;
    }
    if (node->kind != NODE_SET)
        return NOT_LITERAL;
    const struct charset *set = &node->u.set;
    unsigned count = charset_count(set), last = 0;
    if (count == 0 || count > 2)
        return NOT_LITERAL;
    for (unsigned i = 0; i < 256; i++)
        last = charset_has(set, i) ? i : last;
    bool letter = last >= 'a' && last <= 'z';
    *character = last;
    if (count == 1 && !set->beyond)
        return letter || (last >= 'A' && last <= 'Z') ? AS_WRITTEN : AS_WRITTEN | CASELESS;
    bool folds_beyond = last == 'k' || last == 's';
    bool pair = count == 2 && letter && charset_has(set, last ^ 0x20);
    return pair && (folds_beyond || !set->beyond) ? CASELESS : NOT_LITERAL;
}

/* How many of the nodes form the literal that they begin with, and of which kinds that literal may be. */
static size_t measure_literal(struct node *const *nodes, size_t count, unsigned *kinds)
{
    uint32_t character;
    size_t taken = 0;
    *kinds = AS_WRITTEN | CASELESS;
    for (unsigned next; taken < count && (next = *kinds & literal_kinds(nodes[taken], &character)); taken++)
        *kinds = next;
    return taken;
}

/* Prints the literal that the nodes begin with, if any, and returns how many it takes. */
static size_t print_literal(struct line *line, struct node *const *nodes, size_t count)
{
    unsigned kinds;
    size_t taken = measure_literal(nodes, count, &kinds);
    if (taken == 0)
        return 0;
    print(line, "\"");
    for (size_t i = 0; i < taken; i++) {
        uint32_t character;
        literal_kinds(nodes[i], &character);
        print_character(line, character, "\"");
    }
    print(line, kinds & AS_WRITTEN ? "\"" : "\"i");
    return taken;
}

static void print_node(struct line *line, const struct node *node);

static void print_children(struct line *line, const struct node *node)
{
    for (size_t i = 0; i < node->child_count; i++) {
        print(line, i > 0 ? ", " : "");
        print_node(line, node->children[i]);
    }
}

/* What is but a literal is printed without the cat() around it. */
static void print_cat(struct line *line, const struct node *node)
{
    unsigned kinds;
    bool whole = measure_literal(node->children, node->child_count, &kinds) == node->child_count;
    print(line, whole ? "" : "cat(");
    for (size_t i = 0; i < node->child_count;) {
        print(line, i > 0 ? ", " : "");
        size_t taken = print_literal(line, node->children + i, node->child_count - i);
        if (taken == 0)
            print_node(line, node->children[i]);
        i += taken ? taken : 1;
    }
    print(line, whole ? "" : ")");
}

static void print_repeat(struct line *line, const struct node *node)
{
    static const char *const MODES[] = {
        [REPEAT_GREEDY] = "greedy", [REPEAT_LAZY] = "lazy", [REPEAT_POSSESSIVE] = "possessive"};
    print(line, "repeat(");
    print_children(line, node);
    print(line, ", %" PRIu32 ", ", node->u.repeat.min);
    if (node->u.repeat.max == REPEAT_UNLIMITED)
        print(line, "inf");
    else
        print(line, "%" PRIu32, node->u.repeat.max);
    print(line, ", %s)", MODES[node->u.repeat.mode]);
}

static void print_group(struct line *line, const struct node *node)
{
    if (node->u.group.capture)
        print(line, "capture(%" PRIu32 ", ", node->u.group.capture);
    else
        print(line, node->u.group.atomic ? "atomic(" : "group(");
    print_children(line, node);
    print(line, ")");
}

static void print_assertion(struct line *line, const struct node *node)
{
    static const char *const NAMES[] = {
        [ASSERT_LINE_START] = "^",     [ASSERT_LINE_END] = "$",        [ASSERT_WORD] = "\\b",
        [ASSERT_NOT_WORD] = "\\B",     [ASSERT_SUBJECT_START] = "\\A", [ASSERT_SUBJECT_END] = "\\z",
        [ASSERT_SUBJECT_LAST] = "\\Z", [ASSERT_SEARCH_START] = "\\G",  [ASSERT_KEEP] = "\\K",
    };
    print(line, "assert(%s%s)", node->multiline ? "(?m)" : "", NAMES[node->u.assertion]);
}

static void print_backreference(struct line *line, const struct node *node)
{
    const char *suffix = node->u.backref.caseless ? ", caseless" : "";
    if (node->u.backref.capture)
        print(line, "backref(%" PRIu32 "%s)", node->u.backref.capture, suffix);
    else
        print(line, "backref(?%s)", suffix);
}

static void print_node(struct line *line, const struct node *node)
{
    switch (node->kind) {
    case NODE_EMPTY:
        print(line, "empty");
        break;
    case NODE_SET:
    case NODE_CHAR:
        if (print_literal(line, (struct node *const[]){(struct node *)node}, 1) == 0)
            print_set(line, &node->u.set);
        break;
    case NODE_CAT:
        print_cat(line, node);
        break;
    case NODE_ALT:
        print(line, "alt(");
        print_children(line, node);
        print(line, ")");
        break;
    case NODE_REPEAT:
        print_repeat(line, node);
        break;
    case NODE_GROUP:
        print_group(line, node);
        break;
    case NODE_LOOK:
        print(line, "%slook%s(", node->u.look.negative ? "not-" : "", node->u.look.behind ? "behind" : "ahead");
        print_children(line, node);
        print(line, ")");
        break;
    case NODE_ASSERT:
        print_assertion(line, node);
        break;
    case NODE_BACKREF:
        print_backreference(line, node);
        break;
    case NODE_OTHER:
        print(line, "other(\\%c)", node->u.other);
        break;
    }
}

char *syntax_describe(const struct syntax *syntax)
{
    struct line line = {NULL, 0, 0};
    if (syntax->root)
        print_node(&line, syntax->root);
    else
        print(&line, "(not understood: %s at %zu)", syntax->unsupported, syntax->unsupported_offset);
    return line.text;
}
