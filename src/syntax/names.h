/*
 * names.h - the names of captures, and the backreferences by name.
 */
#ifndef MSCAN_SYNTAX_NAMES_H
#define MSCAN_SYNTAX_NAMES_H

#include "syntax/node.h"

struct name_list {
    struct name *names;
    size_t count, room;
};

/*
 * Notes that `length` bytes at `text`, which have to live until names_resolve(), are the
 * name of capture number `capture`.
 */
void names_add_group(struct name_list *list, const char *text, size_t length, uint32_t capture);

/* Notes a backreference, a NODE_BACKREF, to that name. */
void names_add_reference(struct name_list *list, const char *text, size_t length, struct node *reference);

/*
 * Gives the backreferences their numbers.  Call it at the end of the pattern, since a group may come after what refers
 * to it, and a name may be used more than once.
 */
void names_resolve(struct name_list *list);

void names_free(struct name_list *list);

#endif
