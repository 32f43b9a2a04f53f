#include "text.h"

#include <string.h>

/* The windows in which the matcher looks at a text: src/match/matcher.c. */
#define WINDOW_SIZE ((size_t)64 << 10)

static void add_letters(const struct trial *trial, struct dice *dice, struct bytes *line, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct letter letter = letters_of_text(&trial->letters, dice);
        bytes_add(line, letter.text, letter.length);
    }
}

/* One small change: what made a string match may be gone after it. */
static void mutate(const struct trial *trial, struct dice *dice, struct bytes *line)
{
    size_t at = dice_below(dice, line->length + 1);
    size_t rest = line->length - at;
    struct letter letter = letters_of_text(&trial->letters, dice);
    switch (dice_below(dice, 9)) {
    case 0:
    case 1:
        if (rest > 0)
            bytes_remove(line, at, 1);
        break;
    case 2:
        bytes_insert(line, at, letter.text, letter.length);
        break;
    case 3:
        if (rest > 0) {
            bytes_remove(line, at, 1);
            bytes_insert(line, at, letter.text, letter.length);
        }
        break;
    case 4:
    case 5:
        for (int i = 0; i < 3; i++)
            if (line->length > 0)
                letters_change_case(line, dice_below(dice, line->length), dice);
        break;
    case 6: /* the end, or the start, is cut off */
        if (dice_chance(dice, 50))
            bytes_remove(line, at, rest);
        else
            bytes_remove(line, 0, at);
        break;
    case 7:
        if (dice_chance(dice, 40))
            bytes_insert(line, at, "\n", 1);
        break;
    default:
        if (!trial->letters.ascii || dice_chance(dice, 10)) {
            char any = (char)dice_below(dice, 256);
            bytes_insert(line, at, &any, 1);
        }
    }
}

static void add_sample(const struct trial *trial, struct dice *dice, struct bytes *line)
{
    size_t index = dice_below(dice, trial->pattern_count);
    struct bytes sample = {NULL, 0, 0};
    piece_sample(trial->patterns[index], dice, &sample);
    bytes_add(line, sample.text, sample.length);
    bytes_free(&sample);
}

static void make_line(const struct trial *trial, struct dice *dice, struct bytes *line)
{
    bytes_clear(line);
    bytes_add(line, "", 0);
    size_t kind = dice_below(dice, 12);
    if (kind == 0)
        return;
    if (kind == 1) {
        add_letters(trial, dice, line, dice_below(dice, 30));
        return;
    }
    if (dice_chance(dice, 50))
        add_letters(trial, dice, line, dice_below(dice, dice_chance(dice, 5) ? 60 : 5));
    add_sample(trial, dice, line);
    if (dice_chance(dice, 15))
        add_sample(trial, dice, line);
    if (dice_chance(dice, 50))
        add_letters(trial, dice, line, dice_below(dice, dice_chance(dice, 5) ? 60 : 5));
    if (kind < 8)
        for (size_t i = dice_between(dice, 1, 3); i > 0; i--)
            mutate(trial, dice, line);
    for (unsigned chance = trial->crlf ? 60 : 95; dice_chance(dice, trial->returns ? chance : 3); chance = 3)
        bytes_add_char(line, '\r');
}

/* Repeats what the line holds, or letters, until it is long. */
static void lengthen(const struct trial *trial, struct dice *dice, struct bytes *line, size_t length)
{
    struct bytes piece = {NULL, 0, 0};
    add_letters(trial, dice, &piece, dice_between(dice, 1, 40));
    bool before = dice_chance(dice, 50);
    struct bytes more = {NULL, 0, 0};
    while (more.length < length)
        bytes_add(&more, piece.text, piece.length);
    bytes_insert(line, before ? 0 : line->length, more.text, more.length);
    bytes_free(&piece);
    bytes_free(&more);
}

static void make_small(struct trial *trial, struct dice *dice)
{
    size_t count = dice_chance(dice, 90) ? dice_between(dice, 1, 12) : dice_between(dice, 13, 80);
    struct bytes line = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        make_line(trial, dice, &line);
        if (dice_below(dice, 400) == 0)
            lengthen(trial, dice, &line, dice_between(dice, 100, 5000));
        bytes_add(&trial->text, line.text, line.length);
        bytes_add_char(&trial->text, '\n');
    }
    bytes_free(&line);
}

/* A text of many windows: a few quiet lines over and over, and others at the seams and seldom elsewhere. */
static void make_large(struct trial *trial, struct dice *dice)
{
    struct bytes pool[6] = {{NULL, 0, 0}}, line = {NULL, 0, 0};
    size_t pool_count = dice_between(dice, 1, 6);
    bool quiet = dice_chance(dice, 70);
    for (size_t i = 0; i < pool_count; i++) {
        bytes_add(&pool[i], "", 0);
        if (quiet)
            for (size_t count = dice_below(dice, dice_chance(dice, 80) ? 80 : 900); count > 0; count--)
                bytes_add_char(&pool[i], dice_chance(dice, 12) ? ' ' : (char)('m' + dice_below(dice, 6)));
        else
            make_line(trial, dice, &pool[i]);
        if (quiet && trial->returns)
            bytes_add_char(&pool[i], '\r');
    }
    size_t wanted = dice_chance(dice, 75) ? dice_between(dice, WINDOW_SIZE - 200, 3 * WINDOW_SIZE)
                                          : dice_between(dice, 3 * WINDOW_SIZE, 8 * WINDOW_SIZE);
    unsigned seldom = dice_chance(dice, 70) ? 0 : dice_chance(dice, 70) ? 3 : 100;
    while (trial->text.length < wanted) {
        size_t place = trial->text.length % (WINDOW_SIZE / 8); /* where cursors may be parted too */
        bool seam = place < 100 || place > WINDOW_SIZE / 8 - 100;
        if (seam || dice_chance(dice, seldom)) {
            make_line(trial, dice, &line);
            bytes_add(&trial->text, line.text, line.length);
        } else {
            const struct bytes *chosen = &pool[dice_below(dice, pool_count)];
            bytes_add(&trial->text, chosen->text, chosen->length);
        }
        bytes_add_char(&trial->text, '\n');
    }
    for (size_t i = 0; i < pool_count; i++)
        bytes_free(&pool[i]);
    bytes_free(&line);
}

/* A line that is longer than a window, among others. */
static void make_long(struct trial *trial, struct dice *dice)
{
    make_small(trial, dice);
    struct bytes line = {NULL, 0, 0};
    make_line(trial, dice, &line);
    lengthen(trial, dice, &line, dice_between(dice, WINDOW_SIZE / 2, 3 * WINDOW_SIZE));
    bytes_add(&trial->text, line.text, line.length);
    bytes_add_char(&trial->text, '\n');
    bytes_free(&line);
    make_small(trial, dice);
}

void text_make(struct trial *trial, struct dice *dice)
{
    size_t kind = dice_below(dice, 1000);
    trial->returns = dice_chance(dice, 12);
    trial->crlf = dice_chance(dice, trial->returns ? 65 : 3);
    if (kind < 985)
        make_small(trial, dice);
    else if (kind < 998)
        make_large(trial, dice);
    else
        make_long(trial, dice);
    if (dice_chance(dice, 30) && trial->text.length > 0)
        bytes_remove(&trial->text, trial->text.length - 1, 1);
}
