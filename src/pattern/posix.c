#include "pattern/posix.h"

#include "base/utf8.h"
#include "pattern/bracket.h"
#include "pattern/posix-parser.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RE_DUP_MAX of the GNU C library. */
#define REPEAT_MAX 32767

static void warn_of_start(struct posix_parser *parser, const char *sign)
{
    char message[64];
    snprintf(message, sizeof message, "%s at start of expression", sign);
    if (parser->warn)
        parser->warn(parser->warn_context, message);
}

/* * + or ?, the position after it; in a basic expression it is a character where there is nothing to repeat. */
static bool add_operator(struct posix_parser *parser, char sign)
{
    if (parser->at_start && !parser->extended) {
        parser->position--;
        return posix_parser_add_character(parser);
    }
    if (parser->at_start)
        warn_of_start(parser, (const char[]){sign, 0});
    return posix_parser_repeat(parser, sign == '+', sign == '?' ? 1 : POSIX_UNLIMITED);
}

/* What stands between the braces of an interval. */
enum interval_kind {
    INTERVAL_GOOD,
    INTERVAL_LITERAL, /* something else: an extended expression takes the brace for a character */
    INTERVAL_OPEN,    /* it has no end */
    INTERVAL_BAD,     /* its numbers are wrong */
    INTERVAL_LARGE,
};

struct interval {
    uint32_t min, max;
    size_t end; /* after it, in the pattern */
};

/* Digits, from *at on; -1 when there are none. */
static int64_t read_number(const struct posix_parser *parser, size_t *at)
{
    int64_t number = -1;
    for (; *at < parser->length && isdigit((unsigned char)parser->pattern[*at]); ++*at) {
        number = (number < 0 ? 0 : number) * 10 + (parser->pattern[*at] - '0');
        if (number > REPEAT_MAX)
            number = REPEAT_MAX + 1;
    }
    return number;
}

/* Whether the interval's closing brace stands at `at`, which moves past it. */
static bool read_close(const struct posix_parser *parser, size_t *at)
{
    const char *close = parser->extended ? "}" : "\\}";
    size_t length = strlen(close);
    if (parser->length - *at < length || memcmp(parser->pattern + *at, close, length) != 0)
        return false;
    *at += length;
    return true;
}

/* What is no interval: GNU reads on to its end to say what is wrong. */
static enum interval_kind classify_wrong(const struct posix_parser *parser, size_t at)
{
    for (; at < parser->length; at++) {
        size_t close = at;
        if (read_close(parser, &close))
            return INTERVAL_LITERAL;
    }
    return INTERVAL_OPEN;
}

/* The interval whose opening stands before the position. */
static enum interval_kind read_interval(const struct posix_parser *parser, struct interval *interval)
{
    size_t at = parser->position;
    int64_t min = read_number(parser, &at), max = min;
    bool comma = at < parser->length && parser->pattern[at] == ',';
    if (comma) {
        at++;
        max = read_number(parser, &at);
        min = min < 0 ? 0 : min;
        if (at < parser->length && parser->pattern[at] == ',')
            return INTERVAL_BAD;
    }
    interval->end = at;
    if (!read_close(parser, &interval->end))
        return classify_wrong(parser, at);
    if (min < 0 || (max >= 0 && min > max))
        return INTERVAL_BAD;
    interval->min = (uint32_t)min;
    interval->max = max < 0 ? POSIX_UNLIMITED : (uint32_t)max;
    return min > REPEAT_MAX || max > REPEAT_MAX ? INTERVAL_LARGE : INTERVAL_GOOD;
}

