/* picture_html.c - a picture as HTML: <picture> with a <source> per format and
 * an <img> that every browser shows; and a body with its slots filled. */
#include "fields.h"

#include "base/escape.h"

/* How wide the default theme shows a use: the `sizes` attribute where a template gives none. */
static const struct { str use, sizes; } use_sizes[] = {
    {STR_INIT("figure"), STR_INIT("(min-width: 760px) 680px, calc(100vw - 40px)")},
    {STR_INIT("card"), STR_INIT("(min-width: 1120px) 340px, (min-width: 702px) 44vw, calc(100vw - 40px)")},
    {STR_INIT("cover"), STR_INIT("(min-width: 1160px) 1080px, calc(100vw - 40px)")},
};

/* A picture on its way to HTML. */
struct picture_use {
    const struct picture *picture;      /* NULL: no variants */
    const struct picture_ref *ref;
    str use;
    str sizes;                          /* "": by its use and its place in a gallery */
    str language;                       /* of the page, for the words of a control; "": nothing to click may stand there */
};

/* Cells of a gallery by how many stand in a row: pixels where the text has its full width, a part of the window below. */
enum { MOST_COLUMNS = 3, MARGINS = 40, SIDE_MAX = 65535 };
static const struct { int pixels, window; } cells[MOST_COLUMNS + 1] = {{680, 90}, {680, 90}, {336, 45}, {222, 30}};

static int columns_of(const struct picture_ref *ref) { return ref->columns > MOST_COLUMNS ? MOST_COLUMNS : ref->columns; }

struct size { int64_t width, height; };

/* What the author gave, the other side in the picture's own proportion; 0: nothing. */
static struct size given_size(const struct picture_ref *ref, int width, int height)
{
    struct size given = {0, 0};
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++) {
        if (str_equal(ref->attributes[i].name, S("width"))) str_to_int(ref->attributes[i].value, &given.width);
        if (str_equal(ref->attributes[i].name, S("height"))) str_to_int(ref->attributes[i].value, &given.height);
    }
    if (given.width > SIDE_MAX || given.height > SIDE_MAX) return (struct size){0, 0};
    if (width > 0 && height > 0 && given.width > 0 && given.height <= 0) given.height = (given.width * height + width / 2) / width;
    if (width > 0 && height > 0 && given.height > 0 && given.width <= 0) given.width = (given.height * width + height / 2) / height;
    return given;
}

/* The width the author gave to a picture outside of galleries, where that is less than the text's; else 0. */
static int given_pixels(const struct picture_ref *ref)
{
    if (ref->columns || !ref->asset) return 0;
    struct size given = given_size(ref, ref->asset->info.width, ref->asset->info.height);
    return given.width > 0 && given.width < cells[0].pixels ? (int)given.width : 0;
}

int view_figure_pixels(const struct picture_ref *ref)
{
    int given = given_pixels(ref);
    return given ? given : cells[columns_of(ref)].pixels;
}

static void gallery_sizes(struct buf *out, const struct picture_ref *ref)
{
    buf_printf(out, "(min-width: 760px) %dpx, (min-width: 640px) %dvw, ", view_figure_pixels(ref), cells[columns_of(ref)].window);
    buf_add(out, ref->narrow_columns == 1 ? S("calc(100vw - 40px)") : S("calc(50vw - 24px)"));
}

static void sizes_attribute(struct buf *out, const struct picture_use *shown)
{
    str sizes = shown->sizes.len ? shown->sizes : S("100vw");
    for (size_t i = 0; !shown->sizes.len && i < sizeof use_sizes / sizeof *use_sizes; i++)
        if (str_equal(shown->use, use_sizes[i].use)) sizes = use_sizes[i].sizes;
    buf_add(out, S(" sizes=\""));
    bool own_size = !shown->sizes.len && str_equal(shown->use, S("figure"));
    int given = own_size ? given_pixels(shown->ref) : 0;
    if (given) buf_printf(out, "(min-width: %dpx) %dpx, calc(100vw - %dpx)", given + MARGINS, given, MARGINS);
    else if (own_size && shown->ref->columns) gallery_sizes(out, shown->ref);
    else buf_html(out, sizes);
    buf_char(out, '"');
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

/* Every size in a format.  One candidate needs no width: it is taken whatever the screen. */
static void candidates(struct buf *out, const struct picture_use *shown, enum image_kind format)
{
    const struct picture *picture = shown->picture;
    bool several = count_of(picture, shown->use, format) > 1;
    buf_add(out, S(" srcset=\""));
    bool first = true;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        if (!is_use(variant, shown->use) || variant->recipe.format != format) continue;
        if (!first) buf_add(out, S(", "));
        buf_html(out, variant->url);
        if (several) buf_printf(out, " %dw", variant->width);
        first = false;
    }
    buf_char(out, '"');
    if (several) sizes_attribute(out, shown);
}

