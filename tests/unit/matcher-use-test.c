/*
 * matcher-use-test.c - a matcher at work: thousands of words, seams between windows, one text after the other, errors
 * and limits.
 */
#include "matcher-reference.h"

#include <ctype.h>
#include <strings.h>

static struct pattern_list list_of(const char *patterns)
{
    struct pattern_list list = {NULL, 0, 0};
    pattern_list_add(&list, patterns, strlen(patterns));
    return list;
}

/* --- thousands of words --- */

/* Words and texts are made of these; some of them are words' letters. */
struct alphabet {
    const char *letters[12];
    size_t count;
};

static bool is_letter(const char *letter)
{
    return isalnum((unsigned char)*letter) || *letter == '_' || strcmp(letter, "\xc3\xa9") == 0;
}

/* The length of the letter that ends at `end`, or begins at `begin`, in a line; 0: there is none. */
static size_t letter_before(const struct alphabet *alphabet, const char *begin, const char *end, bool *word)
{
    for (size_t i = 0; i < alphabet->count; i++) {
        size_t length = strlen(alphabet->letters[i]);
        *word = is_letter(alphabet->letters[i]);
        if ((size_t)(end - begin) >= length && memcmp(end - length, alphabet->letters[i], length) == 0)
            return length;
    }
    return 0;
}

static bool is_bounded(const struct alphabet *alphabet, unsigned mode, struct span line, struct span place)
{
    bool before = false, after = false;
    if (mode & LINE)
        return place.begin == line.begin && place.end == line.end;
    if (!(mode & WORD))
        return true;
    size_t size = letter_before(alphabet, line.begin, place.begin, &before);
    for (size_t i = 0; i < alphabet->count; i++) {
        size_t length = strlen(alphabet->letters[i]);
        if ((size_t)(line.end - place.end) >= length && memcmp(place.end, alphabet->letters[i], length) == 0)
            after = is_letter(alphabet->letters[i]);
    }
    return !(size && before) && !after;
}

/* The leftmost of the words from `from` on, of several there the longest, or the first in the list. */
static bool find_word(const struct alphabet *alphabet, const struct pattern_list *list, unsigned mode, struct span line,
                      const char *from, struct span *match)
{
    for (const char *p = from; p < line.end; p++) {
        size_t best = 0;
        for (size_t i = 0; i < list->count && (mode & FIXED || !best); i++) {
            const struct pattern *word = &list->items[i];
            if (word->length > best && word->length <= (size_t)(line.end - p) &&
                (mode & CASELESS ? strncasecmp : strncmp)(p, word->text, word->length) == 0 &&
                is_bounded(alphabet, mode, line, (struct span){p, p + word->length}))
                best = word->length;
        }
        if (best) {
            *match = (struct span){p, p + best};
            return true;
        }
    }
    return false;
}

static char *add_letters(struct dice *dice, char *end, size_t count, const struct alphabet *alphabet)
{
    for (size_t i = 0; i < count; i++)
        end = stpcpy(end, alphabet->letters[dice_below(dice, (unsigned)alphabet->count)]);
    return end;
}

static void make_words(struct dice *dice, struct pattern_list *list, size_t count, const struct alphabet *alphabet)
{
    *list = (struct pattern_list){NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        char word[64];
        pattern_list_add(list, word, (size_t)(add_letters(dice, word, 2 + dice_below(dice, 7), alphabet) - word));
    }
    pattern_list_unique(list);
}

static char *make_lines(struct dice *dice, size_t count, const struct pattern_list *list,
                        const struct alphabet *alphabet, size_t *length)
{
    char *bytes = malloc(count * 128), *end = bytes;
    assert_non_null(bytes);
    for (size_t i = 0; i < count; i++) {
        end = add_letters(dice, end, i % 5 ? dice_below(dice, 20) : 0, alphabet);
        if (i % 3 == 0) {
            const struct pattern *word = &list->items[dice_below(dice, (unsigned)list->count)];
            memcpy(end, word->text, word->length);
            end += word->length;
        }
        if (i % 4 == 0)
            end = add_letters(dice, end, dice_below(dice, 4), alphabet);
        *end++ = '\n';
    }
    *length = (size_t)(end - bytes);
    return bytes;
}

