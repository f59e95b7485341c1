/* content_pack.c - see content_pack.h. */
#include "content_pack.h"

#include "base/pieces.h"

/* --- writing ---------------------------------------------------------------- */

static void pack_asset(struct buf *out, const struct asset *asset) { pack_str(out, asset ? asset->path : (str){0}); }

static void pack_place(struct buf *out, span at)
{
    pack_number(out, at.start);
    pack_number(out, at.len);
}

static void pack_counts(struct buf *out, struct text_counts counts)
{
    pack_signed(out, counts.syllables);
    pack_signed(out, counts.words);
    pack_signed(out, counts.characters);
}

/* Titles and captions say mostly what has been said already. */
static void pack_again(struct buf *out, str text, str said)
{
    bool again = str_equal(text, said);
    pack_bool(out, again);
    if (!again) pack_str(out, text);
}

static void pack_picture(struct buf *out, const struct picture_ref *picture)
{
    pack_str(out, picture->url);
    pack_asset(out, picture->asset);
    pack_str(out, picture->alt);
    pack_again(out, picture->title, picture->alt);
    pack_again(out, picture->caption, picture->alt);
    pack_str(out, picture->anchor);
    pack_bool(out, picture->linked);
    pack_number(out, picture->columns);
    pack_number(out, picture->narrow_columns);
    pack_bool(out, picture->eager);
    pack_place(out, picture->at);
    pack_number(out, (uint64_t)picture->attribute_count);
    for (ptrdiff_t i = 0; i < picture->attribute_count; i++) {
        pack_str(out, picture->attributes[i].name);
        pack_str(out, picture->attributes[i].value);
    }
}

static void pack_link(struct buf *out, const struct link_ref *link)
{
    pack_str(out, link->url);
    pack_place(out, link->at);
    pack_bool(out, link->is_asset);
    pack_asset(out, link->asset);
}

void pack_light(struct buf *out, const struct content *content)
{
    pack_str(out, content->summary);
    pack_counts(out, content->prose);
    pack_counts(out, content->code);
    pack_signed(out, content->photo_count);
    pack_signed(out, content->reading_minutes);
    pack_bool(out, content->has_code);
    pack_bool(out, content->has_math);
    pack_bool(out, content->has_mermaid);
    pack_bool(out, content->liquid);
    pack_number(out, (uint64_t)content->picture_count);
    for (ptrdiff_t i = 0; i < content->picture_count; i++) pack_picture(out, &content->pictures[i]);
    pack_number(out, (uint64_t)content->link_count);
    for (ptrdiff_t i = 0; i < content->link_count; i++) pack_link(out, &content->links[i]);
    pack_number(out, (uint64_t)content->ids.count);
    for (ptrdiff_t i = 0; i < content->ids.count; i++) pack_str(out, content->ids.items[i]);
}

void pack_body(struct buf *out, const struct content *content)
{
    buf_reserve(out, content->html.len + content->text.len + 4096);
    pack_str(out, content->html);
    pack_pieces(out, content->text, content->html);
    pack_number(out, (uint64_t)content->heading_count);
    for (ptrdiff_t i = 0; i < content->heading_count; i++) {
        const struct heading *heading = &content->headings[i];
        pack_signed(out, heading->level);
        pack_str(out, heading->id);
        pack_str(out, heading->html);
        pack_str(out, heading->text);
        pack_bool(out, heading->in_toc);
    }
}

/* --- reading ---------------------------------------------------------------- */

struct reader {
    struct unpack in;
    const struct site *site;
    uint32_t file;
    struct arena *arena;
};

static const struct asset *unpack_asset(struct reader *reader)
{
    str path = unpack_str(&reader->in);
    return path.len ? map_get(&reader->site->asset_by_path, path) : NULL;
}

static span unpack_place(struct reader *reader)
{
    uint32_t start = (uint32_t)unpack_number(&reader->in);
    return (span){reader->file, start, (uint32_t)unpack_number(&reader->in)};
}

