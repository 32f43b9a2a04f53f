/*
 * quote-test.c - names in messages, as GNU wc 9.7 was seen to show them.
 */
#include "base/content.h"
#include "base/quote.h"

#include "test.h"

#include <errno.h>
#include <locale.h>

static void check(const char *name, bool always, const char *expected)
{
    char *quoted = quote_name(name, always);
    assert_string_equal(quoted, expected);
    free(quoted);
}

static void test_names(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C");
    check("file.log", false, "file.log");
    check(",%+@_-./", false, ",%+@_-./");
    check("file.log", true, "'file.log'");
    check("", false, "''");
    check("a b", false, "'a b'");
    check("a:b", false, "'a:b'");
    check("#x", false, "'#x'");
    check("x#", false, "x#");
    check("~x", false, "'~x'");
    check("{", false, "'{'");
    check("a{b", false, "a{b");
    check("a]b", false, "a]b");
    check("it's", false, "\"it's\"");
    check("it's 1", false, "\"it's 1\"");
    check("n'o$", false, "'n'\\''o$'");
    check("a#']/", false, "'a#'\\'']/'");
    check("a'b\"c", false, "'a'\\''b\"c'");
    check("no\tpe", false, "'no'$'\\t''pe'");
    check("\n", false, "''$'\\n'");
    check("\x01\x02x", false, "''$'\\001\\002''x'");
    check("\x7f'", false, "''$'\\177'\\'''");
    check("\xff", false, "''$'\\377'");
    check("\xc3\xa9", false, "''$'\\303\\251'");
}

static void test_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    check("\xc3\xa9", false, "\xc3\xa9");
    check("\xc3\xa9'", false, "\"\xc3\xa9'\"");
    check("\xc3", false, "''$'\\303'");
    check("\xc2\x85", false, "''$'\\302\\205'");
}

static void test_content(void **state)
{
    (void)state;
    static char text[10000];
    memset(text, 'x', sizeof text);
    static const size_t lengths[] = {0, 1, 4094, 4095, 4096, 4097, 10000};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        int fd = temporary_file(text, lengths[i]);
        size_t length;
        char *content = content_read(fd, &length);
        assert_non_null(content);
        assert_int_equal(length, lengths[i]);
        assert_memory_equal(content, text, length);
        assert_int_equal(content[length], '\0');
        free(content);
        close(fd);
        errno = 0;
        assert_null(content_read(fd, &length));
        assert_int_equal(errno, EBADF);
    }
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_locale),
        cmocka_unit_test(test_content),
    };
    return cmocka_run_group_tests_name("quote", tests, NULL, NULL);
}
