#include "syntax/syntax.h"

#include "base/alloc.h"
#include "syntax/class.h"
#include "syntax/escape.h"
#include "syntax/group.h"
#include "syntax/limits.h"
#include "syntax/options.h"
#include "syntax/parser.h"
#include "syntax/skip.h"

#include <stdlib.h>

/* An opening brace, of a quantifier or a literal one. */
static bool read_brace(struct parser *parser, size_t start)
{
    struct reader *reader = &parser->reader;
    size_t inside = reader->position;
    uint32_t min, max;
    if (limits_read(reader, &min, &max))
        return parser_add_repeat(parser, min, max, start);
    reader->position = inside;
    return parser_add_character(parser, '{');
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
        return parser_add_character(parser, escape.character);
    case ESCAPE_SET:
        return parser_add_set(parser, &escape.set);
    case ESCAPE_ASSERTION:
        /* Allowed up to 10.37; then a match may end before it starts. */
        if (escape.assertion == ASSERT_KEEP && parser->looks > 0)
            reader_doubt(&parser->reader, "\\K in a lookaround", parser->reader.position - 2);
        return parser_add_assertion(parser, escape.assertion);
    case ESCAPE_NUMBER:
        parser_add_backreference(parser, escape.number);
        return true;
    case ESCAPE_NAME:
        return parser_add_name_reference(parser, escape.name, escape.name_length);
    case ESCAPE_OTHER:
        break;
    }
    parser_add_item(parser, NODE_OTHER)->u.other = escape.other;
    return true;
}

static bool read_class(struct parser *parser)
{
    if (reader_skip(&parser->reader, "[:<:]]"))
        return parser_add_word_edge(parser, false);
    if (reader_skip(&parser->reader, "[:>:]]"))
        return parser_add_word_edge(parser, true);
    struct class_options options = {
        .caseless = parser->options & OPTION_CASELESS,
        .ignore_blanks = parser->options & OPTION_EXTENDED_MORE,
    };
    struct charset set;
    return class_read(&parser->reader, options, &set) && parser_add_set(parser, &set);
}

/*
 * Skips what is no item, so that a quantifier after it still belongs to what stands before: \Q, \E,
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

static bool read_item(struct parser *parser, uint32_t next, size_t start)
{
    switch (next) {
    case '\\':
        return read_escape(parser) && parser_note_place(parser, start);
    case '^':
        return parser_add_assertion(parser, ASSERT_LINE_START);
    case '$':
        return parser_add_assertion(parser, ASSERT_LINE_END);
    case '.':
        return parser_add_dot(parser) && parser_note_place(parser, start);
    case '[':
        return read_class(parser) && parser_note_place(parser, start);
    case '(':
        return group_read(parser, start);
    case ')':
        return parser_close_group(parser, start);
    case '|':
        parser_finish_branch(parser);
        return true;
    case '*':
        return parser_add_repeat(parser, 0, REPEAT_UNLIMITED, start);
    case '+':
        return parser_add_repeat(parser, 1, REPEAT_UNLIMITED, start);
    case '?':
        return parser_add_repeat(parser, 0, 1, start);
    case '{':
        return read_brace(parser, start);
    default:
        return parser_add_character(parser, next);
    }
}

/* Reads the next item, or something that is ignored. */
static bool read_next(struct parser *parser)
{
    struct reader *reader = &parser->reader;
    size_t start = reader->position;
    uint32_t next = reader_next(reader);
    if (parser->literal)
        return parser_add_character(parser, next);
    if (parser->quoting) {
        if (next != '\\' || !reader_skip(reader, "E"))
            return parser_add_character(parser, next);
        parser->quoting = false;
        return true;
    }
    bool skipped;
    if (!skip_ignored(parser, next, &skipped))
        return false;
    if (skipped)
        return true;
    if (parser->previous == PREVIOUS_QUANTIFIER && (next == '+' || next == '?'))
        return parser_change_repeat(parser, next);
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
    syntax->root = parser_finish_body(parser);
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
