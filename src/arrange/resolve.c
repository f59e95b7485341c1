/* resolve.c - where a destination written in a page leads.
 *
 * Tried in this order: another host; a fragment; a file or source page by its
 * path, from the page's folder or (with '/') from content/ and static/; else an
 * address, made absolute from the page's own.  "[[page", as a wiki link gives it, may
 * be a page's name or title too, wherever that page lies.  Pictures that are not found are
 * reported here, with the nearest name; links are checked once all outputs are known. */
#include "arrange/arrange.h"
#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

/* "path?query#fragment" in two parts. */
static void cut_suffix(str destination, str *path, str *suffix)
{
    ptrdiff_t end = 0;
    while (end < destination.len && destination.p[end] != '#' && destination.p[end] != '?') end++;
    *path = str_slice(destination, 0, end);
    *suffix = str_from(destination, end);
}

static struct page *page_below(const struct site *site, str below, struct arena *arena)
{
    return map_get(&site->page_by_path, path_join(arena, S("content"), below));
}

static struct asset *asset_below(const struct site *site, str folder, str below, struct arena *arena)
{
    return map_get(&site->asset_by_path, path_join(arena, folder, below));
}

/* The paths a destination may mean, below content/ (from the page's folder) or
 * below static/ and content/ (from the root). */
struct guess {
    str in_content, in_static;      /* empty: not tried */
};

static struct guess guess_paths(const struct page *page, str path, struct arena *arena)
{
    struct guess guess = {0};
    str decoded = utf8_nfc(arena, url_decode(arena, path));
    if (path.len && path.p[0] == '/') {
        path_normalize(arena, decoded, &guess.in_content);
        guess.in_static = guess.in_content;
    } else {
        str joined = path_join(arena, path_dir(page->below), decoded);
        if (!path_normalize(arena, joined, &guess.in_content)) guess.in_content = (str){0};
    }
    return guess;
}

static const struct asset *find_asset(const struct site *site, const struct page *page, str path, struct arena *arena)
{
    struct guess guess = guess_paths(page, path, arena);
    const struct asset *asset = NULL;
    if (guess.in_content.len) asset = asset_below(site, S("content"), guess.in_content, arena);
    if (!asset && guess.in_static.len) asset = asset_below(site, S("static"), guess.in_static, arena);
    if (asset) return asset;
    struct buf url = buf_in(arena);                     /* an address: "/posts/x/photo.jpg" */
    buf_url_path(&url, url_decode(arena, path), false);
    return map_get(&site->asset_by_url, buf_str(&url));
}

static const struct page *find_page(const struct site *site, const struct page *page, str path, struct arena *arena)
{
    str extension = path_extension(path);
    if (!str_equal(extension, S("md")) && !str_equal(extension, S("markdown")) &&
        !str_equal(extension, S("txt")) && !str_equal(extension, S("html")))
        return NULL;
    struct guess guess = guess_paths(page, path, arena);
    return guess.in_content.len ? page_below(site, guess.in_content, arena) : NULL;
}

/* As Obsidian does: the path below the page's folder or below content/, without ".md"; else the name alone. */
static const struct page *find_wiki_page(const struct site *site, const struct page *page, str path, struct arena *arena)
{
    str file = str_ends(path, S(".md")) ? path : str_concat(arena, path, S(".md"));
    const struct page *found = find_page(site, page, file, arena);
    if (!found && file.p[0] != '/') found = find_page(site, page, str_concat(arena, S("/"), file), arena);
    if (found) return found;
    str name = path_name(str_slice(file, 0, file.len - 3));
    return map_get(&site->page_by_name, utf8_fold(arena, utf8_nfc(arena, name)));
}

/* A relative address, seen from the page's own. */
static str absolute_address(const struct page *page, str path, struct arena *arena)
{
    str joined = path;
    if (path.len == 0 || path.p[0] != '/') {
        ptrdiff_t slash = str_find_last(page->url, '/');
        joined = str_concat(arena, str_slice(page->url, 0, slash + 1), path);
    }
    str clean;
    if (!path_normalize(arena, joined, &clean)) return joined;
    bool folder = joined.len && joined.p[joined.len - 1] == '/' && clean.len;
    struct buf url = buf_in(arena);
    buf_char(&url, '/');
    buf_url_path(&url, url_decode(arena, clean), false);
    if (folder) buf_char(&url, '/');
    return buf_str(&url);
}

/* A picture whose name differs in letter case works on a Mac and is gone on a server. */
static void report_picture(const struct site *site, const struct page *page, str path, span at,
                           struct arena *arena, struct diags *diags)
{
    struct guess guess = guess_paths(page, path, arena);
    const struct asset *other = NULL;
    if (guess.in_content.len)
        other = map_get(&site->asset_by_folded_path, utf8_fold(arena, path_join(arena, S("content"), guess.in_content)));
    if (!other && guess.in_static.len)
        other = map_get(&site->asset_by_folded_path, utf8_fold(arena, path_join(arena, S("static"), guess.in_static)));
    struct diag *diag;
    if (other) {
        diag = diag_report(diags, DIAG_IMAGE_CASE, at, "the picture is called '%" STR_F "': letter case differs",
                           STR_A(path_name(other->path)));
        diag_hint(diags, diag, "write it as the file is named; servers tell upper from lower case");
        return;
    }
    str wanted = guess.in_static.len ? path_join(arena, S("static"), guess.in_static)
                                     : path_join(arena, S("content"), guess.in_content);
    diag = diag_report(diags, DIAG_IMAGE_MISSING, at, "there is no picture '%" STR_F "'", STR_A(path));
    diag_hint(diags, diag, "it is looked for at %" STR_F, STR_A(wanted));
}

void resolve_target(const struct site *site, const struct page *page, str destination, bool picture,
                    span at, struct arena *arena, struct diags *diags, struct target *out)
{
    *out = (struct target){.url = destination, .found = true};
    if (url_is_absolute(destination)) {
        out->remote = true;
        return;
    }
    str path, suffix;
    bool wiki = str_starts(destination, S("[["));
    cut_suffix(wiki ? str_from(destination, 2) : destination, &path, &suffix);
    if (path.len == 0) return;                          /* "#heading" or "" */
    const struct page *target = picture ? NULL : wiki ? find_wiki_page(site, page, path, arena) : find_page(site, page, path, arena);
    if (target) {                           /* a page with errors is told of once, not by its links too */
        out->url = str_concat(arena, target->url, suffix);
        out->remote = target->failed;
        return;
    }
    out->asset = find_asset(site, page, path, arena);
    if (out->asset) {
        out->url = str_concat(arena, out->asset->url, suffix);
        return;
    }
    out->found = !picture;
    out->url = str_concat(arena, absolute_address(page, path, arena), suffix);
    if (picture) report_picture(site, page, path, at, arena, diags);
}