/* All matches of all lines, for so many words. */
static void check_many_words(unsigned mode, size_t count, const struct alphabet *alphabet)
{
    struct dice dice = {5};
    struct pattern_list list;
    size_t length, troubles = 0, matching = 0;
    make_words(&dice, &list, count, alphabet);
    char *bytes = make_lines(&dice, 300, &list, alphabet, &length);
    struct matcher *matcher = compile_matcher(&list, mode);
    const struct given_up_sink sink = {on_given_up, &troubles};
    struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
    struct span next;
    matcher_begin(matcher_state, bytes, bytes + length);
    for (const char *p = bytes; p < bytes + length;) {
        const char *newline = memchr(p, '\n', (size_t)(bytes + length - p));
        struct span line = {p, newline}, match, found;
        const char *from = line.begin;
        p = newline + 1;
        if (!find_word(alphabet, &list, mode, line, from, &match))
            continue;
        matching++;
        assert_true(matcher_next(matcher_state, &next));
        assert_ptr_equal(next.begin, line.begin);
        matcher_set_line(matcher_state, line);
        for (; find_word(alphabet, &list, mode, line, from, &match); from = match.end) {
            assert_true(matcher_find(matcher_state, from, &found));
            assert_ptr_equal(found.begin, match.begin);
            assert_ptr_equal(found.end, match.end);
        }
        assert_false(matcher_find(matcher_state, from, &found));
    }
    assert_false(matcher_next(matcher_state, &next));
    assert_true(matching > 5);
    matcher_begin(matcher_state, bytes, bytes + length);
    assert_int_equal(matcher_count(matcher_state), matching);
    assert_int_equal(troubles, 0);
    matcher_state_free(matcher_state);
    matcher_free(matcher);
    free(bytes);
    pattern_list_free(&list);
}

