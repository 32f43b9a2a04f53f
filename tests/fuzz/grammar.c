#include "grammar.h"

#include "characters/characters.h"
#include "shapes.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A pattern in the making. */
struct grammar {
    const struct atoms *atoms;
    struct dice *dice;
    bool every;        /* all syntax; else what is regular */
    bool bounded;      /* within a lookbehind: no quantifier without a greatest length */
    unsigned captures; /* groups so far */
    unsigned names;    /* likewise: those are called n1, n2 */
    int budget;        /* leaves that may still come */
};

static struct piece *make_alternation(struct grammar *grammar, int depth);

/* --- quantifiers --- */

static void set_repeat(struct piece *repeat, unsigned min, unsigned max, const char *text)
{
    repeat->min = min;
    repeat->max = max;
    bytes_add_string(&repeat->text, text);
}

static void choose_repeat(struct grammar *grammar, struct piece *repeat)
{
    struct dice *dice = grammar->dice;
    unsigned small = (unsigned)dice_between(dice, 0, 3), more = small + (unsigned)dice_below(dice, 4);
    if (dice_chance(dice, 8))
        small = more = (unsigned)dice_between(dice, 4, dice_chance(dice, 10) ? 300 : 20);
    size_t kind = dice_below(dice, 8);
    /* Up to 10.42 a lookbehind has one length; later it has a longest one. */
    if (grammar->bounded)
        kind = !characters_since(10, 43) || kind < 3 ? 3 : kind < 5 ? 2 : 5;
    switch (kind) {
    case 0:
    case 6:
        set_repeat(repeat, 0, 3, "*");
        break;
    case 1:
    case 7:
        set_repeat(repeat, 1, 4, "+");
        break;
    case 2:
        set_repeat(repeat, 0, 1, "?");
        break;
    case 3:
        set_repeat(repeat, small, small, "");
        bytes_add_format(&repeat->text, "{%u}", small);
        break;
    case 4:
        set_repeat(repeat, small, small + 2, "");
        bytes_add_format(&repeat->text, "{%u,}", small);
        break;
    default:
        set_repeat(repeat, small, more, "");
        bytes_add_format(&repeat->text, "{%u,%u}", small, more);
        break;
    }
    if (dice_chance(dice, 25))
        bytes_add_char(&repeat->text, grammar->every && dice_chance(dice, 50) ? '+' : '?');
}

static struct piece *make_repeat(struct grammar *grammar, struct piece *child)
{
    struct piece *repeat = piece_create(PIECE_REPEAT);
    choose_repeat(grammar, repeat);
    piece_add(repeat, child);
    return repeat;
}

/* --- groups --- */

static struct piece *make_group(const char *opening, struct piece *child)
{
    struct piece *group = piece_create(PIECE_GROUP);
    group->single = true;
    bytes_add_string(&group->text, opening);
    piece_add(group, child);
    return group;
}

static struct piece *make_look(struct grammar *grammar, int depth)
{
    static const char *const openings[] = {"(?=", "(?!", "(?<=", "(?<!", "(*pla:", "(*nlb:", "(?*", "(?<*"};
    size_t kind = dice_below(grammar->dice, dice_chance(grammar->dice, 90) ? 4 : COUNT(openings));
    bool bounded = grammar->bounded;
    grammar->bounded |= strchr(openings[kind], '<') || strstr(openings[kind], "lb");
    struct piece *look = make_group(openings[kind], make_alternation(grammar, depth - 1));
    look->sample = kind % 2 == 0 && kind < 4 ? SAMPLE_PLAIN : SAMPLE_SELDOM;
    if (kind == 0 && dice_chance(grammar->dice, 60))
        look->sample = SAMPLE_SELDOM;
    grammar->bounded = bounded;
    return look;
}

/* (a), (?<n1>a), and in all their spellings. */
static struct piece *make_capture(struct grammar *grammar, int depth)
{
    unsigned number = ++grammar->captures;
    static const char *const before[] = {"?<n", "?P<n", "?'n"}, *const after[] = {">", ">", "'"};
    bool named = grammar->every && dice_chance(grammar->dice, 25);
    unsigned name = named ? ++grammar->names : 0;
    struct piece *group = make_group("(", make_alternation(grammar, depth - 1));
    group->capture = number;
    if (named) {
        size_t spelling = dice_below(grammar->dice, COUNT(before));
        bytes_add_format(&group->text, "%s%u%s", before[spelling], name, after[spelling]);
    }
    return group;
}

