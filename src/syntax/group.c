#include "syntax/group.h"

#include "syntax/escape.h"
#include "syntax/options.h"
#include "syntax/skip.h"

static bool open_named(struct parser *parser, char terminator, size_t start)
{
    size_t name, length;
    if (!escape_read_name(&parser->reader, terminator, &name, &length))
        return false;
    names_add_group(&parser->names, parser->reader.text + name, length, parser->syntax->capture_count + 1);
    parser->syntax->has_names = true;
    return parser_open_capture(parser, start);
}

/* A call: something that may be repeated, whatever it is. */
static bool skip_call(struct parser *parser, const char *reason, size_t start)
{
    reader_doubt(&parser->reader, reason, start);
    parser_add_item(parser, NODE_EMPTY);
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
    return escape_read_name(reader, ')', &name, &length) && parser_add_name_reference(parser, name, length);
}

/* (?i), (?^x-s:...) and the like; the reader stands after the question mark. */
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
    return parser_open_group(parser, tree_node(parser->syntax, NODE_GROUP), outer, start);
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
            return parser_open_plain(parser, true, start);
        return parser_open_look(parser, groups[i].behind, groups[i].negative, start);
    }
    struct reader *reader = &parser->reader;
    int first = reader_peek(reader, 1);
    if (first >= 'a' && first <= 'z') {
        reader_doubt(reader, "special group", start);
        return reader_skip_behind(reader, ':') && parser_open_plain(parser, false, start);
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
        return skip_condition(reader) && parser_open_plain(parser, false, start);
    case REST_GROUP:
        return parser_open_plain(parser, false, start);
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
        return parser_open_plain(parser, true, start);
    if (reader_skip(reader, "="))
        return parser_open_look(parser, false, false, start);
    if (reader_skip(reader, "!"))
        return parser_open_look(parser, false, true, start);
    if (reader_skip(reader, "<="))
        return parser_open_look(parser, true, false, start);
    if (reader_skip(reader, "<!"))
        return parser_open_look(parser, true, true, start);
    if (reader_skip(reader, "<"))
        return open_named(parser, '>', start);
    if (reader_skip(reader, "'"))
        return open_named(parser, '\'', start);
    if (reader_skip(reader, "P"))
        return read_python_group(parser, start);
    return read_options(parser, start);
}

bool group_read(struct parser *parser, size_t start)
{
    if (reader_peek(&parser->reader, 0) == '*')
        return read_star_group(parser, start);
    if (reader_skip(&parser->reader, "?"))
        return read_question_group(parser, start);
    return parser->options & OPTION_NO_CAPTURE ? parser_open_plain(parser, false, start)
                                               : parser_open_capture(parser, start);
}
