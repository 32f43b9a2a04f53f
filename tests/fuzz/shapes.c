#include "shapes.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An atom and how often it comes; min == max == 1: no quantifier. */
struct shape {
    const char *atom;
    unsigned min, max;
};

#define UNLIMITED 99

/* What people search logs, dumps and prose for; a row ends with NULL. */
static const struct shape templates[][16] = {
    {{"\\d", 1, 3}, {"\\.", 1, 1}, {"\\d", 1, 3}, {"\\.", 1, 1}, {"\\d", 1, 3}, {"\\.", 1, 1}, {"\\d", 1, 3}},
    {{"\\d", 4, 4},
     {"-", 1, 1},
     {"\\d", 2, 2},
     {"-", 1, 1},
     {"\\d", 2, 2},
     {" ", 1, 1},
     {".", 0, UNLIMITED},
     {"E", 1, 1},
     {"R", 1, 2}},
    {{"k", 1, 1}, {"e", 1, 1}, {"y", 1, 1}, {"=", 1, 1}, {"\\d", 1, UNLIMITED}, {"m", 1, 1}, {"s", 1, 1}},
    {{"[0-9a-f]", 8, 8},
     {"-", 1, 1},
     {"[0-9a-f]", 4, 4},
     {"-", 1, 1},
     {"[0-9a-f]", 4, 4},
     {"-", 1, 1},
     {"[0-9a-f]", 12, 12}},
    {{"\"", 1, 1}, {"[^\"\\\\]", 0, UNLIMITED}, {"\\\\", 0, 1}, {"[^\"\\\\]", 0, UNLIMITED}, {"\"", 1, 1}},
    {{"\\w", 5, 5}, {"\\s", 1, UNLIMITED}, {"\\w", 5, 5}, {"\\s", 1, UNLIMITED}, {"\\w", 5, 5}},
    {{"[A-Z]", 1, 1}, {"[a-z]", 1, UNLIMITED}, {"i", 1, 1}, {"n", 1, 1}, {"g", 1, 1}, {"\\b", 1, 1}},
    {{"\\w", 1, UNLIMITED},
     {"\\s", 1, UNLIMITED},
     {"S", 1, 1},
     {"k", 1, 1},
     {"\\s", 1, UNLIMITED},
     {"\\w", 1, UNLIMITED}},
    {{"\\b", 1, 1},
     {"\\w", 3, UNLIMITED},
     {"@", 1, 1},
     {"\\w", 1, UNLIMITED},
     {"\\.", 1, 1},
     {"[a-z]", 2, 3},
     {"\\b", 1, 1}},
    {{"^", 1, 1}, {"\\s", 0, UNLIMITED}, {"#", 1, 1}, {".", 0, UNLIMITED}, {"$", 1, 1}},
    {{".", 0, UNLIMITED},
     {"f", 1, 1},
     {"a", 1, 1},
     {"i", 1, 1},
     {"l", 1, 1},
     {".", 0, UNLIMITED},
     {"\\d", 3, UNLIMITED},
     {"$", 1, 1}},
    {{"\\[", 1, 1}, {"[^\\]]", 0, UNLIMITED}, {"\\]", 1, 1}, {"\\s", 1, 1}, {"\\S", 1, UNLIMITED}},
    {{"^", 1, 1}, {"[^,]", 0, UNLIMITED}, {",", 1, 1}, {"[^,]", 0, UNLIMITED}, {",", 1, 1}, {"4", 1, 1}, {",", 1, 1}},
    {{"\\d", 1, 1}, {"\\d", 1, UNLIMITED}, {"\\D", 1, 1}, {"\\d", 0, 1}, {"x", 0, 1}},
    {{"\\bs", 1, 1}, {"\\w", 0, UNLIMITED}, {"k\\b", 1, 1}},
    {{"<", 1, 1}, {"[^>]", 1, UNLIMITED}, {">", 1, 1}, {".", 0, UNLIMITED}, {"<", 1, 1}, {"/", 1, 1}},
};