static void test_many_words(void **state)
{
    (void)state;
    static const struct alphabet plain = {{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, 10},
                                 special = {{"a", "b", "c", "d", "e", "f", "g", ".", "(", "["}, 10},
                                 spaced = {{"a", "B", "A", "b", " ", "-", "_", "1"}, 8},
                                 wide = {{"a", "b", "A", " ", "-", "\xc3\xa9", "\xe2\x80\x99"}, 7};
    static const size_t counts[] = {1, 3, 30, 400, 3000};
    for (size_t i = 0; i < COUNT(counts); i++)
        for (unsigned unicode = 0; unicode <= UNICODE; unicode += UNICODE) {
            check_many_words(unicode, counts[i], &plain);
            check_many_words(unicode | FIXED, counts[i], &plain);
            check_many_words(unicode | FIXED, counts[i], &special);
            for (unsigned caseless = 0; caseless <= CASELESS; caseless += CASELESS)
                for (size_t k = 0; k < 3; k++) {
                    unsigned mode = unicode | caseless | (unsigned[]){0, WORD, LINE}[k];
                    check_many_words(mode, counts[i], &spaced);
                    check_many_words(mode | FIXED, counts[i], &spaced);
                    if (unicode)
                        check_many_words(mode | FIXED, counts[i], &wide);
                }
        }
}

/* Characters that fold to letters of a word, which may make another match of a line, or a longer one. */
static void test_folds(void **state)
{
    (void)state;
    static const struct {
        const char *words, *line, *matches;
    } rows[] = {
        {"ab\nabs", "xabs", "abs "},
        {"ab\nabs", "xab\xc5\xbf", "ab\xc5\xbf "},
        {"ab\nabs", "xab\xc3\xa9 ABS", "ab ABS "},
        {"ke\nkey", "\u212aey key", "\u212aey key "},
        {"ke\nkey", "\u2019key\u212a", "key "},
        {"kiss", "kiss Ki\xc5\xbf\xc5\xbf", "kiss Ki\xc5\xbf\xc5\xbf "},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_list list = list_of(rows[i].words);
        struct matcher *matcher = compile_matcher(&list, UNICODE | CASELESS | FIXED);
        size_t troubles = 0;
        const struct given_up_sink sink = {on_given_up, &troubles};
        struct matcher_state *own = matcher_state_create(matcher, &sink, &sink);
        const char *end = rows[i].line + strlen(rows[i].line);
        char found[100] = "";
        struct span match;
        matcher_set_line(own, (struct span){rows[i].line, end});
        for (const char *from = rows[i].line; matcher_find(own, from, &match); from = match.end) {
            strncat(found, match.begin, (size_t)(match.end - match.begin));
            strcat(found, " ");
        }
        assert_string_equal(found, rows[i].matches);
        matcher_state_free(own);
        matcher_free(matcher);
        pattern_list_free(&list);
    }
}

/* --- seams --- */

/* Lines of every length around the sizes at which a window may end, with the match in the first and last bytes. */
static void test_seams(void **state)
{
    (void)state;
    static const struct source patterns[] = {P("foo"), P("^foo"),       P("oo$"), P("\\bfoo\\b"),
                                             P("^$"),  P("foo(?!\\s)"), P("x\\Z")};
    size_t length = 200000;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    for (size_t shift = 0; shift < 9; shift++) {
        memset(bytes, 'x', length);
        for (size_t at = 65536 - 4 + shift; at < length; at += 65536) {
            memcpy(bytes + at, "\nfoo", 4);
            bytes[at - 100] = '\n';
            bytes[at + 4 + shift] = '\n';
            bytes[at + 5 + shift] = '\n';
        }
        struct text text = {"seams", bytes, length - shift};
        for (size_t i = 0; i < COUNT(patterns); i++)
            for (unsigned mode = 0; mode < 2; mode++)
                check(&patterns[i], 1, mode, &text, 1);
    }
    free(bytes);
    check_complaints();
}

/* --- what is special --- */

static void test_matches_all(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        unsigned mode;
        bool all;
    } cases[] = {
        {"", 0, true},     {"foo\n", 0, true}, {"\nfoo", UNICODE, true},   {"", FIXED, true},    {"foo", 0, false},
        {"", LINE, false}, {"", WORD, false},  {"foo\nbar", FIXED, false}, {"", CASELESS, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pattern_list list = list_of(cases[i].patterns);
        struct matcher *matcher = compile_matcher(&list, cases[i].mode);
        assert_int_equal(matcher_matches_all(matcher), cases[i].all);
        matcher_free(matcher);
        pattern_list_free(&list);
    }
    matcher_free(NULL);
}

static void test_no_patterns(void **state)
{
    (void)state;
    struct pattern_list list = {NULL, 0, 0};
    for (unsigned mode = 0; mode < 2; mode++) {
        struct matcher *matcher = compile_matcher(&list, mode);
        assert_false(matcher_matches_all(matcher));
        size_t troubles = 0;
        const struct given_up_sink sink = {on_given_up, &troubles};
        struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
        struct span line, match;
        matcher_begin(matcher_state, texts[1].bytes, texts[1].bytes + texts[1].length);
        assert_false(matcher_next(matcher_state, &line));
        matcher_set_line(matcher_state, (struct span){texts[1].bytes, texts[1].bytes + 3});
        assert_false(matcher_find(matcher_state, texts[1].bytes, &match));
        matcher_state_free(matcher_state);
        free(matcher_explain(matcher));
        matcher_free(matcher);
    }
}

/* No text, and a state that is used for one text after another. */
static void test_texts_in_turn(void **state)
{
    (void)state;
    struct pattern_list list = list_of("o$");
    struct matcher *matcher = compile_matcher(&list, UNICODE);
    size_t troubles = 0;
    const struct given_up_sink sink = {on_given_up, &troubles};
    struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
    struct span line;
    static const char *const turns[] = {"", "foo", "a\n", "foo\nfoo\n", "\n\n\n", "x\nfoo"};
    static const size_t counts[] = {0, 1, 0, 2, 0, 1};
    for (size_t i = 0; i < 3 * COUNT(turns); i++) {
        const char *text = turns[i % COUNT(turns)];
        size_t count = 0;
        matcher_begin(matcher_state, text, text + strlen(text));
        /* Some are left in the middle. */
        while ((i < COUNT(turns) || count == 0) && matcher_next(matcher_state, &line))
            count++;
        if (i < COUNT(turns))
            assert_int_equal(count, counts[i]);
    }
    matcher_state_free(matcher_state);
    matcher_state_free(NULL);
    matcher_free(matcher);
    pattern_list_free(&list);
}

static void test_step(void **state)
{
    (void)state;
    struct pattern_list list = list_of("x");
    for (unsigned mode = 0; mode < 2; mode++) {
        struct matcher *matcher = compile_matcher(&list, mode);
        size_t troubles = 0;
        const struct given_up_sink sink = {on_given_up, &troubles};
        struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
        static const char text[] = "a\xd1\x8f\xe2\x82\xac\xf0\x9f\x98\x80z";
        static const size_t starts[] = {0, 1, 3, 6, 10, 11};
        matcher_set_line(matcher_state, (struct span){text, text + sizeof text - 1});
        const char *p = text;
        for (size_t i = 1; i < COUNT(starts) && mode; i++) {
            p = matcher_step(matcher_state, p);
            assert_int_equal(p - text, starts[i]);
        }
        for (size_t i = 0; i < sizeof text - 1 && !mode; i++)
            assert_ptr_equal(matcher_step(matcher_state, text + i), text + i + 1);
        matcher_state_free(matcher_state);
        matcher_free(matcher);
    }
    pattern_list_free(&list);
}

/* The index and the place of a mistake, as PCRE2 gives them for the pattern alone. */
static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *patterns;
        size_t pattern, offset;
    } cases[] = {
        {"a(b", 0, 3},   {"foo\nb)\nc", 1, 1},      {"a\nb\n*c", 2, 0}, {"x(?#\ny", 0, 4}, {"foo\\\ny", 0, 4},
        {"a\n[b", 1, 2}, {"(?<n>a)\n\\k<m>", 1, 5}, {"a|b)|(c", 0, 3},  {"a)(b", 0, 1},    {"foo\nbar\n(a)\\2", 2, 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (unsigned mode = 0; mode < 16; mode++) {
            struct pattern_list list = list_of(cases[i].patterns);
            const struct matcher_options options = {
                .dialect.caseless = mode & CASELESS,
                .dialect.boundary = mode & LINE   ? BOUNDS_LINE
                                    : mode & WORD ? BOUNDS_WORD
                                                  : BOUNDS_NONE,
                .dialect.unicode = mode & UNICODE,
                .kernels = kernels_get(0),
            };
            struct mistake mistake = {.pattern = SIZE_MAX, .offset = SIZE_MAX};
            const struct pattern *pattern = &list.items[cases[i].pattern];
            int code;
            size_t offset;
            assert_null(pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length, 0, &code, &offset, NULL));
            assert_null(matcher_compile(&list, &options, &mistake));
            if (mistake.pattern != cases[i].pattern || mistake.offset != offset || !*mistake.message)
                fail_msg("%s, mode %u: pattern %zu at %zu (%zu): %s", cases[i].patterns, mode, mistake.pattern,
                         mistake.offset, offset, mistake.message);
            pattern_list_free(&list);
        }
    /* Literals are always right. */
    struct pattern_list list = list_of("a(b\nb)\n*c\n\\\n[");
    matcher_free(compile_matcher(&list, FIXED));
    matcher_free(compile_matcher(&list, FIXED | UNICODE | WORD));
    pattern_list_free(&list);
}

