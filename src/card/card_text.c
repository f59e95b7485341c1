/* card_text.c - the only file that sees HarfBuzz and FreeType.
 *
 * A text is cut into stretches of one font; each is shaped by HarfBuzz in font
 * units; FreeType draws the glyphs without hinting, so that sizes look alike. */
#include "card_text.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb.h>
#include <stdlib.h>

#include "base/library.h"
#include "base/utf8.h"

#define FREETYPE(X)                                                                                                \
    X(FT_Init_FreeType) X(FT_Done_FreeType) X(FT_New_Face) X(FT_Done_Face) X(FT_Select_Size) X(FT_Set_Char_Size)   \
    X(FT_Load_Glyph) X(FT_Outline_Translate) X(FT_Render_Glyph)
static struct { FREETYPE(LIBRARY_FIELD) } freetype;
static struct library freetype_library = LIBRARY(LIBRARY_FREETYPE, FREETYPE, freetype);

#define HARFBUZZ(X)                                                                                                \
    X(hb_blob_create_from_file) X(hb_blob_destroy) X(hb_face_create) X(hb_face_destroy) X(hb_face_get_upem)        \
    X(hb_font_create) X(hb_font_destroy) X(hb_font_get_face) X(hb_font_set_var_named_instance)                     \
    X(hb_buffer_create) X(hb_buffer_destroy) X(hb_buffer_clear_contents) X(hb_buffer_add_utf8)                     \
    X(hb_buffer_set_direction) X(hb_buffer_set_language) X(hb_buffer_guess_segment_properties)                     \
    X(hb_language_from_string) X(hb_shape) X(hb_buffer_get_glyph_infos) X(hb_buffer_get_glyph_positions)
static struct { HARFBUZZ(LIBRARY_FIELD) } harfbuzz;
static struct library harfbuzz_library = LIBRARY(LIBRARY_HARFBUZZ, HARFBUZZ, harfbuzz);

struct face {
    FT_Face face;               /* NULL: not opened yet, or `broken` */
    hb_font_t *shaper;
    double em;                  /* font units */
    bool broken;
};

struct card_pen {
    const struct card_fonts *fonts;
    FT_Library library;
    hb_buffer_t *buffer;
    struct face *faces[CARD_WEIGHTS];
};

struct card_pen *card_pen_new(const struct card_fonts *fonts)
{
    library_need(&freetype_library);
    library_need(&harfbuzz_library);
    struct card_pen *pen = memory_alloc(sizeof *pen);
    *pen = (struct card_pen){.fonts = fonts, .buffer = harfbuzz.hb_buffer_create()};
    if (freetype.FT_Init_FreeType(&pen->library)) pen->library = NULL;
    for (int weight = 0; weight < CARD_WEIGHTS; weight++) {
        size_t size = sizeof(struct face) * (size_t)card_font_count(fonts, (enum card_weight)weight);
        pen->faces[weight] = memory_alloc(size);
        memset(pen->faces[weight], 0, size);
    }
    return pen;
}

void card_pen_free(struct card_pen *pen)
{
    for (int weight = 0; weight < CARD_WEIGHTS; weight++) {
        for (ptrdiff_t i = 0; i < card_font_count(pen->fonts, (enum card_weight)weight); i++) {
            struct face *face = &pen->faces[weight][i];
            if (face->shaper) harfbuzz.hb_font_destroy(face->shaper);
            if (face->face) freetype.FT_Done_Face(face->face);
        }
        memory_free(pen->faces[weight]);
    }
    harfbuzz.hb_buffer_destroy(pen->buffer);
    if (pen->library) freetype.FT_Done_FreeType(pen->library);
    memory_free(pen);
}

static hb_font_t *open_shaper(const struct card_font *font)
{
    hb_blob_t *blob = harfbuzz.hb_blob_create_from_file(font->path);
    hb_face_t *face = harfbuzz.hb_face_create(blob, (unsigned)font->index & 0xffff);
    hb_font_t *shaper = harfbuzz.hb_font_create(face);
    if (font->index >> 16) harfbuzz.hb_font_set_var_named_instance(shaper, (unsigned)(font->index >> 16) - 1);
    harfbuzz.hb_face_destroy(face);
    harfbuzz.hb_blob_destroy(blob);
    return shaper;
}

