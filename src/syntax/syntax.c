#include "syntax/syntax.h"
#include "base/alloc.h"
#include "syntax/class.h"
#include "syntax/escape.h"
#include "syntax/limits.h"
#include "syntax/names.h"
#include "syntax/options.h"
#include "syntax/reader.h"
#include "syntax/skip.h"
#include "syntax/tree.h"

#include <stdlib.h>
#include <string.h>

/* PCRE2's own default, which keeps every tree shallow enough for recursion. */
#define NESTING_LIMIT 250

/* What a following quantifier, or + or ?, would apply to. */
enum previous { PREVIOUS_NOTHING, PREVIOUS_ITEM, PREVIOUS_QUANTIFIER };

/* A group that is open, or the whole pattern. */
struct frame {
    struct node *group;  /* NULL for the whole pattern */
    unsigned options;    /* in force where the group opened */
    size_t first_item;   /* of the branch that is read, in parser.items */
    size_t first_branch; /* of the group, in parser.branches */
};

struct parser {
    struct reader reader;
    struct syntax *syntax;
    bool literal;
    unsigned options;
    enum previous previous;
    bool quoting; /* between \Q and \E */

    struct node_stack items;    /* the finished items of every open branch */
    struct node_stack branches; /* the finished branches of every open group */
    struct frame frames[NESTING_LIMIT + 1];
    size_t depth;
    size_t looks; /* how many of the open groups are lookarounds */

    struct name_list names;
};

static struct node *add_item(struct parser *parser, enum node_kind kind)
{
    struct node *node = tree_node(parser->syntax, kind);
    tree_push(&parser->items, node);
    parser->previous = PREVIOUS_ITEM;
    return node;
}

static bool add_set(struct parser *parser, const struct charset *set)
{
    add_item(parser, NODE_SET)->u.set = *set;
    return true;
}

static bool add_assertion(struct parser *parser, enum assertion assertion)
{
    struct node *node = add_item(parser, NODE_ASSERT);
    node->u.assertion = assertion;
    bool of_line = assertion == ASSERT_LINE_START || assertion == ASSERT_LINE_END;
    node->multiline = of_line && (parser->options & OPTION_MULTILINE);
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

static bool add_character(struct parser *parser, uint32_t character)
{
    struct charset_mode mode = {
        .caseless = parser->options & OPTION_CASELESS,
        .unicode = parser->reader.unicode,
    };
    struct charset set = {.beyond = false};
    charset_add(&set, character, character, mode);
    if (!mode.unicode || character < 128 || charset_count(&set) > 0)
        return add_set(parser, &set);
    struct node *node = add_item(parser, NODE_CHAR);
    node->u.character.code_point = character;
    node->u.character.caseless = mode.caseless;
    return true;
}

static bool add_dot(struct parser *parser)
{
    struct charset set;
    charset_of_escape('N', parser->reader.unicode, &set);
    if (parser->options & OPTION_DOTALL)
        charset_add(&set, '\n', '\n', (struct charset_mode){.unicode = parser->reader.unicode});
    return add_set(parser, &set);
}

static struct node *add_backreference(struct parser *parser, uint32_t capture)
{
    struct node *node = add_item(parser, NODE_BACKREF);
    node->u.backref.capture = capture;
    node->u.backref.caseless = parser->options & OPTION_CASELESS;
    return node;
}

static bool open_group(struct parser *parser, struct node *group, unsigned outer_options, size_t start)
{
    if (parser->depth == NESTING_LIMIT)
        return reader_refuse(&parser->reader, "groups nested too deeply", start);
    parser->frames[++parser->depth] = (struct frame){
        .group = group,
        .options = outer_options,
        .first_item = parser->items.count,
        .first_branch = parser->branches.count,
    };
    parser->looks += group->kind == NODE_LOOK;
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

static bool open_plain(struct parser *parser, bool atomic, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_GROUP);
    group->u.group.atomic = atomic;
    return open_group(parser, group, parser->options, start);
}

static bool open_capture(struct parser *parser, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_GROUP);
    group->u.group.capture = ++parser->syntax->capture_count;
    return open_group(parser, group, parser->options, start);
}

