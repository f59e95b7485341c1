/* theme_assets.c - fingerprints of stylesheets, scripts and fonts.
 *
 * The address of an asset carries a hash of its bytes, so a stylesheet's must
 * be known after those of the files its url() name: depth first, and a cycle
 * is an error.  Of stylesheets, comments are left out (css_squeeze.c).  Addresses stay site-relative; who writes the file adds the base. */
#include "base/buf.h"
#include "base/escape.h"
#include "base/hash.h"
#include "base/path.h"
#include "theme_internal.h"

enum { FINGERPRINT_DIGITS = 8 };

bool theme_asset_is_text(str name)
{
    static const str kinds[] = {STR_INIT("css"), STR_INIT("js"), STR_INIT("svg"), STR_INIT("json"), STR_INIT("txt")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal_ascii_case(path_extension(name), kinds[i])) return true;
    return false;
}

static ptrdiff_t find_asset(const struct theme *theme, str name)
{
    for (ptrdiff_t i = 0; i < theme->asset_count; i++)
        if (str_equal(theme->assets[i].name, name)) return i;
    return -1;
}

void theme_assets_put(struct theme_loader *loader, str name, str bytes, uint32_t file)
{
    struct theme *theme = loader->theme;
    ptrdiff_t at = find_asset(theme, name);
    if (at < 0) {
        at = theme->asset_count;
        ARENA_PUSH(loader->arena, theme->assets, theme->asset_count, theme->asset_capacity) = (struct theme_asset){0};
        ARENA_PUSH(loader->arena, loader->asset_files, loader->asset_file_count, loader->asset_file_capacity) = 0;
    }
    theme->assets[at] = (struct theme_asset){.name = name, .bytes = bytes};
    loader->asset_files[at] = file;
}

const struct theme_asset *theme_asset(const struct theme *theme, str name)
{
    ptrdiff_t at = find_asset(theme, name);
    return at < 0 ? NULL : &theme->assets[at];
}

/* "fonts/a.woff2" -> "/assets/fonts/a.3f9a1c22.woff2" */
static str fingerprint(struct arena *arena, const struct theme_asset *asset)
{
    str hash = hash_hex(arena, hash_bytes(asset->bytes.p, (size_t)asset->bytes.len), FINGERPRINT_DIGITS);
    str dir = path_dir(asset->name), extension = path_extension(asset->name);
    struct buf url = buf_in(arena);
    buf_add(&url, S("/assets/"));
    if (dir.len) buf_printf(&url, "%" STR_F "/", STR_A(dir));
    buf_printf(&url, "%" STR_F ".%" STR_F, STR_A(path_stem(asset->name)), STR_A(hash));
    if (extension.len) buf_printf(&url, ".%" STR_F, STR_A(extension));
    return buf_str(&url);
}

/* --- url() in stylesheets --------------------------------------------- */

enum asset_state { ASSET_NEW, ASSET_AT_WORK, ASSET_DONE };

struct finisher {
    struct theme_loader *loader;
    enum asset_state *states;
};

static void finish_asset(struct finisher *finisher, ptrdiff_t index, span from);

/* One url(...): where its reference stands. */
struct css_url { ptrdiff_t start, end; };

/* The next url( after *at outside comments; quotes and blanks are not part of the reference. */
static bool next_url(str css, ptrdiff_t *at, struct css_url *out)
{
    for (ptrdiff_t i = *at; i + 4 <= css.len; i++) {
        str rest = str_from(css, i);
        if (css.p[i] != '/' && char_lower(css.p[i]) != 'u') continue;
        if (str_starts(rest, S("/*"))) {
            ptrdiff_t end = str_find(str_from(rest, 2), S("*/"));
            if (end < 0) return false;
            i += end + 3;
            continue;
        }
        if (!str_equal_ascii_case(str_slice(rest, 0, 4), S("url("))) continue;
        ptrdiff_t start = i + 4;
        while (start < css.len && char_is_space(css.p[start])) start++;
        char quote = start < css.len && (css.p[start] == '"' || css.p[start] == '\'') ? css.p[start++] : ')';
        ptrdiff_t len = str_find_char(str_from(css, start), quote);
        if (len < 0) return false;
        *out = (struct css_url){start, start + len};
        while (out->end > start && char_is_space(css.p[out->end - 1])) out->end--;
        *at = start + len;
        return true;
    }
    return false;
}

/* The address a stylesheet's reference becomes; `reference` itself when it is none of the theme's. */
static str resolve(struct finisher *finisher, const struct theme_asset *sheet, str reference, span at)
{
    struct theme_loader *loader = finisher->loader;
    if (reference.len == 0 || reference.p[0] == '/' || reference.p[0] == '#' || url_is_absolute(reference))
        return reference;
    ptrdiff_t cut = 0;
    while (cut < reference.len && reference.p[cut] != '#' && reference.p[cut] != '?') cut++;
    str name, file = str_slice(reference, 0, cut);
    bool inside = path_normalize(loader->arena, path_join(loader->arena, path_dir(sheet->name), file), &name);
    ptrdiff_t found = inside ? find_asset(loader->theme, name) : -1;
    if (found < 0) {
        diag_report(loader->diags, DIAG_THEME, at, "assets/%" STR_F " is not a file of the theme",
                    STR_A(inside ? name : file));
        return reference;
    }
    finish_asset(finisher, found, at);
    return str_concat(loader->arena, loader->theme->assets[found].url, str_from(reference, cut));
}

static void rewrite_sheet(struct finisher *finisher, ptrdiff_t index)
{
    struct theme_asset *sheet = &finisher->loader->theme->assets[index];
    struct buf out = buf_in(finisher->loader->arena);
    str css = sheet->bytes;
    struct css_url url;
    ptrdiff_t done = 0;
    for (ptrdiff_t at = 0; next_url(css, &at, &url);) {
        span place = {finisher->loader->asset_files[index], (uint32_t)url.start, (uint32_t)(url.end - url.start)};
        buf_add(&out, str_slice(css, done, url.start));
        buf_add(&out, resolve(finisher, sheet, str_slice(css, url.start, url.end), place));
        done = url.end;
    }
    buf_add(&out, str_from(css, done));
    sheet->bytes = css_squeeze(finisher->loader->arena, buf_str(&out));
}

/* Depth is bounded by the number of assets: each is at work once. */
static void finish_asset(struct finisher *finisher, ptrdiff_t index, span from)
{
    struct theme_asset *asset = &finisher->loader->theme->assets[index];
    if (finisher->states[index] == ASSET_DONE) return;
    if (finisher->states[index] == ASSET_AT_WORK) {
        diag_report(finisher->loader->diags, DIAG_THEME, from, "assets/%" STR_F " names itself, directly or through others",
                    STR_A(asset->name));
        return;
    }
    finisher->states[index] = ASSET_AT_WORK;
    if (str_equal_ascii_case(path_extension(asset->name), S("css"))) rewrite_sheet(finisher, index);
    asset->url = fingerprint(finisher->loader->arena, asset);
    finisher->states[index] = ASSET_DONE;
}

void theme_assets_finish(struct theme_loader *loader)
{
    struct finisher finisher = {loader, ARENA_NEWS(loader->arena, enum asset_state, loader->theme->asset_count)};
    for (ptrdiff_t i = 0; i < loader->theme->asset_count; i++) finish_asset(&finisher, i, (span){0});
}