/* A font of pictures alone has one size; what is drawn is made smaller from it. */
static bool open_face(struct card_pen *pen, struct face *face, const struct card_font *font)
{
    if (face->face || face->broken) return face->face != NULL;
    face->broken = !pen->library || freetype.FT_New_Face(pen->library, font->path, font->index, &face->face);
    if (face->broken) return false;
    face->shaper = open_shaper(font);
    face->em = harfbuzz.hb_face_get_upem(harfbuzz.hb_font_get_face(face->shaper));
    if (!FT_IS_SCALABLE(face->face) && face->face->num_fixed_sizes > 0) freetype.FT_Select_Size(face->face, 0);
    return true;
}

/* --- shaping -------------------------------------------------------------- */

static bool is_emoji(uint32_t rune)
{
    return (rune >= 0x1F000 && rune <= 0x1FAFF) || (rune >= 0x2600 && rune <= 0x27BF) || rune == 0x2B50 || rune == 0x2B55 ||
           (rune >= 0x231A && rune <= 0x23FF);
}

/* Part of the character before it: joiners, variation selectors, marks, skin tones, tags. */
static bool is_joined(uint32_t rune)
{
    return rune == 0x200D || (rune >= 0xFE00 && rune <= 0xFE0F) || rune == 0x20E3 || (rune >= 0x1F3FB && rune <= 0x1F3FF) ||
           (rune >= 0xE0020 && rune <= 0xE007F) || rune_is_mark(rune);
}

/* The font of the character at `at`, which ends before *end with all that is joined to it. */
static int choose_font(const struct card_fonts *fonts, enum card_weight weight, str text, ptrdiff_t at, ptrdiff_t *end)
{
    uint32_t first = utf8_next(text, &at), last = first;
    bool picture = is_emoji(first);
    for (ptrdiff_t next = at; next < text.len; at = next) {
        uint32_t rune = utf8_next(text, &next);
        if (!is_joined(rune) && last != 0x200D) break;
        picture = picture || rune == 0xFE0F || rune == 0x20E3;
        if (rune == 0xFE0E) picture = false;
        last = rune;
    }
    *end = at;
    int font = card_font_for(fonts, weight, first, picture);
    return font == CARD_NO_FONT ? card_font_for(fonts, weight, first, !picture) : font;
}

/* The glyph of every font that stands for characters it does not have. */
enum { NOT_DEFINED = 0 };

static void shape_stretch(struct card_pen *pen, struct face *face, int font, str text, ptrdiff_t from, ptrdiff_t to,
                          struct card_run *run, ptrdiff_t *capacity, struct arena *arena)
{
    hb_buffer_t *buffer = pen->buffer;
    harfbuzz.hb_buffer_clear_contents(buffer);
    harfbuzz.hb_buffer_add_utf8(buffer, text.p, (int)text.len, (unsigned)from, (int)(to - from));
    harfbuzz.hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    harfbuzz.hb_buffer_set_language(buffer, harfbuzz.hb_language_from_string("ko", -1));
    harfbuzz.hb_buffer_guess_segment_properties(buffer);
    harfbuzz.hb_shape(face->shaper, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = harfbuzz.hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        if (infos[i].codepoint == NOT_DEFINED) continue;        /* joined to a letter, like the square around a digit */
        ARENA_PUSH(arena, run->glyphs, run->count, *capacity) = (struct card_glyph){
            .font = font, .id = infos[i].codepoint, .cluster = infos[i].cluster, .space = text.p[infos[i].cluster] == ' ',
            .advance = places[i].x_advance / face->em, .x = places[i].x_offset / face->em, .y = places[i].y_offset / face->em};
    }
}

struct card_run card_text_shape(struct card_pen *pen, enum card_weight weight, str text, struct arena *arena)
{
    struct card_run run = {NULL, 0};
    ptrdiff_t capacity = 0;
    for (ptrdiff_t from = 0; from < text.len;) {
        ptrdiff_t to, next;
        int font = choose_font(pen->fonts, weight, text, from, &to);
        while (to < text.len && choose_font(pen->fonts, weight, text, to, &next) == font) to = next;
        struct face *face = font == CARD_NO_FONT ? NULL : &pen->faces[weight][font];
        if (face && open_face(pen, face, card_font_at(pen->fonts, weight, font)))
            shape_stretch(pen, face, font, text, from, to, &run, &capacity, arena);
        from = to;
    }
    return run;
}