static bool open_look(struct parser *parser, bool behind, bool negative, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_LOOK);
    group->u.look.behind = behind;
    group->u.look.negative = negative;
    return open_group(parser, group, parser->options, start);
}

static void finish_branch(struct parser *parser)
{
    struct node *branch = tree_pop(parser->syntax, &parser->items, parser->frames[parser->depth].first_item, NODE_CAT);
    tree_push(&parser->branches, branch);
    parser->previous = PREVIOUS_NOTHING;
}

static struct node *finish_body(struct parser *parser)
{
    finish_branch(parser);
    return tree_pop(parser->syntax, &parser->branches, parser->frames[parser->depth].first_branch, NODE_ALT);
}

static bool close_group(struct parser *parser, size_t start)
{
    if (parser->depth == 0)
        return reader_refuse(&parser->reader, "unmatched parenthesis", start);
    struct frame *frame = &parser->frames[parser->depth];
    tree_set_child(parser->syntax, frame->group, finish_body(parser));
    parser->options = frame->options;
    parser->looks -= frame->group->kind == NODE_LOOK;
    parser->depth--;
    tree_push(&parser->items, frame->group);
    parser->previous = PREVIOUS_ITEM;
    return true;
}

static bool open_named(struct parser *parser, char terminator, size_t start)
{
    size_t name, length;
    if (!escape_read_name(&parser->reader, terminator, &name, &length))
        return false;
    names_add_group(&parser->names, parser->reader.text + name, length, parser->syntax->capture_count + 1);
    parser->syntax->has_names = true;
    return open_capture(parser, start);
}

static bool add_name_reference(struct parser *parser, size_t name, size_t length)
{
    names_add_reference(&parser->names, parser->reader.text + name, length, add_backreference(parser, 0));
    return true;
}

/* A call: something that may be repeated, whatever it is. */
static bool skip_call(struct parser *parser, const char *reason, size_t start)
{
    reader_doubt(&parser->reader, reason, start);
    add_item(parser, NODE_EMPTY);
    return reader_skip_behind(&parser->reader, ')');
}

/* (?P<name>...), (?P=name); (?P>name) is a call. */
static bool read_python_group(struct parser *parser, size_t start)
{
    struct reader *reader = &parser->reader;
    if (reader_skip(reader, "<"))
        return open_named(parser, '>', start);
    if (!reader_skip(reader, "="))
        return skip_call(parser, "subroutine call", start);
    size_t name, length;
    return escape_read_name(reader, ')', &name, &length) && add_name_reference(parser, name, length);
}

/* (?i), (?^x-s:...) and the like; the reader stands behind the question mark. */
static bool read_options(struct parser *parser, size_t start)
{
    struct reader *reader = &parser->reader;
    struct option_change change;
    if (!options_read(reader, &change))
        return reader_refuse(reader, "option setting", start);
    if (change.unknown)
        reader_doubt(reader, "option setting", start);
    unsigned outer = parser->options;
    parser->options = (outer & ~change.unset) | change.set;
    parser->syntax->unsets_multiline |= change.unset & OPTION_MULTILINE;
    parser->previous = PREVIOUS_NOTHING;
    if (reader_skip(reader, ")"))
        return true;
    reader->position++;
    return open_group(parser, tree_node(parser->syntax, NODE_GROUP), outer, start);
}

/* (*pla:...) and its kin; backtracking verbs are refused. */
static bool read_star_group(struct parser *parser, size_t start)
{
    static const struct {
        const char *opening;
        bool atomic, behind, negative;
    } groups[] = {
        {.opening = "*pla:"},
        {.opening = "*positive_lookahead:"},
        {.opening = "*nla:", .negative = true},
        {.opening = "*negative_lookahead:", .negative = true},
        {.opening = "*plb:", .behind = true},
        {.opening = "*positive_lookbehind:", .behind = true},
        {.opening = "*nlb:", .behind = true, .negative = true},
        {.opening = "*negative_lookbehind:", .behind = true, .negative = true},
        {.opening = "*atomic:", .atomic = true},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!reader_skip(&parser->reader, groups[i].opening))
            continue;
        if (groups[i].atomic)
            return open_plain(parser, true, start);
        return open_look(parser, groups[i].behind, groups[i].negative, start);
    }
    struct reader *reader = &parser->reader;
    int first = reader_peek(reader, 1);
    if (first >= 'a' && first <= 'z') {
        reader_doubt(reader, "special group", start);
        return reader_skip_behind(reader, ':') && open_plain(parser, false, start);
    }
    reader->properties |= reader_skip(reader, "*UCP");
    reader_doubt(reader, "backtracking verb", start);
    return reader_skip_behind(reader, ')');
}

