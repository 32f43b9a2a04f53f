#include "task/replacement.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum part_kind { PART_TEXT, PART_NUMBER, PART_NAME };

struct part {
    enum part_kind kind;
    size_t offset;   /* in the replacement */
    unsigned number; /* of a group */
    char *text;      /* or a group's name */
    size_t length;
};

struct replacement {
    struct part *parts;
    size_t count;
};

/* No pattern has so many groups. */
#define NUMBER_MAX 1000000

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The bytes of a number or name, digits and letters of ASCII; in braces those of other characters too. */
static size_t name_length(const char *text, bool braces)
{
    size_t length = 0;
    bool number = is_digit(*text);
    for (char c; (c = text[length]) != '\0'; length++) {
        bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || (braces && (unsigned char)c >= 0x80);
        if (!is_digit(c) && (number || !letter))
            break;
    }
    return length;
}

static struct part *add_part(struct replacement *replacement, enum part_kind kind, size_t offset)
{
    replacement->parts = xreallocarray(replacement->parts, replacement->count + 1, sizeof *replacement->parts);
    struct part *part = &replacement->parts[replacement->count++];
    *part = (struct part){.kind = kind, .offset = offset};
    return part;
}

static void add_text(struct replacement *replacement, size_t offset, const char *text, size_t length)
{
    struct part *part = add_part(replacement, PART_TEXT, offset);
    part->text = xmemdup0(text, length);
    part->length = length;
}

/* What a dollar sign at `at` begins: moves behind it.  A message when it is wrong. */
static const char *add_reference(struct replacement *replacement, const char *whole, const char **at)
{
    const char *begin = *at, *name = begin + 1;
    if (*name == '$') {
        add_text(replacement, (size_t)(begin - whole), "$", 1);
        *at = name + 1;
        return NULL;
    }
    bool braces = *name == '{';
    name += braces;
    size_t length = name_length(name, braces);
    if (length == 0)
        return braces ? "no number or name of a group after ${" : "no group after $ ($$ is a dollar sign)";
    if (braces && name[length] != '}')
        return "no } after the number or name of a group";
    struct part *part = add_part(replacement, is_digit(*name) ? PART_NUMBER : PART_NAME, (size_t)(begin - whole));
    for (size_t i = 0; part->kind == PART_NUMBER && i < length && part->number < NUMBER_MAX; i++)
        part->number = 10 * part->number + (unsigned)(name[i] - '0');
    part->text = xmemdup0(name, length);
    *at = name + length + braces;
    return NULL;
}

struct replacement *replacement_create(const char *text, bool unicode, struct mistake *mistake)
{
    size_t length = strlen(text), valid = unicode ? utf8_valid_length(text, length) : length;
    if (valid < length) {
        mistake_set(mistake, valid, "not valid UTF-8");
        return NULL;
    }
    struct replacement *replacement = xcalloc(1, sizeof *replacement);
    for (const char *at = text; *at;) {
        size_t plain = strcspn(at, "$"), offset = (size_t)(at - text);
        if (plain) {
            add_text(replacement, offset, at, plain);
            at += plain;
            continue;
        }
        const char *message = add_reference(replacement, text, &at);
        if (message) {
            mistake_set(mistake, offset, message);
            replacement_free(replacement);
            return NULL;
        }
    }
    return replacement;
}

void replacement_free(struct replacement *replacement)
{
    if (!replacement)
        return;
    for (size_t i = 0; i < replacement->count; i++)
        free(replacement->parts[i].text);
    free(replacement->parts);
    free(replacement);
}

static bool is_group(const struct part *part)
{
    return part->kind == PART_NAME || (part->kind == PART_NUMBER && part->number > 0);
}

bool replacement_has_groups(const struct replacement *replacement)
{
    for (size_t i = 0; i < replacement->count; i++)
        if (is_group(&replacement->parts[i]))
            return true;
    return false;
}

bool replacement_suits(const struct replacement *replacement, const struct matcher *matcher, struct mistake *mistake)
{
    for (size_t i = 0; i < replacement->count; i++) {
        const struct part *part = &replacement->parts[i];
        bool known = !is_group(part) || (part->kind == PART_NUMBER ? part->number <= matcher_groups(matcher)
                                                                   : matcher_has_name(matcher, part->text));
        if (known)
            continue;
        mistake_set(mistake, part->offset,
                    part->kind == PART_NUMBER ? "no pattern has a group of this number"
                                              : "no pattern has a group of this name");
        return false;
    }
    return true;
}

void replacement_expand(const struct replacement *replacement, struct condition_state *condition, struct span match,
                        struct text *text)
{
    for (size_t i = 0; i < replacement->count; i++) {
        const struct part *part = &replacement->parts[i];
        struct span span = {match.end, match.end};
        if (part->kind == PART_TEXT)
            span = (struct span){part->text, part->text + part->length};
        else if (!is_group(part))
            span = match;
        else if (part->kind == PART_NUMBER)
            captures_number(condition_captures(condition), part->number, &span);
        else
            captures_name(condition_captures(condition), part->text, &span);
        text_append(text, span.begin, (size_t)(span.end - span.begin));
    }
}
