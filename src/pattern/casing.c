#include "pattern/casing.h"

#include "base/alloc.h"
#include "base/text.h"
#include "characters/characters.h"
#include "syntax/reader.h"

#include <stdlib.h>

/* The options of groups in deeper ones are not followed. */
#define DEPTH_MOST 250

/* Letters, and upper case ones.  Roman numerals and circled letters have case, though they are none for Unicode. */
#define LETTERS "[\\p{L}\\x{2160}-\\x{2188}\\x{24B6}-\\x{24E9}]"
#define UPPER "[\\p{Lu}\\p{Lt}\\x{2160}-\\x{216F}\\x{24B6}-\\x{24CF}]"

/* A pattern on its way through. */
struct scan {
    struct reader reader;
    bool posix;
    struct text literals; /* the characters that stand for themselves */
    unsigned depth;
    bool extended[DEPTH_MOST + 1]; /* (?x), at each depth of groups */
};

static bool is_among(int character, const char *set)
{
    return character > 0 && strchr(set, character);
}

static void skip_behind(struct reader *reader, char end)
{
    const char *from = reader->text + reader->position;
    const char *found = memchr(from, end, reader->length - reader->position);
    reader->position = found ? (size_t)(found + 1 - reader->text) : reader->length;
}

/* A character that stands for itself. */
static void take_literal(struct scan *scan)
{
    size_t start = scan->reader.position;
    reader_next(&scan->reader);
    text_append(&scan->literals, scan->reader.text + start, scan->reader.position - start);
}

static void take_quotation(struct scan *scan)
{
    while (!reader_at_end(&scan->reader) && !reader_skip(&scan->reader, "\\E"))
        take_literal(scan);
}

/* What follows the letter of an escape sequence and belongs to it. */
static void skip_argument(struct reader *reader, char letter)
{
    static const char hexadecimal[] = "0123456789abcdefABCDEF";
    if (is_among(letter, "xoNpPgk") && reader_skip(reader, "{"))
        skip_behind(reader, '}');
    else if (is_among(letter, "gk") && reader_skip(reader, "<"))
        skip_behind(reader, '>');
    else if (is_among(letter, "gk") && reader_skip(reader, "'"))
        skip_behind(reader, '\'');
    else if (is_among(letter, "cpP") && !reader_at_end(reader))
        reader_next(reader);
    else if (letter == 'x')
        for (int i = 0; i < 2 && is_among(reader_peek(reader, 0), hexadecimal); i++)
            reader->position++;
}

/* The reader stands after the backslash. */
static void skip_escape(struct scan *scan)
{
    struct reader *reader = &scan->reader;
    if (reader_at_end(reader))
        return;
    if (!scan->posix && reader_skip(reader, "Q")) {
        take_quotation(scan);
        return;
    }
    int letter = reader_peek(reader, 0);
    reader_next(reader);
    if (!scan->posix)
        skip_argument(reader, (char)letter);
}

/* [:upper:] and its kin, in a bracket. */
static bool skip_class(struct reader *reader)
{
    size_t length = 2 + (reader_peek(reader, 2) == '^');
    if (reader_peek(reader, 0) != '[' || reader_peek(reader, 1) != ':')
        return false;
    for (int next; (next = reader_peek(reader, length)) >= 'a' && next <= 'z';)
        length++;
    if (reader_peek(reader, length) != ':' || reader_peek(reader, length + 1) != ']')
        return false;
    reader->position += length + 2;
    return true;
}

/* The reader stands after the opening bracket.  As first, a closing one is a character. */
static void read_bracket(struct scan *scan)
{
    struct reader *reader = &scan->reader;
    reader_skip(reader, "^");
    for (bool first = true; !reader_at_end(reader) && (first || reader_peek(reader, 0) != ']'); first = false) {
        if (skip_class(reader))
            continue;
        if (!scan->posix && reader_skip(reader, "\\"))
            skip_escape(scan);
        else
            take_literal(scan);
    }
    reader_skip(reader, "]");
}

