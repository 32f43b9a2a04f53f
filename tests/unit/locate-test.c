/*
 * locate-test.c - matches that the engine finds in a line by itself.
 */
#include "engine/engine.h"

#include "test.h"

/* Which lines have their matches found by the engine, and where it leaves one to PCRE2. */
static void test_locate(void **state)
{
    (void)state;
    static const struct {
        const char *patterns, *line;
        struct dialect dialect;
        bool ordered;
        bool located;
        const char *found; /* each match, or ?: that is open */
    } rows[] = {
        {"abc\nab", "xabcab", {.fixed = true}, true, true, "abc,ab,"},
        {"ab\nabc", "xabcab", {.fixed = true}, true, true, "ab,ab,"},
        {"ab\nabc", "xabcab", {.fixed = true}, false, false, ""},
        {"ab\nabc", "xyz", {.fixed = false}, true, true, ""},
        {"ab\nabc", "xabc", {.fixed = false}, true, true, "ab,"},
        {"ab|abc", "xabc", {.fixed = false}, true, false, ""},
        {"a[bc]", "xacab", {.fixed = false}, true, true, "ac,ab,"},
        {"a\\b", "a", {.fixed = false}, true, false, ""},
        {"ab+", "ab", {.fixed = false}, true, false, ""},
        {"as", "AS", {.caseless = true, .unicode = true}, true, true, "AS,"},
        {"as", "A\u017f as", {.caseless = true, .unicode = true}, true, false, ""},
        {"as", "\u00e9 as", {.caseless = true, .unicode = true}, true, true, "as,"},
        {"a\u00e9", "xa\u00e9", {.unicode = true}, true, true, "a\u00e9,"},
        {"abc\nab", "abc ab abx", {.fixed = true, .boundary = BOUNDS_WORD}, true, true, "abc,ab,"},
        {"ab\na", "a\u00e9 ab", {.unicode = true, .boundary = BOUNDS_WORD}, true, true, "ab,"},
        {"ab\na", "a\u2019 ab", {.unicode = true, .boundary = BOUNDS_WORD}, true, true, "a,ab,"},
        {"ab\na", "b a\xff ab", {.unicode = true, .boundary = BOUNDS_WORD}, true, true, "?"},
        {"abc\nab", "ab", {.fixed = true, .boundary = BOUNDS_LINE}, true, true, "ab,"},
        {"abc\nab", "ab ", {.fixed = true, .boundary = BOUNDS_LINE}, true, true, ""},
        {"abc\nab", "ab", {.fixed = true, .crlf = true, .boundary = BOUNDS_LINE}, true, true, "ab,"},
        {"abc\nab", "ab\r", {.fixed = true, .crlf = true, .boundary = BOUNDS_LINE}, true, true, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_list list = {.items = NULL};
        const struct engine_options options = {.dialect = &rows[i].dialect,
                                               .strings = rows[i].dialect.fixed,
                                               .ordered = rows[i].ordered,
                                               .kernels = kernels_get(0)};
        pattern_list_add(&list, rows[i].patterns, strlen(rows[i].patterns));
        struct engine *engine = engine_create(&list, NULL, &options);
        struct engine_state *own = engine_state_create(engine);
        struct span line = {rows[i].line, rows[i].line + strlen(rows[i].line)};
        bool located = engine_set_line(own, line);
        if (located != rows[i].located)
            fail_msg("%s in %s: %d", rows[i].patterns, rows[i].line, located);
        char found[100] = "";
        struct span match = line;
        for (const char *from = line.begin; located; from = match.end) {
            enum verdict result = engine_locate(own, from, &match);
            located = result == VERDICT_YES;
            if (located)
                strncat(found, match.begin, (size_t)(match.end - match.begin));
            strcat(found, located ? "," : result == VERDICT_OPEN ? "?" : "");
        }
        if (strcmp(found, rows[i].found) != 0)
            fail_msg("%s in %s: %s", rows[i].patterns, rows[i].line, found);
        engine_state_free(own);
        engine_free(engine);
        pattern_list_free(&list);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_locate)};
    return cmocka_run_group_tests_name("locate", tests, NULL, NULL);
}
