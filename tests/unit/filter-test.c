#include "input/filter.h"

#include "test.h"

/* One decision; a glob with a leading '+' is an --include, with '-' an --exclude. */
struct row {
    const char *globs[4];
    const char *name;
    bool named;
    bool excluded;
};

static const struct row rows[] = {
    {{NULL}, "a", false, false},
    {{"-a"}, "a", false, true},
    {{"-a"}, "b", false, false},
    {{"+a"}, "a", false, false},
    {{"+a"}, "b", false, true},
    /* The last that matches decides; where none does, the first says what that means. */
    {{"+a*", "-ab"}, "ab", false, true},
    {{"-ab", "+a*"}, "ab", false, false},
    {{"+a*", "-ab"}, "c", false, true},
    {{"-ab", "+a*"}, "c", false, false},
    /* Wildcards, and a * that matches a slash and a dot. */
    {{"-*.c"}, "a.c", false, true},
    {{"-*.c"}, ".c", false, true},
    {{"-d*c"}, "d/a.c", false, true},
    {{"-[!a]"}, "a", false, false},
    {{"-[!a]"}, "b", false, true},
    /* Backslashes. */
    {{"-\\*"}, "*", false, true},
    {{"-\\*"}, "a", false, false},
    {{"-\\*?"}, "*a", false, true},
    {{"-a\\"}, "a\\", false, true},
    {{"-a\\b"}, "ab", false, true},
    /* The ends of a name that the user gave. */
    {{"-b"}, "a/b", false, false},
    {{"-b"}, "a/b", true, true},
    {{"-a/b"}, "x/a/b", true, true},
    {{"-a"}, "a/b", true, false},
    {{"-b*"}, "a/bc", true, true},
    {{"-b"}, "a/b/", true, false},
    {{"-?"}, "aa//b", true, true},
    {{"-/*b"}, "aa//b", true, false},
    {{"-/b"}, "aa//b", true, true},
    {{"-"}, "aa/", true, true},
    {{"-[]"}, "aa/", true, false},
};

static void test_decisions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct filter filter = {NULL, 0};
        for (const char *const *glob = rows[i].globs; *glob; glob++)
            filter_add(&filter, *glob + 1, strlen(*glob + 1), **glob == '+');
        if (filter_excludes(&filter, rows[i].name, rows[i].named) != rows[i].excluded)
            fail_msg("row %zu: %s is %s", i, rows[i].name, rows[i].excluded ? "not excluded" : "excluded");
        filter_free(&filter);
    }
}

/* Only so many bytes are the glob. */
static void test_length(void **state)
{
    (void)state;
    struct filter filter = {NULL, 0};
    filter_add(&filter, "abc", 2, false);
    assert_true(filter_excludes(&filter, "ab", false));
    assert_false(filter_excludes(&filter, "abc", false));
    filter_free(&filter);
    assert_int_equal(filter.count, 0);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_decisions), cmocka_unit_test(test_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
