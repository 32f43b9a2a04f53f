#include "input/walk.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>

static char root[256];

static int enter_root(void **state)
{
    (void)state;
    const char *directory = getenv("TMPDIR");
    snprintf(root, sizeof root, "%s/mscan-test-XXXXXX", directory && *directory ? directory : "/tmp");
    return mkdtemp(root) && chdir(root) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

static int leave_root(void **state)
{
    (void)state;
    return chdir("/") == 0 && nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : -1;
}

static void make_file(const char *path)
{
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static unsigned open_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Walks and joins the paths with blanks; each file must be there when it is opened as the entry says. */
static void check_walk(const struct walk_options *options, const char *expected)
{
    char got[4096] = "";
    struct walk *walk = walk_create(options);
    struct walk_entry entry;
    enum walk_state state;
    while ((state = walk_next(walk, &entry)) != WALK_END) {
        if (state != WALK_ENTRY) {
            assert_true(walk_step(walk, false));
            continue;
        }
        strcat(strcat(got, *got ? " " : ""), entry.path);
        if (entry.loop)
            strcat(got, "(loop)");
        else if (entry.error)
            strcat(got, "(error)");
        else
            assert_int_equal(faccessat(directory_descriptor(entry.directory), entry.name, F_OK, 0), 0);
        walk_entry_free(&entry);
    }
    assert_string_equal(got, expected);
    walk_free(walk);
}

static void test_order(void **state)
{
    (void)state;
    mkdir("t", 0700);
    mkdir("t/b", 0700);
    make_file("t/b/2");
    make_file("t/b/10");
    make_file("t/a");
    make_file("t/long-name-1");
    make_file("t/long-name-0");
    make_file("t/long-name");
    assert_int_equal(symlink("..", "t/b/up"), 0);
    static const char *const names[] = {"t", "t/a", "t/b//"}, *const here[] = {"."};
    struct walk_options options = {.names = names, .name_count = 3, .directories = DIRECTORIES_RECURSE};
    unsigned before = open_descriptors();
    check_walk(&options, "t/a t/b/10 t/b/2 t/long-name t/long-name-0 t/long-name-1 t/a t/b/10 t/b/2");
    options.follow = true;
    options.name_count = 1;
    check_walk(&options, "t/a t/b/10 t/b/2 t/b/up(loop) t/long-name t/long-name-0 t/long-name-1");
    options.follow = false;
    filter_add(&options.folders, "b", 1, false);
    filter_add(&options.files, "*1", 2, false);
    check_walk(&options, "t/a t/long-name t/long-name-0");
    filter_free(&options.folders);
    filter_free(&options.files);
    assert_int_equal(chdir("t/b"), 0);
    options.names = here;
    options.bare = true;
    check_walk(&options, "10 2");
    assert_int_equal(chdir("../.."), 0);
    assert_int_equal(open_descriptors(), before);
}

/* Only the innermost directories stay open, and the way back is found; half-way, all is given back. */
static void test_depth(void **state)
{
    (void)state;
    enum { DEPTH = 100 };
    char path[4 * DEPTH] = "deep";
    mkdir(path, 0700);
    for (int i = 0; i < DEPTH; i++) {
        strcat(path, "/m");
        mkdir(path, 0700);
    }
    make_file(strcat(path, "/f"));
    make_file("deep/m/m/z");
    make_file("deep/z");
    static const char *const names[] = {"deep"};
    struct walk_options options = {.names = names, .name_count = 1, .directories = DIRECTORIES_RECURSE};
    unsigned before = open_descriptors();
    for (int stop = 1; stop <= 4; stop++) {
        struct walk *walk = walk_create(&options);
        struct walk_entry entry;
        enum walk_state next;
        int found = 0;
        while (found < stop && (next = walk_next(walk, &entry)) != WALK_END) {
            if (next != WALK_ENTRY) {
                assert_true(walk_step(walk, false));
                continue;
            }
            assert_true(open_descriptors() < before + 20);
            const char *const paths[] = {path, "deep/m/m/z", "deep/z"};
            assert_string_equal(entry.path, paths[found++]);
            assert_int_equal(faccessat(directory_descriptor(entry.directory), entry.name, F_OK, 0), 0);
            walk_entry_free(&entry);
        }
        assert_int_equal(found, stop < 3 ? stop : 3);
        walk_free(walk);
        assert_int_equal(open_descriptors(), before);
    }
}

/* A directory that vanishes behind the walk does not disturb it. */
static void test_vanished(void **state)
{
    (void)state;
    mkdir("v", 0700);
    mkdir("v/a", 0700);
    make_file("v/a/f");
    make_file("v/z");
    static const char *const names[] = {"v", "v/a"};
    struct walk_options options = {.names = names, .name_count = 2, .directories = DIRECTORIES_RECURSE};
    struct walk *walk = walk_create(&options);
    struct walk_entry entry;
    enum walk_state next;
    while ((next = walk_next(walk, &entry)) == WALK_STEP || next == WALK_READ)
        assert_true(walk_step(walk, false));
    assert_string_equal(entry.path, "v/a/f");
    walk_entry_free(&entry);
    assert_int_equal(unlink("v/a/f") | rmdir("v/a"), 0);
    while ((next = walk_next(walk, &entry)) == WALK_STEP || next == WALK_READ)
        assert_true(walk_step(walk, false));
    assert_string_equal(entry.path, "v/z"); /* still open, so still found */
    walk_entry_free(&entry);
    while ((next = walk_next(walk, &entry)) == WALK_STEP || next == WALK_READ)
        assert_true(walk_step(walk, false));
    assert_string_equal(entry.path, "v/a"); /* and the look says why not */
    assert_int_equal(entry.error, ENOENT);
    walk_entry_free(&entry);
    assert_int_equal(walk_next(walk, &entry), WALK_END);
    walk_free(walk);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_depth),
                                       cmocka_unit_test(test_vanished)};
    return cmocka_run_group_tests(tests, enter_root, leave_root);
}