/* (?i-x:, (?^J) and the like, after the question mark: the letters, of which only x matters. */
static void read_options(struct scan *scan, bool outer)
{
    struct reader *reader = &scan->reader;
    bool set = true, extended = outer;
    for (int next; (next = reader_peek(reader, 0)) > 0 && !is_among(next, ":)"); reader->position++) {
        set &= next != '-';
        if (next == 'x' || next == '^')
            extended = set && next == 'x';
    }
    bool group = reader_skip(reader, ":");
    if (!group && reader_skip(reader, ")"))
        scan->depth -= scan->depth > 0;
    scan->extended[scan->depth] = extended;
}

/* What follows (?; the group has been counted. */
static void read_question(struct scan *scan, bool outer)
{
    struct reader *reader = &scan->reader;
    if (reader_skip(reader, "=") || reader_skip(reader, "!") || reader_skip(reader, "<=") ||
        reader_skip(reader, "<!") || reader_skip(reader, "<*") || reader_skip(reader, ">") ||
        reader_skip(reader, "|") || reader_skip(reader, "*"))
        return;
    if (reader_skip(reader, "<") || reader_skip(reader, "P<")) {
        skip_behind(reader, '>');
    } else if (reader_skip(reader, "'")) {
        skip_behind(reader, '\'');
    } else if (reader_skip(reader, "(")) {
        /* A condition: an assertion is a group of its own. */
        if (is_among(reader_peek(reader, 0), "?*"))
            reader->position--;
        else
            skip_behind(reader, ')');
    } else if (is_among(reader_peek(reader, 0), "#CPR&+0123456789")) {
        skip_behind(reader, ')'); /* a comment, a callout, a reference or a call */
        scan->depth -= scan->depth > 0;
    } else if (reader_peek(reader, 0) != '[') {
        read_options(scan, outer);
    }
}

/* The reader stands after the parenthesis. */
static void read_group(struct scan *scan)
{
    struct reader *reader = &scan->reader;
    bool outer = scan->extended[scan->depth];
    int second = reader_peek(reader, 1);
    if (reader_peek(reader, 0) == '*' && !(second >= 'a' && second <= 'z')) {
        skip_behind(reader, ')'); /* a verb */
        return;
    }
    scan->depth += scan->depth < DEPTH_MOST;
    scan->extended[scan->depth] = outer;
    if (reader_skip(reader, "?"))
        read_question(scan, outer);
    else if (reader_skip(reader, "*"))
        skip_behind(reader, ':'); /* (*pla: and its kin */
}

static void read_item(struct scan *scan)
{
    struct reader *reader = &scan->reader;
    if (reader_skip(reader, "\\")) {
        skip_escape(scan);
    } else if (reader_skip(reader, "[")) {
        read_bracket(scan);
    } else if (scan->posix) {
        take_literal(scan);
    } else if (reader_skip(reader, "(")) {
        read_group(scan);
    } else if (reader_skip(reader, ")")) {
        scan->depth -= scan->depth > 0;
    } else if (scan->extended[scan->depth] && reader_skip(reader, "#")) {
        skip_behind(reader, '\n');
    } else {
        take_literal(scan);
    }
}

/* Whether some character of the text is in a class. */
static bool has(const struct text *text, const char *class, bool unicode)
{
    enum characters_mode mode = unicode ? CHARACTERS_MAYBE_UNICODE : CHARACTERS_LOCALE;
    struct characters *members = xnonnull(characters_create(class, strlen(class), mode, false));
    size_t begin, end;
    bool found = characters_find(members, text->bytes, text->length, 0, &begin, &end) > 0;
    characters_free(members);
    return found;
}

void casing_add(struct casing *casing, const struct pattern_list *patterns, const struct dialect *dialect)
{
    struct scan scan = {.posix = dialect->posix != POSIX_NONE};
    text_append(&scan.literals, "", 0);
    for (size_t i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->items[i];
        scan.reader = (struct reader){.text = pattern->text, .length = pattern->length, .unicode = dialect->unicode};
        scan.depth = 0;
        scan.extended[0] = false;
        while (!reader_at_end(&scan.reader)) {
            if (dialect->fixed)
                take_literal(&scan);
            else
                read_item(&scan);
        }
    }
    if (scan.literals.length > 0) {
        casing->letters |= has(&scan.literals, dialect->unicode ? LETTERS : "[[:alpha:]]", dialect->unicode);
        casing->upper |= has(&scan.literals, dialect->unicode ? UPPER : "[[:upper:]]", dialect->unicode);
    }
    free(scan.literals.bytes);
}
