#include "piece.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct piece *piece_create(enum piece_kind kind)
{
    struct piece *piece = xcalloc(1, sizeof *piece);
    piece->kind = kind;
    return piece;
}

void piece_free(struct piece *piece)
{
    if (!piece)
        return;
    for (size_t i = 0; i < piece->child_count; i++)
        piece_free(piece->children[i]);
    for (size_t i = 0; i < piece->sample_count; i++)
        bytes_free(&piece->samples[i]);
    free(piece->children);
    free(piece->samples);
    bytes_free(&piece->text);
    free(piece);
}

void piece_add(struct piece *piece, struct piece *child)
{
    piece->children = xreallocarray(piece->children, piece->child_count + 1, sizeof(struct piece *));
    piece->children[piece->child_count++] = child;
}

void piece_add_sample(struct piece *leaf, const char *text, size_t length)
{
    leaf->samples = xreallocarray(leaf->samples, leaf->sample_count + 1, sizeof *leaf->samples);
    leaf->samples[leaf->sample_count] = (struct bytes){NULL, 0, 0};
    bytes_add(&leaf->samples[leaf->sample_count++], text, length);
}

/* A quantifier takes only what stands directly before it, and must take something. */
static void write_repeated(const struct piece *child, struct bytes *pattern)
{
    const struct piece *seen = child;
    while (seen->bare && !seen->dropped)
        seen = seen->children[0];
    if (seen->single && !seen->dropped) {
        piece_write(child, pattern);
        return;
    }
    bytes_add_string(pattern, "(?:");
    piece_write(child, pattern);
    bytes_add_char(pattern, ')');
}

void piece_write(const struct piece *piece, struct bytes *pattern)
{
    if (piece->dropped)
        return;
    switch (piece->kind) {
    case PIECE_LEAF:
        bytes_add(pattern, piece->text.text, piece->text.length);
        break;
    case PIECE_CAT:
    case PIECE_ALT:
        for (size_t i = 0, written = 0; i < piece->child_count; i++) {
            const struct piece *child = piece->children[i];
            if (piece->kind == PIECE_ALT && child->dropped)
                continue;
            if (piece->kind == PIECE_ALT && written++ > 0)
                bytes_add_char(pattern, '|');
            piece_write(child, pattern);
        }
        break;
    case PIECE_GROUP:
        if (!piece->bare)
            bytes_add(pattern, piece->text.text, piece->text.length);
        piece_write(piece->children[0], pattern);
        if (!piece->bare)
            bytes_add_char(pattern, ')');
        break;
    case PIECE_REPEAT:
        if (piece->bare) {
            piece_write(piece->children[0], pattern);
        } else {
            write_repeated(piece->children[0], pattern);
            bytes_add(pattern, piece->text.text, piece->text.length);
        }
        break;
    }
}

#define CAPTURES 64
#define SAMPLE_SIZE ((size_t)100 << 10)

/* A sample in the making. */
struct sampler {
    struct dice *dice;
    struct bytes *out;
    struct bytes captures[CAPTURES];
};

static void sample_node(struct sampler *sampler, const struct piece *piece);

static void sample_leaf(struct sampler *sampler, const struct piece *piece)
{
    if (piece->sample == SAMPLE_CAPTURE && piece->capture < CAPTURES) {
        const struct bytes *captured = &sampler->captures[piece->capture];
        bytes_add(sampler->out, captured->text, captured->length);
    } else if (piece->sample_count > 0) {
        const struct bytes *chosen = &piece->samples[dice_below(sampler->dice, piece->sample_count)];
        bytes_add(sampler->out, chosen->text, chosen->length);
    }
}

static void sample_repeat(struct sampler *sampler, const struct piece *piece)
{
    size_t times = dice_between(sampler->dice, piece->min, piece->max);
    /* At and just beside the bounds. */
    if (dice_chance(sampler->dice, 10))
        times = dice_chance(sampler->dice, 50) ? piece->max + 1 : piece->min - (piece->min > 0);
    for (size_t i = 0; i < times && sampler->out->length < SAMPLE_SIZE; i++)
        sample_node(sampler, piece->children[0]);
}

static void sample_group(struct sampler *sampler, const struct piece *piece)
{
    if (piece->sample == SAMPLE_NEVER || (piece->sample == SAMPLE_SELDOM && !dice_chance(sampler->dice, 12)))
        return;
    size_t begin = sampler->out->length;
    sample_node(sampler, piece->children[0]);
    if (piece->capture > 0 && piece->capture < CAPTURES) {
        struct bytes *captured = &sampler->captures[piece->capture];
        bytes_clear(captured);
        bytes_add(captured, sampler->out->text + begin, sampler->out->length - begin);
    }
}

static void sample_node(struct sampler *sampler, const struct piece *piece)
{
    if (piece->dropped || sampler->out->length > SAMPLE_SIZE)
        return;
    switch (piece->kind) {
    case PIECE_LEAF:
        sample_leaf(sampler, piece);
        break;
    case PIECE_CAT:
        for (size_t i = 0; i < piece->child_count; i++)
            sample_node(sampler, piece->children[i]);
        break;
    case PIECE_ALT:
        if (piece->child_count > 0)
            sample_node(sampler, piece->children[dice_below(sampler->dice, piece->child_count)]);
        break;
    case PIECE_GROUP:
        sample_group(sampler, piece);
        break;
    case PIECE_REPEAT:
        sample_repeat(sampler, piece);
        break;
    }
}

void piece_sample(const struct piece *piece, struct dice *dice, struct bytes *sample)
{
    struct sampler sampler = {.dice = dice, .out = sample};
    bytes_add(sample, "", 0);
    sample_node(&sampler, piece);
    for (size_t i = 0; i < CAPTURES; i++)
        bytes_free(&sampler.captures[i]);
}

static void list_node(struct piece *piece, struct piece ***list, size_t *count)
{
    *list = xreallocarray(*list, *count + 1, sizeof **list);
    (*list)[(*count)++] = piece;
    for (size_t i = 0; i < piece->child_count; i++)
        list_node(piece->children[i], list, count);
}

struct piece **piece_list(struct piece *piece, size_t *count)
{
    struct piece **list = NULL;
    *count = 0;
    list_node(piece, &list, count);
    return list;
}