/* --- limits --- */

struct record {
    const char *lines[64];
    size_t count;
};

static void note_given_up(void *context, const char *line, int error)
{
    struct record *record = context;
    char message[256] = "";
    given_up_reason(error, message, sizeof message);
    assert_true(*message);
    if (record->count < COUNT(record->lines))
        record->lines[record->count++] = line;
}

/* `pattern` gives up on lines of many a's, and finds those that hold "ab". */
static void check_limit(const char *pattern, unsigned mode, const struct matcher_options *limits)
{
    struct pattern_list list = list_of(pattern);
    struct matcher_options options = *limits;
    options.engine = ENGINE_PCRE2; /* the engine meets no limits */
    options.dialect.unicode = mode & UNICODE;
    options.kernels = kernels_get(0);
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    struct record record = {.count = 0};
    const struct given_up_sink sink = {note_given_up, &record};
    struct matcher_state *state = matcher_state_create(matcher, &sink, &sink);
    char text[8192];
    size_t length = 0, bad[8], bad_count = 0, good[16], good_count = 0;
    for (int i = 0; i < 12; i++) {
        if (i % 3 == 1 && bad_count < 3) {
            bad[bad_count++] = length;
            memset(text + length, 'a', 60);
            length += 60;
            text[length++] = '!';
        } else {
            good[good_count++] = length;
            memcpy(text + length, "xaab", 4);
            length += 4;
        }
        text[length++] = '\n';
    }
    struct span line;
    size_t found = 0;
    matcher_begin(state, text, text + length);
    while (matcher_next(state, &line)) {
        if (found >= good_count || line.begin != text + good[found])
            fail_msg("%s, mode %u: found %.*s at %td", pattern, mode, (int)(line.end - line.begin), line.begin,
                     line.begin - text);
        found++;
    }
    assert_int_equal(found, good_count);
    if (record.count != bad_count)
        fail_msg("%s, mode %u: %zu troubles instead of %zu", pattern, mode, record.count, bad_count);
    for (size_t i = 0; i < bad_count; i++)
        assert_ptr_equal(record.lines[i], text + bad[i]);
    /* As a whole, without a match. */
    record.count = 0;
    struct span match;
    matcher_set_line(state, (struct span){text + bad[0], text + bad[0] + 61});
    assert_false(matcher_find(state, text + bad[0], &match));
    assert_int_equal(record.count, 1);
    assert_ptr_equal(record.lines[0], text + bad[0]);
    matcher_set_line(state, (struct span){text + good[0], text + good[0] + 4});
    assert_true(matcher_find(state, text + good[0], &match));
    assert_int_equal(record.count, 1);
    matcher_state_free(state);
    matcher_free(matcher);
    pattern_list_free(&list);
}

