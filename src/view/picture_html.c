/* picture_html.c - a picture as HTML: <picture> with a <source> per format and
 * an <img> that every browser shows; and a body with its slots filled. */
#include "fields.h"

#include "base/escape.h"

/* How wide a use is shown: the `sizes` attribute. */
static const struct { str use, sizes; } use_sizes[] = {
    {STR_INIT("figure"), STR_INIT("(min-width: 760px) 680px, calc(100vw - 40px)")},
    {STR_INIT("card"), STR_INIT("(min-width: 1120px) 340px, (min-width: 640px) 46vw, calc(100vw - 40px)")},
    {STR_INIT("cover"), STR_INIT("(min-width: 1160px) 1080px, calc(100vw - 40px)")},
};

static str sizes_of(str use)
{
    for (size_t i = 0; i < sizeof use_sizes / sizeof *use_sizes; i++)
        if (str_equal(use, use_sizes[i].use)) return use_sizes[i].sizes;
    return S("100vw");
}

static bool is_use(const struct variant *variant, str use) { return str_equal(variant->use, use); }

/* Formats that a browser may not know: in a <source>, this one first. */
static const enum image_kind source_formats[] = {IMAGE_AVIF, IMAGE_WEBP};
enum { SOURCE_FORMATS = sizeof source_formats / sizeof *source_formats };

/* How many browsers know it: what stands in `src` is of the highest rank there is. */
static int format_rank(enum image_kind format) { return format == IMAGE_AVIF ? 0 : format == IMAGE_WEBP ? 1 : 2; }

/* The fallback: the widest variant of the use that every browser knows; else the widest WebP. */
static const struct variant *find_fallback(const struct picture *picture, str use)
{
    const struct variant *best = NULL;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        if (!is_use(variant, use)) continue;
        int rank = format_rank(variant->recipe.format), best_rank = best ? format_rank(best->recipe.format) : -1;
        if (rank > best_rank || (rank == best_rank && variant->width > best->width)) best = variant;
    }
    return best;
}

static void attribute(struct buf *out, str name, str text)
{
    buf_char(out, ' ');
    buf_add(out, name);
    buf_add(out, S("=\""));
    buf_html(out, text);
    buf_char(out, '"');
}

static ptrdiff_t count_of(const struct picture *picture, str use, enum image_kind format)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < picture->count; i++)
        count += is_use(&picture->variants[i], use) && picture->variants[i].recipe.format == format;
    return count;
}

/* One candidate needs no width: it is taken whatever the screen. */
static void srcset(struct buf *out, const struct picture *picture, str use, enum image_kind format)
{
    bool several = count_of(picture, use, format) > 1;
    buf_add(out, S(" srcset=\""));
    bool first = true;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        if (!is_use(variant, use) || variant->recipe.format != format) continue;
        if (!first) buf_add(out, S(", "));
        buf_html(out, variant->url);
        if (several) buf_printf(out, " %dw", variant->width);
        first = false;
    }
    buf_char(out, '"');
}

/* A size the author gave counts, in the picture's own proportion. */
static void size_attributes(struct buf *out, const struct picture_ref *ref, int width, int height)
{
    int64_t wanted_width = 0, wanted_height = 0;
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++) {
        if (str_equal(ref->attributes[i].name, S("width"))) str_to_int(ref->attributes[i].value, &wanted_width);
        if (str_equal(ref->attributes[i].name, S("height"))) str_to_int(ref->attributes[i].value, &wanted_height);
    }
    if (width > 0 && height > 0 && wanted_width > 0 && wanted_height <= 0)
        wanted_height = (wanted_width * height + width / 2) / width;
    if (width > 0 && height > 0 && wanted_height > 0 && wanted_width <= 0)
        wanted_width = (wanted_height * width + height / 2) / height;
    if (wanted_width <= 0 || wanted_height <= 0) {
        wanted_width = width;
        wanted_height = height;
    }
    if (wanted_width > 0 && wanted_height > 0)
        buf_printf(out, " width=\"%lld\" height=\"%lld\"", (long long)wanted_width, (long long)wanted_height);
}

static void other_attributes(struct buf *out, const struct picture_ref *ref)
{
    static const str own[] = {STR_INIT("width"), STR_INIT("height"), STR_INIT("src"), STR_INIT("alt"),
                              STR_INIT("loading"), STR_INIT("decoding"), STR_INIT("srcset"), STR_INIT("sizes")};
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++) {
        bool taken = false;
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            taken = taken || str_equal(ref->attributes[i].name, own[k]);
        if (!taken) attribute(out, ref->attributes[i].name, ref->attributes[i].value);
    }
}

static void image_element(struct buf *out, const struct picture_ref *ref, str url, int width, int height, str set_use,
                          const struct picture *picture, enum image_kind format)
{
    buf_add(out, S("<img"));
    attribute(out, S("src"), url);
    if (picture && count_of(picture, set_use, format) > 1) {
        srcset(out, picture, set_use, format);
        attribute(out, S("sizes"), sizes_of(set_use));
    }
    attribute(out, S("alt"), ref->alt);
    size_attributes(out, ref, width, height);
    if (!ref->eager) buf_add(out, S(" loading=\"lazy\""));
    buf_add(out, S(" decoding=\"async\""));
    other_attributes(out, ref);
    buf_char(out, '>');
}

