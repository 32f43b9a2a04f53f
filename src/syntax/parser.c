#include "syntax/parser.h"

#include "syntax/charset.h"
#include "syntax/escape.h"
#include "syntax/options.h"

struct node *parser_add_item(struct parser *parser, enum node_kind kind)
{
    struct node *node = tree_node(parser->syntax, kind);
    tree_push(&parser->items, node);
    parser->previous = PREVIOUS_ITEM;
    return node;
}

bool parser_add_set(struct parser *parser, const struct charset *set)
{
    parser_add_item(parser, NODE_SET)->u.set = *set;
    return true;
}

bool parser_add_assertion(struct parser *parser, enum assertion assertion)
{
    struct node *node = parser_add_item(parser, NODE_ASSERT);
    node->u.assertion = assertion;
    bool of_line = assertion == ASSERT_LINE_START || assertion == ASSERT_LINE_END;
    node->multiline = of_line && (parser->options & OPTION_MULTILINE);
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

bool parser_add_character(struct parser *parser, uint32_t character)
{
    struct charset_mode mode = {
        .caseless = parser->options & OPTION_CASELESS,
        .unicode = parser->reader.unicode,
    };
    struct charset set = {.beyond = false};
    charset_add(&set, character, character, mode);
    if (!mode.unicode || character < 128 || charset_count(&set) > 0)
        return parser_add_set(parser, &set);
    struct node *node = parser_add_item(parser, NODE_CHAR);
    node->u.character.code_point = character;
    node->u.character.caseless = mode.caseless;
    return true;
}

bool parser_add_dot(struct parser *parser)
{
    struct charset set;
    charset_of_escape('N', parser->reader.unicode, &set);
    if (parser->options & OPTION_DOTALL)
        charset_add(&set, '\n', '\n', (struct charset_mode){.unicode = parser->reader.unicode});
    return parser_add_set(parser, &set);
}

struct node *parser_add_backreference(struct parser *parser, uint32_t capture)
{
    struct node *node = parser_add_item(parser, NODE_BACKREF);
    node->u.backref.capture = capture;
    node->u.backref.caseless = parser->options & OPTION_CASELESS;
    return node;
}

bool parser_open_group(struct parser *parser, struct node *group, unsigned outer_options, size_t start)
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

bool parser_open_plain(struct parser *parser, bool atomic, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_GROUP);
    group->u.group.atomic = atomic;
    return parser_open_group(parser, group, parser->options, start);
}

bool parser_open_capture(struct parser *parser, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_GROUP);
    group->u.group.capture = ++parser->syntax->capture_count;
    return parser_open_group(parser, group, parser->options, start);
}

bool parser_open_look(struct parser *parser, bool behind, bool negative, size_t start)
{
    struct node *group = tree_node(parser->syntax, NODE_LOOK);
    group->u.look.behind = behind;
    group->u.look.negative = negative;
    return parser_open_group(parser, group, parser->options, start);
}

void parser_finish_branch(struct parser *parser)
{
    struct node *branch = tree_pop(parser->syntax, &parser->items, parser->frames[parser->depth].first_item, NODE_CAT);
    tree_push(&parser->branches, branch);
    parser->previous = PREVIOUS_NOTHING;
}

struct node *parser_finish_body(struct parser *parser)
{
    parser_finish_branch(parser);
    return tree_pop(parser->syntax, &parser->branches, parser->frames[parser->depth].first_branch, NODE_ALT);
}

bool parser_close_group(struct parser *parser, size_t start)
{
    if (parser->depth == 0)
        return reader_refuse(&parser->reader, "unmatched parenthesis", start);
    struct frame *frame = &parser->frames[parser->depth];
    tree_set_child(parser->syntax, frame->group, parser_finish_body(parser));
    parser->options = frame->options;
    parser->looks -= frame->group->kind == NODE_LOOK;
    parser->depth--;
    tree_push(&parser->items, frame->group);
    parser->previous = PREVIOUS_ITEM;
    return true;
}

bool parser_add_name_reference(struct parser *parser, size_t name, size_t length)
{
    names_add_reference(&parser->names, parser->reader.text + name, length, parser_add_backreference(parser, 0));
    return true;
}

bool parser_add_repeat(struct parser *parser, uint32_t min, uint32_t max, size_t start)
{
    if (parser->previous != PREVIOUS_ITEM)
        return reader_doubt(&parser->reader, "quantifier without an item", start);
    if (min > max)
        return reader_refuse(&parser->reader, "quantifier out of order", start);
    struct node *child = parser->items.nodes[--parser->items.count];
    /* PCRE2 10.42 takes (?:a|^){0}b for anchored: it jumps over the first branch only. */
    if (max == 0 && child->child_count > 0)
        reader_doubt(&parser->reader, "group repeated no times", start);
    struct node *repeat = parser_add_item(parser, NODE_REPEAT);
    repeat->u.repeat.min = min;
    repeat->u.repeat.max = max;
    repeat->u.repeat.mode = parser->options & OPTION_UNGREEDY ? REPEAT_LAZY : REPEAT_GREEDY;
    tree_set_child(parser->syntax, repeat, child);
    parser->previous = PREVIOUS_QUANTIFIER;
    return true;
}

/* The + or ? after a quantifier. */
bool parser_change_repeat(struct parser *parser, uint32_t modifier)
{
    struct node *repeat = parser->items.nodes[parser->items.count - 1];
    if (modifier == '+')
        repeat->u.repeat.mode = REPEAT_POSSESSIVE;
    else
        repeat->u.repeat.mode = parser->options & OPTION_UNGREEDY ? REPEAT_GREEDY : REPEAT_LAZY;
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

/* [[:<:]] and [[:>:]], which stand for \b(?=\w) and \b(?<=\w). */
bool parser_add_word_edge(struct parser *parser, bool behind)
{
    parser_add_assertion(parser, ASSERT_WORD);
    struct node *word = tree_node(parser->syntax, NODE_SET), *look = parser_add_item(parser, NODE_LOOK);
    charset_of_escape('w', parser->reader.unicode, &word->u.set);
    look->u.look.behind = behind;
    tree_set_child(parser->syntax, look, word);
    /* A quantifier would apply to the second half only, and not in every release. */
    parser->previous = PREVIOUS_NOTHING;
    return true;
}

/* Notes where a set that has just been added stands in the pattern. */
bool parser_note_place(struct parser *parser, size_t start)
{
    struct node *added = parser->items.nodes[parser->items.count - 1];
    if (added->kind == NODE_SET && parser->reader.length <= UINT32_MAX) {
        added->text_begin = (uint32_t)start;
        added->text_end = (uint32_t)parser->reader.position;
    }
    return true;
}