/* What follows the opening of a group that is not understood. */
enum rest { REST_GROUP, REST_CONDITION, REST_CALLOUT, REST_CALL, REST_UNKNOWN };

static bool skip_refused(struct parser *parser, const char *reason, enum rest rest, size_t start)
{
    struct reader *reader = &parser->reader;
    reader_doubt(reader, reason, start);
    switch (rest) {
    case REST_CONDITION:
        return skip_condition(reader) && open_plain(parser, false, start);
    case REST_GROUP:
        return open_plain(parser, false, start);
    case REST_CALLOUT:
        return skip_callout(reader);
    case REST_CALL:
        return skip_call(parser, reason, start);
    case REST_UNKNOWN:
        break;
    }
    return false;
}

/* What follows (?; `start` is where the parenthesis is. */
static bool read_question_group(struct parser *parser, size_t start)
{
    /* Longer openings stand before those they begin with. */
    static const struct {
        const char *opening, *refusal;
        enum rest rest;
    } refused[] = {
        {"<*", "non-atomic lookaround", REST_GROUP},
        {"*", "non-atomic lookaround", REST_GROUP},
        {"|", "branch reset", REST_GROUP},
        {"(", "conditional group", REST_CONDITION},
        {"C", "callout", REST_CALLOUT},
        {"R", "recursion", REST_CALL},
        {"&", "subroutine call", REST_CALL},
        {"[", "extended class", REST_UNKNOWN},
    };
    struct reader *reader = &parser->reader;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (reader_skip(reader, refused[i].opening))
            return skip_refused(parser, refused[i].refusal, refused[i].rest, start);
    int next = reader_peek(reader, 0), second = reader_peek(reader, 1);
    int number = next == '+' || next == '-' ? second : next;
    if (number >= '0' && number <= '9')
        return skip_call(parser, "recursion", start);

    if (reader_skip(reader, ">"))
        return open_plain(parser, true, start);
    if (reader_skip(reader, "="))
        return open_look(parser, false, false, start);
    if (reader_skip(reader, "!"))
        return open_look(parser, false, true, start);
    if (reader_skip(reader, "<="))
        return open_look(parser, true, false, start);
    if (reader_skip(reader, "<!"))
        return open_look(parser, true, true, start);
    if (reader_skip(reader, "<"))
        return open_named(parser, '>', start);
    if (reader_skip(reader, "'"))
        return open_named(parser, '\'', start);
    if (reader_skip(reader, "P"))
        return read_python_group(parser, start);
    return read_options(parser, start);
}

static bool read_group(struct parser *parser, size_t start)
{
    if (reader_peek(&parser->reader, 0) == '*')
        return read_star_group(parser, start);
    if (reader_skip(&parser->reader, "?"))
        return read_question_group(parser, start);
    return parser->options & OPTION_NO_CAPTURE ? open_plain(parser, false, start) : open_capture(parser, start);
}

static bool add_repeat(struct parser *parser, uint32_t min, uint32_t max, size_t start)
{
    if (parser->previous != PREVIOUS_ITEM)
        return reader_doubt(&parser->reader, "quantifier without an item", start);
    if (min > max)
        return reader_refuse(&parser->reader, "quantifier out of order", start);
    struct node *child = parser->items.nodes[--parser->items.count];
    /* PCRE2 10.42 takes (?:a|^){0}b for anchored: it jumps over the first branch only. */
    if (max == 0 && child->child_count > 0)
        reader_doubt(&parser->reader, "group repeated no times", start);
    struct node *repeat = add_item(parser, NODE_REPEAT);
    repeat->u.repeat.min = min;
    repeat->u.repeat.max = max;
    repeat->u.repeat.mode = parser->options & OPTION_UNGREEDY ? REPEAT_LAZY : REPEAT_GREEDY;
    tree_set_child(parser->syntax, repeat, child);
    parser->previous = PREVIOUS_QUANTIFIER;
    return true;
}

