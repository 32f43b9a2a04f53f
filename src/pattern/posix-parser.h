/*
 * posix-parser.h - a POSIX pattern while it is translated: where it is read, what is written of it for PCRE2, and which
 * groups are open.
 *
 * The functions write what was read.  Those that return a bool say whether reading may go on: false with a mistake.
 */
#ifndef MSCAN_PATTERN_POSIX_PARSER_H
#define MSCAN_PATTERN_POSIX_PARSER_H

#include "base/mistake.h"
#include "base/text.h"
#include "syntax/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The maximum of a quantifier that has none. */
#define POSIX_UNLIMITED UINT32_MAX

/* What the last atom is to an operator that follows. */
enum posix_atom_kind {
    ATOM_NONE,      /* there is none */
    ATOM_ASSERTION, /* it matches a place */
    ATOM_WHOLE,     /* PCRE2 applies a quantifier to all of it */
    ATOM_REPEATED,  /* it ends in a quantifier, where another would change that one's meaning */
};

struct posix_atom {
    enum posix_atom_kind kind;
    size_t begin;      /* in what is written */
    size_t quantifier; /* where the quantifier begins */
    uint32_t min, max; /* and what it says */
};

/* An open group, or the pattern itself. */
struct posix_group {
    unsigned number; /* 0: the pattern */
    size_t begin;    /* in what is written */
    size_t offset;   /* in the pattern */
    /* Groups by number, as bits: closed before the first alternative, and closed in one that is over. */
    unsigned closed_before, closed_inside;
};

struct posix_parser {
    const char *pattern;
    size_t length, position;
    const struct dialect *dialect;
    bool extended;
    bool capturing;                                   /* groups are written as capturing ones */
    bool listing;                                     /* the starts of alternatives outside of groups are wanted */
    void (*warn)(void *context, const char *message); /* may be NULL */
    void *warn_context;

    struct text out;
    struct posix_group *groups;
    size_t depth, room;
    size_t *starts;
    size_t start_count, start_room;
    unsigned group_count;
    unsigned closed; /* groups that a back-reference may name here, as bits */
    bool back_references;

    struct posix_atom atom;
    /* Nothing that an operator could repeat stands before it: at the start, or after \(, \| and assertions there. */
    bool at_start;
    bool begins; /* nothing at all stands before it there */
    struct mistake mistake;
};

/* Sets the mistake, at that offset in the pattern; always false. */
bool posix_parser_fail(struct posix_parser *parser, const char *message, size_t offset);

/* The byte that stands `ahead` bytes after the position, or -1 beyond the end. */
static inline int posix_parser_peek(const struct posix_parser *parser, size_t ahead)
{
    return parser->length - parser->position > ahead ? (unsigned char)parser->pattern[parser->position + ahead] : -1;
}

/* Text that is an atom. */
bool posix_parser_add_atom(struct posix_parser *parser, enum posix_atom_kind kind, const char *text);

/* The character at the position, which means itself. */
bool posix_parser_add_character(struct posix_parser *parser);

/* Something made of the class of word characters, whose content stands for each W of `form`. */
bool posix_parser_add_word_atom(struct posix_parser *parser, enum posix_atom_kind kind, const char *form);

/* A bracket expression, whose opening bracket was just read. */
bool posix_parser_add_bracket(struct posix_parser *parser);

/* \s, which is [[:space:]], and \S, the opposite; `content` is what follows the opening bracket. */
bool posix_parser_add_space(struct posix_parser *parser, const char *content);

bool posix_parser_add_back_reference(struct posix_parser *parser, unsigned number, size_t offset);

/* Opens a group, or with number 0 the pattern itself, which is not written. */
void posix_parser_push_group(struct posix_parser *parser, unsigned number, size_t offset);
bool posix_parser_open_group(struct posix_parser *parser, size_t offset);
bool posix_parser_close_group(struct posix_parser *parser, size_t offset);
bool posix_parser_begin_alternative(struct posix_parser *parser);

/* Lists the position as the start of an alternative. */
void posix_parser_add_start(struct posix_parser *parser);

/* Repeats the last atom, which may have a quantifier already. */
bool posix_parser_repeat(struct posix_parser *parser, uint32_t min, uint32_t max);

#endif
