/* card_draw.c - the layout of a card: from the bottom up a line with author, date and site, the
 * title, and the event above it; behind them the photo, darkened where the text lies, or the
 * lanyard and badge of the default theme in one of its colours. */
#include "base/utf8.h"
#include "card_motif.h"
#include "card_text.h"
#include "image/cover.h"

enum {
    DESIGN = 2,             /* counts up when cards come to look different */
    MARGIN = 76,
    FOOT = CARD_HEIGHT - 66,        /* base line of the last line */
    FOOT_SIZE = 30,
    LABEL_SIZE = 34,
    TITLE_END = FOOT - 86,          /* base line of the title's last line */
    QUALITY = 86,
};

static const struct card_size title_sizes[] = {{96, 1}, {88, 2}, {78, 3}, {68, 3}, {60, 4}, {52, 4}};
enum { TITLE_SIZES = sizeof title_sizes / sizeof *title_sizes };

static const uint32_t white = 0xffffff, gold = 0xffd479;

/* Drawn in few colours a card is a small PNG; a photo or a colourful emoji is not. */
static bool has_emoji(str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        uint32_t rune = utf8_next(text, &at);
        if (rune == 0xFE0F || (rune >= 0x2300 && rune <= 0x27BF) || (rune >= 0x2B00 && rune <= 0x2BFF) || (rune >= 0x1F000 && rune <= 0x1FAFF))
            return true;
    }
    return false;
}

enum image_kind card_format(const struct card *card)
{
    const str texts[] = {card->title, card->label, card->author, card->date, card->site};
    bool colourful = card->photo;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) colourful = colourful || has_emoji(texts[i]);
    return colourful ? IMAGE_JPEG : IMAGE_PNG;
}

hash128 card_key(const struct card *card)
{
    const str texts[] = {card->title, card->label, card->author, card->date, card->site, card->photo ? S("") : card->seed};
    hash128 parts[sizeof texts / sizeof *texts + 1];
    memset(parts, 0, sizeof parts);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) parts[i] = hash_bytes(texts[i].p, (size_t)texts[i].len);
    parts[sizeof texts / sizeof *texts].low = (uint64_t)DESIGN << 1 | card->photo;
    return hash_bytes(parts, sizeof parts);
}

struct card_artist {
    struct card_pen *pen;
    unsigned char *motif;       /* NULL: not drawn yet */
};

struct card_artist *card_artist_new(const struct card_fonts *fonts)
{
    struct card_artist *artist = memory_alloc(sizeof *artist);
    *artist = (struct card_artist){card_pen_new(fonts), NULL};
    return artist;
}

void card_artist_free(struct card_artist *artist)
{
    card_pen_free(artist->pen);
    memory_free(artist->motif);
    memory_free(artist);
}

/* --- one card ------------------------------------------------------------------ */

struct sheet {
    struct card_artist *artist;
    const struct card *card;
    struct arena *arena;
    struct image_raster canvas;
};

static struct card_run shape(struct sheet *sheet, enum card_weight weight, str text)
{
    return card_text_shape(sheet->artist->pen, weight, text, sheet->arena);
}

/* At most `width` pixels of it, with an ellipsis when it is cut; to the left of `x` when `to_left`. */
static double draw_line(struct sheet *sheet, enum card_weight weight, str text, double x, int y, double width, bool to_left,
                        const struct card_style *style)
{
    struct card_run run = shape(sheet, weight, text), dots = shape(sheet, weight, S("…"));
    struct card_size size = {style->size, 1};
    struct card_lines lines = card_lines_fit(&run, width, &size, 1, card_run_width(&dots));
    if (lines.count == 0) return x;
    struct card_line line = lines.line[0];
    if (to_left) x -= (line.width + (lines.whole ? 0 : card_run_width(&dots))) * style->size;
    x = card_text_draw(sheet->artist->pen, weight, &run, line.from, line.to, &sheet->canvas, x, y, style);
    return lines.whole ? x : card_text_draw(sheet->artist->pen, weight, &dots, 0, dots.count, &sheet->canvas, x, y, style);
}

static double width_of(struct sheet *sheet, enum card_weight weight, str text, int size)
{
    struct card_run run = shape(sheet, weight, text);
    return card_run_width(&run) * size;
}

/* Author and date, and the site at the other end; of what does not fit the author is cut, not the date. */
static void draw_foot(struct sheet *sheet)
{
    const struct card *card = sheet->card;
    struct card_style style = {FOOT_SIZE, card_rgb(white), 225};
    enum { BETWEEN = 14, SITE_WIDTH = 380, DOT_WIDTH = 40 };
    double site = width_of(sheet, CARD_BOLD, card->site, FOOT_SIZE), x = MARGIN;
    double room = CARD_WIDTH - 2 * MARGIN - (site < SITE_WIDTH ? site : SITE_WIDTH) - 40;
    double date = card->date.len ? width_of(sheet, CARD_REGULAR, card->date, FOOT_SIZE) + DOT_WIDTH + 2 * BETWEEN : 0;
    draw_line(sheet, CARD_BOLD, card->site, CARD_WIDTH - MARGIN, FOOT, SITE_WIDTH, true, &style);
    if (card->author.len) x = draw_line(sheet, CARD_REGULAR, card->author, x, FOOT, room - date, false, &style);
    if (card->author.len && card->date.len) x = draw_line(sheet, CARD_REGULAR, S("·"), x + BETWEEN, FOOT, DOT_WIDTH, false, &style) + BETWEEN;
    draw_line(sheet, CARD_REGULAR, card->date, x, FOOT, room - (x - MARGIN), false, &style);
    unsigned char row[CARD_WIDTH];
    memset(row, 255, sizeof row);
    canvas_mask(&sheet->canvas, MARGIN, FOOT - 52, (struct card_mask){row, CARD_WIDTH - 2 * MARGIN, 2, 0}, card_rgb(white), 60);
}