/* The + or ? after a quantifier. */
static bool change_repeat(struct parser *parser, uint32_t modifier)
{
    struct node *repeat = parser->items.nodes[parser->items.count - 1];
    if (modifier == '+')
        repeat->u.repeat.mode = REPEAT_POSSESSIVE;
    else
        repeat->u.repeat.mode = parser->options & OPTION_UNGREEDY ? REPEAT_GREEDY : REPEAT_LAZY;
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

/* An opening brace, of a quantifier or a literal one. */
static bool read_brace(struct parser *parser, size_t start)
{
    struct reader *reader = &parser->reader;
    size_t inside = reader->position;
    uint32_t min, max;
    if (limits_read(reader, &min, &max))
        return add_repeat(parser, min, max, start);
    reader->position = inside;
    return add_character(parser, '{');
}

static bool read_escape(struct parser *parser)
{
    struct escape_context context = {
        .caseless = parser->options & OPTION_CASELESS,
        .captures = parser->syntax->capture_count,
    };
    struct escape escape;
    if (!escape_read(&parser->reader, context, &escape))
        return false;
    switch (escape.kind) {
    case ESCAPE_CHARACTER:
        return add_character(parser, escape.character);
    case ESCAPE_SET:
        return add_set(parser, &escape.set);
    case ESCAPE_ASSERTION:
        /* Allowed up to 10.37; then a match may end before it starts. */
        if (escape.assertion == ASSERT_KEEP && parser->looks > 0)
            reader_doubt(&parser->reader, "\\K in a lookaround", parser->reader.position - 2);
        return add_assertion(parser, escape.assertion);
    case ESCAPE_NUMBER:
        add_backreference(parser, escape.number);
        return true;
    case ESCAPE_NAME:
        return add_name_reference(parser, escape.name, escape.name_length);
    case ESCAPE_OTHER:
        break;
    }
    add_item(parser, NODE_OTHER)->u.other = escape.other;
    return true;
}

/* [[:<:]] and [[:>:]], which stand for \b(?=\w) and \b(?<=\w). */
static bool add_word_edge(struct parser *parser, bool behind)
{
    add_assertion(parser, ASSERT_WORD);
    struct node *word = tree_node(parser->syntax, NODE_SET), *look = add_item(parser, NODE_LOOK);
    charset_of_escape('w', parser->reader.unicode, &word->u.set);
    look->u.look.behind = behind;
    tree_set_child(parser->syntax, look, word);
    /* A quantifier would apply to the second half only, and not in every release. */
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

static bool read_class(struct parser *parser)
{
    if (reader_skip(&parser->reader, "[:<:]]"))
        return add_word_edge(parser, false);
    if (reader_skip(&parser->reader, "[:>:]]"))
        return add_word_edge(parser, true);
    struct class_options options = {
        .caseless = parser->options & OPTION_CASELESS,
        .ignore_blanks = parser->options & OPTION_EXTENDED_MORE,
    };
    struct charset set;
    return class_read(&parser->reader, options, &set) && add_set(parser, &set);
}

/*
 * Skips what is no item, so that a quantifier behind it still belongs to what stands before: \Q, \E,
 * comments and ignored space, where `next`, read already, is or begins that.
 */
static bool skip_ignored(struct parser *parser, uint32_t next, bool *skipped)
{
    struct reader *reader = &parser->reader;
    size_t start = reader->position - 1;
    *skipped = true;
    if (next == '\\' && reader_skip(reader, "E"))
        return true;
    if (next == '\\' && reader_skip(reader, "Q")) {
        parser->quoting = true;
        return true;
    }
    if (parser->options & OPTION_EXTENDED && skip_extended(reader, next))
        return true;
    if (next == '(' && reader_skip(reader, "?#"))
        return reader_skip_behind(reader, ')') || reader_refuse(reader, "comment without an end", start);
    *skipped = false;
    return true;
}

/* Notes where a set that has just been added stands in the pattern. */
static bool note_place(struct parser *parser, size_t start)
{
    struct node *added = parser->items.nodes[parser->items.count - 1];
    if (added->kind == NODE_SET && parser->reader.length <= UINT32_MAX) {
        added->text_begin = (uint32_t)start;
        added->text_end = (uint32_t)parser->reader.position;
    }
    return true;
}

static bool read_item(struct parser *parser, uint32_t next, size_t start)
{
    switch (next) {
    case '\\':
        return read_escape(parser) && note_place(parser, start);
    case '^':
        return add_assertion(parser, ASSERT_LINE_START);
    case '$':
        return add_assertion(parser, ASSERT_LINE_END);
    case '.':
        return add_dot(parser) && note_place(parser, start);
    case '[':
        return read_class(parser) && note_place(parser, start);
    case '(':
        return read_group(parser, start);
    case ')':
        return close_group(parser, start);
    case '|':
        finish_branch(parser);
        return true;
    case '*':
        return add_repeat(parser, 0, REPEAT_UNLIMITED, start);
    case '+':
        return add_repeat(parser, 1, REPEAT_UNLIMITED, start);
    case '?':
        return add_repeat(parser, 0, 1, start);
    case '{':
        return read_brace(parser, start);
    default:
        return add_character(parser, next);
    }
}

/* Reads the next item, or something that is ignored. */
static bool read_next(struct parser *parser)
{
    struct reader *reader = &parser->reader;
    size_t start = reader->position;
    uint32_t next = reader_next(reader);
    if (parser->literal)
        return add_character(parser, next);
    if (parser->quoting) {
        if (next != '\\' || !reader_skip(reader, "E"))
            return add_character(parser, next);
        parser->quoting = false;
        return true;
    }
    bool skipped;
    if (!skip_ignored(parser, next, &skipped))
        return false;
    if (skipped)
        return true;
    if (parser->previous == PREVIOUS_QUANTIFIER && (next == '+' || next == '?'))
        return change_repeat(parser, next);
    return read_item(parser, next, start);
}

static void parse(struct parser *parser)
{
    struct syntax *syntax = parser->syntax;
    while (!reader_at_end(&parser->reader))
        if (!read_next(parser))
            break;
    if (!parser->reader.refusal && parser->depth > 0)
        reader_refuse(&parser->reader, "group without an end", parser->reader.length);
    if (parser->reader.refusal) {
        tree_free(syntax);
        syntax->unsupported = parser->reader.refusal;
        syntax->unsupported_offset = parser->reader.refusal_offset;
        syntax->capture_count = 0;
        syntax->has_names = syntax->unsets_multiline = syntax->extended_at_end = syntax->quoted_at_end = true;
        return;
    }
    syntax->root = finish_body(parser);
    syntax->extended_at_end = parser->options & OPTION_EXTENDED;
    syntax->quoted_at_end = parser->quoting;
    names_resolve(&parser->names);
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++)
        all |= (unsigned char)text[i];
    return all < 128;
}

struct syntax *syntax_parse(const char *pattern, size_t length, const struct dialect *dialect)
{
    struct syntax *syntax = xcalloc(1, sizeof *syntax);
    syntax->only_ascii = is_ascii(pattern, length);
    struct parser parser = {
        .reader = {.text = pattern,
                   .length = length,
                   .unicode = dialect->unicode,
                   .properties = dialect->unicode,
                   .cased = &syntax->cased},
        .syntax = syntax,
        .literal = dialect->fixed,
        .options = dialect->caseless ? OPTION_CASELESS : 0,
    };
    parse(&parser);
    free(parser.items.nodes);
    free(parser.branches.nodes);
    names_free(&parser.names);
    return syntax;
}

void syntax_free(struct syntax *syntax)
{
    if (!syntax)
        return;
    tree_free(syntax);
    free(syntax->cased.places);
    free(syntax);
}
