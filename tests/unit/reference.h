/*
 * reference.h - PCRE2 by itself, asked about one line, for tests of what stands in front of it; and patterns that look
 * random, and all short lines.
 */
#ifndef MSCAN_TEST_REFERENCE_H
#define MSCAN_TEST_REFERENCE_H

#include "automaton/dfa.h"
#include "automaton/nfa-builder.h"
#include "syntax/syntax.h"

#include "../cased-compile.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* How a pattern is read. */
struct mode {
    bool caseless, unicode;
    enum boundary bounds;
};

/* Without bounds, then with each kind; for bytes, then for Unicode. */
static const struct mode modes[] = {
    {false, false, BOUNDS_NONE}, {false, true, BOUNDS_NONE},  {false, false, BOUNDS_WORD},
    {false, true, BOUNDS_WORD},  {false, false, BOUNDS_LINE}, {false, true, BOUNDS_LINE},
};

struct reference {
    pcre2_code *code;
    pcre2_match_data *match_data;
};

/* False when PCRE2 does not take the pattern. */
static inline bool reference_compile(struct reference *reference, const char *pattern, struct mode mode)
{
    static const char *const wrappings[][2] = {
        [BOUNDS_NONE] = {"", ""}, [BOUNDS_WORD] = {"(?<!\\w)(?:", ")(?!\\w)"}, [BOUNDS_LINE] = {"^(?:", ")$"}};
    char text[8192];
    int code;
    size_t offset;
    int length = snprintf(text, sizeof text, "%s%s%s", wrappings[mode.bounds][0], pattern, wrappings[mode.bounds][1]);
    assert_true(length >= 0 && (size_t)length < sizeof text);
    /* The optimizations of which some are wrong in some releases: they change nothing else. */
    uint32_t flags = PCRE2_NO_DOTSTAR_ANCHOR | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE |
                     (mode.caseless ? PCRE2_CASELESS : 0) |
                     (mode.unicode ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0);
    reference->code = cased_compile(text, (size_t)length, flags, &code, &offset, NULL);
    reference->match_data = pcre2_match_data_create(1, NULL);
    return reference->code != NULL;
}

static inline void reference_free(struct reference *reference)
{
    pcre2_code_free(reference->code);
    pcre2_match_data_free(reference->match_data);
}

static inline bool reference_matches(const struct reference *reference, const char *line, size_t length)
{
    int result = pcre2_match(reference->code, (PCRE2_SPTR)line, length, 0, 0, reference->match_data, NULL);
    if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        fail_msg("PCRE2 fails: %d", result);
    return result >= 0;
}

/* The tree of a pattern that PCRE2 takes; NULL when the parser does not understand it. */
static inline struct syntax *parse(const char *pattern, struct mode mode)
{
    struct syntax *syntax =
        syntax_parse(pattern, strlen(pattern), &(struct dialect){.caseless = mode.caseless, .unicode = mode.unicode});
    if (syntax->root)
        return syntax;
    syntax_free(syntax);
    return NULL;
}

/* The automaton of a pattern that must be understood; NULL when it is too large. */
static inline struct nfa *nfa_of(const char *pattern, struct mode mode)
{
    struct syntax *syntax = parse(pattern, mode);
    if (!syntax)
        fail_msg("not understood: %s", pattern);
    struct nfa *nfa = nfa_create(&syntax, 1, &(struct dialect){.boundary = mode.bounds, .unicode = mode.unicode}, NULL);
    syntax_free(syntax);
    return nfa;
}