static void test_limits(void **state)
{
    (void)state;
    const struct matcher_options match_limit = {.match_limit = 20000};
    const struct matcher_options depth_limit = {.match_limit = 1000000, .depth_limit = 40};
    const struct matcher_options heap_limit = {.match_limit = 1000000, .heap_limit = 1};
    for (unsigned mode = 0; mode < 2; mode++) {
        check_limit("(a+)+[bc]$", mode, &match_limit);       /* many lines at a time */
        check_limit("(?:(a+)+[bc])\\z", mode, &match_limit); /* line by line */
        check_limit("(?:|x)(a+)+[bc]$", mode, &match_limit); /* without a first character */
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &match_limit);
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &depth_limit);
        check_limit("(*NO_JIT)(a+)+[bc]$", mode, &heap_limit);
        check_limit("(*LIMIT_MATCH=5000)(a+)+[bc]$", mode, &(struct matcher_options){.match_limit = 0});
    }
}

/* With another pattern beside it that finds its own. */
static void test_limit_of_one(void **state)
{
    (void)state;
    struct pattern_list list = list_of("(x)\\1\n(?<n>a+)+[bc]$");
    const struct matcher_options options = {.match_limit = 20000, .engine = ENGINE_PCRE2, .kernels = kernels_get(0)};
    struct mistake mistake;
    struct matcher *matcher = matcher_compile(&list, &options, &mistake);
    assert_non_null(matcher);
    struct record record = {.count = 0};
    const struct given_up_sink sink = {note_given_up, &record};
    struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
    static const char text[] = "xx\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nab\nyxx\n";
    static const size_t starts[] = {0, 50, 53};
    struct span line;
    size_t found = 0;
    matcher_begin(matcher_state, text, text + sizeof text - 1);
    while (matcher_next(matcher_state, &line))
        assert_int_equal(line.begin - text, starts[found++]);
    assert_int_equal(found, COUNT(starts));
    assert_int_equal(record.count, 1);
    assert_ptr_equal(record.lines[0], text + 3);
    matcher_state_free(matcher_state);
    matcher_free(matcher);
    pattern_list_free(&list);
}

/* A recursion that needs more stack than a thread's JIT has at first. */
static void test_deep(void **state)
{
    (void)state;
    struct pattern_list list = list_of("^(?:\\((?:[^()]|(?R))*\\)|(\\((?:a|(?1))*\\)))$\n(?:(a)|(b))*c");
    struct matcher *matcher = compile_matcher(&list, 0);
    struct record record = {.count = 0};
    const struct given_up_sink sink = {note_given_up, &record};
    struct matcher_state *matcher_state = matcher_state_create(matcher, &sink, &sink);
    size_t length = 200000;
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = i & 1 ? 'a' : 'b';
    text[length - 1] = 'c';
    struct span line;
    matcher_begin(matcher_state, text, text + length);
    assert_true(matcher_next(matcher_state, &line));
    assert_int_equal(record.count, 0);
    matcher_state_free(matcher_state);
    free(text);
    matcher_free(matcher);
    pattern_list_free(&list);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_words),   cmocka_unit_test(test_folds),       cmocka_unit_test(test_seams),
        cmocka_unit_test(test_matches_all),  cmocka_unit_test(test_no_patterns), cmocka_unit_test(test_texts_in_turn),
        cmocka_unit_test(test_step),         cmocka_unit_test(test_errors),      cmocka_unit_test(test_limits),
        cmocka_unit_test(test_limit_of_one), cmocka_unit_test(test_deep),
    };
    return cmocka_run_group_tests_name("matcher-use", tests, set_up, tear_down);
}
