/* permalinks.c - what kind of page a file is, and its address.
 *
 * The pattern of a page's section gives the address; :parts are filled from
 * the page; the language's prefix comes first.  Addresses are kept
 * percent-encoded, output paths as they are on disk, in NFC. */
#include "arrange/arrange.h"
#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

static const struct language *find_language(const struct config *config, str code)
{
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal(config->languages[i].code, code)) return &config->languages[i];
    return NULL;
}

/* The section whose folder holds the page; the folder's own index is a plain page. */
static const struct section *find_section(const struct page *page, const struct config *config)
{
    for (ptrdiff_t i = 0; i < config->section_count; i++)
        for (ptrdiff_t f = 0; f < config->sections[i].folders.count; f++) {
            str folder = config->sections[i].folders.items[f];
            str dir = path_dir(page->below);
            if (page->bundle ? path_is_inside(folder, dir) && !str_equal(folder, dir) : path_is_inside(folder, dir))
                return &config->sections[i];
        }
    return NULL;
}

static void find_kind(struct page *page, const struct config *config)
{
    const struct section *section = find_section(page, config);
    str dir = page->bundle ? path_dir(path_dir(page->below)) : path_dir(page->below);
    page->section = section ? section->name : (str){0};
    if (section)
        page->kind = KIND_POST;
    else if (str_equal(dir, S("events")))
        page->kind = KIND_EVENT;
    else if (str_equal(dir, S("authors")))
        page->kind = KIND_AUTHOR;
    else
        page->kind = KIND_PAGE;
}

static str find_pattern(const struct page *page, const struct config *config)
{
    str wanted = page->kind == KIND_POST     ? page->section
                 : page->kind == KIND_EVENT  ? S("events")
                 : page->kind == KIND_AUTHOR ? S("authors")
                                             : S("pages");
    for (ptrdiff_t i = 0; i < config->permalink_count; i++)
        if (str_equal(config->permalinks[i].section, wanted)) return config->permalinks[i].pattern;
    if (page->kind == KIND_PAGE) return S("/:path/");
    return page->kind == KIND_AUTHOR ? S("/authors/:slug/") : S("/:section/:slug/");
}

/* "guide/tips" for content/guide/tips.md; "" for content/index.md. */
static str page_path(struct page *page)
{
    str dir = path_dir(page->below);
    if (page->bundle) return dir;
    str name = str_equal(page->name, S("index")) ? S("") : page->slug;
    return path_join(page->arena, dir, name);
}

static str first_category(struct page *page)
{
    value categories = value_get(page->meta, S("categories"), page->arena);
    str first = categories.kind == VALUE_LIST ? value_text(value_at(categories, 0, page->arena)) : value_text(categories);
    return utf8_slug(page->arena, first);
}

static void add_part(struct buf *out, str part, struct page *page)
{
    struct civil date = date_civil(page->date);
    if (str_equal(part, S("year"))) {
        if (page->has_date) buf_printf(out, "%04d", date.year);
    } else if (str_equal(part, S("month"))) {
        if (page->has_date) buf_printf(out, "%02d", date.month);
    } else if (str_equal(part, S("day"))) {
        if (page->has_date) buf_printf(out, "%02d", date.day);
    } else if (str_equal(part, S("slug"))) {
        buf_add(out, page->slug);
    } else if (str_equal(part, S("title"))) {
        buf_add(out, utf8_slug(page->arena, page->title));
    } else if (str_equal(part, S("section"))) {
        buf_add(out, page->kind == KIND_EVENT ? S("events") : page->section);
    } else if (str_equal(part, S("path"))) {
        buf_add(out, page_path(page));
    } else if (str_equal(part, S("filename"))) {
        buf_add(out, page->name);
    } else if (str_equal(part, S("category"))) {
        buf_add(out, first_category(page));
    }
}

static str fill_pattern(struct page *page, str pattern)
{
    struct buf out = buf_in(page->arena);
    for (ptrdiff_t i = 0; i < pattern.len;) {
        if (pattern.p[i] != ':') {
            buf_char(&out, pattern.p[i++]);
            continue;
        }
        ptrdiff_t end = i + 1;
        while (end < pattern.len && char_is_alpha(pattern.p[end])) end++;
        add_part(&out, str_slice(pattern, i + 1, end), page);
        i = end;
    }
    return buf_str(&out);
}

/* One '/' between parts, one in front; a last part without a dot gets one behind. */
static bool tidy_address(struct page *page, str address, str *out)
{
    str clean;
    if (!path_normalize(page->arena, address, &clean) || str_find_char(address, 0) >= 0) {
        span at = page->at[FIELD_URL].file ? page->at[FIELD_URL] : (span){page->file, 0, 0};
        struct diag *diag = diag_report(&page->diags, DIAG_ADDRESS, at, "'%" STR_F "' is no address of this site", STR_A(address));
        diag_hint(&page->diags, diag, "an address begins at the site's root, without '..': /posts/my-report/");
        page->failed = true;
        page->published = false;
        return false;
    }
    bool is_file = path_extension(clean).len > 0 && (address.len == 0 || address.p[address.len - 1] != '/');
    *out = clean.len ? str_concat3(page->arena, S("/"), clean, is_file ? S("") : S("/")) : S("/");
    return true;
}

