#include "pattern/posix.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"
#include "pattern/bracket.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RE_DUP_MAX of the GNU C library. */
#define REPEAT_MAX 32767
#define UNLIMITED UINT32_MAX

/* What the last atom is to an operator that follows. */
enum atom_kind {
    ATOM_NONE,      /* there is none */
    ATOM_ASSERTION, /* it matches a place */
    ATOM_WHOLE,     /* PCRE2 applies a quantifier to all of it */
    ATOM_REPEATED,  /* it ends in a quantifier, where another would change that one's meaning */
};

struct atom {
    enum atom_kind kind;
    size_t begin;      /* in what is written */
    size_t quantifier; /* where the quantifier begins */
    uint32_t min, max; /* and what it says */
};

/* An open group, or the pattern itself. */
struct group {
    unsigned number; /* 0: the pattern */
    size_t begin;    /* in what is written */
    size_t offset;   /* in the pattern */
    /* Groups by number, as bits: closed before the first alternative, and closed in one that is over. */
    unsigned closed_before, closed_inside;
};

struct parser {
    const char *pattern;
    size_t length, position;
    const struct dialect *dialect;
    bool extended;
    bool capturing; /* groups are written as capturing ones */
    bool listing;   /* the starts of alternatives outside of groups are wanted */
    posix_warning *warn;
    void *warn_context;

    struct text out;
    struct group *groups;
    size_t depth, room;
    size_t *starts;
    size_t start_count, start_room;
    unsigned group_count;
    unsigned closed; /* groups that a back-reference may name here, as bits */
    bool back_references;

    struct atom atom;
    /* Nothing that an operator could repeat stands before it: at the start, or after \(, \| and assertions there. */
    bool at_start;
    bool begins; /* nothing at all stands before it there */
    struct mistake mistake;
};

static bool fail(struct parser *parser, const char *message, size_t offset)
{
    mistake_set(&parser->mistake, offset, message);
    return false;
}

static int peek(const struct parser *parser, size_t ahead)
{
    return parser->length - parser->position > ahead ? (unsigned char)parser->pattern[parser->position + ahead] : -1;
}

/* --- atoms --- */

static void set_atom(struct parser *parser, enum atom_kind kind, size_t begin)
{
    parser->atom = (struct atom){.kind = kind, .begin = begin};
    parser->begins = false;
    if (kind != ATOM_ASSERTION)
        parser->at_start = false;
}

static bool add_atom(struct parser *parser, enum atom_kind kind, const char *text)
{
    size_t begin = parser->out.length;
    text_add(&parser->out, text);
    set_atom(parser, kind, begin);
    return true;
}

/* The character at the position, which means itself. */
static bool add_character(struct parser *parser)
{
    size_t begin = parser->out.length;
    const char *character = parser->pattern + parser->position;
    size_t length = posix_character_length(character, parser->length - parser->position, parser->dialect->unicode);
    posix_add_literal(&parser->out, character, length);
    parser->position += length;
    set_atom(parser, ATOM_WHOLE, begin);
    return true;
}

/* Something made of the class of word characters, whose content stands for each W. */
static bool add_word_atom(struct parser *parser, enum atom_kind kind, const char *form)
{
    size_t begin = parser->out.length;
    for (; *form; form++)
        if (*form == 'W')
            text_add(&parser->out, posix_word_members(parser->dialect->unicode));
        else
            text_append(&parser->out, form, 1);
    set_atom(parser, kind, begin);
    return true;
}

static bool add_bracket(struct parser *parser)
{
    size_t begin = parser->out.length, start = parser->position - 1;
    struct bracket_source source = {parser->pattern, parser->length, parser->position, NULL};
    if (!posix_bracket(&source, parser->dialect, &parser->out))
        return fail(parser, source.message, start);
    parser->position = source.position;
    set_atom(parser, ATOM_WHOLE, begin);
    return true;
}

/* \s is [[:space:]], and \S the opposite. */
static bool add_space(struct parser *parser, const char *content)
{
    size_t begin = parser->out.length;
    struct bracket_source source = {content, strlen(content), 0, NULL};
    bool good = posix_bracket(&source, parser->dialect, &parser->out);
    set_atom(parser, ATOM_WHOLE, begin);
    return good;
}

