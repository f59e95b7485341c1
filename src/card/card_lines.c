/* card_lines.c - lines of a shaped text: Korean breaks at blanks (keep-all). */
#include "card_lines.h"

/* Adds what is left of a word's clusters up to `width`; at least one. */
static ptrdiff_t split_word(const struct card_run *run, ptrdiff_t from, double width)
{
    double wide = 0;
    ptrdiff_t end = from;
    while (end < run->count && !run->glyphs[end].space) {
        ptrdiff_t next = end;
        double more = 0;
        for (; next < run->count && run->glyphs[next].cluster == run->glyphs[end].cluster; next++) more += run->glyphs[next].advance;
        if (end > from && wide + more > width) break;
        wide += more;
        end = next;
    }
    return end;
}

static ptrdiff_t skip_blanks(const struct card_run *run, ptrdiff_t at)
{
    while (at < run->count && run->glyphs[at].space) at++;
    return at;
}

static double width_of(const struct card_run *run, ptrdiff_t from, ptrdiff_t to)
{
    double width = 0;
    for (ptrdiff_t i = from; i < to; i++) width += run->glyphs[i].advance;
    return width;
}

/* One line from `from`, where a word begins. */
static struct card_line take_line(const struct card_run *run, ptrdiff_t from, double width, bool *split)
{
    struct card_line line = {from, from, 0};
    for (ptrdiff_t at = from; at < run->count;) {
        ptrdiff_t end = at;
        while (end < run->count && !run->glyphs[end].space) end++;
        double wide = width_of(run, from, end);
        if (wide > width) break;
        line.to = end;
        line.width = wide;
        at = skip_blanks(run, end);
    }
    if (line.to > from || from >= run->count) return line;
    *split = true;
    line.to = split_word(run, from, width);
    line.width = width_of(run, from, line.to);
    return line;
}

struct card_lines card_lines_break(const struct card_run *run, double width, int most)
{
    struct card_lines lines = {.count = 0};
    ptrdiff_t at = skip_blanks(run, 0);
    while (at < run->count && lines.count < most && lines.count < CARD_LINES_MAX) {
        struct card_line line = take_line(run, at, width, &lines.split);
        lines.line[lines.count++] = line;
        at = skip_blanks(run, line.to);
    }
    lines.whole = at >= run->count;
    return lines;
}

/* As narrow as as many lines allow, so that no line ends with a word alone. */
static struct card_lines balance(const struct card_run *run, const struct card_lines *widest, double width)
{
    struct card_lines best = *widest;
    double low = width / 2, high = width;
    for (int step = 0; step < 8; step++) {
        double middle = (low + high) / 2;
        struct card_lines lines = card_lines_break(run, middle, widest->count);
        bool good = lines.whole && lines.split == widest->split;
        if (good) best = lines;
        if (good) high = middle;
        else low = middle;
    }
    return best;
}

/* Room for the ellipsis at the end of the last line. */
static void shorten(const struct card_run *run, struct card_line *line, double width)
{
    while (line->to > line->from + 1 && line->width > width) {
        uint32_t cluster = run->glyphs[line->to - 1].cluster;
        while (line->to > line->from && run->glyphs[line->to - 1].cluster == cluster) line->to--;
        while (line->to > line->from && run->glyphs[line->to - 1].space) line->to--;
        line->width = width_of(run, line->from, line->to);
    }
}

struct card_lines card_lines_fit(const struct card_run *run, double width, const struct card_size *sizes, int count, double ellipsis)
{
    struct card_lines lines = {.whole = true};
    for (int i = 0; i < count; i++) {
        double ems = width / sizes[i].size;
        lines = card_lines_break(run, ems, sizes[i].lines);
        bool last = i + 1 == count;
        if (lines.whole && (last || !lines.split)) lines = balance(run, &lines, ems);
        else if (last && lines.count) shorten(run, &lines.line[lines.count - 1], ems - ellipsis);
        lines.size = sizes[i].size;
        if (lines.whole && !lines.split) break;
    }
    return lines;
}
