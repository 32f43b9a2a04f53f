#include "pattern/bracket.h"

#include "base/utf8.h"
#include "pattern/posix-class.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char unmatched[] = "Unmatched [, [^, [:, [., or [=";
static const char bad_range[] = "Invalid range end";
static const char bad_collation[] = "Invalid collation character";

/* The longest name in [: :] and its like; what GNU's regex has room for. */
#define NAME_MAX_LENGTH 31

size_t posix_character_length(const char *text, size_t left, bool unicode)
{
    if (!unicode || (unsigned char)*text < 0x80)
        return 1;
    for (size_t length = 2; length <= 4 && length <= left; length++)
        if (utf8_is_valid(text, length))
            return length;
    return 1;
}

void posix_add_literal(struct text *out, const char *character, size_t length)
{
    unsigned char c = (unsigned char)*character;
    if (c < ' ' || c == 127) {
        char code[8];
        snprintf(code, sizeof code, "\\x%02x", c);
        text_add(out, code);
        return;
    }
    if (c < 0x80 && !isalnum(c))
        text_add(out, "\\");
    text_append(out, character, length);
}

/* --- reading --- */

enum element_kind {
    ELEMENT_CHARACTER,
    ELEMENT_CLASS,  /* [:name:] */
    ELEMENT_EQUALS, /* [=a=], which is just a: no locale that is known here has other equivalents */
};

struct element {
    enum element_kind kind;
    char bytes[NAME_MAX_LENGTH + 1]; /* the character, or the name; NUL after it */
    size_t length;
};

struct bracket {
    struct bracket_source *source;
    const struct dialect *dialect;
    bool negated;
    struct text members;    /* of a class for PCRE2 */
    const char *complement; /* the content of a negated class beside it, NULL: there is none */
    /* To notice [:space:], which is meant as [[:space:]]. */
    bool first_colon, last_colon, other, structured;
};

static bool fail(struct bracket *bracket, const char *message)
{
    bracket->source->message = message;
    return false;
}

/* The byte `ahead` of the position, -1 after the end. */
static int peek(const struct bracket_source *source, size_t ahead)
{
    return source->length - source->position > ahead ? (unsigned char)source->pattern[source->position + ahead] : -1;
}

/* What stands between [: and :], or the like: the position is after the opening. */
static bool read_name(struct bracket *bracket, int delimiter, struct element *element)
{
    struct bracket_source *source = bracket->source;
    for (element->length = 0;; source->position++) {
        int c = peek(source, 0), next = peek(source, 1);
        if (next < 0 || element->length > NAME_MAX_LENGTH)
            return fail(bracket, unmatched);
        if (c == delimiter && next == ']')
            break;
        if (element->length < NAME_MAX_LENGTH)
            element->bytes[element->length] = (char)c;
        element->length++;
    }
    if (element->length > NAME_MAX_LENGTH)
        return fail(bracket, unmatched);
    element->bytes[element->length] = '\0';
    source->position += 2;
    return true;
}

/* One element; a hyphen is one only where a bracket expression allows it. */
static bool read_element(struct bracket *bracket, bool hyphen, struct element *element)
{
    struct bracket_source *source = bracket->source;
    int c = peek(source, 0), next = peek(source, 1);
    if (c < 0)
        return fail(bracket, unmatched);
    element->kind = ELEMENT_CHARACTER;
    if (c == '[' && (next == '.' || next == '=' || next == ':')) {
        source->position += 2;
        if (!read_name(bracket, next, element))
            return false;
        element->kind = next == ':' ? ELEMENT_CLASS : next == '=' ? ELEMENT_EQUALS : ELEMENT_CHARACTER;
        bracket->structured = true;
        bool one = element->length > 0 && posix_character_length(element->bytes, element->length,
                                                                 bracket->dialect->unicode) == element->length;
        return next == ':' || one || fail(bracket, bad_collation);
    }
    if (c == '-' && !hyphen && next != ']')
        return fail(bracket, next < 0 ? unmatched : bad_range);
    element->length = posix_character_length(source->pattern + source->position, source->length - source->position,
                                             bracket->dialect->unicode);
    memcpy(element->bytes, source->pattern + source->position, element->length);
    element->bytes[element->length] = '\0';
    source->position += element->length;
    return true;
}

/* --- writing --- */

static bool add_class(struct bracket *bracket, const struct element *element)
{
    const struct posix_class *row = posix_class_find(element->bytes, element->length);
    if (!row)
        return fail(bracket, "Invalid character class name");
    bool cased = strcmp(row->name, "upper") == 0 || strcmp(row->name, "lower") == 0;
    if (cased && bracket->dialect->caseless)
        row = posix_class_find("alpha", 5);
    if (!bracket->dialect->unicode) {
        text_add(&bracket->members, "[:");
        text_add(&bracket->members, row->name);
        text_add(&bracket->members, ":]");
        return true;
    }
    if (row->members)
        text_add(&bracket->members, row->members);
    if (row->negated)
        bracket->complement = row->negated;
    return true;
}