/* --- groups --- */

static void begin_branch(struct parser *parser)
{
    parser->atom = (struct atom){.kind = ATOM_NONE};
    parser->at_start = parser->begins = true;
}

static void push_group(struct parser *parser, unsigned number, size_t offset)
{
    if (parser->depth == parser->room) {
        parser->room = 2 * parser->room + 8;
        parser->groups = xreallocarray(parser->groups, parser->room, sizeof *parser->groups);
    }
    parser->groups[parser->depth++] = (struct group){
        .number = number, .begin = parser->out.length, .offset = offset, .closed_before = parser->closed};
    begin_branch(parser);
}

static bool open_group(struct parser *parser, size_t offset)
{
    push_group(parser, ++parser->group_count, offset);
    text_add(&parser->out, parser->capturing ? "(" : "(?:");
    return true;
}

static bool close_group(struct parser *parser, size_t offset)
{
    if (parser->depth == 1)
        return fail(parser, "Unmatched ) or \\)", offset);
    const struct group *group = &parser->groups[--parser->depth];
    parser->closed |= group->closed_inside;
    if (group->number <= 9)
        parser->closed |= 1u << group->number;
    text_add(&parser->out, ")");
    set_atom(parser, ATOM_WHOLE, group->begin);
    return true;
}

static void add_start(struct parser *parser)
{
    if (parser->start_count == parser->start_room) {
        parser->start_room = 2 * parser->start_room + 64;
        parser->starts = xreallocarray(parser->starts, parser->start_room, sizeof *parser->starts);
    }
    parser->starts[parser->start_count++] = parser->position;
}

static bool begin_alternative(struct parser *parser)
{
    if (parser->listing && parser->depth == 1)
        add_start(parser);
    struct group *group = &parser->groups[parser->depth - 1];
    group->closed_inside |= parser->closed;
    parser->closed = group->closed_before;
    text_add(&parser->out, "|");
    begin_branch(parser);
    return true;
}

static bool add_back_reference(struct parser *parser, unsigned number, size_t offset)
{
    if (!(parser->closed >> number & 1))
        return fail(parser, "Invalid back reference", offset);
    parser->back_references = true;
    char text[16];
    snprintf(text, sizeof text, "\\g{%u}", number);
    return add_atom(parser, ATOM_WHOLE, text);
}

/* --- operators --- */

static void warn_of_start(struct parser *parser, const char *operator)
{
    char message[64];
    snprintf(message, sizeof message, "%s at start of expression", operator);
    if (parser->warn)
        parser->warn(parser->warn_context, message);
}

static void add_quantifier(struct parser *parser, uint32_t min, uint32_t max)
{
    struct atom *atom = &parser->atom;
    atom->kind = ATOM_REPEATED;
    atom->quantifier = parser->out.length;
    atom->min = min;
    atom->max = max;
    char text[32];
    if (max == UNLIMITED && min <= 1)
        snprintf(text, sizeof text, "%s", min ? "+" : "*");
    else if (max == UNLIMITED)
        snprintf(text, sizeof text, "{%u,}", min);
    else if (min == max)
        snprintf(text, sizeof text, "{%u}", min);
    else if (min == 0 && max == 1)
        snprintf(text, sizeof text, "?");
    else
        snprintf(text, sizeof text, "{%u,%u}", min, max);
    text_add(&parser->out, text);
}

/* Whether it is one of * + ?, of which two after each other are a third. */
static bool is_simple(uint32_t min, uint32_t max)
{
    return min <= 1 && (max == 1 || max == UNLIMITED);
}

static bool repeat(struct parser *parser, uint32_t min, uint32_t max)
{
    struct atom *atom = &parser->atom;
    parser->begins = false;
    switch (atom->kind) {
    case ATOM_NONE:
        break;
    case ATOM_ASSERTION:
        if (min == 0)
            text_cut(&parser->out, atom->begin);
        break;
    case ATOM_REPEATED:
        if (is_simple(min, max) && is_simple(atom->min, atom->max)) {
            text_cut(&parser->out, atom->quantifier);
            add_quantifier(parser, min < atom->min ? min : atom->min, max > atom->max ? max : atom->max);
            break;
        }
        text_insert(&parser->out, atom->begin, "(?:");
        text_add(&parser->out, ")");
        add_quantifier(parser, min, max);
        break;
    case ATOM_WHOLE:
        add_quantifier(parser, min, max);
        break;
    }
    return true;
}