static struct piece *make_conditional(struct grammar *grammar, int depth)
{
    struct piece *branches = piece_create(PIECE_ALT);
    static const char *const conditions[] = {"(?(1)", "(?(2)", "(?(-1)", "(?(<n1>)", "(?('n1')", "(?(R)", "(?(R1)"};
    size_t kind = dice_below(grammar->dice, 9);
    struct piece *conditional = piece_create(PIECE_GROUP);
    conditional->single = true;
    bytes_add_string(&conditional->text, "(?");
    struct piece *inside = piece_create(PIECE_CAT);
    if (kind < COUNT(conditions)) {
        bytes_add_string(&conditional->text, conditions[kind] + 2);
    } else {
        struct piece *look = make_group(kind == 7 ? "(?=" : "(?!", make_alternation(grammar, depth - 1));
        look->sample = SAMPLE_NEVER;
        piece_add(inside, look);
    }
    piece_add(branches, make_alternation(grammar, 0));
    if (dice_chance(grammar->dice, 60))
        piece_add(branches, atoms_single(grammar->atoms));
    /* An alternation of its own would make a third branch. */
    branches->children[0] = make_group("(?:", branches->children[0]);
    piece_add(inside, branches);
    piece_add(conditional, inside);
    return conditional;
}

static struct piece *make_plain_group(struct grammar *grammar, int depth)
{
    static const char *const openings[] = {"(?:",  "(?:",  "(?:",   "(?i:", "(?-i:", "(?s:", "(?m:",
                                           "(?x:", "(?n:", "(?xx:", "(?>",  "(?|",   "(?^:", "(*atomic:"};
    size_t count = grammar->every ? COUNT(openings) : 6;
    return make_group(openings[dice_below(grammar->dice, count)], make_alternation(grammar, depth - 1));
}

/* --- references --- */

static struct piece *make_reference(struct grammar *grammar)
{
    unsigned number = 1 + (unsigned)dice_below(grammar->dice, grammar->captures + (grammar->captures == 0));
    struct piece *leaf = piece_create(PIECE_LEAF);
    leaf->single = true;
    leaf->sample = SAMPLE_CAPTURE;
    leaf->capture = number;
    switch (dice_below(grammar->dice, grammar->names > 0 ? 7 : 4)) {
    case 0:
        bytes_add_format(&leaf->text, "\\%u", number);
        break;
    case 1:
        bytes_add_format(&leaf->text, "\\g{%u}", number);
        break;
    case 2:
        bytes_add_format(&leaf->text, "\\g%u", number);
        break;
    case 3:
        bytes_add_string(&leaf->text, "\\g{-1}");
        break;
    case 4:
        bytes_add_string(&leaf->text, "\\k<n1>");
        break;
    case 5:
        bytes_add_string(&leaf->text, "(?P=n1)");
        break;
    default:
        bytes_add_string(&leaf->text, "\\k{n1}");
        break;
    }
    return leaf;
}

static struct piece *make_recursion(struct grammar *grammar)
{
    static const char *const spellings[] = {"(?R)", "(?1)", "(?-1)", "(?&n1)", "(?P>n1)", "\\g<1>", "(?0)", "(?2)"};
    struct piece *leaf = piece_create(PIECE_LEAF);
    bytes_add_string(&leaf->text, spellings[dice_below(grammar->dice, COUNT(spellings))]);
    leaf->sample = SAMPLE_CAPTURE;
    leaf->capture = 1;
    /* At once it would go round without end. */
    struct piece *pair = piece_create(PIECE_CAT);
    piece_add(pair, atoms_letter(grammar->atoms));
    piece_add(pair, leaf);
    struct piece *repeat = piece_create(PIECE_REPEAT);
    set_repeat(repeat, 0, 1, "?");
    piece_add(repeat, pair);
    return repeat;
}

/* --- all of it --- */

static struct piece *make_rare(struct grammar *grammar, int depth)
{
    switch (dice_below(grammar->dice, 9)) {
    case 0:
    case 1:
    case 2:
        return make_reference(grammar);
    case 3:
    case 4:
        return make_look(grammar, depth);
    case 5:
        return make_conditional(grammar, depth);
    case 6:
        return grammar->captures > 0 || dice_chance(grammar->dice, 30) ? make_recursion(grammar)
                                                                       : make_look(grammar, depth);
    default:
        return atoms_oddity(grammar->atoms);
    }
}

static struct piece *make_atom(struct grammar *grammar, int depth)
{
    struct dice *dice = grammar->dice;
    size_t choice = dice_below(dice, 100);
    if (depth <= 0 || grammar->budget <= 0 || choice < 50) {
        grammar->budget--;
        if (dice_chance(dice, 30))
            return atoms_literal(grammar->atoms, dice_between(dice, 2, dice_chance(dice, 90) ? 5 : 40));
        return atoms_single(grammar->atoms);
    }
    if (choice < 60)
        return atoms_assertion(grammar->atoms, grammar->every);
    if (choice < 72 && grammar->every)
        return make_rare(grammar, depth);
    return dice_chance(dice, 40) ? make_capture(grammar, depth) : make_plain_group(grammar, depth);
}

