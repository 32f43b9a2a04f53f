/*
 * engine-test.c - the engine against PCRE2, line by line: it misses none, and what it calls certain matches.
 */
#include "engine/explain.h"

#include "reference.h"

#include <ctype.h>
#include <strings.h>

#define PATTERNS 4

/* Patterns, one in a line, and how they are read. */
struct source {
    const char *patterns;
    bool fixed, caseless;
};

struct trial {
    const struct source *source;
    struct pattern_list list;
    struct reference references[PATTERNS];
    struct dialect dialect;
    struct engine_options options;
    struct engine *engine;
    struct engine_state *state;
    size_t refused; /* windows that are left to PCRE2 */
    size_t certain, unsure, counted;
};

/* A string as a pattern. */
static void quote(const char *text, size_t length, char *quoted)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr("\\^$.[]|()?*+{}", text[i]))
            *quoted++ = '\\';
        *quoted++ = text[i];
    }
    *quoted = '\0';
}

/* False when there is no such engine for the patterns. */
static bool begin(struct trial *trial, const struct source *source, struct mode mode, enum engine_kind kind,
                  const struct kernels *kernels)
{
    *trial = (struct trial){.source = source};
    mode.caseless = source->caseless;
    pattern_list_add(&trial->list, source->patterns, strlen(source->patterns));
    assert_true(trial->list.count <= PATTERNS);
    for (size_t i = 0; i < trial->list.count; i++) {
        const struct pattern *pattern = &trial->list.items[i];
        char text[1024];
        quote(pattern->text, pattern->length, text);
        if (!reference_compile(&trial->references[i], source->fixed ? text : pattern->text, mode))
            fail_msg("PCRE2 does not take %s", pattern->text);
    }
    trial->dialect = (struct dialect){
        .fixed = source->fixed, .caseless = source->caseless, .unicode = mode.unicode, .boundary = mode.bounds};
    trial->options =
        (struct engine_options){.kind = kind, .dialect = &trial->dialect, .strings = source->fixed, .kernels = kernels};
    trial->engine = engine_create(&trial->list, NULL, &trial->options);
    bool useful = engine_is_useful(trial->engine);
    trial->state = useful ? engine_state_create(trial->engine) : NULL;
    return useful;
}

static void finish(struct trial *trial)
{
    engine_state_free(trial->state);
    engine_free(trial->engine);
    for (size_t i = 0; i < trial->list.count; i++)
        reference_free(&trial->references[i]);
    pattern_list_free(&trial->list);
}

static bool matches(const struct trial *trial, const char *line, const char *end)
{
    for (size_t i = 0; i < trial->list.count; i++)
        if (reference_matches(&trial->references[i], line, (size_t)(end - line)))
            return true;
    return false;
}

static void complain(const struct trial *trial, const char *what, const char *line, const char *end)
{
    fail_msg("%s (%s%s%s, bounds %d, engine %d, %s): line \"%s\" %s", trial->source->patterns,
             trial->source->fixed ? "fixed, " : "", trial->source->caseless ? "caseless, " : "",
             trial->dialect.unicode ? "Unicode" : "bytes", trial->dialect.boundary, trial->options.kind,
             trial->options.kernels->name, shown(line, (size_t)(end - line)), what);
}

/* The lines from `line` on to the next that PCRE2 matches; `end` when there is none. */
static const char *next_match(const struct trial *trial, const char *line, const char *end, const char **line_end)
{
    for (; line < end; line = *line_end + (*line_end < end)) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        *line_end = newline ? newline : end;
        if (matches(trial, line, *line_end))
            return line;
    }
    return end;
}

static uint64_t count_matches(const struct trial *trial, const char *from, const char *end)
{
    uint64_t count = 0;
    const char *line_end;
    for (const char *line = from; (line = next_match(trial, line, end, &line_end)) < end;
         line = line_end + (line_end < end))
        count++;
    return count;
}