static bool add_interval(struct posix_parser *parser)
{
    size_t offset = parser->position;
    struct interval interval;
    enum interval_kind kind = read_interval(parser, &interval);
    bool literal = kind == INTERVAL_LITERAL || kind == INTERVAL_OPEN;
    if (parser->at_start && (!parser->extended || kind != INTERVAL_GOOD))
        literal = true;
    else if (literal && !parser->extended)
        return posix_parser_fail(parser, kind == INTERVAL_OPEN ? "Unmatched \\{" : "Invalid content of \\{\\}", offset);
    if (literal) {
        parser->position--;
        return posix_parser_add_character(parser);
    }
    if (kind == INTERVAL_BAD)
        return posix_parser_fail(parser, "Invalid content of \\{\\}", offset);
    if (kind == INTERVAL_LARGE)
        return posix_parser_fail(parser, "Regular expression too big", offset);
    if (parser->at_start)
        warn_of_start(parser, "{...}");
    parser->position = interval.end;
    return posix_parser_repeat(parser, interval.min, interval.max);
}

/* --- the syntax --- */

/* A backslash that has no meaning before the character at the position. */
static void warn_of_backslash(struct posix_parser *parser)
{
    const char *character = parser->pattern + parser->position;
    unsigned char c = (unsigned char)*character;
    char message[64];
    size_t length = posix_character_length(character, parser->length - parser->position, parser->dialect->unicode);
    if (isspace(c))
        snprintf(message, sizeof message, "stray \\ before white space");
    else if (c < ' ' || c == 127 || (c >= 0x80 && length == 1))
        snprintf(message, sizeof message, "stray \\ before unprintable character");
    else
        snprintf(message, sizeof message, "stray \\ before %.*s", (int)length, character);
    if (parser->warn)
        parser->warn(parser->warn_context, message);
}

/* What a backslash and a letter are in both syntaxes; true when it was one of these. */
static bool add_escape(struct posix_parser *parser, int c)
{
    switch (c) {
    case 'w':
        return posix_parser_add_word_atom(parser, ATOM_WHOLE, "[W]");
    case 'W':
        return posix_parser_add_word_atom(parser, ATOM_WHOLE, "[^W]");
    case 's':
        return posix_parser_add_space(parser, "[:space:]]");
    case 'S':
        return posix_parser_add_space(parser, "^[:space:]]");
    case '<':
        return posix_parser_add_word_atom(parser, ATOM_ASSERTION, "(?<![W])(?=[W])");
    case '>':
        return posix_parser_add_word_atom(parser, ATOM_ASSERTION, "(?<=[W])(?![W])");
    case 'b':
        return posix_parser_add_word_atom(parser, ATOM_ASSERTION, "(?:(?<![W])(?=[W])|(?<=[W])(?![W]))");
    case 'B':
        return posix_parser_add_word_atom(parser, ATOM_ASSERTION, "(?:(?<![W])(?![W])|(?<=[W])(?=[W]))");
    case '`':
        return posix_parser_add_atom(parser, ATOM_ASSERTION, "^");
    case '\'':
        return posix_parser_add_atom(parser, ATOM_ASSERTION, "$");
    default:
        return false;
    }
}

/* ( ) | { * + ?, written as the syntax writes its operators; the position is after it. */
static bool add_special(struct posix_parser *parser, int c, size_t offset)
{
    switch (c) {
    case '(':
        return posix_parser_open_group(parser, offset);
    case ')':
        return posix_parser_close_group(parser, offset);
    case '|':
        return posix_parser_begin_alternative(parser);
    case '{':
        return add_interval(parser);
    default:
        return add_operator(parser, (char)c);
    }
}

static bool add_backslash(struct posix_parser *parser, size_t offset)
{
    int c = posix_parser_peek(parser, 0);
    if (c < 0)
        return posix_parser_fail(parser, "Trailing backslash", offset);
    if (!parser->extended && strchr("(){|+?", c) && c) {
        bool stray = parser->at_start && (c == '{' || c == '+' || c == '?');
        if (stray)
            warn_of_backslash(parser);
        parser->position++;
        return add_special(parser, c, offset);
    }
    if (c >= '1' && c <= '9') {
        parser->position++;
        return posix_parser_add_back_reference(parser, (unsigned)(c - '0'), offset);
    }
    if (c && strchr("wWsSbB<>`'", c)) {
        parser->position++;
        return add_escape(parser, c);
    }
    const char *quotable = parser->extended ? "\\^$.*[]}?+|(){" : "\\^$.*[]}";
    if (!c || !strchr(quotable, c))
        warn_of_backslash(parser);
    return posix_parser_add_character(parser);
}