static struct piece *make_sequence(struct grammar *grammar, int depth)
{
    size_t count = dice_between(grammar->dice, 1, 4);
    struct piece *sequence = piece_create(PIECE_CAT);
    for (size_t i = 0; i < count; i++) {
        struct piece *atom = make_atom(grammar, depth);
        if (dice_chance(grammar->dice, 30))
            atom = make_repeat(grammar, atom);
        piece_add(sequence, atom);
    }
    return sequence;
}

static struct piece *make_alternation(struct grammar *grammar, int depth)
{
    size_t count = dice_chance(grammar->dice, 65) ? 1 : dice_between(grammar->dice, 2, 4);
    if (count == 1)
        return make_sequence(grammar, depth);
    struct piece *alternation = piece_create(PIECE_ALT);
    for (size_t i = 0; i < count; i++)
        piece_add(alternation, dice_chance(grammar->dice, 6) ? piece_create(PIECE_CAT) : make_sequence(grammar, depth));
    return alternation;
}

static struct piece *make_start(struct dice *dice)
{
    static const char *const starts[] = {"(*UTF)",
                                         "(*UCP)",
                                         "(*CRLF)",
                                         "(*ANYCRLF)",
                                         "(*ANY)",
                                         "(*CR)",
                                         "(*NO_JIT)",
                                         "(*NO_START_OPT)",
                                         "(*BSR_ANYCRLF)",
                                         "(*NOTEMPTY)",
                                         "(*NO_AUTO_POSSESS)",
                                         "(*LIMIT_MATCH=50)",
                                         "(*NUL)",
                                         "(*NOTEMPTY_ATSTART)",
                                         "(*NO_DOTSTAR_ANCHOR)",
                                         "(*LF)"};
    return atoms_syntax(starts[dice_below(dice, COUNT(starts))]);
}

/* A whole pattern of the grammar, with what may stand before it. */
static struct piece *make_whole(const struct atoms *atoms, bool every)
{
    struct dice *dice = atoms->dice;
    struct grammar grammar = {.atoms = atoms, .dice = dice, .every = every};
    grammar.budget = (int)dice_between(dice, 2, 24);
    struct piece *body = make_alternation(&grammar, (int)dice_between(dice, 0, 4));
    struct piece *whole = piece_create(PIECE_CAT);
    if (every && dice_chance(dice, 3))
        piece_add(whole, make_start(dice));
    if (dice_chance(dice, 8))
        piece_add(whole, atoms_syntax("(?i)"));
    if (every && dice_chance(dice, 2))
        piece_add(whole, atoms_syntax("(?x)"));
    piece_add(whole, body);
    if (every && dice_chance(dice, 1))
        piece_add(whole, atoms_syntax(" # the end"));
    return whole;
}

/* What matches a single character, and may be there or not. */
static struct piece *make_option(struct grammar *grammar)
{
    struct piece *option = piece_create(PIECE_REPEAT);
    bool many = dice_chance(grammar->dice, 50);
    set_repeat(option, 0, many ? 3 : 1, many ? "*" : "?");
    piece_add(option, atoms_single(grammar->atoms));
    return option;
}

/* A lookahead, behind an option or not, and what it looks at, behind others: "c?(?=a)b*a". */
static struct piece *make_led(const struct atoms *atoms)
{
    struct dice *dice = atoms->dice;
    struct grammar grammar = {.atoms = atoms, .dice = dice, .every = true, .budget = 4};
    struct piece *whole = piece_create(PIECE_CAT), *letter = atoms_letter(atoms), *again = piece_create(PIECE_LEAF);
    bytes_add(&again->text, letter->text.text, letter->text.length);
    again->single = letter->single;
    for (size_t i = 0; i < letter->sample_count; i++)
        piece_add_sample(again, letter->samples[i].text, letter->samples[i].length);
    if (dice_chance(dice, 30))
        piece_add(whole, make_option(&grammar));
    struct piece *look = make_group(dice_chance(dice, 90) ? "(?=" : "(?:", letter);
    look->sample = SAMPLE_NEVER;
    piece_add(whole, dice_chance(dice, 30) ? make_group("(", look) : look);
    if (dice_chance(dice, 80))
        piece_add(whole, make_option(&grammar));
    piece_add(whole, dice_chance(dice, 20) ? make_group("(?i:", again) : again);
    if (dice_chance(dice, 40))
        piece_add(whole, make_alternation(&grammar, 1));
    return whole;
}

struct piece *grammar_pattern(const struct atoms *atoms, enum grammar_style style)
{
    switch (style) {
    case STYLE_LITERAL:
        return shapes_literal(atoms);
    case STYLE_WORDS:
        return shapes_words(atoms);
    case STYLE_GROWTH:
        return shapes_growth(atoms);
    case STYLE_TEMPLATE:
        return shapes_template(atoms);
    case STYLE_LED:
        return make_led(atoms);
    case STYLE_REGULAR:
    case STYLE_EVERY:
        break;
    }
    return make_whole(atoms, style == STYLE_EVERY);
}
