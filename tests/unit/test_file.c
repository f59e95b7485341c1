/* test_file.c - the file system: reading, atomic writing, walking, links, removing, locking. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

struct trial {
    struct arena arena;
    struct diags diags;
    str root;
};

static int begin(void **state)
{
    static struct trial trial;
    trial = (struct trial){0};
    trial.diags = diags_in(&trial.arena);
    const char *given = getenv("TMPDIR");
    str name = str_format(&trial.arena, "%s/hugi-file.XXXXXX", given ? given : "/tmp");
    char *z = str_z(&trial.arena, name);
    if (!mkdtemp(z)) return -1;
    trial.root = str_c(z);
    *state = &trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    bool gone = file_remove_tree(trial->root);
    arena_free(&trial->arena);
    return gone ? 0 : -1;
}

static str at(struct trial *trial, const char *below) { return path_join(&trial->arena, trial->root, str_c(below)); }
static const char *z_at(struct trial *trial, const char *below) { return str_z(&trial->arena, at(trial, below)); }

static void put(struct trial *trial, const char *below, const char *text)
{
    assert_true(file_write(at(trial, below), str_c(text), &trial->diags));
}

static void writes_and_reads(void **state)
{
    struct trial *trial = *state;
    str text;
    put(trial, "a/b/후기.md", "하나");
    put(trial, "a/b/후기.md", "둘");
    assert_true(file_read(&trial->arena, at(trial, "a/b/후기.md"), &text, &trial->diags));
    assert_true(str_equal(text, S("둘")));
    assert_true(file_write(at(trial, "empty"), (str){0}, &trial->diags));
    assert_true(file_read(&trial->arena, at(trial, "empty"), &text, &trial->diags));
    assert_int_equal(text.len, 0);
    assert_true(file_read_head(&trial->arena, at(trial, "a/b/후기.md"), 2, &text, &trial->diags));
    assert_int_equal(text.len, 2);
    struct file_stat stat;
    assert_true(file_stat(at(trial, "a/b"), &stat));
    assert_true(stat.is_dir);
    assert_int_equal(trial->diags.count, 0);
}

static void leaves_no_temporary_file(void **state)
{
    struct trial *trial = *state;
    struct file_list list = {0};
    put(trial, "a", "1");
    put(trial, "a", "2");
    assert_true(file_walk(&trial->arena, trial->root, trial->root, &list, &trial->diags));
    assert_int_equal(list.count, 1);
    struct stat st;
    assert_int_equal(stat(z_at(trial, "a"), &st), 0);
    mode_t mask = umask(022);
    umask(mask);
    assert_int_equal(st.st_mode & 0777, 0666 & ~mask);
}

static void reports_what_is_not_there(void **state)
{
    struct trial *trial = *state;
    str text;
    assert_false(file_read(&trial->arena, at(trial, "nothing"), &text, &trial->diags));
    assert_int_equal(trial->diags.count, 1);
    assert_int_equal(trial->diags.items[0].code, DIAG_IO);
    assert_true(str_equal(trial->diags.items[0].path, at(trial, "nothing")));
    assert_false(file_read(&trial->arena, trial->root, &text, &trial->diags));
    assert_int_equal(trial->diags.count, 2);
    assert_false(file_exists(at(trial, "nothing")));
    put(trial, "file", "x");
    assert_false(file_write(at(trial, "file/below"), S("x"), &trial->diags));
    assert_int_equal(trial->diags.count, 3);
}

static void walks_in_order(void **state)
{
    struct trial *trial = *state;
    struct file_list list = {0};
    const char *const names[] = {"b/2", "b/10", "a", "나", "가", ".hidden", "old~", ".git/config", "b.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) put(trial, names[i], "x");
    put(trial, "\xe1\x84\x92\xe1\x85\xae", "NFD of \xed\x9b\x84");
    assert_true(file_walk(&trial->arena, trial->root, trial->root, &list, &trial->diags));
    static const char *const want[] = {"a", "b.txt", "b/10", "b/2", "가", "나", "후"};
    assert_int_equal(list.count, 7);
    for (ptrdiff_t i = 0; i < 7; i++) assert_string_equal(str_z(&trial->arena, list.items[i].path), want[i]);
    assert_string_equal(str_z(&trial->arena, list.items[6].disk), "\xe1\x84\x92\xe1\x85\xae");
    list = (struct file_list){0};
    assert_true(file_walk(&trial->arena, at(trial, "nothing"), trial->root, &list, &trial->diags));
    assert_int_equal(list.count, 0);
}

static void follows_links_inside_only(void **state)
{
    struct trial *trial = *state;
    struct file_list list = {0};
    put(trial, "site/real/a", "x");
    put(trial, "secret/b", "x");
    assert_int_equal(symlink("real", z_at(trial, "site/inside")), 0);
    assert_int_equal(symlink("../secret", z_at(trial, "site/outside")), 0);
    assert_int_equal(symlink("../site-private", z_at(trial, "site/dangling")), 0);
    assert_true(file_walk(&trial->arena, at(trial, "site"), at(trial, "site"), &list, &trial->diags));
    assert_int_equal(list.count, 2);
    assert_true(str_equal(list.items[0].path, S("inside/a")));
    assert_int_equal(trial->diags.count, 2);
    for (ptrdiff_t i = 0; i < 2; i++) {
        const struct diag *diag = &trial->diags.items[i];
        bool outside = str_ends(diag->path, S("outside"));
        assert_int_equal(diag->code, DIAG_SYMLINK);
        assert_true(outside || str_ends(diag->path, S("dangling")));
        assert_string_equal(str_z(&trial->arena, diag->message), outside ? "symbolic link leads out of the site; it is left out"
                                                                         : "symbolic link leads nowhere; it is left out");
    }
}

/* A link to its own folder ends as an error, not never. */
static void ends_on_loops(void **state)
{
    struct trial *trial = *state;
    struct file_list list = {0};
    put(trial, "a/x", "x");
    assert_int_equal(symlink(".", z_at(trial, "a/self")), 0);
    file_walk(&trial->arena, trial->root, trial->root, &list, &trial->diags);
    assert_true(list.count < 1000);
}