struct title {
    struct card_run run, dots;
    struct card_lines lines;
    int step, top;              /* from base line to base line; of the first line's letters */
};

static struct title fit_title(struct sheet *sheet)
{
    struct title title = {.run = shape(sheet, CARD_BOLD, sheet->card->title), .dots = shape(sheet, CARD_BOLD, S("…"))};
    title.lines = card_lines_fit(&title.run, CARD_WIDTH - 2 * MARGIN, title_sizes, TITLE_SIZES, card_run_width(&title.dots));
    title.step = (int)(title.lines.size * 1.28);
    title.top = TITLE_END - (title.lines.count - 1) * title.step - (int)(title.lines.size * 0.88);
    return title;
}

static void draw_title(struct sheet *sheet, const struct title *title)
{
    struct card_style style = {title->lines.size, card_rgb(white), 255};
    struct card_pen *pen = sheet->artist->pen;
    for (int i = 0; i < title->lines.count; i++) {
        const struct card_line *line = &title->lines.line[i];
        int y = TITLE_END - (title->lines.count - 1 - i) * title->step;
        double x = card_text_draw(pen, CARD_BOLD, &title->run, line->from, line->to, &sheet->canvas, MARGIN - style.size * 0.05, y, &style);
        if (!title->lines.whole && i + 1 == title->lines.count)
            card_text_draw(pen, CARD_BOLD, &title->dots, 0, title->dots.count, &sheet->canvas, x, y, &style);
    }
}

static void draw_label(struct sheet *sheet, int title_top)
{
    struct card_style style = {LABEL_SIZE, card_rgb(gold), 255};
    if (sheet->card->label.len == 0) return;
    draw_line(sheet, CARD_BOLD, sheet->card->label, MARGIN, title_top - 34, CARD_WIDTH - 2 * MARGIN, false, &style);
}

/* --- grounds --------------------------------------------------------------------- */

static void draw_motif(struct sheet *sheet)
{
    struct card_artist *artist = sheet->artist;
    canvas_fill(&sheet->canvas, card_rgb(cover_color(sheet->card->seed)));
    if (!artist->motif) {
        artist->motif = memory_alloc((size_t)MOTIF_WIDTH * MOTIF_HEIGHT);
        card_motif_draw(artist->motif);
    }
    struct card_mask mask = {artist->motif, MOTIF_WIDTH, MOTIF_HEIGHT, MOTIF_WIDTH};
    canvas_mask(&sheet->canvas, MOTIF_X, 0, mask, card_rgb(white), 34);
}

/* Dark enough below the text for white on a white photo, and a little above it. */
static void shade_photo(struct sheet *sheet, int text_top)
{
    enum { ABOVE = 64, FIRST = 158, LAST = 205, SLOPE = 190 };
    unsigned char shade[CARD_HEIGHT];
    for (int y = 0; y < CARD_HEIGHT; y++) {
        int into = y - text_top;
        int dark = into >= 0 ? FIRST + (LAST - FIRST) * into / (CARD_HEIGHT - text_top) : FIRST + (FIRST - ABOVE) * into / SLOPE;
        shade[y] = (unsigned char)(dark < ABOVE ? ABOVE : dark);
    }
    canvas_shade(&sheet->canvas, shade);
}

/* False: it cannot be read, which has been told where it is shown. */
static bool lay_photo(struct sheet *sheet, str photo, int text_top)
{
    struct image_raster picture;
    str error;
    bool ok = image_raster_read(photo, sheet->arena, &picture, &error);
    if (ok) {
        canvas_photo(&sheet->canvas, &picture);
        shade_photo(sheet, text_top);
    }
    image_raster_free(&picture);
    return ok;
}

bool card_draw(struct card_artist *artist, const struct card *card, str photo, struct arena *arena, str *out, str *error)
{
    struct sheet sheet = {.artist = artist, .card = card, .arena = arena};
    image_raster_new(&sheet.canvas, CARD_WIDTH, CARD_HEIGHT);
    struct title title = fit_title(&sheet);
    if (!card->photo || !lay_photo(&sheet, photo, title.top - (card->label.len ? 90 : 30))) draw_motif(&sheet);
    draw_label(&sheet, title.top);
    draw_title(&sheet, &title);
    draw_foot(&sheet);
    enum image_kind format = card_format(card);
    bool ok = image_raster_write(&sheet.canvas, format, format == IMAGE_PNG ? 0 : QUALITY, arena, out, error);
    image_raster_free(&sheet.canvas);
    return ok;
}