static inline bool has_high(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

/*
 * Whether the DFA accepts the line, behind which a newline stands, or the line has a byte that the nfa does not
 * describe.  Clears the DFA when its memory is used up.
 */
static inline bool dfa_accepts(struct dfa *dfa, const struct nfa *nfa, const char *line, size_t length)
{
    const struct dfa_table *table = dfa_table(dfa);
    uint32_t state = table->start;
    assert_int_equal(line[length], '\n');
    for (size_t i = 0; i <= length && state >= DFA_SPECIAL * table->stride; i++) {
        unsigned byte_class = table->class_of[(unsigned char)line[i]];
        uint32_t next = table->next[state + byte_class];
        if (next == DFA_UNKNOWN)
            next = dfa_step(dfa, state, byte_class);
        if (next == DFA_UNKNOWN) {
            dfa_clear(dfa);
            return dfa_accepts(dfa, nfa, line, length);
        }
        state = next;
    }
    return state == DFA_ACCEPT * table->stride || (nfa->ascii_only && has_high(line, length));
}

/* --- lines --- */

typedef void line_visit(void *context, const char *line, size_t length);

/* All lines of up to `longest` (8 at the most) letters, with a newline behind each. */
static inline void each_line(const char *alphabet, size_t longest, line_visit *visit, void *context)
{
    size_t letters = strlen(alphabet);
    for (size_t length = 0; length <= longest; length++) {
        size_t digits[8] = {0};
        for (size_t k = 0; k < length + 1;) {
            char line[9];
            for (size_t i = 0; i < length; i++)
                line[i] = alphabet[digits[i]];
            line[length] = '\n';
            visit(context, line, length);
            for (k = 0; k < length && ++digits[k] == letters; k++)
                digits[k] = 0;
            k += k == length;
        }
    }
}

/* A line for a message: what is not printed as \xHH. */
static inline const char *shown(const char *line, size_t length)
{
    static char text[1024];
    size_t used = 0;
    for (size_t i = 0; i < length && used + 5 < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, line[i] >= ' ' && line[i] < 0x7f ? "%c" : "\\x%02x",
                                 (unsigned char)line[i]);
    text[used] = '\0';
    return text;
}

/* --- patterns --- */

struct random_pattern {
    char text[512];
    size_t length;
    unsigned groups; /* capturing ones so far */
    unsigned closed; /* of these the last that is complete */
};

static inline void add_text(struct random_pattern *pattern, const char *text)
{
    size_t length = strlen(text);
    if (pattern->length + length < sizeof pattern->text) {
        memcpy(pattern->text + pattern->length, text, length + 1);
        pattern->length += length;
    }
}

static inline void add_alternatives(struct random_pattern *pattern, struct dice *dice, unsigned depth);

static inline void add_atom(struct random_pattern *pattern, struct dice *dice, unsigned depth)
{
    static const char *const plain[] = {"a", "b", "ab", "ba", "1", " ", "a1", "bb", "b a"};
    static const char *const sets[] = {".",     "[ab]", "[^a]",   "\\w", "\\W",           "\\d",   "\\s",
                                       "[a1_]", "\\S",  "[^\\w]", "\\D", "[\\x01-\\x20]", "[ -b]", "\\N"};
    static const char *const assertions[] = {"^",       "$",       "\\b",    "\\B",       "\\A",
                                             "\\z",     "(?=a)",   "(?!a)",  "(?<=a)",    "(?<!b)",
                                             "(?=\\w)", "(?!\\s)", "(?<=.)", "(?<![ab])", "\\Z"};
    static const char *const wide[] = {"(?=ab)", "(?!ab)", "(?<=ab)", "(?<!a1)", "(?>a*)", "a*+", "b?+", "\\X"};
    static const char *const openings[] = {"(?:", "(?:", "(", "(?>", "(?=", "(?!"};
    size_t choice = dice_below(dice, depth ? 20 : 15);
    if (choice < 7) {
        add_text(pattern, plain[dice_below(dice, COUNT(plain))]);
    } else if (choice < 11) {
        add_text(pattern, sets[dice_below(dice, COUNT(sets))]);
    } else if (choice < 13) {
        add_text(pattern, assertions[dice_below(dice, COUNT(assertions))]);
    } else if (choice < 14) {
        add_text(pattern, dice_below(dice, 2) ? wide[dice_below(dice, COUNT(wide))] : "a");
    } else if (choice < 15) {
        char reference[4] = "\\1";
        reference[1] = (char)('1' + dice_below(dice, pattern->closed ? pattern->closed : 1));
        add_text(pattern, pattern->closed ? reference : "b");
    } else {
        const char *opening = openings[dice_below(dice, dice_below(dice, 4) ? 3 : COUNT(openings))];
        unsigned number = strcmp(opening, "(") == 0 && pattern->groups < 9 ? ++pattern->groups : 0;
        add_text(pattern, number || strcmp(opening, "(") != 0 ? opening : "(?:");
        add_alternatives(pattern, dice, depth - 1);
        add_text(pattern, ")");
        pattern->closed = number ? number : pattern->closed;
    }
}

static inline void add_alternatives(struct random_pattern *pattern, struct dice *dice, unsigned depth)
{
    static const char *const quantifiers[] = {"*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}", "*?", "+?", "??"};
    do {
        for (size_t count = dice_below(dice, 4) + (dice_below(dice, 8) > 0); count > 0; count--) {
            bool repeat = dice_below(dice, 4) == 0;
            if (repeat)
                add_text(pattern, "(?:");
            add_atom(pattern, dice, depth);
            if (repeat) {
                add_text(pattern, ")");
                add_text(pattern, quantifiers[dice_below(dice, COUNT(quantifiers))]);
            }
        }
        if (dice_below(dice, 4))
            break;
        add_text(pattern, "|");
    } while (true);
}

/* PCRE2 need not take it: a lookbehind may be of no certain length, and a pattern that became too long is cut. */
static inline void random_pattern(struct random_pattern *pattern, struct dice *dice)
{
    *pattern = (struct random_pattern){.length = 0};
    add_alternatives(pattern, dice, 2);
}

#endif