static void check_candidates(struct trial *trial, const char *text, const char *end)
{
    struct candidate candidate;
    const char *from = text, *expected, *expected_end;
    while ((expected = next_match(trial, from, end, &expected_end)) <= end) {
        if (!engine_next(trial->state, from, &candidate)) {
            if (expected < end)
                complain(trial, "is missed", expected, expected_end);
            return;
        }
        if (candidate.line.begin > expected)
            complain(trial, "is passed over", expected, expected_end);
        if (candidate.certain && candidate.line.begin != expected)
            complain(trial, "is called certain", candidate.line.begin, candidate.line.end);
        /* It is a whole line. */
        assert_true(candidate.line.begin >= from && candidate.line.end >= candidate.line.begin);
        assert_true(candidate.line.begin == text || candidate.line.begin[-1] == '\n');
        assert_true(candidate.line.end == end || *candidate.line.end == '\n');
        assert_null(memchr(candidate.line.begin, '\n', (size_t)(candidate.line.end - candidate.line.begin)));
        *(candidate.certain ? &trial->certain : &trial->unsure) += 1;
        from = candidate.line.end + (candidate.line.end < end);
        if (from == end) {
            assert_false(engine_next(trial->state, from, &candidate));
            return;
        }
    }
}

/* Counts from a line on, as far as it goes. */
static void check_count(struct trial *trial, const char *text, const char *from, const char *end)
{
    const char *at = from;
    uint64_t count = engine_count(trial->state, &at);
    assert_true(at >= from && at <= end);
    assert_true(at == end || at == text || at[-1] == '\n');
    assert_int_equal(count, count_matches(trial, from, at));
    trial->counted += at > from;
}

/* In memory of its own size, so that a sanitizer sees what is read outside of it. */
static bool check_window(struct trial *trial, const char *text, size_t length)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, text, length);
    bool opened = engine_open(trial->state, copy, copy + length);
    trial->refused += !opened;
    if (opened) {
        check_count(trial, copy, copy, copy + length);
        check_candidates(trial, copy, copy + length);
        /* From a later line on. */
        const char *from = memchr(copy + length / 2, '\n', length - length / 2);
        from = from ? from + 1 : copy + length;
        check_count(trial, copy, from, copy + length);
    }
    engine_close(trial->state);
    free(copy);
    return opened;
}

/* --- texts --- */

#define ROOM ((size_t)8192)

/* Pieces of lines that the patterns match or nearly do. */
static const char *const pieces[] = {
    "foo",      "foo",      "bar",  "quux", "Foo",  "FOO",  "BaR",         "fo",
    "oo",       "ba",       "x",    "12",   "127",  "3",    "_",           " ",
    " ",        ".",        "-",    "=",    "task", "TASK", "ta\xc5\xbfk", "tas\xe2\x84\xaa",
    "\xc3\xa9", "\xc3\x89", "\xc3", "\xff", "\r",   "a",    "ab",          "aab",
    "",         "foobar",
};

static size_t random_text(struct dice *dice, char *text, size_t limit, bool ascii)
{
    size_t used = 0, longest = 1 + dice_below(dice, 12);
    while (used + 16 < limit) {
        if (dice_below(dice, longest) == 0) {
            text[used++] = '\n';
            continue;
        }
        const char *piece = pieces[dice_below(dice, COUNT(pieces))];
        if (ascii && has_high(piece, strlen(piece)))
            continue;
        memcpy(text + used, piece, strlen(piece));
        used += strlen(piece);
    }
    if (dice_below(dice, 2))
        text[used++] = '\n';
    return used;
}

