/* definitions.c - where the files of languages are. */
#include "base/embedded.h"
#include "base/file.h"
#include "language.h"

/* Our own, which stand before the package's. */
static const struct embedded_file *find_own(str name)
{
    for (ptrdiff_t i = 0; i < embedded_definition_count; i++) {
        str path = str_c(embedded_definitions[i].path);
        if (str_equal(str_slice(path, 0, path.len - 5), name)) return &embedded_definitions[i];
    }
    return NULL;
}

static str package_path(const struct definitions *definitions, struct arena *arena, str name)
{
    return str_format(arena, "%" STR_F "/%" STR_F ".lang", STR_A(definitions->folder), STR_A(name));
}

bool definitions_has(const struct definitions *definitions, str name)
{
    struct arena scratch = {0};
    bool found = find_own(name) || file_exists(package_path(definitions, &scratch, name));
    arena_free(&scratch);
    return found;
}

bool definitions_read(const struct definitions *definitions, struct arena *arena, str name, bool base, str *out)
{
    const struct embedded_file *own = base ? NULL : find_own(name);
    struct diags unheard = diags_in(arena);
    if (own) *out = (str){(const char *)own->bytes, own->size};
    return own || file_read(arena, package_path(definitions, arena, name), out, &unheard);
}
