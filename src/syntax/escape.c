#include "syntax/escape.h"
#include "syntax/cased.h"

#include <string.h>

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static int hex_digit(int byte)
{
    if (is_digit(byte))
        return byte - '0';
    int lower = byte | 0x20;
    return byte >= 'A' && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static int octal_digit(int byte)
{
    return byte >= '0' && byte <= '7' ? byte - '0' : -1;
}

static bool found_character(struct escape *escape, uint32_t character)
{
    escape->kind = ESCAPE_CHARACTER;
    escape->character = character;
    return true;
}

/* Up to `most` digits of a number in base 2^shift, added after those of `value`. */
static uint32_t read_digits(struct reader *reader, unsigned shift, unsigned most, uint32_t value)
{
    for (unsigned i = 0; i < most; i++) {
        int byte = reader_peek(reader, 0);
        int digit = shift == 3 ? octal_digit(byte) : hex_digit(byte);
        if (digit < 0)
            break;
        value = value << shift | (uint32_t)digit;
        reader->position++;
    }
    return value;
}

/* The digits up to a closing brace. */
static bool read_braced(struct reader *reader, unsigned shift, struct escape *escape)
{
    uint32_t value = 0, limit = reader->unicode ? 0x10FFFF : 0xFF;
    reader_skip_blanks(reader);
    size_t start = reader->position, before;
    do {
        before = reader->position;
        value = read_digits(reader, shift, 1, value);
    } while (reader->position > before && value <= limit);
    bool digits = reader->position > start;
    reader_skip_blanks(reader);
    if (value <= limit && digits && reader_skip(reader, "}"))
        return found_character(escape, value);
    reader_doubt(reader, "character code in braces", start);
    return reader_skip_behind(reader, '}') && found_character(escape, 0);
}

/*
 * \1 and the like: a backreference when the number is below 10, or begins with 8 or 9, or that many
 * captures were opened before; otherwise up to three octal digits.  In a class always octal digits.
 */
static bool read_digit_escape(struct reader *reader, struct escape_context context, struct escape *escape)
{
    size_t start = reader->position;
    int first = reader_peek(reader, 0);
    if (!context.in_class && first != '0') {
        /* The greatest number that every release accepts. */
        enum { NUMBER_LIMIT = 214748363 };
        uint32_t number;
        if (!reader_number(reader, NUMBER_LIMIT, &number))
            return reader_refuse(reader, "number of a capture", start);
        if (number < 10 || first >= '8' || number <= context.captures) {
            escape->kind = ESCAPE_NUMBER;
            escape->number = number;
            return true;
        }
        reader->position = start;
    }
    if (first >= '8') {
        reader->position++;
        return found_character(escape, (uint32_t)first);
    }
    return found_character(escape, read_digits(reader, 3, 3, 0));
}

bool escape_read_name(struct reader *reader, char terminator, size_t *name, size_t *length)
{
    if (terminator == '}')
        reader_skip_blanks(reader);
    *name = reader->position;
    for (int next; (next = reader_peek(reader, 0)) != terminator && next != ' ' && next != '\t';) {
        if (next < 0)
            return reader_refuse(reader, "name without an end", *name);
        reader->position++;
    }
    *length = reader->position - *name;
    reader_skip_blanks(reader);
    if (reader_peek(reader, 0) != terminator)
        reader_doubt(reader, "space in a name", *name);
    return reader_skip_behind(reader, terminator) || reader_refuse(reader, "name without an end", *name);
}

static bool read_name_escape(struct reader *reader, struct escape *escape)
{
    static const char OPENING[] = "{<'", CLOSING[] = "}>'";
    int delimiter = reader_peek(reader, 0);
    const char *opening = delimiter > 0 ? strchr(OPENING, delimiter) : NULL;
    if (!opening)
        return reader_refuse(reader, "backreference by name", reader->position);
    reader->position++;
    escape->kind = ESCAPE_NAME;
    return escape_read_name(reader, CLOSING[opening - OPENING], &escape->name, &escape->name_length);
}

/* An escape that means no single thing for a tree. */
static bool found_other(struct escape *escape, char letter)
{
    escape->kind = ESCAPE_OTHER;
    escape->other = letter;
    return true;
}

/* \g: a number, perhaps relative, perhaps in braces, or a name in braces. */
static bool read_group_escape(struct reader *reader, struct escape_context context, struct escape *escape)
{
    size_t start = reader->position;
    int next = reader_peek(reader, 0);
    if (next == '<' || next == '\'') {
        reader_doubt(reader, "subroutine call", start);
        reader->position++;
        return reader_skip_behind(reader, next == '<' ? '>' : '\'') && found_other(escape, 'g');
    }
    bool braced = reader_skip(reader, "{");
    if (braced)
        reader_skip_blanks(reader);
    bool back = reader_skip(reader, "-"), forth = !back && reader_skip(reader, "+");
    if (braced && !back && !forth && !is_digit(reader_peek(reader, 0))) {
        reader->position = start;
        return read_name_escape(reader, escape);
    }
    uint32_t number;
    bool good = reader_number(reader, CAPTURE_LIMIT, &number) && number > 0 && !(back && number > context.captures);
    if (braced)
        reader_skip_blanks(reader);
    if (!good || (braced && !reader_skip(reader, "}"))) {
        reader_doubt(reader, "number of a capture", start);
        return (!braced || reader_skip_behind(reader, '}')) && found_other(escape, 'g');
    }
    escape->kind = ESCAPE_NUMBER;
    escape->number = back ? context.captures + 1 - number : forth ? context.captures + number : number;
    return true;
}

/* \p and \P: what they match depends on the release's version of Unicode, so PCRE2 is asked. */
static bool read_property(struct reader *reader, struct escape_context context, struct escape *escape)
{
    enum { LONGEST = 100 };
    size_t start = reader->position - 2; /* of the backslash */
    size_t end = reader->position + 1;
    if (reader_peek(reader, 0) == '{') {
        const char *brace = memchr(reader->text + end, '}', reader->length - end);
        end = brace ? (size_t)(brace - reader->text) + 1 : start + LONGEST + 1;
    }
    if (end > reader->length || end - start > LONGEST)
        return reader_refuse(reader, "Unicode property", start);

    const char *property = reader->text + start;
    size_t property_length = end - start;
    bool negated;
    if (context.caseless && cased_is_property(property, property_length, &negated)) {
        cased_note(reader->cased, start, end, negated);
        property = cased_letters(negated);
        property_length = strlen(property);
    }
    char text[LONGEST + 2];
    size_t length = 0;
    if (context.in_class)
        text[length++] = '[';
    memcpy(text + length, property, property_length);
    length += property_length;
    if (context.in_class)
        text[length++] = ']';
    struct charset_mode mode = {.caseless = context.caseless, .unicode = reader->unicode};
    if (!charset_of_pattern(text, length, mode, &escape->set))
        return reader_refuse(reader, "Unicode property", start);
    escape->kind = ESCAPE_SET;
    reader->position = end;
    return true;
}

/* True, and moves on, when the next bytes are {U+. */
static bool skip_code_opening(struct reader *reader)
{
    size_t start = reader->position;
    if (reader->unicode && reader_skip(reader, "{")) {
        reader_skip_blanks(reader);
        if (reader_skip(reader, "U+"))
            return true;
    }
    reader->position = start;
    return false;
}

/* \N, and \N{U+hhh}; \N{2} is a repeated \N. */
static bool read_not_newline(struct reader *reader, struct escape *escape)
{
    if (skip_code_opening(reader))
        return read_braced(reader, 4, escape);
    escape->kind = ESCAPE_SET;
    return charset_of_escape('N', reader->unicode, &escape->set);
}

static bool read_control(struct reader *reader, struct escape *escape)
{
    int byte = reader_peek(reader, 0);
    if (byte < 32 || byte > 126)
        return reader_refuse(reader, "\\c", reader->position);
    reader->position++;
    return found_character(escape, (uint32_t)(byte >= 'a' && byte <= 'z' ? byte - 0x20 : byte) ^ 0x40);
}

/* Escapes of one letter that mean one character. */
static bool find_control_letter(uint32_t letter, uint32_t *character)
{
    static const char LETTERS[] = "aefnrt", VALUES[] = "\a\033\f\n\r\t";
    const char *found = strchr(LETTERS, (int)letter);
    if (found)
        *character = (uint32_t)VALUES[found - LETTERS];
    return found;
}

/* Escapes of one letter that have a meaning outside classes only, and need no further reading. */
static bool find_outside_class(uint32_t letter, struct escape *escape)
{
    static const struct {
        char letter;
        enum assertion assertion;
    } assertions[] = {
        {'b', ASSERT_WORD},         {'B', ASSERT_NOT_WORD},     {'A', ASSERT_SUBJECT_START}, {'z', ASSERT_SUBJECT_END},
        {'Z', ASSERT_SUBJECT_LAST}, {'G', ASSERT_SEARCH_START}, {'K', ASSERT_KEEP},
    };
    for (size_t i = 0; i < sizeof assertions / sizeof *assertions; i++) {
        if (letter == (uint32_t)assertions[i].letter) {
            escape->kind = ESCAPE_ASSERTION;
            escape->assertion = assertions[i].assertion;
            return true;
        }
    }
    return (letter == 'R' || letter == 'X' || letter == 'C') && found_other(escape, (char)letter);
}

/* Letters and digits that are followed by more than themselves. */
static bool read_long_escape(struct reader *reader, uint32_t letter, struct escape_context context,
                             struct escape *escape)
{
    size_t start = reader->position - 1;
    switch (letter) {
    case 'x':
        if (reader_skip(reader, "{"))
            return read_braced(reader, 4, escape);
        /* \x without a digit is NUL up to 10.44, and an error later. */
        return found_character(escape, read_digits(reader, 4, 2, 0));
    case 'o':
        if (reader_skip(reader, "{"))
            return read_braced(reader, 3, escape);
        break;
    case 'c':
        return read_control(reader, escape);
    case 'p':
    case 'P':
        return read_property(reader, context, escape);
    case 'N':
        if (!context.in_class)
            return read_not_newline(reader, escape);
        if (skip_code_opening(reader))
            return read_braced(reader, 4, escape);
        break;
    case 'g':
        return context.in_class ? found_character(escape, 'g') : read_group_escape(reader, context, escape);
    case 'k':
        /* In a class an error up to 10.44. */
        return context.in_class ? found_character(escape, 'k') : read_name_escape(reader, escape);
    default:
        break;
    }
    reader_doubt(reader, "escape sequence", start);
    return found_character(escape, letter);
}

bool escape_read(struct reader *reader, struct escape_context context, struct escape *escape)
{
    if (reader_at_end(reader))
        return reader_refuse(reader, "backslash at the end", reader->position);
    if (is_digit(reader_peek(reader, 0)))
        return read_digit_escape(reader, context, escape);

    uint32_t letter = reader_next(reader), character;
    bool is_letter = letter < 128 && (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
    if (!is_letter)
        return found_character(escape, letter);
    if (find_control_letter(letter, &character))
        return found_character(escape, character);
    if (letter != 'N' && charset_of_escape((char)letter, reader->unicode, &escape->set)) {
        escape->kind = ESCAPE_SET;
        return true;
    }
    if (context.in_class && letter == 'b')
        return found_character(escape, '\b');
    /* PCRE2's own optimizations disagree about where \C may leave the middle of a character. */
    if (letter == 'C' && reader->unicode)
        reader_doubt(reader, "\\C with Unicode", reader->position - 2);
    if (!context.in_class && find_outside_class(letter, escape))
        return true;
    return read_long_escape(reader, letter, context, escape);
}