static struct text_counts unpack_counts(struct reader *reader)
{
    struct text_counts counts = {.syllables = unpack_signed(&reader->in)};
    counts.words = unpack_signed(&reader->in);
    counts.characters = unpack_signed(&reader->in);
    return counts;
}

static str unpack_again(struct unpack *in, str said) { return unpack_bool(in) ? said : unpack_str(in); }

static void unpack_picture(struct reader *reader, struct picture_ref *out)
{
    struct unpack *in = &reader->in;
    out->url = unpack_str(in);
    out->asset = unpack_asset(reader);
    out->alt = unpack_str(in);
    out->title = unpack_again(in, out->alt);
    out->caption = unpack_again(in, out->alt);
    out->anchor = unpack_str(in);
    out->linked = unpack_bool(in);
    out->columns = (unsigned char)unpack_number(in);
    out->narrow_columns = (unsigned char)unpack_number(in);
    out->eager = unpack_bool(in);
    out->at = unpack_place(reader);
    out->attribute_count = unpack_count(in);
    out->attributes = ARENA_NEWS(reader->arena, struct attribute, out->attribute_count);
    for (ptrdiff_t i = 0; i < out->attribute_count; i++) {
        out->attributes[i].name = unpack_str(in);
        out->attributes[i].value = unpack_str(in);
    }
}

static void unpack_link(struct reader *reader, struct link_ref *out)
{
    out->url = unpack_str(&reader->in);
    out->at = unpack_place(reader);
    out->is_asset = unpack_bool(&reader->in);
    out->asset = unpack_asset(reader);
}

bool unpack_light(str bytes, const struct site *site, uint32_t file, struct arena *arena, struct content *out)
{
    struct reader reader = {{.bytes = bytes}, site, file, arena};
    struct unpack *in = &reader.in;
    out->summary = unpack_str(in);
    out->prose = unpack_counts(&reader);
    out->code = unpack_counts(&reader);
    out->photo_count = (ptrdiff_t)unpack_signed(in);
    out->reading_minutes = (int)unpack_signed(in);
    out->has_code = unpack_bool(in);
    out->has_math = unpack_bool(in);
    out->has_mermaid = unpack_bool(in);
    out->liquid = unpack_bool(in);
    out->picture_count = out->picture_capacity = unpack_count(in);
    out->pictures = ARENA_NEWS(arena, struct picture_ref, out->picture_count);
    for (ptrdiff_t i = 0; i < out->picture_count && !in->failed; i++) unpack_picture(&reader, &out->pictures[i]);
    out->link_count = out->link_capacity = unpack_count(in);
    out->links = ARENA_NEWS(arena, struct link_ref, out->link_count);
    for (ptrdiff_t i = 0; i < out->link_count && !in->failed; i++) unpack_link(&reader, &out->links[i]);
    out->ids.count = out->ids.capacity = unpack_count(in);
    out->ids.items = ARENA_NEWS(arena, str, out->ids.count);
    for (ptrdiff_t i = 0; i < out->ids.count; i++) out->ids.items[i] = unpack_str(in);
    return !in->failed && in->bytes.len == 0;
}

bool unpack_body(str bytes, struct arena *arena, struct content *out)
{
    struct unpack in = {.bytes = bytes};
    out->html = unpack_str(&in);
    out->text = unpack_pieces(&in, out->html, arena);
    out->heading_count = out->heading_capacity = unpack_count(&in);
    out->headings = ARENA_NEWS(arena, struct heading, out->heading_count);
    for (ptrdiff_t i = 0; i < out->heading_count && !in.failed; i++) {
        struct heading *heading = &out->headings[i];
        heading->level = (int)unpack_signed(&in);
        heading->id = unpack_str(&in);
        heading->html = unpack_str(&in);
        heading->text = unpack_str(&in);
        heading->in_toc = unpack_bool(&in);
    }
    return !in.failed && in.bytes.len == 0;
}