static const struct source sources[] = {
    {"foo", false, false},
    {"foo", true, false},
    {"foo", false, true},
    {"foo", true, true},
    {"x", true, false},
    {"foo|bar", false, false},
    {"foo\nbar\nquux", true, false},
    {"foo\nbar\nquux", false, true},
    {"a.b\n=", true, false},
    {"task", false, true},
    {"task", true, true},
    {"task\nfoo", false, true},
    {"\xc3\xa9", false, false},
    {"\xc3\xa9", true, false},
    {"\xc3\xa9", false, true},
    {"foo\xc3\xa9?", false, false},
    {"fo+bar", false, false},
    {"\\bfoo\\b", false, false},
    {"foo\\s+\\w+", false, false},
    {"\\w+\\s+foo\\s+\\w+", false, false},
    {"^foo", false, false},
    {"foo$", false, false},
    {"^$", false, false},
    {"^\\s*$", false, false},
    {"\\d{1,3}\\.\\d", false, false},
    {"\\b\\d+\\b", false, false},
    {"[A-Z][a-z]+o", false, false},
    {"(?:foo|bar).*12$", false, true},
    {"(foo|bar)\\1", false, false},
    {"(?<=foo)bar", false, false},
    {"(?<!foo)bar", false, false},
    {"foo(?!bar)", false, false},
    {"foo(?= )", false, false},
    {"fo*+b", false, false},
    {"(?>fo|foo)b", false, false},
    {"foo.*bar.*quux", false, false},
    {"[^f]oo", false, false},
    {".oo", false, false},
    {"a+b", false, false},
    {"foo\nb.r\n^x\n\\d$", false, false},
    {"", false, false},
    {"a*", false, false},
    {"\\r$", false, false},
    {"foo\\K ", false, false},
    {"[[:upper:]]o", false, true},
    {"\\p{L}o", false, false},
    {"s", false, true},
    {"(?:x|12)_\nk", false, true},
    {"\\x{17f}", false, true},
    {"[f][o]{2}", false, false},
    {"\\W\\d\\w", false, false},
    {"foo(?#c)bar", false, false},
    {"(?x) f o o", false, false},
    {"\\S{9}", false, false},
    {"(a)(?=(b))\\2", false, false},
    /* What is around a literal. */
    {"\\w+=\\d+", false, false},
    {"a*=[^ ]*x", false, false},
    {"^.*=.*\\d$", false, false},
    {"\\b\\d+\\.\\d+\\b", false, false},
    {"(?<=a)foo(?=\\d)", false, false},
    {"\\w+task\\d", false, true},
    {"(\\w+)=(\\d)\\1", false, false},
    {"(?:\\d+foo|x+bar)_", false, false},
    {"\xc3\xa9+=\\W", false, false},
    {".*\xc3\xa9.*=", false, false},
    {"[\\x00-\\x0f]?=[\\x00-\\x0f]?x", false, false},
    {"(?:(?:a|b)=){1,2}\\d++", false, false},
};

/* Every engine, kind of bounds and set of kernels, on windows of all sizes. */
static void test_table(void **state)
{
    (void)state;
    static char text[ROOM];
    const struct kernels *kernels;
    size_t made[4] = {0}, certain = 0, unsure = 0, counted = 0;
    for (size_t i = 0; i < COUNT(sources); i++)
        for (size_t m = 0; m < COUNT(modes); m++)
            for (enum engine_kind kind = ENGINE_AUTO; kind <= ENGINE_DFA; kind++)
                for (size_t k = 0; kind != ENGINE_PCRE2 && (kernels = kernels_get(k)); k++) {
                    struct dice dice = {81 + i * 7 + m};
                    struct trial trial;
                    /* \x{17f} is a character only with Unicode. */
                    if (!modes[m].unicode && strstr(sources[i].patterns, "{17f}"))
                        continue;
                    made[kind] += begin(&trial, &sources[i], modes[m], kind, kernels);
                    for (int round = 0; trial.state && round < 6; round++) {
                        static const size_t limits[] = {17, 20, 60, 300, 1000, ROOM};
                        bool ascii = round % 2 == 0;
                        size_t length = random_text(&dice, text, k < 2 || round < 4 ? limits[round] : 500, ascii);
                        if (length > 0)
                            check_window(&trial, text, length);
                    }
                    certain += trial.certain;
                    unsure += trial.unsure;
                    counted += trial.counted;
                    finish(&trial);
                }
    assert_true(made[ENGINE_AUTO] > 0 && made[ENGINE_LITERAL] > 0 && made[ENGINE_DFA] > 0);
    assert_true(certain > 10000 && unsure > 1000 && counted > 1000);
}

