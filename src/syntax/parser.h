/*
 * parser.h - the tree of a pattern while it is read: what is finished of it, and which groups are open.
 *
 * The functions add what was read to the tree.  Those that return a bool say whether reading may go on: false when the
 * reader has refused the pattern.
 */
#ifndef MSCAN_SYNTAX_PARSER_H
#define MSCAN_SYNTAX_PARSER_H

#include "syntax/names.h"
#include "syntax/reader.h"
#include "syntax/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PCRE2's own default, which keeps every tree shallow enough for recursion. */
#define NESTING_LIMIT 250

/* What a following quantifier, or + or ?, would apply to. */
enum previous { PREVIOUS_NOTHING, PREVIOUS_ITEM, PREVIOUS_QUANTIFIER };

/* A group that is open, or the whole pattern. */
struct frame {
    struct node *group;  /* NULL for the whole pattern */
    unsigned options;    /* in force where the group opened */
    size_t first_item;   /* of the branch that is read, in parser.items */
    size_t first_branch; /* of the group, in parser.branches */
};

struct parser {
    struct reader reader;
    struct syntax *syntax;
    bool literal;
    unsigned options;
    enum previous previous;
    bool quoting; /* between \Q and \E */

    struct node_stack items;    /* the finished items of every open branch */
    struct node_stack branches; /* the finished branches of every open group */
    struct frame frames[NESTING_LIMIT + 1];
    size_t depth;
    size_t looks; /* how many of the open groups are lookarounds */

    struct name_list names;
};

/* An item of the branch that is read, which a quantifier may follow. */
struct node *parser_add_item(struct parser *parser, enum node_kind kind);

bool parser_add_set(struct parser *parser, const struct charset *set);
bool parser_add_character(struct parser *parser, uint32_t character);
bool parser_add_dot(struct parser *parser);
bool parser_add_assertion(struct parser *parser, enum assertion assertion);

/* [[:<:]] and [[:>:]], which stand for \b(?=\w) and \b(?<=\w). */
bool parser_add_word_edge(struct parser *parser, bool behind);

/* Notes where a set that has just been added, and began at `start`, stands in the pattern. */
bool parser_note_place(struct parser *parser, size_t start);

/* `capture` 0: it gets its number when that is known.  `name` is an offset in the pattern. */
struct node *parser_add_backreference(struct parser *parser, uint32_t capture);
bool parser_add_name_reference(struct parser *parser, size_t name, size_t length);

/* A quantifier of the last item, and the + or ? after it. */
bool parser_add_repeat(struct parser *parser, uint32_t min, uint32_t max, size_t start);
bool parser_change_repeat(struct parser *parser, uint32_t modifier);

/* Open a group, at the parenthesis at `start`; the options that it changes end with it. */
bool parser_open_group(struct parser *parser, struct node *group, unsigned outer_options, size_t start);
bool parser_open_plain(struct parser *parser, bool atomic, size_t start);
bool parser_open_capture(struct parser *parser, size_t start);
bool parser_open_look(struct parser *parser, bool behind, bool negative, size_t start);

/* A | in the innermost open group, its end, and the end of the whole pattern, whose tree comes back. */
void parser_finish_branch(struct parser *parser);
bool parser_close_group(struct parser *parser, size_t start);
struct node *parser_finish_body(struct parser *parser);

#endif