static struct piece *repeat(struct dice *dice, struct piece *child, unsigned min, unsigned max)
{
    struct piece *piece = piece_create(PIECE_REPEAT);
    piece->min = min;
    piece->max = max == UNLIMITED ? min + 3 : max;
    if (max == UNLIMITED && min < 2)
        bytes_add_string(&piece->text, min ? "+" : "*");
    else if (max == UNLIMITED)
        bytes_add_format(&piece->text, "{%u,}", min);
    else if (min == max)
        bytes_add_format(&piece->text, "{%u}", min);
    else
        bytes_add_format(&piece->text, "{%u,%u}", min, max);
    if (dice_chance(dice, 10))
        bytes_add_char(&piece->text, dice_chance(dice, 50) ? '?' : '+');
    piece_add(piece, child);
    return piece;
}

static struct piece *group(const char *opening, struct piece *child)
{
    struct piece *piece = piece_create(PIECE_GROUP);
    piece->single = true;
    bytes_add_string(&piece->text, opening);
    piece_add(piece, child);
    return piece;
}

struct piece *shapes_template(const struct atoms *atoms)
{
    struct dice *dice = atoms->dice;
    const struct shape *row = templates[dice_below(dice, COUNT(templates))];
    struct piece *sequence = piece_create(PIECE_CAT);
    /* A word edge on both sides, or on one, of some. */
    bool edges = dice_chance(dice, 20);
    if (edges)
        piece_add(sequence, atoms_text("\\b"));
    for (size_t i = 0; i < COUNT(templates[0]) && row[i].atom; i++) {
        if (dice_chance(dice, 4))
            continue;
        struct piece *atom = dice_chance(dice, 3) ? atoms_single(atoms) : atoms_text(row[i].atom);
        if (row[i].min == 1 && row[i].max == 1)
            piece_add(sequence, atom);
        else
            piece_add(sequence, repeat(dice, atom, row[i].min, row[i].max));
    }
    if (edges && dice_chance(dice, 80))
        piece_add(sequence, atoms_text("\\b"));
    return sequence;
}

static size_t word_length(struct dice *dice)
{
    switch (dice_below(dice, 10)) {
    case 0:
        return dice_between(dice, 8, 60);
    case 1:
        return dice_below(dice, 2);
    case 2:
    case 3:
        return dice_between(dice, 5, 12);
    default:
        return dice_between(dice, 1, 5);
    }
}

struct piece *shapes_literal(const struct atoms *atoms)
{
    return atoms_literal(atoms, dice_chance(atoms->dice, 3) ? dice_between(atoms->dice, 60, 600)
                                                            : 1 + word_length(atoms->dice));
}

struct piece *shapes_fixed(const struct atoms *atoms)
{
    struct dice *dice = atoms->dice;
    struct bytes text = {NULL, 0, 0};
    size_t length = dice_chance(dice, 1) ? dice_between(dice, 60, 300) : word_length(dice);
    for (size_t i = 0; i < length; i++) {
        struct letter letter = letters_of_pattern(atoms->letters, dice);
        bytes_add(&text, letter.text, letter.length);
    }
    struct piece *leaf = atoms_fixed(text.text ? text.text : "", text.length);
    bytes_free(&text);
    return leaf;
}

static size_t word_count(struct dice *dice)
{
    if (dice_chance(dice, 70))
        return dice_between(dice, 2, 8);
    return dice_chance(dice, 85) ? dice_between(dice, 9, 40) : dice_between(dice, 41, 300);
}

