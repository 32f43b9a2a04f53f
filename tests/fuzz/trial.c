#include "trial.h"

#include "base/alloc.h"
#include "grammar.h"
#include "shapes.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static void add_pattern(struct trial *trial, struct piece *pattern)
{
    /* Nothing that comes from a command line or a file of patterns holds a newline. */
    trial->patterns = xreallocarray(trial->patterns, trial->pattern_count + 1, sizeof(struct piece *));
    trial->patterns[trial->pattern_count++] = pattern;
}

static void choose_options(struct trial *trial, struct dice *dice)
{
    trial->fixed = dice_chance(dice, 12);
    trial->ignore_case = dice_chance(dice, 25);
    trial->word = dice_chance(dice, 12);
    trial->line = dice_chance(dice, 8);
    trial->unicode = dice_chance(dice, 75);
}

static enum letters_kind choose_letters(const struct trial *trial, struct dice *dice)
{
    if (dice_chance(dice, 50))
        return LETTERS_ASCII;
    if ((trial->fixed || !trial->unicode) && dice_chance(dice, 30))
        return LETTERS_BROKEN_EVERY;
    return dice_chance(dice, 60) ? LETTERS_WIDE : LETTERS_BROKEN;
}

static enum grammar_style choose_style(struct dice *dice)
{
    static const enum grammar_style styles[] = {
        STYLE_REGULAR, STYLE_REGULAR, STYLE_REGULAR, STYLE_REGULAR,  STYLE_EVERY,
        STYLE_EVERY,   STYLE_EVERY,   STYLE_EVERY,   STYLE_EVERY,    STYLE_LITERAL,
        STYLE_WORDS,   STYLE_WORDS,   STYLE_GROWTH,  STYLE_TEMPLATE, STYLE_LED,
    };
    return styles[dice_below(dice, sizeof styles / sizeof *styles)];
}

static size_t fixed_count(struct dice *dice)
{
    size_t kind = dice_below(dice, 1000);
    if (kind < 300)
        return 1;
    if (kind < 800)
        return dice_between(dice, 2, 12);
    if (kind < 980)
        return dice_between(dice, 13, 100);
    return kind < 998 ? dice_between(dice, 101, 600) : dice_between(dice, 601, 6000);
}

void trial_create(struct trial *trial, uint64_t seed, uint64_t number)
{
    *trial = (struct trial){.seed = seed, .number = number, .dice = dice_seeded(seed, number)};
    struct dice *dice = &trial->dice;
    choose_options(trial, dice);
    letters_choose(&trial->letters, dice, choose_letters(trial, dice));
    struct atoms atoms = {.dice = dice, .letters = &trial->letters, .unicode = trial->unicode};
    if (trial->fixed) {
        for (size_t count = fixed_count(dice); count > 0; count--)
            add_pattern(trial, shapes_fixed(&atoms));
    } else {
        size_t count = dice_chance(dice, 85) ? 1 : dice_between(dice, 2, dice_chance(dice, 90) ? 5 : 20);
        enum grammar_style style = choose_style(dice);
        for (size_t i = 0; i < count; i++)
            add_pattern(trial, grammar_pattern(&atoms, dice_chance(dice, 70) ? style : choose_style(dice)));
    }
    text_make(trial, dice);
}

void trial_free(struct trial *trial)
{
    for (size_t i = 0; i < trial->pattern_count; i++)
        piece_free(trial->patterns[i]);
    free(trial->patterns);
    bytes_free(&trial->text);
}

void trial_patterns(const struct trial *trial, struct pattern_list *list)
{
    *list = (struct pattern_list){NULL, 0, 0};
    struct bytes text = {NULL, 0, 0};
    for (size_t i = 0; i < trial->pattern_count; i++) {
        bytes_clear(&text);
        bytes_add(&text, "", 0);
        piece_write(trial->patterns[i], &text);
        if (!memchr(text.text, '\n', text.length))
            pattern_list_add(list, text.text, text.length);
    }
    bytes_free(&text);
}

size_t trial_subject(const struct trial *trial, const char *line, size_t length)
{
    return trial->crlf && length > 0 && line[length - 1] == '\r' ? length - 1 : length;
}