/* An animation: the first frame for who wants no motion, the file itself for all others. */
static void moving_image(struct buf *out, const struct picture *picture, const struct picture_ref *ref, str use)
{
    buf_add(out, S("<picture><source media=\"(prefers-reduced-motion: reduce)\" type=\"image/webp\""));
    srcset(out, picture, use, IMAGE_WEBP);
    if (count_of(picture, use, IMAGE_WEBP) > 1) attribute(out, S("sizes"), sizes_of(use));
    buf_char(out, '>');
    image_element(out, ref, ref->asset->url, ref->asset->info.width, ref->asset->info.height, use, NULL, IMAGE_UNKNOWN);
    buf_add(out, S("</picture>"));
}

void view_picture_html(const struct view *view, const struct picture *picture,
                       const struct picture_ref *ref, str use, struct buf *out)
{
    (void)view;
    const struct asset *asset = ref->asset;
    const struct variant *fallback = picture && picture->asset ? find_fallback(picture, use) : NULL;
    if (!fallback) {            /* another host's, a drawing: the file itself */
        str url = asset ? asset->url : ref->url;
        if (url.len == 0 || (asset && asset->broken)) return;
        image_element(out, ref, url, asset ? asset->info.width : 0, asset ? asset->info.height : 0, use, NULL, IMAGE_UNKNOWN);
        return;
    }
    if (asset->info.frames > 1 && str_equal(use, S("figure")) && count_of(picture, use, IMAGE_WEBP) > 0) {
        moving_image(out, picture, ref, use);
        return;
    }
    bool sources = false;
    for (int i = 0; i < SOURCE_FORMATS && source_formats[i] != fallback->recipe.format; i++) {
        enum image_kind format = source_formats[i];
        if (count_of(picture, use, format) == 0) continue;
        buf_add(out, sources ? S("<source") : S("<picture><source"));
        sources = true;
        attribute(out, S("type"), str_c(image_kind_info(format)->media_type));
        srcset(out, picture, use, format);
        if (count_of(picture, use, format) > 1) attribute(out, S("sizes"), sizes_of(use));
        buf_char(out, '>');
    }
    image_element(out, ref, fallback->url, fallback->width, fallback->height, use, picture, fallback->recipe.format);
    if (sources) buf_add(out, S("</picture>"));
}

static bool find_picture(const struct view *view, value thing, struct arena *arena, const struct picture_ref **ref,
                         const struct picture **picture)
{
    if (thing.kind != VALUE_DROP) return false;
    const struct handle *handle = thing.as.drop.self;
    if (str_equal(str_c(thing.as.drop.class_->name), S("page"))) {
        const struct page *page = handle->thing;
        value_get(thing, S("image"), arena);        /* noted as read */
        *ref = view_cover_ref(page);
        *picture = view->plan ? &view->plan->covers[page->index] : NULL;
        return true;
    }
    if (!str_equal(str_c(thing.as.drop.class_->name), S("image"))) return false;
    const struct image_view *image = handle->thing;
    *ref = image->ref;
    *picture = image->picture;
    return true;
}

bool view_image_html(const struct view *view, value thing, str use, str class_, str alt, bool eager,
                     struct arena *arena, struct buf *out)
{
    const struct picture_ref *ref = NULL;
    const struct picture *picture = NULL;
    if (!find_picture(view, thing, arena, &ref, &picture)) return false;
    if (!ref) return true;
    struct picture_ref shown = *ref;
    struct attribute *own = ARENA_NEW(arena, struct attribute);
    *own = (struct attribute){S("class"), class_};
    shown.attributes = own;
    shown.attribute_count = class_.len ? 1 : 0;
    shown.eager = eager;
    if (alt.len) shown.alt = alt;
    view_picture_html(view, picture, &shown, use, out);
    return true;
}

/* Replaces each <img data-slot="N" ...> by picture N. */
str view_content(const struct view *view, const struct page *page, struct arena *arena)
{
    const struct content *content = view_body(view, page, arena);
    str mark = S("<img data-slot=\"");
    if (!view->plan || content->picture_count == 0) return content->html;
    struct buf out = buf_in(arena);
    buf_reserve(&out, content->html.len + content->picture_count * 700);
    str rest = content->html;
    for (ptrdiff_t at; (at = str_find(rest, mark)) >= 0;) {
        buf_add(&out, str_slice(rest, 0, at));
        rest = str_from(rest, at + mark.len);
        ptrdiff_t quote = str_find_char(rest, '"'), end = str_find_char(rest, '>');
        int64_t slot = -1;
        str_to_int(str_slice(rest, 0, quote), &slot);
        if (slot >= 0 && slot < content->picture_count)
            view_picture_html(view, &view->plan->pictures[page->index][slot], &content->pictures[slot], S("figure"), &out);
        rest = str_from(rest, end + 1);
    }
    buf_add(&out, rest);
    return buf_str(&out);
}
