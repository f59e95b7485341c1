/* Every definition can be read, and every expression in it compiles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../src/highlight/language.h"
#include "base/embedded.h"
#include "base/file.h"
#include "highlight/highlight.h"

static void load(const struct definitions *definitions, str name, int may_be_left_out)
{
    struct language *language = language_load(definitions, name);
    if (!language || language->left_out > may_be_left_out) {
        print_message("%.*s: %s\n", (int)name.len, name.p, language ? "an expression does not compile" : "cannot be read");
        fail();
    }
    language_free(language);
}

static bool package_is_there(void) { return file_exists(S("/usr/share/highlight/langDefs")); }

static void test_own(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct definitions definitions = {S("/usr/share/highlight/langDefs"), &arena};
    if (!package_is_there()) skip();
    for (ptrdiff_t i = 0; i < embedded_definition_count; i++) {
        str path = str_c(embedded_definitions[i].path);
        load(&definitions, str_slice(path, 0, path.len - 5), 0);
    }
    arena_free(&arena);
}

/* A few expressions of the package are none in any dialect. */
static void test_package(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct definitions definitions = {S("/usr/share/highlight/langDefs"), &arena};
    struct diags diags = diags_in(&arena);
    struct file_list files = {0};
    if (!package_is_there()) skip();
    assert_true(file_walk(&arena, definitions.folder, definitions.folder, &files, &diags));
    assert_true(files.count > 100);
    for (ptrdiff_t i = 0; i < files.count; i++) load(&definitions, str_slice(files.items[i].path, 0, files.items[i].path.len - 5), 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_own), cmocka_unit_test(test_package)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
