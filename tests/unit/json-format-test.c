/*
 * json-format-test.c - what the format prints of lines, by the searcher, and of files.
 */
#include "output/json-format.h"
#include "task/searcher.h"

#include "test.h"

/* --- searches --- */

static bool stopped(void *context)
{
    (void)context;
    return false;
}

static uint64_t lines_before(void *context)
{
    (void)context;
    return 41;
}

static const struct ties ties = {.stopped = stopped, .lines_before = lines_before};
static const struct task_file file = {.name = "a \"file\"", .size = UINT64_MAX};

static bool flush(void *context, struct output *output)
{
    return output_write(output, *(const int *)context, NULL) == 0;
}

static void check(struct query query, const char *pattern, const char *text, const char *expected)
{
    struct pattern_list list = {NULL, 0, 0};
    struct mistake mistake;
    pattern_list_add(&list, pattern, strlen(pattern));
    struct matcher *matcher = matcher_compile(&list, &(struct matcher_options){.kernels = kernels_get(0)}, &mistake);
    assert_non_null(matcher);
    pattern_list_free(&list);
    struct condition *condition = condition_create(matcher);
    const struct printer printer = {.format = &json_format, .line_number = true, .inverted = query.invert};
    query.condition = condition;
    query.printer = &printer;
    query.kernels = kernels_get(0);
    const char *end = text + strlen(text);
    const struct chunk_text chunk = {
        .file = &file, .begin = text, .before = text, .end = end, .known = {end, end}, .offset = 7, .ties = &ties};
    int fd = temporary_file("", 0);
    struct searcher *searcher = searcher_create(&query);
    struct output *output = output_create();
    struct search_result result;
    char printed[2000] = "";
    output_begin(output, true, 0, flush, &fd);
    searcher_run(searcher, &chunk, &(struct quota){UINT64_MAX, 0}, output, &result);
    output_flush_now(output);
    assert_true(pread(fd, printed, sizeof printed - 1, 0) >= 0);
    assert_string_equal(printed, expected);
    search_result_clear(&result);
    output_free(output);
    searcher_free(searcher);
    condition_free(condition);
    close(fd);
}

static void check_begin(const char *name, const char *expected)
{
    const struct printer printer = {.format = &json_format};
    char printed[300] = "";
    int fd = temporary_file("", 0);
    struct output *output = output_create();
    output_begin(output, false, 0, flush, &fd);
    json_format.file_begin(&printer, output, name);
    output_flush_now(output);
    assert_true(pread(fd, printed, sizeof printed - 1, 0) >= 0);
    assert_string_equal(printed, expected);
    output_free(output);
    close(fd);
}

#define PATH "\"data\":{\"path\":{\"text\":\"a \\\"file\\\"\"},"

static void test_lines(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES}, "b+", "abbc\td\nx\nbb\r",
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"abbc\\td\\n\"},\"line_number\":42,\"absolute_offset\":7,"
          "\"submatches\":[{\"match\":{\"text\":\"bb\"},\"start\":1,\"end\":3}]}}\n"
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"bb\\r\"},\"line_number\":44,\"absolute_offset\":16,"
          "\"submatches\":[{\"match\":{\"text\":\"bb\"},\"start\":0,\"end\":2}]}}\n");
    check((struct query){.mode = QUERY_LINES, .invert = true}, "b+", "abb\nx\n",
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"x\\n\"},\"line_number\":43,\"absolute_offset\":11,"
          "\"submatches\":[]}}\n");
}

static void test_matches(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES}, "b*", "abb\n",
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"abb\\n\"},\"line_number\":42,\"absolute_offset\":7,"
          "\"submatches\":[{\"match\":{\"text\":\"\"},\"start\":0,\"end\":0},"
          "{\"match\":{\"text\":\"bb\"},\"start\":1,\"end\":3}]}}\n");
}

static void test_context(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES, .context = true, .after = 1}, "b", "b\nx\ny\nb\n",
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"b\\n\"},\"line_number\":42,\"absolute_offset\":7,"
          "\"submatches\":[{\"match\":{\"text\":\"b\"},\"start\":0,\"end\":1}]}}\n"
          "{\"type\":\"context\"," PATH "\"lines\":{\"text\":\"x\\n\"},\"line_number\":43,\"absolute_offset\":9,"
          "\"submatches\":[]}}\n"
          "{\"type\":\"match\"," PATH "\"lines\":{\"text\":\"b\\n\"},\"line_number\":45,\"absolute_offset\":13,"
          "\"submatches\":[{\"match\":{\"text\":\"b\"},\"start\":0,\"end\":1}]}}\n");
}

/* What each byte becomes, by itself and at each place of a longer text; and text that is not valid. */
static void test_data(void **state)
{
    (void)state;
    static const char *const names[] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
                                        ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};
    for (int byte = 1; byte < 128; byte++)
        for (int at = 0; at < 20; at++) {
            char text[22] = "aaaaaaaaaaaaaaaaaaaa", name[8], expected[200];
            text[at] = (char)byte;
            if (byte < (int)COUNT(names) && names[byte])
                snprintf(name, sizeof name, "%s", names[byte]);
            else
                snprintf(name, sizeof name, byte < ' ' ? "\\u%04x" : "%c", byte);
            snprintf(expected, sizeof expected, "{\"type\":\"begin\",\"data\":{\"path\":{\"text\":\"%.*s%s%s\"}}}\n",
                     at, text, name, text + at + 1);
            check_begin(text, expected);
        }
    check_begin("\u00e9\U0001f600", "{\"type\":\"begin\",\"data\":{\"path\":{\"text\":\"\u00e9\U0001f600\"}}}\n");
    check_begin("\xff", "{\"type\":\"begin\",\"data\":{\"path\":{\"bytes\":\"/w==\"}}}\n");
    check_begin("a\xff", "{\"type\":\"begin\",\"data\":{\"path\":{\"bytes\":\"Yf8=\"}}}\n");
    check_begin("a\xff\n", "{\"type\":\"begin\",\"data\":{\"path\":{\"bytes\":\"Yf8K\"}}}\n");
    check_begin("\xed\xa0\x80>", "{\"type\":\"begin\",\"data\":{\"path\":{\"bytes\":\"7aCAPg==\"}}}\n");
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_context),
        cmocka_unit_test(test_data),
    };
    return cmocka_run_group_tests_name("json-format", tests, NULL, NULL);
}
