/* told.c - see told.h.  Which ones, writing, reading. */
#include "told.h"

#include "base/file.h"
#include "base/pack.h"
#include "base/path.h"

static const enum diag_code lasting[] = {
    DIAG_UNDATED, DIAG_FIELD_REPEATED, DIAG_LAYOUT, DIAG_EVENT, DIAG_AUTHOR, DIAG_TRANSLATION, DIAG_LINK,
    DIAG_IMAGE_MISSING, DIAG_IMAGE_CASE, DIAG_IMAGE_KIND, DIAG_BUDGET, DIAG_GIF_SIZE, DIAG_NO_BASE_URL,
};

static bool is_known(const struct told *told, span at) { return (ptrdiff_t)at.file <= told->sources; }

static bool lasts(const struct told *told, const struct diag *diag)
{
    bool listed = false;
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++) listed = listed || diag->code == lasting[i];
    for (ptrdiff_t i = 0; i < diag->related_count; i++) listed = listed && is_known(told, diag->related[i].at);
    return listed && is_known(told, diag->at);
}

/* --- writing -------------------------------------------------------------------- */

static void pack_place(struct buf *out, span at)
{
    pack_number(out, at.file);
    pack_number(out, at.start);
    pack_number(out, at.len);
}

static void pack_diag(struct buf *out, const struct diag *diag, str root)
{
    pack_number(out, (uint64_t)diag->code);
    pack_number(out, (uint64_t)diag->severity);
    pack_place(out, diag->at);
    pack_str(out, path_below(root, diag->path));
    pack_str(out, diag->message);
    pack_str(out, diag->hint);
    pack_number(out, (uint64_t)diag->related_count);
    for (ptrdiff_t i = 0; i < diag->related_count; i++) {
        pack_place(out, diag->related[i].at);
        pack_str(out, diag->related[i].text);
    }
}

bool told_keep(const struct told *told, struct arena *scratch, hash128 *out)
{
    const struct diags *diags = told->diags;
    struct diags unheard = diags_in(scratch);
    struct buf all = buf_in(scratch);
    *out = (hash128){0};
    if (diags->count == told->from) return true;
    pack_number(&all, (uint64_t)(diags->count - told->from));
    for (ptrdiff_t i = told->from; i < diags->count; i++) {
        if (!lasts(told, &diags->items[i])) return false;
        pack_diag(&all, &diags->items[i], told->root);
    }
    *out = hash_bytes(all.p, (size_t)all.len);
    return file_write_new(told->path, buf_str(&all), NULL, &unheard);
}

/* --- reading --------------------------------------------------------------------- */

static span unpack_place(struct unpack *in)
{
    span at = {.file = (uint32_t)unpack_number(in)};
    at.start = (uint32_t)unpack_number(in);
    at.len = (uint32_t)unpack_number(in);
    return at;
}

static void unpack_diag(struct unpack *in, struct diags *diags)
{
    struct diag diag = {.code = (enum diag_code)unpack_number(in)};
    diag.severity = (enum diag_severity)unpack_number(in);
    diag.at = unpack_place(in);
    diag.path = unpack_str(in);
    diag.message = unpack_str(in);
    diag.hint = unpack_str(in);
    for (ptrdiff_t left = unpack_count(in); left > 0; left--) {
        span at = unpack_place(in);
        diag_relate(diags, &diag, at, unpack_str(in));
    }
    ARENA_PUSH(diags->arena, diags->items, diags->count, diags->capacity) = diag;
}

bool told_again(str path, hash128 hash, struct diags *diags)
{
    struct diags before = diags_in(diags->arena);
    str bytes;
    if (!file_read(diags->arena, path, &bytes, &before)) return false;
    hash128 own = hash_bytes(bytes.p, (size_t)bytes.len);
    if (own.low != hash.low || own.high != hash.high) return false;
    struct unpack in = {.bytes = bytes};
    for (ptrdiff_t left = unpack_count(&in); left > 0; left--) unpack_diag(&in, &before);
    if (!in.failed) diags_merge(diags, &before);
    return !in.failed;
}