/* Which engines there are. */
static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        struct source source;
        bool literal, dfa;
    } rows[] = {
        {{"foo", false, false}, true, true},
        {{"foo", true, false}, true, false},
        {{"\\w{5} ", false, false}, false, true},
        {{"", false, false}, false, false},
        {{"a*", false, false}, false, false},
        {{"foo|\\d", false, false}, false, true},
        {{"(?R)?foo", false, false}, false, false},
        {{"foo\n(*ACCEPT)", false, false}, false, false},
        {{"foo[01]{9999}", false, false}, true, false},
        {{"^", false, false}, false, false},
        {{"$", false, false}, false, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (enum engine_kind kind = ENGINE_AUTO; kind <= ENGINE_DFA; kind++) {
            struct trial trial;
            if (kind == ENGINE_PCRE2)
                continue;
            bool expected = kind == ENGINE_LITERAL ? rows[i].literal
                            : kind == ENGINE_DFA   ? rows[i].dfa
                                                   : rows[i].literal || rows[i].dfa;
            if (begin(&trial, &rows[i].source, modes[0], kind, kernels_get(0)) != expected)
                fail_msg("%s: engine %d", rows[i].source.patterns, kind);
            finish(&trial);
        }
    engine_free(NULL);
    engine_state_free(NULL);
}

/* Many strings, in one case and in both; some are longer than a line mostly is. */
static void test_many_strings(void **state)
{
    (void)state;
    static char text[ROOM];
    struct dice dice = {82};
    for (unsigned round = 0; round < 40; round++) {
        struct pattern_list list = {.items = NULL};
        const struct dialect dialect = {
            .fixed = true, .caseless = round & 1, .unicode = round & 2, .boundary = round % 3};
        const struct engine_options options = {
            .dialect = &dialect, .strings = true, .kernels = kernels_get(round % 4 ? 0 : 1)};
        for (size_t i = 0; i < 60 + round * 10; i++) {
            char word[16];
            size_t length = 3 + dice_below(&dice, 6);
            for (size_t k = 0; k < length; k++)
                word[k] = "fobarxFOB12"[dice_below(&dice, 11)];
            pattern_list_add(&list, word, length);
        }
        struct engine *engine = engine_create(&list, NULL, &options);
        assert_non_null(engine);
        struct engine_state *own = engine_state_create(engine);
        size_t length = random_text(&dice, text, ROOM, true);
        const char *end = text + length;
        assert_true(engine_open(own, text, end));
        struct candidate candidate;
        bool more = engine_next(own, text, &candidate);
        for (const char *line = text, *next; line < end; line = next) {
            const char *newline = memchr(line, '\n', (size_t)(end - line));
            const char *line_end = newline ? newline : end;
            bool expected = false;
            next = line_end + (newline != NULL);
            for (const char *at = line; at < line_end; at++)
                for (size_t i = 0; i < list.count && !expected; i++) {
                    size_t size = list.items[i].length;
                    const char *stop = at + size;
                    if ((size_t)(line_end - at) < size ||
                        (dialect.caseless ? strncasecmp(at, list.items[i].text, size)
                                          : memcmp(at, list.items[i].text, size)) != 0)
                        continue;
                    bool word = (at == line || (!isalnum(at[-1]) && at[-1] != '_')) &&
                                (stop == line_end || (!isalnum(*stop) && *stop != '_'));
                    expected = dialect.boundary == BOUNDS_NONE || (dialect.boundary == BOUNDS_WORD && word) ||
                               (dialect.boundary == BOUNDS_LINE && at == line && stop == line_end);
                }
            if (more && candidate.line.begin < line)
                more = engine_next(own, line, &candidate);
            bool found = more && candidate.line.begin == line;
            if (expected && !found)
                fail_msg("\"%s\" is missed", shown(line, (size_t)(line_end - line)));
            if (found && candidate.certain && !expected)
                fail_msg("\"%s\" is called certain", shown(line, (size_t)(line_end - line)));
        }
        engine_state_free(own);
        engine_free(engine);
        pattern_list_free(&list);
    }
}

/* One line that is longer than a window ever is otherwise. */
static void test_long_line(void **state)
{
    (void)state;
    static const struct source rows[] = {{"foo", false, false},           {"fo+ba+r", false, false},
                                         {"[a-c]\\d{3}x$", false, false}, {"^x.*foo$", false, false},
                                         {"(x)foo\\1", false, false},     {"foo\nbar", true, true},
                                         {"\\bfoo", false, false},        {"[01]*1[01]{12}$", false, false}};
    static const char *const endings[] = {"",    "foo",       "xfoox", "a123x",    "foobar",
                                          "FOO", "fooa123\n", "foo\n", "\xc3\xa9", "\xc3\xa9 foo\n"};
    size_t size = (1 << 20) + 1000;
    char *text = malloc(size + 16);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t e = 0; e < COUNT(endings); e++)
            for (enum engine_kind kind = ENGINE_AUTO; kind <= ENGINE_DFA; kind++) {
                struct trial trial;
                bool unicode = e & 1;
                if (kind == ENGINE_PCRE2 || (i == 7 && kind != ENGINE_DFA) || (i + e / 2) % 2)
                    continue;
                if (begin(&trial, &rows[i], modes[unicode], kind, kernels_get(0))) {
                    memset(text, '-', size);
                    text[0] = 'x';
                    strcpy(text + size, endings[e]);
                    check_window(&trial, text, size + strlen(endings[e]));
                    /* And a window of many lines after it. */
                    memset(text, '\n', 500);
                    memcpy(text + 100, "xfoo a123x", 10);
                    check_window(&trial, text, 400);
                    assert_true(kind == ENGINE_AUTO || trial.refused == 0);
                }
                finish(&trial);
            }
    free(text);
}

