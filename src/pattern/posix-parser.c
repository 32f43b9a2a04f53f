#include "pattern/posix-parser.h"

#include "base/alloc.h"
#include "pattern/bracket.h"
#include "pattern/posix-class.h"

#include <stdio.h>
#include <string.h>

bool posix_parser_fail(struct posix_parser *parser, const char *message, size_t offset)
{
    mistake_set(&parser->mistake, offset, message);
    return false;
}

/* --- atoms --- */

static void set_atom(struct posix_parser *parser, enum posix_atom_kind kind, size_t begin)
{
    parser->atom = (struct posix_atom){.kind = kind, .begin = begin};
    parser->begins = false;
    if (kind != ATOM_ASSERTION)
        parser->at_start = false;
}

bool posix_parser_add_atom(struct posix_parser *parser, enum posix_atom_kind kind, const char *text)
{
    size_t begin = parser->out.length;
    text_add(&parser->out, text);
    set_atom(parser, kind, begin);
    return true;
}

/* The character at the position, which means itself. */
bool posix_parser_add_character(struct posix_parser *parser)
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
bool posix_parser_add_word_atom(struct posix_parser *parser, enum posix_atom_kind kind, const char *form)
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

bool posix_parser_add_bracket(struct posix_parser *parser)
{
    size_t begin = parser->out.length, start = parser->position - 1;
    struct bracket_source source = {parser->pattern, parser->length, parser->position, NULL};
    if (!posix_bracket(&source, parser->dialect, &parser->out))
        return posix_parser_fail(parser, source.message, start);
    parser->position = source.position;
    set_atom(parser, ATOM_WHOLE, begin);
    return true;
}

/* \s is [[:space:]], and \S the opposite. */
bool posix_parser_add_space(struct posix_parser *parser, const char *content)
{
    size_t begin = parser->out.length;
    struct bracket_source source = {content, strlen(content), 0, NULL};
    bool good = posix_bracket(&source, parser->dialect, &parser->out);
    set_atom(parser, ATOM_WHOLE, begin);
    return good;
}

/* --- groups --- */

static void begin_branch(struct posix_parser *parser)
{
    parser->atom = (struct posix_atom){.kind = ATOM_NONE};
    parser->at_start = parser->begins = true;
}

void posix_parser_push_group(struct posix_parser *parser, unsigned number, size_t offset)
{
    if (parser->depth == parser->room) {
        parser->room = 2 * parser->room + 8;
        parser->groups = xreallocarray(parser->groups, parser->room, sizeof *parser->groups);
    }
    parser->groups[parser->depth++] = (struct posix_group){
        .number = number, .begin = parser->out.length, .offset = offset, .closed_before = parser->closed};
    begin_branch(parser);
}

bool posix_parser_open_group(struct posix_parser *parser, size_t offset)
{
    posix_parser_push_group(parser, ++parser->group_count, offset);
    text_add(&parser->out, parser->capturing ? "(" : "(?:");
    return true;
}

bool posix_parser_close_group(struct posix_parser *parser, size_t offset)
{
    if (parser->depth == 1)
        return posix_parser_fail(parser, "Unmatched ) or \\)", offset);
    const struct posix_group *group = &parser->groups[--parser->depth];
    parser->closed |= group->closed_inside;
    if (group->number <= 9)
        parser->closed |= 1u << group->number;
    text_add(&parser->out, ")");
    set_atom(parser, ATOM_WHOLE, group->begin);
    return true;
}

void posix_parser_add_start(struct posix_parser *parser)
{
    if (parser->start_count == parser->start_room) {
        parser->start_room = 2 * parser->start_room + 64;
        parser->starts = xreallocarray(parser->starts, parser->start_room, sizeof *parser->starts);
    }
    parser->starts[parser->start_count++] = parser->position;
}

bool posix_parser_begin_alternative(struct posix_parser *parser)
{
    if (parser->listing && parser->depth == 1)
        posix_parser_add_start(parser);
    struct posix_group *group = &parser->groups[parser->depth - 1];
    group->closed_inside |= parser->closed;
    parser->closed = group->closed_before;
    text_add(&parser->out, "|");
    begin_branch(parser);
    return true;
}

bool posix_parser_add_back_reference(struct posix_parser *parser, unsigned number, size_t offset)
{
    if (!(parser->closed >> number & 1))
        return posix_parser_fail(parser, "Invalid back reference", offset);
    parser->back_references = true;
    char text[16];
    snprintf(text, sizeof text, "\\g{%u}", number);
    return posix_parser_add_atom(parser, ATOM_WHOLE, text);
}

/* --- operators --- */

static void add_quantifier(struct posix_parser *parser, uint32_t min, uint32_t max)
{
    struct posix_atom *atom = &parser->atom;
    atom->kind = ATOM_REPEATED;
    atom->quantifier = parser->out.length;
    atom->min = min;
    atom->max = max;
    char text[32];
    if (max == POSIX_UNLIMITED && min <= 1)
        snprintf(text, sizeof text, "%s", min ? "+" : "*");
    else if (max == POSIX_UNLIMITED)
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
    return min <= 1 && (max == 1 || max == POSIX_UNLIMITED);
}

bool posix_parser_repeat(struct posix_parser *parser, uint32_t min, uint32_t max)
{
    struct posix_atom *atom = &parser->atom;
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
