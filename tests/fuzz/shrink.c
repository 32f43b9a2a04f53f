#include "shrink.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct shrink {
    struct trial *trial;
    int outcome;
    shrink_run *run;
    void *context;
    time_t deadline;
    bool progress;
};

static bool in_time(const struct shrink *shrink)
{
    return time(NULL) < shrink->deadline;
}

/* Whether the trial still fails as it is now. */
static bool fails(struct shrink *shrink)
{
    if (!in_time(shrink) || shrink->run(shrink->trial, shrink->context) != shrink->outcome)
        return false;
    shrink->progress = true;
    return true;
}

static void shrink_flag(struct shrink *shrink, bool *flag, bool wanted)
{
    if (*flag == wanted)
        return;
    *flag = wanted;
    if (!fails(shrink))
        *flag = !wanted;
}

/* --- patterns --- */

/* Leaves out `count` patterns from number `first` on; false when they are needed. */
static bool leave_out_patterns(struct shrink *shrink, size_t first, size_t count)
{
    struct trial *trial = shrink->trial;
    size_t all = trial->pattern_count;
    if (count >= all)
        return false;
    struct piece **before = malloc(all * sizeof(struct piece *));
    memcpy(before, trial->patterns, all * sizeof(struct piece *));
    memmove(trial->patterns + first, before + first + count, (all - first - count) * sizeof(struct piece *));
    trial->pattern_count = all - count;
    bool left_out = fails(shrink);
    if (left_out) {
        for (size_t i = first; i < first + count; i++)
            piece_free(before[i]);
    } else {
        memcpy(trial->patterns, before, all * sizeof(struct piece *));
        trial->pattern_count = all;
    }
    free(before);
    return left_out;
}

static void shrink_patterns(struct shrink *shrink)
{
    for (size_t count = (shrink->trial->pattern_count + 1) / 2; count > 0; count /= 2)
        for (size_t first = 0; first < shrink->trial->pattern_count && in_time(shrink);) {
            size_t rest = shrink->trial->pattern_count - first;
            if (!leave_out_patterns(shrink, first, rest < count ? rest : count))
                first += count;
        }
}

/* Pieces of the bytes that are needed, halving their size down to one byte. */
static void shrink_bytes(struct shrink *shrink, struct bytes *bytes, size_t largest)
{
    for (size_t size = largest; size > 0 && in_time(shrink); size /= 2) {
        for (size_t at = 0; at < bytes->length && in_time(shrink);) {
            size_t taken = bytes->length - at < size ? bytes->length - at : size;
            char *piece = malloc(taken);
            memcpy(piece, bytes->text + at, taken);
            bytes_remove(bytes, at, taken);
            if (!fails(shrink)) {
                bytes_insert(bytes, at, piece, taken);
                at += taken;
            }
            free(piece);
        }
    }
}

static void shrink_node(struct shrink *shrink, struct piece *node)
{
    shrink_flag(shrink, &node->dropped, true);
    if (node->dropped)
        return;
    if (node->kind == PIECE_GROUP || node->kind == PIECE_REPEAT)
        shrink_flag(shrink, &node->bare, true);
    else if (node->kind == PIECE_LEAF)
        shrink_bytes(shrink, &node->text, node->text.length / 2);
}

static void shrink_pattern(struct shrink *shrink, struct piece *piece)
{
    size_t count;
    struct piece **nodes = piece_list(piece, &count);
    for (size_t i = 0; i < count && in_time(shrink); i++)
        if (!nodes[i]->dropped)
            shrink_node(shrink, nodes[i]);
    free(nodes);
}

/* --- the text --- */

/* Lines, a run of them at a time. */
static void shrink_lines(struct shrink *shrink)
{
    struct bytes *text = &shrink->trial->text;
    size_t lines = 1;
    for (size_t i = 0; i < text->length; i++)
        lines += text->text[i] == '\n';
    for (size_t count = (lines + 1) / 2; count > 0 && in_time(shrink); count /= 2) {
        for (size_t at = 0; at < text->length && in_time(shrink);) {
            size_t end = at;
            for (size_t i = 0; i < count && end < text->length; i++) {
                const char *newline = memchr(text->text + end, '\n', text->length - end);
                end = newline ? (size_t)(newline + 1 - text->text) : text->length;
            }
            struct bytes piece = {NULL, 0, 0};
            bytes_add(&piece, text->text + at, end - at);
            bytes_remove(text, at, end - at);
            if (!fails(shrink)) {
                bytes_insert(text, at, piece.text, piece.length);
                at = end;
            }
            bytes_free(&piece);
        }
    }
}

static void shrink_once(struct shrink *shrink)
{
    struct trial *trial = shrink->trial;
    shrink_patterns(shrink);
    shrink_lines(shrink);
    shrink_flag(shrink, &trial->word, false);
    shrink_flag(shrink, &trial->line, false);
    shrink_flag(shrink, &trial->crlf, false);
    shrink_flag(shrink, &trial->ignore_case, false);
    shrink_flag(shrink, &trial->unicode, false);
    for (size_t i = 0; i < trial->pattern_count; i++)
        shrink_pattern(shrink, trial->patterns[i]);
    shrink_bytes(shrink, &trial->text, (trial->text.length + 1) / 2);
}

void shrink_trial(struct trial *trial, int outcome, shrink_run *run, void *context, unsigned seconds)
{
    struct shrink shrink = {trial, outcome, run, context, time(NULL) + (time_t)seconds, true};
    while (shrink.progress && in_time(&shrink)) {
        shrink.progress = false;
        shrink_once(&shrink);
    }
}
