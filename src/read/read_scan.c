/* read_scan.c - finds pages, assets and data; reads only data/. */
#include "base/json.h"
#include "base/path.h"
#include "base/text_repair.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "read/read.h"

static const struct {
    str extension;
    enum page_format format;
} page_formats[] = {
    {STR_INIT("md"), FORMAT_MARKDOWN},
    {STR_INIT("markdown"), FORMAT_MARKDOWN},
    {STR_INIT("txt"), FORMAT_TEXT},
    {STR_INIT("html"), FORMAT_HTML},
};

static bool find_format(str path, enum page_format *out)
{
    str extension = path_extension(path);
    for (size_t i = 0; i < sizeof page_formats / sizeof *page_formats; i++)
        if (str_equal_ascii_case(extension, page_formats[i].extension)) {
            *out = page_formats[i].format;
            return true;
        }
    return false;
}

static void add_page(struct site *site, const struct file_entry *entry, enum page_format format)
{
    struct page *page = site_add_page(site);
    page->path = path_join(site->arena, S("content"), entry->path);
    page->disk = path_join(site->arena, S("content"), entry->disk);
    page->below = entry->path;
    page->stat = entry->stat;
    page->format = format;
    str stem = path_stem(entry->path);
    page->bundle = path_dir(entry->path).len > 0 && (str_equal(stem, S("index")) || str_starts(stem, S("index.")));
    page->file = sources_add(site->sources, page->path, (str){0});
}

static void add_asset(struct site *site, const struct file_entry *entry, enum asset_origin origin)
{
    str folder = origin == ASSET_STATIC ? S("static") : S("content");
    struct asset *asset = site_add_asset(site);
    asset->origin = origin;
    asset->path = path_join(site->arena, folder, entry->path);
    asset->disk = path_join(site->arena, folder, entry->disk);
    asset->below = entry->path;
    asset->stat = entry->stat;
}

static bool walk(struct site *site, struct job_pool *pool, str folder, struct file_list *out, struct diags *diags)
{
    return file_walk_on(pool, site->arena, path_join(site->arena, site->root, folder), site->root, out, diags);
}

static bool read_value(struct site *site, str path, str disk, struct diags *diags, value *out)
{
    str bytes, text;
    if (!file_read(site->arena, path_join(site->arena, site->root, disk), &bytes, diags)) return false;
    uint32_t file = sources_add(site->sources, path, bytes);
    if (!text_repair(site->arena, bytes, file, site->sources, diags, &text)) return false;
    if (str_equal_ascii_case(path_extension(path), S("json")))
        return json_parse(site->arena, text, file, diags, out);
    return yaml_parse(site->arena, text, file, 0, diags, out);
}

/* data/a/b.yaml becomes site.data.a.b. */
static void place_value(struct site *site, str below, value item)
{
    value *at = &site->data;
    str part;
    for (str rest = path_dir(below); str_split(&rest, '/', &part);) {
        if (part.len == 0) continue;
        const struct value_pair *pair = value_pair(at, part);
        if (!pair || pair->value.kind != VALUE_MAP)
            value_set(site->arena, at, part, value_map(site->arena));
        at = (value *)&value_pair(at, part)->value;
    }
    value_set(site->arena, at, path_stem(below), item);
}

bool read_is_data(str path)
{
    str extension = path_extension(path);
    return str_equal_ascii_case(extension, S("yaml")) || str_equal_ascii_case(extension, S("yml")) || str_equal_ascii_case(extension, S("json"));
}

static bool read_data(struct site *site, struct job_pool *pool, struct diags *diags)
{
    struct file_list files = {0};
    bool ok = walk(site, pool, S("data"), &files, diags);
    site->data = value_map(site->arena);
    for (ptrdiff_t i = 0; i < files.count; i++) {
        if (!read_is_data(files.items[i].path)) continue;
        value item;
        str path = path_join(site->arena, S("data"), files.items[i].path);
        str disk = path_join(site->arena, S("data"), files.items[i].disk);
        if (read_value(site, path, disk, diags, &item))
            place_value(site, files.items[i].path, item);
        else
            ok = false;
    }
    return ok;
}

/* _part.md is for {% include_relative %} and no page; Hugo's _index.md is one. */
static bool is_part(str path)
{
    str name = path_name(path);
    return str_starts(name, S("_")) && !str_starts(name, S("_index."));
}

bool read_scan(struct site *site, struct job_pool *pool, struct diags *diags)
{
    struct file_list content = {0}, fixed = {0};
    bool ok = walk(site, pool, S("content"), &content, diags) && walk(site, pool, S("static"), &fixed, diags);
    for (ptrdiff_t i = 0; i < content.count; i++) {
        enum page_format format;
        if (!find_format(content.items[i].path, &format))
            add_asset(site, &content.items[i], ASSET_CONTENT);
        else if (!is_part(content.items[i].path))
            add_page(site, &content.items[i], format);
    }
    for (ptrdiff_t i = 0; i < fixed.count; i++) add_asset(site, &fixed.items[i], ASSET_STATIC);
    return read_data(site, pool, diags) && ok;
}