/* before(?:one|two|three)after */
struct piece *shapes_words(const struct atoms *atoms)
{
    static const char *const openings[] = {"(?:", "(", "(?i:", "(?>", "(?=", "(?<=", "(?!"};
    struct dice *dice = atoms->dice;
    struct piece *words = piece_create(PIECE_ALT);
    size_t count = word_count(dice);
    for (size_t i = 0; i < count; i++)
        piece_add(words, atoms_literal(atoms, word_length(dice)));
    if (dice_chance(dice, 40))
        return words;
    struct piece *sequence = piece_create(PIECE_CAT);
    struct piece *chosen = group(openings[dice_below(dice, dice_chance(dice, 80) ? 3 : COUNT(openings))], words);
    if (dice_chance(dice, 40))
        piece_add(sequence, dice_chance(dice, 50) ? atoms_assertion(atoms, false) : atoms_single(atoms));
    if (dice_chance(dice, 15))
        piece_add(sequence, repeat(dice, atoms_escape(atoms), 0, UNLIMITED));
    if (dice_chance(dice, 15))
        chosen = repeat(dice, chosen, (unsigned)dice_below(dice, 3), UNLIMITED);
    piece_add(sequence, chosen);
    if (dice_chance(dice, 15))
        piece_add(sequence, repeat(dice, atoms_escape(atoms), 0, UNLIMITED));
    if (dice_chance(dice, 40))
        piece_add(sequence, dice_chance(dice, 50) ? atoms_assertion(atoms, false) : atoms_single(atoms));
    if (dice_chance(dice, 20))
        piece_add(sequence, atoms_literal(atoms, word_length(dice)));
    return sequence;
}

/* [ab]*a[ab]{n} */
static struct piece *growth_by_distance(const struct atoms *atoms)
{
    static const char *const sets[] = {"[01]", "[ab]", "(?:0|1)", ".", "\\w", "[a-z]"};
    static const char *const marks[] = {"1", "a", "1", "a", "a", "x"};
    struct dice *dice = atoms->dice;
    size_t kind = dice_below(dice, COUNT(sets));
    unsigned distance = (unsigned)dice_between(dice, 1, dice_chance(dice, 80) ? 8 : 24);
    struct piece *sequence = piece_create(PIECE_CAT), *set = atoms_text(sets[kind]);
    for (const char *c = "01ab"; *c; c++) {
        piece_add_sample(set, c, 1);
        set->single = true;
    }
    if (dice_chance(dice, 70))
        piece_add(sequence, repeat(dice, set, 0, UNLIMITED));
    else
        piece_free(set);
    if (sequence->child_count > 0) /* long strings, so that many states are met */
        sequence->children[0]->max = (unsigned)dice_between(dice, 3, 60);
    piece_add(sequence, atoms_text(marks[kind]));
    set = atoms_text(sets[kind]);
    for (const char *c = "01ab"; *c; c++)
        piece_add_sample(set, c, 1);
    piece_add(sequence, repeat(dice, set, distance, distance + (unsigned)(dice_chance(dice, 20) ? 3 : 0)));
    if (dice_chance(dice, 40))
        piece_add(sequence, dice_chance(dice, 50) ? atoms_text("$") : atoms_letter(atoms));
    return sequence;
}

/* a.*b.*c */
static struct piece *growth_by_gaps(const struct atoms *atoms)
{
    static const char *const gaps[] = {".", ".", "[^a]", "\\w", "\\S", "[^ ]"};
    struct dice *dice = atoms->dice;
    struct piece *sequence = piece_create(PIECE_CAT);
    size_t count = dice_between(dice, 1, 5);
    const char *gap = gaps[dice_below(dice, COUNT(gaps))];
    if (dice_chance(dice, 20))
        piece_add(sequence, atoms_text("^"));
    for (size_t i = 0; i < count; i++) {
        if (i > 0 || dice_chance(dice, 40))
            piece_add(sequence, dice_chance(dice, 70)
                                    ? repeat(dice, atoms_text(gap), 0, UNLIMITED)
                                    : repeat(dice, atoms_text(gap), (unsigned)dice_below(dice, 9), 9));
        piece_add(sequence, dice_chance(dice, 70) ? atoms_literal(atoms, word_length(dice)) : atoms_single(atoms));
    }
    if (dice_chance(dice, 20))
        piece_add(sequence, atoms_text("$"));
    return sequence;
}

struct piece *shapes_growth(const struct atoms *atoms)
{
    if (dice_chance(atoms->dice, 50))
        return growth_by_gaps(atoms);
    struct piece *growth = growth_by_distance(atoms);
    if (!dice_chance(atoms->dice, 25))
        return growth;
    struct piece *alternation = piece_create(PIECE_ALT);
    piece_add(alternation, growth);
    piece_add(alternation, growth_by_gaps(atoms));
    return alternation;
}