/* Whether the element is a byte that is no character: it matches nothing. */
static bool is_encoding_error(const struct bracket *bracket, const struct element *element)
{
    return bracket->dialect->unicode && !utf8_is_valid(element->bytes, element->length);
}

/* Without regard to case, GNU compares the ends of a range as capitals. */
static void fold_end(const struct bracket *bracket, struct element *element)
{
    unsigned char c = (unsigned char)element->bytes[0];
    if (bracket->dialect->caseless && element->length == 1 && (c < 0x80 || !bracket->dialect->unicode))
        element->bytes[0] = (char)toupper(c);
}

static bool add_range(struct bracket *bracket, struct element *low, struct element *high)
{
    if (is_encoding_error(bracket, low) || is_encoding_error(bracket, high))
        return fail(bracket, bad_collation);
    fold_end(bracket, low);
    fold_end(bracket, high);
    /* In UTF-8 the order of the bytes is that of the code points. */
    if (low->length > high->length || memcmp(low->bytes, high->bytes, low->length) > 0)
        return fail(bracket, bad_range);
    posix_add_literal(&bracket->members, low->bytes, low->length);
    text_add(&bracket->members, "-");
    posix_add_literal(&bracket->members, high->bytes, high->length);
    return true;
}

static bool add_element(struct bracket *bracket, const struct element *element)
{
    if (element->kind == ELEMENT_CLASS)
        return add_class(bracket, element);
    if (!is_encoding_error(bracket, element))
        posix_add_literal(&bracket->members, element->bytes, element->length);
    return true;
}

/* The element that was read, or the range that it begins. */
static bool read_range(struct bracket *bracket, struct element *element)
{
    struct bracket_source *source = bracket->source;
    if (peek(source, 0) == '-' && peek(source, 1) < 0)
        return fail(bracket, unmatched);
    if (element->kind != ELEMENT_CHARACTER || peek(source, 0) != '-' || peek(source, 1) == ']')
        return add_element(bracket, element);
    source->position++;
    bracket->structured = true;
    struct element high;
    if (!read_element(bracket, true, &high))
        return false;
    if (high.kind != ELEMENT_CHARACTER)
        return fail(bracket, bad_range);
    return add_range(bracket, element, &high);
}

static bool read_elements(struct bracket *bracket)
{
    for (bool first = true; first || peek(bracket->source, 0) != ']'; first = false) {
        struct element element;
        bool plain_colon = peek(bracket->source, 0) == ':';
        if (!read_element(bracket, first, &element) || !read_range(bracket, &element))
            return false;
        bracket->first_colon |= first && plain_colon;
        bracket->last_colon = plain_colon;
        bracket->other |= !plain_colon;
    }
    bracket->source->position++;
    if (bracket->first_colon && bracket->last_colon && bracket->other && !bracket->structured)
        return fail(bracket, "character class syntax is [[:space:]], not [:space:]");
    return true;
}

static void add_parts(struct text *out, const char *const *parts)
{
    for (; *parts; parts++)
        text_add(out, *parts);
}

static void write_negated(const struct bracket *bracket, struct text *out)
{
    const char *members = bracket->members.length ? bracket->members.bytes : NULL;
    if (bracket->complement && members)
        add_parts(out, (const char *const[]){"(?:(?![^", bracket->complement, "])[^", members, "])", NULL});
    else if (bracket->complement)
        add_parts(out, (const char *const[]){"[", bracket->complement, "]", NULL});
    else if (members)
        add_parts(out, (const char *const[]){"[^", members, "]", NULL});
    else
        text_add(out, ".");
}

static void write_plain(const struct bracket *bracket, struct text *out)
{
    const char *members = bracket->members.length ? bracket->members.bytes : NULL;
    if (bracket->complement && members)
        add_parts(out, (const char *const[]){"(?:[", members, "]|[^", bracket->complement, "])", NULL});
    else if (bracket->complement)
        add_parts(out, (const char *const[]){"[^", bracket->complement, "]", NULL});
    else if (members)
        add_parts(out, (const char *const[]){"[", members, "]", NULL});
    else
        text_add(out, "(?:(?!))");
}

bool posix_bracket(struct bracket_source *source, const struct dialect *dialect, struct text *out)
{
    struct bracket bracket = {.source = source, .dialect = dialect};
    if (peek(source, 0) == '^') {
        bracket.negated = true;
        source->position++;
    }
    bool good = read_elements(&bracket);
    if (good)
        (bracket.negated ? write_negated : write_plain)(&bracket, out);
    free(bracket.members.bytes);
    return good;
}