static void size_attributes(struct buf *out, const struct picture_ref *ref, int width, int height)
{
    struct size given = given_size(ref, width, height);
    if (given.width <= 0 || given.height <= 0) given = (struct size){width, height};
    if (given.width > 0 && given.height > 0) buf_printf(out, " width=\"%lld\" height=\"%lld\"", (long long)given.width, (long long)given.height);
}

/* The author's classes, then those of its colour, which its place has until it is there. */
static void class_attribute(struct buf *out, const struct picture_ref *ref)
{
    str given = {0};
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++)
        if (str_equal(ref->attributes[i].name, S("class"))) given = ref->attributes[i].value;
    bool tinted = ref->asset && ref->asset->tint.tone;
    if (!given.len && !tinted) return;
    buf_add(out, S(" class=\""));
    buf_html(out, given);
    if (given.len && tinted) buf_char(out, ' ');
    if (tinted) view_tint_classes(ref->asset, out);
    buf_char(out, '"');
}

void view_tint_classes(const struct asset *asset, struct buf *out)
{
    if (asset->tint.hue) buf_printf(out, "hue%d ", asset->tint.hue);
    if (asset->tint.tone) buf_printf(out, "tone%d", asset->tint.tone);
}

static void other_attributes(struct buf *out, const struct picture_ref *ref)
{
    static const str own[] = {STR_INIT("width"), STR_INIT("height"), STR_INIT("src"), STR_INIT("alt"), STR_INIT("class"),
                              STR_INIT("loading"), STR_INIT("decoding"), STR_INIT("srcset"), STR_INIT("sizes")};
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++) {
        bool taken = false;
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            taken = taken || str_equal(ref->attributes[i].name, own[k]);
        if (!taken) attribute(out, ref->attributes[i].name, ref->attributes[i].value);
    }
}

/* `format`: of the sizes it may choose from; unknown: the one file is all there is. */
static void image_element(struct buf *out, const struct picture_use *shown, str url, int width, int height, enum image_kind format)
{
    const struct picture_ref *ref = shown->ref;
    buf_add(out, S("<img"));
    attribute(out, S("src"), url);
    if (format != IMAGE_UNKNOWN && count_of(shown->picture, shown->use, format) > 1) candidates(out, shown, format);
    attribute(out, S("alt"), ref->alt);
    size_attributes(out, ref, width, height);
    if (!ref->eager) buf_add(out, S(" loading=\"lazy\""));
    buf_add(out, S(" decoding=\"async\""));
    class_attribute(out, ref);
    other_attributes(out, ref);
    buf_char(out, '>');
}

/* The file itself.  A drawing that does not say its size has the one that browsers give it (CSS 2.1, 10.3.2). */
static void whole_image(struct buf *out, const struct picture_use *shown)
{
    const struct asset *asset = shown->ref->asset;
    int width = asset ? asset->info.width : 0, height = asset ? asset->info.height : 0;
    bool drawing = asset && asset->info.kind == IMAGE_SVG;
    if (drawing && !width) width = 300;
    if (drawing && !height) height = 150;
    image_element(out, shown, asset ? asset->url : shown->ref->url, width, height, IMAGE_UNKNOWN);
}

/* In every size and format, the smaller files first: a <picture>, or an <img> where one format is all there is. */
static void still_image(struct buf *out, const struct picture_use *shown, const struct variant *fallback)
{
    bool sources = false;
    for (int i = 0; i < SOURCE_FORMATS && source_formats[i] != fallback->recipe.format; i++) {
        enum image_kind format = source_formats[i];
        if (count_of(shown->picture, shown->use, format) == 0) continue;
        buf_add(out, sources ? S("<source") : S("<picture><source"));
        sources = true;
        attribute(out, S("type"), str_c(image_kind_info(format)->media_type));
        candidates(out, shown, format);
        buf_char(out, '>');
    }
    image_element(out, shown, fallback->url, fallback->width, fallback->height, fallback->recipe.format);
    if (sources) buf_add(out, S("</picture>"));
}

/* The file itself, which moves; for who wants no motion its first frame. */
static void moving_image(struct buf *out, const struct picture_use *shown, const struct variant *fallback)
{
    enum image_kind format = count_of(shown->picture, shown->use, IMAGE_WEBP) ? IMAGE_WEBP : fallback->recipe.format;
    buf_add(out, S("<picture><source media=\"(prefers-reduced-motion: reduce)\""));
    attribute(out, S("type"), str_c(image_kind_info(format)->media_type));
    candidates(out, shown, format);
    buf_char(out, '>');
    whole_image(out, shown);
    buf_add(out, S("</picture>"));
}