/* * + or ?, the position behind it; in a basic expression it is a character where there is nothing to repeat. */
static bool add_operator(struct parser *parser, char operator)
{
    if (parser->at_start && !parser->extended) {
        parser->position--;
        return add_character(parser);
    }
    if (parser->at_start)
        warn_of_start(parser, (const char[]){operator, '\0' });
    return repeat(parser, operator== '+', operator== '?' ? 1 : UNLIMITED);
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
    size_t end; /* behind it, in the pattern */
};

/* Digits, from *at on; -1 when there are none. */
static int64_t read_number(const struct parser *parser, size_t *at)
{
    int64_t number = -1;
    for (; *at < parser->length && isdigit((unsigned char)parser->pattern[*at]); ++*at) {
        number = (number < 0 ? 0 : number) * 10 + (parser->pattern[*at] - '0');
        if (number > REPEAT_MAX)
            number = REPEAT_MAX + 1;
    }
    return number;
}

/* Whether the interval's closing brace stands at `at`, which moves behind it. */
static bool read_close(const struct parser *parser, size_t *at)
{
    const char *close = parser->extended ? "}" : "\\}";
    size_t length = strlen(close);
    if (parser->length - *at < length || memcmp(parser->pattern + *at, close, length) != 0)
        return false;
    *at += length;
    return true;
}

/* What is no interval: GNU reads on to its end to say what is wrong. */
static enum interval_kind classify_wrong(const struct parser *parser, size_t at)
{
    for (; at < parser->length; at++) {
        size_t close = at;
        if (read_close(parser, &close))
            return INTERVAL_LITERAL;
    }
    return INTERVAL_OPEN;
}

/* The interval whose opening stands before the position. */
static enum interval_kind read_interval(const struct parser *parser, struct interval *interval)
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
    interval->max = max < 0 ? UNLIMITED : (uint32_t)max;
    return min > REPEAT_MAX || max > REPEAT_MAX ? INTERVAL_LARGE : INTERVAL_GOOD;
}

static bool add_interval(struct parser *parser)
{
    size_t offset = parser->position;
    struct interval interval;
    enum interval_kind kind = read_interval(parser, &interval);
    bool literal = kind == INTERVAL_LITERAL || kind == INTERVAL_OPEN;
    if (parser->at_start && (!parser->extended || kind != INTERVAL_GOOD))
        literal = true;
    else if (literal && !parser->extended)
        return fail(parser, kind == INTERVAL_OPEN ? "Unmatched \\{" : "Invalid content of \\{\\}", offset);
    if (literal) {
        parser->position--;
        return add_character(parser);
    }
    if (kind == INTERVAL_BAD)
        return fail(parser, "Invalid content of \\{\\}", offset);
    if (kind == INTERVAL_LARGE)
        return fail(parser, "Regular expression too big", offset);
    if (parser->at_start)
        warn_of_start(parser, "{...}");
    parser->position = interval.end;
    return repeat(parser, interval.min, interval.max);
}

/* --- the syntax --- */

/* A backslash that has no meaning before the character at the position. */
static void warn_of_backslash(struct parser *parser)
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
static bool add_escape(struct parser *parser, int c)
{
    switch (c) {
    case 'w':
        return add_word_atom(parser, ATOM_WHOLE, "[W]");
    case 'W':
        return add_word_atom(parser, ATOM_WHOLE, "[^W]");
    case 's':
        return add_space(parser, "[:space:]]");
    case 'S':
        return add_space(parser, "^[:space:]]");
    case '<':
        return add_word_atom(parser, ATOM_ASSERTION, "(?<![W])(?=[W])");
    case '>':
        return add_word_atom(parser, ATOM_ASSERTION, "(?<=[W])(?![W])");
    case 'b':
        return add_word_atom(parser, ATOM_ASSERTION, "(?:(?<![W])(?=[W])|(?<=[W])(?![W]))");
    case 'B':
        return add_word_atom(parser, ATOM_ASSERTION, "(?:(?<![W])(?![W])|(?<=[W])(?=[W]))");
    case '`':
        return add_atom(parser, ATOM_ASSERTION, "^");
    case '\'':
        return add_atom(parser, ATOM_ASSERTION, "$");
    default:
        return false;
    }
}