/* --- what goes badly --- */

/* A text in which each line is a candidate and none matches, and one line that does. */
static size_t bad_text(char *text, const char *bad, const char *good, size_t limit)
{
    size_t used = 0;
    for (size_t i = 0; used + 100 < limit; i++)
        used += (size_t)sprintf(text + used, "%s\n", i == 40 ? good : bad);
    return used;
}

/* Lines that are read back to their beginning from each of many places; not all of that is done. */
static void test_many_places(void **state)
{
    (void)state;
    static const struct source rows[] = {
        {"^x.*=.*y$", false, false}, {"^[^b]*=", false, false}, {"(?:-|=)+=b", false, false}};
    static const char *const lines[] = {"x==", "b==", "==b"};
    size_t size = 1500;
    char *text = malloc(2 * size);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(lines); k++) {
            struct trial trial;
            memset(text, '=', 2 * size);
            memcpy(text, lines[k], 2);
            text[size - 1] = lines[k][2];
            text[size] = '\n';
            text[size + 1] = 'x';
            text[2 * size - 1] = 'y';
            assert_true(begin(&trial, &rows[i], modes[k % 2], ENGINE_LITERAL, kernels_get(0)));
            check_window(&trial, text, 2 * size);
            finish(&trial);
        }
    free(text);
}

/* Whichever way the clock prefers, each line is found; and an engine that was asked for stays. */
static void test_bad_texts(void **state)
{
    (void)state;
    static const struct {
        struct source source;
        const char *bad, *good;
    } rows[] = {
        {{"quux(?!bar)", false, false}, "quuxbar", "quuxba"},
        {{"(q.ux)z\\1", false, false}, "quuxzqiux", "quuxzquux"},
        {{"quux\\d+x", false, false}, "quux12", "quux12x"},
        {{"(?<=a)quux", false, false}, "quux", "aquux"},
        {{"quux", false, false}, "quu", "quux"},
    };
    static char text[ROOM];
    for (size_t i = 0; i < COUNT(rows); i++)
        for (enum engine_kind kind = ENGINE_AUTO; kind <= ENGINE_LITERAL; kind += ENGINE_LITERAL) {
            struct trial trial;
            assert_true(begin(&trial, &rows[i].source, modes[0], kind, kernels_get(0)));
            size_t length = bad_text(text, rows[i].bad, rows[i].good, 1500);
            for (int window = 0; window < 90; window++)
                check_window(&trial, text, length);
            memset(text, '-', ROOM);
            for (int window = 0; window < 90; window++)
                check_window(&trial, text, 100);
            assert_true(kind == ENGINE_AUTO || trial.refused == 0);
            finish(&trial);
        }
}

/* A DFA that grows beyond its memory leaves the window to PCRE2.  The loop is none that bit streams take. */
static void test_thrashing(void **state)
{
    (void)state;
    static const struct source source = {"(?:[01]|22)*1[01]{18}$", false, false};
    struct dice dice = {83};
    struct trial trial;
    size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = i % 100 == 99 ? '\n' : (char)('0' + dice_below(&dice, 2));
    assert_true(begin(&trial, &source, modes[0], ENGINE_DFA, kernels_get(0)));
    bool opened = true;
    for (size_t at = 0; at + 100000 <= size && opened; at += 100000) {
        opened = engine_open(trial.state, text + at, text + at + 100000);
        engine_close(trial.state);
    }
    assert_false(opened);
    engine_state_free(trial.state);
    trial.state = engine_state_create(trial.engine);
    assert_true(check_window(&trial, text, 1000));
    finish(&trial);
    free(text);
}

static void test_explain(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sources); i++) {
        struct trial trial;
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        begin(&trial, &sources[i], modes[1], ENGINE_AUTO, kernels_get(0));
        engine_explain(trial.engine, out);
        fclose(out);
        assert_non_null(strstr(text, "engine for "));
        assert_int_equal(text[size - 1], '\n');
        free(text);
        finish(&trial);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),       cmocka_unit_test(test_kinds),     cmocka_unit_test(test_many_strings),
        cmocka_unit_test(test_long_line),   cmocka_unit_test(test_bad_texts), cmocka_unit_test(test_thrashing),
        cmocka_unit_test(test_many_places), cmocka_unit_test(test_explain),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
