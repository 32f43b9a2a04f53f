/*
 * piece.h - the piece that a random pattern is made of: it writes the pattern, makes strings that the
 * pattern matches or nearly does, and can be made smaller piece by piece.
 */
#ifndef MSCAN_FUZZ_PIECE_H
#define MSCAN_FUZZ_PIECE_H

#include "bytes.h"
#include "dice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum piece_kind {
    PIECE_LEAF,   /* text that stands for itself */
    PIECE_CAT,    /* children one after another */
    PIECE_ALT,    /* children with | between them */
    PIECE_GROUP,  /* one child between two texts */
    PIECE_REPEAT, /* one child with a quantifier behind it */
};

/* How a group's child, or a leaf, shows in a sample. */
enum piece_sample {
    SAMPLE_PLAIN,  /* as it is */
    SAMPLE_SELDOM, /* one time in eight: lookarounds */
    SAMPLE_NEVER,
    SAMPLE_CAPTURE, /* a leaf that refers to a group: what that one showed last */
};

struct piece {
    enum piece_kind kind;
    enum piece_sample sample;
    bool single;             /* a quantifier can stand behind it as it is */
    bool dropped;            /* taken out by the shrinker: writes nothing */
    bool bare;               /* likewise: a group or repeat writes its child alone */
    struct bytes text;       /* leaf: the pattern text; group: what opens it; repeat: the quantifier */
    struct piece **children; /* owned */
    size_t child_count;      /* group, repeat: 1 */
    struct bytes *samples;   /* leaf: strings it may match, owned */
    size_t sample_count;     /* 0: the empty string */
    unsigned min, max;       /* repeat: how often in a sample */
    unsigned capture;        /* group: its number, or 0; leaf with SAMPLE_CAPTURE: the group's */
};

struct piece *piece_create(enum piece_kind kind);
void piece_free(struct piece *piece); /* with all its children; NULL is allowed */

/* `child` belongs to `piece` from then on. */
void piece_add(struct piece *piece, struct piece *child);
void piece_add_sample(struct piece *leaf, const char *text, size_t length);

/* The pattern's text, appended. */
void piece_write(const struct piece *piece, struct bytes *pattern);

/* A string that the pattern may match, appended. */
void piece_sample(const struct piece *piece, struct dice *dice, struct bytes *sample);

/* All nodes of the piece, parents first; *count of them; the caller frees the array. */
struct piece **piece_list(struct piece *piece, size_t *count);

#endif