/* ( ) | { * + ?, written as the syntax writes its operators; the position is behind it. */
static bool add_special(struct parser *parser, int c, size_t offset)
{
    switch (c) {
    case '(':
        return open_group(parser, offset);
    case ')':
        return close_group(parser, offset);
    case '|':
        return begin_alternative(parser);
    case '{':
        return add_interval(parser);
    default:
        return add_operator(parser, (char)c);
    }
}

static bool add_backslash(struct parser *parser, size_t offset)
{
    int c = peek(parser, 0);
    if (c < 0)
        return fail(parser, "Trailing backslash", offset);
    if (!parser->extended && strchr("(){|+?", c) && c) {
        bool stray = parser->at_start && (c == '{' || c == '+' || c == '?');
        if (stray)
            warn_of_backslash(parser);
        parser->position++;
        return add_special(parser, c, offset);
    }
    if (c >= '1' && c <= '9') {
        parser->position++;
        return add_back_reference(parser, (unsigned)(c - '0'), offset);
    }
    if (c && strchr("wWsSbB<>`'", c)) {
        parser->position++;
        return add_escape(parser, c);
    }
    const char *quotable = parser->extended ? "\\^$.*[]}?+|(){" : "\\^$.*[]}";
    if (!c || !strchr(quotable, c))
        warn_of_backslash(parser);
    return add_character(parser);
}

/* Whether a dollar sign that the position is behind ends a line, in a basic expression. */
static bool ends_branch(const struct parser *parser)
{
    int c = peek(parser, 1);
    return peek(parser, 0) < 0 || (peek(parser, 0) == '\\' && (c == ')' || c == '|'));
}

static bool add_next(struct parser *parser)
{
    size_t offset = parser->position;
    int c = peek(parser, 0);
    parser->position++;
    switch (c) {
    case '\\':
        return add_backslash(parser, offset);
    case '[':
        return add_bracket(parser);
    case '.':
        return add_atom(parser, ATOM_WHOLE, ".");
    case '*':
        return add_operator(parser, '*');
    case '^':
        if (parser->extended || parser->begins)
            return add_atom(parser, ATOM_ASSERTION, "^");
        break;
    case '$':
        if (parser->extended || ends_branch(parser))
            return add_atom(parser, ATOM_ASSERTION, "$");
        break;
    case ')':
        if (parser->extended && parser->depth > 1)
            return close_group(parser, offset);
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
    return add_character(parser);
}

static bool parse(struct parser *parser)
{
    push_group(parser, 0, 0);
    text_append(&parser->out, "", 0);
    while (parser->position < parser->length)
        if (!add_next(parser))
            return false;
    if (parser->depth > 1)
        return fail(parser, "Unmatched ( or \\(", parser->groups[parser->depth - 1].offset);
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
    struct parser parser = {.pattern = pattern,
                            .length = length,
                            .dialect = dialect,
                            .extended = dialect->posix == POSIX_EXTENDED,
                            .capturing = groups,
                            .warn = warn,
                            .warn_context = context};
    bool good = parse(&parser);
    if (good && parser.back_references && !parser.capturing) {
        /* Only now is it known that groups have to capture, which costs PCRE2 time. */
        struct parser again = {
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
    struct parser parser = {.pattern = pattern,
                            .length = length,
                            .dialect = dialect,
                            .extended = dialect->posix == POSIX_EXTENDED,
                            .listing = true};
    add_start(&parser);
    bool good = (!dialect->unicode || utf8_is_valid(pattern, length)) && parse(&parser) && !parser.back_references;
    free(parser.out.bytes);
    free(parser.groups);
    *count = parser.start_count;
    if (good)
        return parser.starts;
    free(parser.starts);
    return NULL;
}