static void removing_never_follows_links(void **state)
{
    struct trial *trial = *state;
    put(trial, "keep/a", "x");
    put(trial, "tree/b/c", "x");
    assert_int_equal(symlink("../keep", z_at(trial, "tree/link")), 0);
    assert_true(file_remove_tree(at(trial, "tree")));
    assert_false(file_exists(at(trial, "tree")));
    assert_true(file_exists(at(trial, "keep/a")));
    assert_false(file_remove_dir_if_empty(at(trial, "keep")));
    assert_true(file_remove(at(trial, "keep/a")));
    assert_true(file_remove_dir_if_empty(at(trial, "keep")));
}

static void locks_exclude_each_other(void **state)
{
    struct trial *trial = *state;
    int lock = file_lock(at(trial, "lock"), &trial->diags);
    assert_true(lock >= 0);
    assert_int_equal(file_lock(at(trial, "lock"), &trial->diags), FILE_LOCK_BUSY);
    assert_int_equal(trial->diags.count, 0);
    file_unlock(lock);
    lock = file_lock(at(trial, "lock"), &trial->diags);
    assert_true(lock >= 0);
    file_unlock(lock);
    file_unlock(-1);
    put(trial, "folder/x", "x");
    assert_int_equal(file_lock(at(trial, "folder"), &trial->diags), FILE_LOCK_FAILED);
    assert_int_equal(trial->diags.count, 1);
}

/* What a path will be once it is there; links above it count. */
static void knows_what_is_not_there_yet(void **state)
{
    struct trial *trial = *state;
    put(trial, "real/x", "x");
    assert_int_equal(symlink("real", z_at(trial, "link")), 0);
    str real = file_absolute(&trial->arena, at(trial, "real"));
    assert_true(str_equal(file_absolute_new(&trial->arena, at(trial, "link")), real));
    assert_true(str_equal(file_absolute_new(&trial->arena, at(trial, "link/a/b")), path_join(&trial->arena, real, S("a/b"))));
    assert_true(str_equal(file_absolute_new(&trial->arena, at(trial, "real/a/../b")), path_join(&trial->arena, real, S("b"))));
    assert_true(str_equal(file_absolute_new(&trial->arena, S("/no-such-folder/a")), S("/no-such-folder/a")));
    assert_true(str_ends(file_absolute_new(&trial->arena, S("not-there-yet")), S("/not-there-yet")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(writes_and_reads), TEST(leaves_no_temporary_file), TEST(reports_what_is_not_there), TEST(walks_in_order),
        TEST(follows_links_inside_only), TEST(ends_on_loops), TEST(removing_never_follows_links), TEST(locks_exclude_each_other),
        TEST(knows_what_is_not_there_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