static str play_label(const struct view *view, const struct picture_use *shown)
{
    str label = theme_string(view->site->theme, shown->language, S("play"));
    return label.len ? label : S("GIF");
}

/* An animation of its own figure: its first frame, and the file itself once it is asked for.  A closed
 * <details> loads nothing lazy, needs no script and is a button for keyboards. */
static void played_image(const struct view *view, struct buf *out, const struct picture_use *shown, const struct variant *fallback)
{
    struct picture_ref ref = *shown->ref;
    struct picture_use moving = *shown;
    ref.eager = false;
    moving.ref = &ref;
    buf_add(out, S("<details class=\"play\"><summary>"));
    still_image(out, shown, fallback);
    buf_add(out, S("<span>"));
    buf_html(out, play_label(view, shown));
    buf_add(out, S("</span></summary>"));
    moving_image(out, &moving, fallback);
    buf_add(out, S("</details>"));
}

/* An animation within a text, where no <details> may stand: its first frame leads to the file. */
static void linked_image(const struct view *view, struct buf *out, const struct picture_use *shown, const struct variant *fallback)
{
    buf_add(out, S("<a class=\"play\""));
    attribute(out, S("href"), shown->ref->asset->url);
    attribute(out, S("title"), play_label(view, shown));
    buf_char(out, '>');
    still_image(out, shown, fallback);
    buf_add(out, S("</a>"));
}

/* Of an animation the first frame; by itself nothing moves. */
static void animation(const struct view *view, struct buf *out, const struct picture_use *shown, const struct variant *fallback)
{
    bool alone = shown->ref->anchor.len > 0, may_lead = shown->language.len && !shown->ref->linked;
    if (!may_lead) still_image(out, shown, fallback);
    else if (alone) played_image(view, out, shown, fallback);
    else linked_image(view, out, shown, fallback);
}

static void write_picture(const struct view *view, const struct picture_use *shown, struct buf *out)
{
    const struct picture_ref *ref = shown->ref;
    const struct asset *asset = ref->asset;
    const struct variant *fallback = shown->picture && shown->picture->asset ? find_fallback(shown->picture, shown->use) : NULL;
    bool moves = fallback && asset->info.frames > 1 && str_equal(shown->use, S("figure"));
    if (asset_is_lost(asset)) {
        if (!ref->caption.len) buf_html(out, ref->alt);     /* what it would have shown */
        return;
    }
    if (!fallback && (asset ? asset->url : ref->url).len == 0) return;
    if (!fallback) whole_image(out, shown);         /* another host's, a drawing */
    else if (moves) animation(view, out, shown, fallback);
    else still_image(out, shown, fallback);
}

static bool find_picture(const struct view *view, value thing, struct arena *arena, const struct picture_ref **ref,
                         const struct picture **picture)
{
    if (thing.kind != VALUE_DROP) return false;
    const struct handle *handle = thing.as.drop.self;
    if (str_equal(str_c(thing.as.drop.class_->name), S("page"))) {
        const struct page *page = handle->thing;
        value_get(thing, S("image"), arena);        /* noted as read */
        *ref = view_cover_ref(view, page);
        *picture = view->plan ? &view->plan->covers[page->index] : NULL;
        return true;
    }
    if (!str_equal(str_c(thing.as.drop.class_->name), S("image"))) return false;
    const struct image_view *image = handle->thing;
    *ref = image->ref;
    *picture = image->picture;
    return true;
}

bool view_image_html(const struct view *view, value thing, const struct image_options *options, struct arena *arena,
                     struct buf *out)
{
    const struct picture_ref *ref = NULL;
    const struct picture *picture = NULL;
    if (!find_picture(view, thing, arena, &ref, &picture)) return false;
    if (!ref) return true;
    struct picture_ref own = *ref;
    struct attribute *class_ = ARENA_NEW(arena, struct attribute);
    *class_ = (struct attribute){S("class"), options->class_};
    own.attributes = class_;
    own.attribute_count = options->class_.len ? 1 : 0;
    own.eager = options->eager;
    own.columns = 0;
    if (options->alt.len) own.alt = options->alt;
    if (options->silent) own.alt = (str){0};
    struct picture_use shown = {picture, &own, options->use, options->sizes, (str){0}};
    write_picture(view, &shown, out);
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
        if (slot >= 0 && slot < content->picture_count) {
            struct picture_use shown = {&view->plan->pictures[page->index][slot], &content->pictures[slot], S("figure"), (str){0}, page->language};
            write_picture(view, &shown, &out);
        }
        rest = str_from(rest, end + 1);
    }
    buf_add(&out, rest);
    return buf_str(&out);
}