/* Whether the dollar sign that was just read ends a line, in a basic expression. */
static bool ends_branch(const struct posix_parser *parser)
{
    int c = posix_parser_peek(parser, 1);
    return posix_parser_peek(parser, 0) < 0 || (posix_parser_peek(parser, 0) == '\\' && (c == ')' || c == '|'));
}

static bool add_next(struct posix_parser *parser)
{
    size_t offset = parser->position;
    int c = posix_parser_peek(parser, 0);
    parser->position++;
    switch (c) {
    case '\\':
        return add_backslash(parser, offset);
    case '[':
        return posix_parser_add_bracket(parser);
    case '.':
        return posix_parser_add_atom(parser, ATOM_WHOLE, ".");
    case '*':
        return add_operator(parser, '*');
    case '^':
        if (parser->extended || parser->begins)
            return posix_parser_add_atom(parser, ATOM_ASSERTION, "^");
        break;
    case '$':
        if (parser->extended || ends_branch(parser))
            return posix_parser_add_atom(parser, ATOM_ASSERTION, "$");
        break;
    case ')':
        if (parser->extended && parser->depth > 1)
            return posix_parser_close_group(parser, offset);
        break;
    case '(':
    case '|':
    case '{':
    case '+':
    case '?':
        if (parser->extended)
            return add_special(parser, c, offset);
        break;
    default:
        break;
    }
    parser->position = offset;
    return posix_parser_add_character(parser);
}

static bool parse(struct posix_parser *parser)
{
    posix_parser_push_group(parser, 0, 0);
    text_append(&parser->out, "", 0);
    while (parser->position < parser->length)
        if (!add_next(parser))
            return false;
    if (parser->depth > 1)
        return posix_parser_fail(parser, "Unmatched ( or \\(", parser->groups[parser->depth - 1].offset);
    return true;
}

void posix_translate(struct posix_translation *translation, const char *pattern, size_t length,
                     const struct dialect *dialect, bool groups, posix_warning *warn, void *context)
{
    *translation = (struct posix_translation){.text = NULL};
    if (dialect->unicode && !utf8_is_valid(pattern, length)) {
        mistake_set(&translation->mistake, utf8_valid_length(pattern, length),
                    "not valid UTF-8 (--no-unicode searches for bytes, and so does -F)");
        return;
    }
    struct posix_parser parser = {.pattern = pattern,
                                  .length = length,
                                  .dialect = dialect,
                                  .extended = dialect->posix == POSIX_EXTENDED,
                                  .capturing = groups,
                                  .warn = warn,
                                  .warn_context = context};
    bool good = parse(&parser);
    if (good && parser.back_references && !parser.capturing) {
        /* Only now is it known that groups have to capture, which costs PCRE2 time. */
        struct posix_parser again = {
            .pattern = pattern, .length = length, .dialect = dialect, .extended = parser.extended, .capturing = true};
        free(parser.out.bytes);
        free(parser.groups);
        parser = again;
        parse(&parser);
    }
    free(parser.groups);
    translation->back_references = parser.back_references;
    if (good) {
        translation->text = parser.out.bytes;
        translation->length = parser.out.length;
        return;
    }
    free(parser.out.bytes);
    translation->mistake = parser.mistake;
}

size_t *posix_alternatives(const char *pattern, size_t length, const struct dialect *dialect, size_t *count)
{
    struct posix_parser parser = {.pattern = pattern,
                                  .length = length,
                                  .dialect = dialect,
                                  .extended = dialect->posix == POSIX_EXTENDED,
                                  .listing = true};
    posix_parser_add_start(&parser);
    bool good = (!dialect->unicode || utf8_is_valid(pattern, length)) && parse(&parser) && !parser.back_references;
    free(parser.out.bytes);
    free(parser.groups);
    *count = parser.start_count;
    if (good)
        return parser.starts;
    free(parser.starts);
    return NULL;
}
