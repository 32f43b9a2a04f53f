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
        struct engine_options options;
        bool located;
        const char *found; /* each match, or ?: that is open */
    } rows[] = {
        {"abc\nab", "xabcab", {.fixed = true, .ordered = true}, true, "abc,ab,"},
        {"ab\nabc", "xabcab", {.fixed = true, .ordered = true}, true, "ab,ab,"},
        {"ab\nabc", "xabcab", {.fixed = true}, false, ""},
        {"ab\nabc", "xyz", {.ordered = true}, true, ""},
        {"ab\nabc", "xabc", {.ordered = true}, true, "ab,"},
        {"ab|abc", "xabc", {.ordered = true}, false, ""},
        {"a[bc]", "xacab", {.ordered = true}, true, "ac,ab,"},
        {"a\\b", "a", {.ordered = true}, false, ""},
        {"ab+", "ab", {.ordered = true}, false, ""},
        {"as", "AS", {.caseless = true, .unicode = true, .ordered = true}, true, "AS,"},
        {"as", "A\u017f as", {.caseless = true, .unicode = true, .ordered = true}, false, ""},
        {"as", "\u00e9 as", {.caseless = true, .unicode = true, .ordered = true}, true, "as,"},
        {"a\u00e9", "xa\u00e9", {.unicode = true, .ordered = true}, true, "a\u00e9,"},
        {"abc\nab", "abc ab abx", {.ordered = true, .fixed = true, .bounds = BOUNDS_WORD}, true, "abc,ab,"},
        {"ab\na", "a\u00e9 ab", {.unicode = true, .ordered = true, .bounds = BOUNDS_WORD}, true, "ab,"},
        {"ab\na", "a\u2019 ab", {.unicode = true, .ordered = true, .bounds = BOUNDS_WORD}, true, "a,ab,"},
        {"ab\na", "b a\xff ab", {.unicode = true, .ordered = true, .bounds = BOUNDS_WORD}, true, "?"},
        {"abc\nab", "ab", {.ordered = true, .fixed = true, .bounds = BOUNDS_LINE}, true, "ab,"},
        {"abc\nab", "ab ", {.ordered = true, .fixed = true, .bounds = BOUNDS_LINE}, true, ""},
        {"abc\nab", "ab", {.ordered = true, .fixed = true, .crlf = true, .bounds = BOUNDS_LINE}, true, "ab,"},
        {"abc\nab", "ab\r", {.ordered = true, .fixed = true, .crlf = true, .bounds = BOUNDS_LINE}, true, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_list list = {.items = NULL};
        struct engine_options options = rows[i].options;
        options.kernels = kernels_get(0);
        pattern_list_add(&list, rows[i].patterns, strlen(rows[i].patterns));
        struct engine *engine = engine_create(&list, &options);
        struct engine_state *own = engine_state_create(engine);
        struct span line = {rows[i].line, rows[i].line + strlen(rows[i].line)};
        bool located = engine_set_line(own, line);
        if (located != rows[i].located)
            fail_msg("%s in %s: %d", rows[i].patterns, rows[i].line, located);
        char found[100] = "";
        struct span match = line;
        for (const char *from = line.begin; located; from = match.end) {
            enum located result = engine_locate(own, from, &match);
            located = result == LOCATED_ONE;
            if (located)
                strncat(found, match.begin, (size_t)(match.end - match.begin));
            strcat(found, located ? "," : result == LOCATED_OPEN ? "?" : "");
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