/* Every font for Korean has these. */
static bool is_common(uint32_t rune) { return rune < 0x250 || (rune >= 0xAC00 && rune <= 0xD7A3); }

static bool text_lacks(const struct card_fonts *fonts, enum card_weight weight, str text, str *out)
{
    for (ptrdiff_t at = 0, end; at < text.len; at = end) {
        ptrdiff_t next = at;
        uint32_t rune = utf8_next(text, &next);
        end = next;
        if (is_common(rune) || is_joined(rune) || choose_font(fonts, weight, text, at, &end) != CARD_NO_FONT) continue;
        *out = str_slice(text, at, end);
        return true;
    }
    return false;
}

bool card_fonts_lack(const struct card_fonts *fonts, const struct card *card, str *out)
{
    return text_lacks(fonts, CARD_BOLD, card->title, out) || text_lacks(fonts, CARD_BOLD, card->label, out) ||
           text_lacks(fonts, CARD_REGULAR, card->author, out) || text_lacks(fonts, CARD_REGULAR, card->site, out);
}

double card_run_width(const struct card_run *run)
{
    double width = 0;
    for (ptrdiff_t i = 0; i < run->count; i++) width += run->glyphs[i].advance;
    return width;
}

/* --- drawing ---------------------------------------------------------------- */

/* Quarters of a pixel are told apart where letters are small. */
enum { LARGE = 40, QUARTERS = 4 };

static void draw_picture(FT_GlyphSlot slot, struct image_raster *canvas, double x, int y, double scale)
{
    const FT_Bitmap *bitmap = &slot->bitmap;
    if (bitmap->pixel_mode != FT_PIXEL_MODE_BGRA || bitmap->pitch <= 0) return;
    struct card_mask mask = {bitmap->buffer, (int)bitmap->width, (int)bitmap->rows, bitmap->pitch};
    canvas_picture(canvas, (int)(x + slot->bitmap_left * scale + 0.5), (int)(y - slot->bitmap_top * scale + 0.5),
                   (int)(mask.width * scale + 0.5), (int)(mask.height * scale + 0.5), mask);
}

static void draw_outline(FT_GlyphSlot slot, struct image_raster *canvas, double x, int y, const struct card_style *style)
{
    double step = style->size < LARGE ? QUARTERS : 1;
    double at = (double)(int64_t)(x * step + 0.5) / step;
    int whole = (int)at;
    freetype.FT_Outline_Translate(&slot->outline, (FT_Pos)((at - whole) * 64), 0);
    if (freetype.FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL)) return;
    struct card_mask mask = {slot->bitmap.buffer, (int)slot->bitmap.width, (int)slot->bitmap.rows, slot->bitmap.pitch};
    canvas_mask(canvas, whole + slot->bitmap_left, y - slot->bitmap_top, mask, style->color, style->opacity);
}

static void draw_glyph(struct face *face, const struct card_glyph *glyph, struct image_raster *canvas, double x, int y,
                       const struct card_style *style)
{
    FT_Face font = face->face;
    bool scalable = FT_IS_SCALABLE(font);
    if (scalable && freetype.FT_Set_Char_Size(font, 0, (FT_F26Dot6)(style->size * 64), 72, 72)) return;
    if (freetype.FT_Load_Glyph(font, glyph->id, scalable ? FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP : FT_LOAD_COLOR)) return;
    x += glyph->x * style->size;
    y -= (int)(glyph->y * style->size);
    if (font->glyph->format == FT_GLYPH_FORMAT_OUTLINE) draw_outline(font->glyph, canvas, x, y, style);
    else if (!scalable && font->size->metrics.y_ppem) draw_picture(font->glyph, canvas, x, y, style->size / font->size->metrics.y_ppem);
}

double card_text_draw(struct card_pen *pen, enum card_weight weight, const struct card_run *run, ptrdiff_t from, ptrdiff_t to,
                      struct image_raster *canvas, double x, int y, const struct card_style *style)
{
    for (ptrdiff_t i = from; i < to; i++) {
        const struct card_glyph *glyph = &run->glyphs[i];
        if (!glyph->space) draw_glyph(&pen->faces[weight][glyph->font], glyph, canvas, x, y, style);
        x += glyph->advance * style->size;
    }
    return x;
}
