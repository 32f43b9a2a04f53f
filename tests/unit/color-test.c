/*
 * color-test.c - GREP_COLORS, read as GNU grep reads it; the cases were tried with GNU grep 3.8.
 */
#include "output/color.h"

#include "test.h"

struct expected {
    const char *ms, *mc, *sl, *cx, *fn, *ln, *bn, *se;
    bool rv, ne;
};

#define DEFAULTS .ms = "01;31", .mc = "01;31", .sl = "", .cx = "", .fn = "35", .ln = "32", .bn = "32", .se = "36"

static const struct {
    const char *capabilities;
    struct expected expected;
} cases[] = {
    {NULL, {DEFAULTS}},
    {"", {DEFAULTS}},
    {":", {DEFAULTS}},
    {":::", {DEFAULTS}},
    {"ms=1:mc=2:sl=3:cx=4:fn=5:ln=6:bn=7:se=8:rv:ne", {"1", "2", "3", "4", "5", "6", "7", "8", true, true}},
    {"mt=7", {"7", "7", "", "", "35", "32", "32", "36", false, false}},
    {"mt=7:ms=8", {"8", "7", "", "", "35", "32", "32", "36", false, false}},
    {"ms=8:mt=7", {"7", "7", "", "", "35", "32", "32", "36", false, false}},
    {"ms=1:ms=2", {"2", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"ms=01;38;5;208:", {"01;38;5;208", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"ms=", {"", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"ms=:fn=", {"", "01;31", "", "", "", "32", "32", "36", false, false}},
    {"ms=;;", {";;", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"rv", {DEFAULTS, .rv = true}},
    {"ne", {DEFAULTS, .ne = true}},
    {":rv::ne:", {DEFAULTS, .rv = true, .ne = true}},
    /* A capability that has a value all the same is there. */
    {"rv=1", {DEFAULTS, .rv = true}},
    {"ne=", {DEFAULTS, .ne = true}},
    /* mt without a value copies ms. */
    {"ms=5:mt", {"5", "5", "", "", "35", "32", "32", "36", false, false}},
    {"mc=5:mt", {"01;31", "01;31", "", "", "35", "32", "32", "36", false, false}},
    /* Names alone, and unknown names, are passed over. */
    {"ms:fn:se", {DEFAULTS}},
    {"xx=1:ms=7", {"7", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"xx:ms=7", {"7", "01;31", "", "", "35", "32", "32", "36", false, false}},
    {"x=1:msx=2:m=3:MS=4: ms=5:ms =6:fn=7", {.ms = "01;31", .mc = "01;31", "", "", "7", "32", "32", "36"}},
    {"r:rvv:RV:n:nee", {DEFAULTS}},
    {"a b!c:fn=1", {"01;31", "01;31", "", "", "1", "32", "32", "36", false, false}},
    /* What is wrong ends it; what came before stays. */
    {"fn=1:ms=x:se=2:rv", {"01;31", "01;31", "", "", "1", "32", "32", "36", false, false}},
    {"ms=1x:fn=1", {DEFAULTS}},
    {"ms=1 :fn=1", {DEFAULTS}},
    {"ms=-1:fn=1", {DEFAULTS}},
    {"ms=1,2:fn=1", {DEFAULTS}},
    {"ms=1=2:fn=1", {DEFAULTS}},
    {"ms==:fn=1", {DEFAULTS}},
    {"xx=y:fn=1", {DEFAULTS}},
    {"=1:fn=1", {DEFAULTS}},
    {"=:fn=1", {DEFAULTS}},
    {"fn=1:=", {"01;31", "01;31", "", "", "1", "32", "32", "36", false, false}},
    {"rv=x:fn=1", {DEFAULTS}},
    {"ne:ms=\33[31m:fn=1", {DEFAULTS, .ne = true}},
};

static void test_capabilities(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct colors colors;
        const struct expected *expected = &cases[i].expected;
        colors_init(&colors, cases[i].capabilities);
        const struct {
            const char *name, *found, *expected;
        } values[] = {
            {"ms", colors.selected_match, expected->ms},
            {"mc", colors.context_match, expected->mc},
            {"sl", colors.selected_line, expected->sl},
            {"cx", colors.context_line, expected->cx},
            {"fn", colors.file_name, expected->fn},
            {"ln", colors.line_number, expected->ln},
            {"bn", colors.byte_offset, expected->bn},
            {"se", colors.separator, expected->se},
            {"rv", colors.reverse ? "1" : "0", expected->rv ? "1" : "0"},
            {"ne", colors.no_erase ? "1" : "0", expected->ne ? "1" : "0"},
        };
        for (size_t j = 0; j < COUNT(values); j++)
            if (strcmp(values[j].found, values[j].expected) != 0) {
                print_error("\"%s\": %s is \"%s\" instead of \"%s\"\n", cases[i].capabilities, values[j].name,
                            values[j].found, values[j].expected);
                wrong++;
            }
        assert_true(colors.enabled);
        colors_free(&colors);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_capabilities)};
    return cmocka_run_group_tests_name("color", tests, NULL, NULL);
}
