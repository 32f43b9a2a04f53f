/*
 * format-test.c - a second format beside grep's, JSON Lines, to show that the table of a printer is enough.
 */
#include "output/printer.h"
#include "task/searcher.h"

#include "test.h"

#include <inttypes.h>

/* --- the format: an object for each line, with the parts of its text --- */

static void string(struct output *output, const char *text)
{
    output_bytes(output, text, strlen(text));
}

static void quoted(struct output *output, struct span text)
{
    output_byte(output, '"');
    for (const char *at = text.begin; at < text.end; at++) {
        char escape[8];
        if (*at == '"' || *at == '\\')
            output_byte(output, '\\');
        if ((unsigned char)*at < ' ')
            output_bytes(output, escape, (size_t)sprintf(escape, "\\u%04x", (unsigned)*at));
        else
            output_byte(output, *at);
    }
    output_byte(output, '"');
}

static void json_begin(const struct printer *printer, struct output *output, const struct place *place)
{
    char text[100];
    (void)printer;
    string(output, place->context ? "{\"context\":" : "{\"line\":");
    output_bytes(
        output, text,
        (size_t)sprintf(text, "%" PRIu64 ",\"offset\":%" PRIu64 ",\"file\":", place->line_number, place->byte_offset));
    quoted(output, (struct span){place->name, place->name + strlen(place->name)});
}

static void json_segment(const struct printer *printer, struct output *output, const struct printer_segment *segment)
{
    static const char *const keys[] = {
        [SEGMENT_PLAIN] = "text",  [SEGMENT_MATCH] = "match", [SEGMENT_REST] = "text",
        [SEGMENT_ALONE] = "match", [SEGMENT_BARE] = "bytes",  [SEGMENT_REMARK] = "remark"};
    (void)printer;
    if (segment->text.begin == segment->text.end)
        return;
    string(output, ",\"");
    string(output, keys[segment->kind]);
    string(output, "\":");
    quoted(output, segment->text);
}

static void json_end(const struct printer *printer, struct output *output)
{
    (void)printer;
    string(output, "}\n");
}

static void json_separator(const struct printer *printer, struct output *output, const char *text)
{
    (void)printer, (void)output, (void)text;
}

static bool no(const struct printer *printer)
{
    (void)printer;
    return false;
}

static bool shows_matches(const struct printer *printer, bool context)
{
    (void)printer;
    return !context;
}

static const struct printer_format json_format = {
    .is_plain = no,
    .keeps_size = no,
    .shows_matches = shows_matches,
    .begin = json_begin,
    .segment = json_segment,
    .end = json_end,
    .separator = json_separator,
};

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
    const struct printer printer = {.format = &json_format, .line_number = true};
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

static void test_lines(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES}, "b+", "abbc\td\nx\nbb",
          "{\"line\":42,\"offset\":7,\"file\":\"a "
          "\\\"file\\\"\",\"text\":\"a\",\"match\":\"bb\",\"text\":\"c\\u0009d\"}\n"
          "{\"line\":44,\"offset\":16,\"file\":\"a \\\"file\\\"\",\"match\":\"bb\"}\n");
    check((struct query){.mode = QUERY_LINES, .invert = true}, "b+", "abb\nx\n",
          "{\"line\":43,\"offset\":11,\"file\":\"a \\\"file\\\"\",\"text\":\"x\"}\n");
}

static void test_parts(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES, .only_matching = true}, "b+", "abbcb\n",
          "{\"line\":42,\"offset\":8,\"file\":\"a \\\"file\\\"\",\"match\":\"bb\"}\n"
          "{\"line\":42,\"offset\":11,\"file\":\"a \\\"file\\\"\",\"match\":\"b\"}\n");
    check((struct query){.mode = QUERY_LINES, .max_columns = 3}, "b+", "abbcb\n",
          "{\"line\":42,\"offset\":7,\"file\":\"a \\\"file\\\"\",\"remark\":\"[line of 5 bytes, 2 matches]\"}\n");
}

static void test_context(void **state)
{
    (void)state;
    check((struct query){.mode = QUERY_LINES, .context = true, .after = 1}, "b", "b\nx\ny\nb\n",
          "{\"line\":42,\"offset\":7,\"file\":\"a \\\"file\\\"\",\"match\":\"b\"}\n"
          "{\"context\":43,\"offset\":9,\"file\":\"a \\\"file\\\"\",\"text\":\"x\"}\n"
          "{\"line\":45,\"offset\":13,\"file\":\"a \\\"file\\\"\",\"match\":\"b\"}\n");
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_context),
    };
    return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