/* A slug is one part of an address: what cannot be in one is made fit. */
static str fit_slug(struct page *page, str slug)
{
    slug = utf8_nfc(page->arena, str_trim(slug));
    bool fits = slug.len > 0 && slug.p[0] != '.';
    for (ptrdiff_t i = 0; fits && i < slug.len; i++)
        fits = (unsigned char)slug.p[i] > ' ' && str_find_char(S("/\\?#%:*\"<>|"), slug.p[i]) < 0;
    return path_fit_part(page->arena, fits ? slug : utf8_slug(page->arena, slug));
}

static void set_address(struct page *page, str address)
{
    struct buf url = buf_in(page->arena);
    buf_url_path(&url, address, false);
    page->url = buf_str(&url);
    str path = str_from(address, 1);
    bool folder = path.len == 0 || path.p[path.len - 1] == '/';
    page->output = folder ? str_concat(page->arena, path, S("index.html")) : path;
}

static void find_address(struct page *page, const struct config *config)
{
    const struct language *language = find_language(config, page->language);
    if (!language) {
        language = &config->languages[0];
        page->language = language->code;
    }
    find_kind(page, config);
    if (page->slug.len) page->slug = fit_slug(page, page->slug);
    if (page->slug.len == 0) page->slug = fit_slug(page, utf8_slug(page->arena, str_equal(page->name, S("index")) ? page->title : page->name));
    if (page->slug.len == 0) page->slug = hash_hex(page->arena, hash_bytes(page->path.p, (size_t)page->path.len), 8);
    str address = fill_pattern(page, find_pattern(page, config));
    if (page->url_wanted.len)           /* Jekyll's permalinks may hold :parts too */
        address = fill_pattern(page, utf8_nfc(page->arena, url_decode(page->arena, page->url_wanted)));
    else if (str_equal(page->below, S("404.md")))
        address = S("/404.html");       /* what hosts look for */
    if (!page->url_wanted.len && language->prefix.len)
        address = str_concat3(page->arena, language->prefix, S("/"), address);
    str tidy;
    if (tidy_address(page, address, &tidy)) set_address(page, tidy);
}

static void check_date(struct page *page)
{
    if (page->kind != KIND_POST || page->has_date) return;
    struct diag *diag = diag_report(&page->diags, DIAG_UNDATED, (span){page->file, 0, 0}, "the post has no date; it is listed last and stays out of feeds");
    diag_hint(&page->diags, diag, "add `date: YYYY-MM-DD` to its front matter, or put the date in front of the file name");
}

void place_page(struct page *page, const struct config *config)
{
    find_address(page, config);
    if (page->published) check_date(page);
}

/* --- files ------------------------------------------------------------ */

/* The bundle whose folder holds the asset most closely. */
static struct page *find_bundle(const struct map *bundles, str below)
{
    for (str dir = path_dir(below); dir.len; dir = path_dir(dir)) {
        struct page *page = map_get(bundles, dir);
        if (page) return page;
    }
    return NULL;
}

static void place_asset(struct site *site, struct asset *asset, const struct map *bundles)
{
    struct buf url = buf_in(site->arena);
    struct page *bundle = asset->origin == ASSET_CONTENT ? find_bundle(bundles, asset->below) : NULL;
    if (bundle && str_ends(bundle->url, S("/"))) {
        asset->page = bundle;
        buf_add(&url, bundle->url);
        buf_url_path(&url, str_from(asset->below, path_dir(bundle->below).len + 1), false);
    } else {
        buf_char(&url, '/');
        buf_url_path(&url, asset->below, false);
    }
    if (asset->as_jpeg) buf_add(&url, S(".jpg"));   /* behind the whole name: a phone may have written x.jpg too */
    asset->url = buf_str(&url);
}

void place_assets(struct site *site)
{
    struct map bundles = {0};
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        str dir = path_dir(page->below);
        if (page->bundle && !page->failed && !map_get(&bundles, dir))
            map_put(site->arena, &bundles, dir, page);
    }
    for (ptrdiff_t i = 0; i < site->asset_count; i++) {
        struct asset *asset = site->assets[i];
        place_asset(site, asset, &bundles);
        map_put(site->arena, &site->asset_by_path, asset->path, asset);
        map_put(site->arena, &site->asset_by_folded_path, utf8_fold(site->arena, asset->path), asset);
        map_put(site->arena, &site->asset_by_url, asset->url, asset);
    }
}
