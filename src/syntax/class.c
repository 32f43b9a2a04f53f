#include "syntax/class.h"
#include "syntax/cased.h"
#include "syntax/escape.h"

#include <string.h>

/* What a hyphen would be. */
enum range_state {
    RANGE_NONE,     /* a literal: no character stands before it that could begin a range */
    RANGE_POSSIBLE, /* the middle of a range that begins with `low` */
    RANGE_OPEN,     /* there was one: the next character ends the range */
};

struct class_parser {
    struct reader *reader;
    struct class_options options;
    struct charset_mode mode;
    struct charset *set;
    enum range_state range;
    uint32_t low;
    bool quoting; /* between \Q and \E */
};

static bool is_ignored_blank(const struct class_parser *parser, int byte)
{
    return parser->options.ignore_blanks && (byte == ' ' || byte == '\t');
}

static bool add_character(struct class_parser *parser, uint32_t character, size_t start)
{
    if (parser->range == RANGE_OPEN) {
        if (character < parser->low)
            reader_doubt(parser->reader, "range out of order", start);
        charset_add(parser->set, parser->low, character, parser->mode);
        parser->range = RANGE_NONE;
        return true;
    }
    charset_add(parser->set, character, character, parser->mode);
    parser->low = character;
    parser->range = RANGE_POSSIBLE;
    return true;
}

static bool add_set(struct class_parser *parser, const struct charset *set, size_t start)
{
    if (parser->range == RANGE_OPEN)
        reader_doubt(parser->reader, "range that ends in a set", start);
    charset_unite(parser->set, set);
    parser->range = RANGE_NONE;
    return true;
}

/*
 * The length of the name of a POSIX class, with its ^, that begins with [: at the reader's position - 1;
 * -1 when the bracket is a literal.  A backslash takes away the meaning of a closing bracket or a
 * backslash, a nested [: that of the first one.
 */
static ptrdiff_t posix_name_length(const struct reader *reader)
{
    const char *name = reader->text + reader->position + 1, *end = reader->text + reader->length;
    char terminator = name[-1];
    for (const char *at = name; end - at >= 2; at++) {
        if (at[0] == '\\' && (at[1] == ']' || at[1] == '\\'))
            at++;
        else if (at[0] == ']' || (at[0] == '[' && at[1] == terminator))
            return -1;
        else if (at[0] == terminator && at[1] == ']')
            return at - name;
    }
    return -1;
}

static bool read_posix_class(struct class_parser *parser, size_t length, size_t start)
{
    struct reader *reader = parser->reader;
    const char *name = reader->text + reader->position + 1;
    bool known_kind = name[-1] == ':';
    bool negated = length > 0 && name[0] == '^';
    struct charset set;
    if (!known_kind || !charset_of_posix(name + negated, length - negated, negated, parser->mode, &set))
        return reader_refuse(reader, "POSIX class", start);
    reader->position += length + 3;
    if (reader->properties && parser->mode.caseless && cased_is_posix(name + negated, length - negated))
        cased_note(reader->cased, start, reader->position, negated);
    return add_set(parser, &set, start);
}

static bool read_class_escape(struct class_parser *parser, size_t start)
{
    struct reader *reader = parser->reader;
    if (reader_skip(reader, "E"))
        return true;
    if (reader_skip(reader, "Q")) {
        parser->quoting = true;
        return true;
    }
    struct escape escape;
    struct escape_context context = {.caseless = parser->options.caseless, .in_class = true};
    if (!escape_read(reader, context, &escape))
        return false;
    if (escape.kind == ESCAPE_CHARACTER)
        return add_character(parser, escape.character, start);
    return add_set(parser, &escape.set, start);
}

/* One member of a class, which the character `next`, read already, begins. */
static bool read_member(struct class_parser *parser, uint32_t next, size_t start)
{
    struct reader *reader = parser->reader;
    if (parser->quoting) {
        if (next == '\\' && reader_skip(reader, "E")) {
            parser->quoting = false;
            return true;
        }
        return add_character(parser, next, start);
    }
    if (next < 128 && is_ignored_blank(parser, (int)next))
        return true;
    if (next == '[') {
        int kind = reader_peek(reader, 0);
        ptrdiff_t length = kind == ':' || kind == '.' || kind == '=' ? posix_name_length(reader) : -1;
        if (length >= 0)
            return read_posix_class(parser, (size_t)length, start);
    }
    if (next == '\\')
        return read_class_escape(parser, start);
    if (next == '-' && parser->range == RANGE_POSSIBLE) {
        parser->range = RANGE_OPEN;
        return true;
    }
    return add_character(parser, next, start);
}

/* Skips what may stand before the first member: ^, and what is ignored around it.  True for a negated class. */
static bool read_opening(struct class_parser *parser)
{
    struct reader *reader = parser->reader;
    bool negated = false;
    for (;;) {
        if (reader_skip(reader, "\\Q\\E") || reader_skip(reader, "\\E"))
            continue;
        if (is_ignored_blank(parser, reader_peek(reader, 0)))
            reader->position++;
        else if (!negated && reader_skip(reader, "^"))
            negated = true;
        else
            return negated;
    }
}

bool class_read(struct reader *reader, struct class_options options, struct charset *set)
{
    *set = (struct charset){.beyond = false};
    struct class_parser parser = {
        .reader = reader,
        .options = options,
        .mode = {.caseless = options.caseless, .unicode = reader->unicode},
        .set = set,
        .range = RANGE_NONE,
    };
    size_t start = reader->position;
    bool negated = read_opening(&parser);
    for (bool first = true;; first = false) {
        if (reader_at_end(reader))
            return reader_refuse(reader, "class without an end", start);
        size_t member = reader->position;
        uint32_t next = reader_next(reader);
        if (next == ']' && !parser.quoting && !first)
            break;
        if (!read_member(&parser, next, member))
            return false;
    }
    if (parser.range == RANGE_OPEN)
        charset_add(set, '-', '-', parser.mode);
    if (negated)
        charset_negate(set, reader->unicode);
    return true;
}
