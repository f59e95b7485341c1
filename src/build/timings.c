/* timings.c - steps, then what was dear within them: templates, hooks, pages, pictures, outputs.
 *
 * Columns are counted in cells of the terminal: names are in Hangul as often as not. */
#include "timings.h"

#include "base/escape.h"
#include "base/utf8.h"

enum { NAME_CELLS = 52, CALLS_CELLS = 10, BAR_CELLS = 24, MOST_ROWS = 12 };

/* One table of --timings; `own`: without what was measured within. */
static const struct table {
    const char *title, *json;
    bool own;
} tables[TIME_KIND_COUNT] = {
    [TIME_PAGE] = {"pages, read and marked up", "page", false},
    [TIME_PICTURE] = {"pictures, all their sizes", "picture", false},
    [TIME_OUTPUT] = {"outputs", "output", false},
    [TIME_TEMPLATE] = {"templates, without what they include and hooks", "template", true},
    [TIME_HOOK] = {"hooks", "hook", false},
};
static const enum time_kind order[] = {TIME_TEMPLATE, TIME_HOOK, TIME_PAGE, TIME_PICTURE, TIME_OUTPUT};

/* --- for people --------------------------------------------------------------- */

static void milliseconds_cell(struct buf *out, int64_t nanoseconds) { buf_printf(out, "%9.1f ms", (double)nanoseconds / 1e6); }

/* The end of a path tells more than its beginning. */
static void name_cell(struct buf *out, str name, ptrdiff_t cells)
{
    ptrdiff_t width = utf8_width(name), cut = 0;
    while (width - cut >= cells) {
        ptrdiff_t step = 1;
        while (step < name.len && ((unsigned char)name.p[step] & 0xc0) == 0x80) step++;
        cut += utf8_width(str_slice(name, 0, step));
        name = str_from(name, step);
    }
    buf_add(out, cut ? S("\xe2\x80\xa6") : S(""));
    buf_add(out, name);
    buf_repeat(out, ' ', cells - (width - cut) - (cut > 0));
}

static void bar(struct buf *out, int64_t part, int64_t whole)
{
    static const char *const eighths[] = {"", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d", "\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89"};
    int64_t filled = whole > 0 ? part * BAR_CELLS * 8 / whole : 0;
    if (filled) buf_add(out, S("  "));
    for (int64_t i = 0; i < filled / 8; i++) buf_add(out, S("\xe2\x96\x88"));
    buf_add(out, str_c(eighths[filled % 8]));
}

/* "all workers" beside "on the wall": the processor's time tells what a step costs, the wall's what one waits. */
static void step_lines(const struct build_result *r, struct buf *out)
{
    struct build_step all = {"together", 0, 0};
    for (int i = 0; i < r->step_count; i++) {
        all.microseconds += r->steps[i].microseconds;
        all.processor += r->steps[i].processor;
    }
    buf_add(out, S("\nsteps             on the wall   all workers\n"));
    for (int i = 0; i <= r->step_count; i++) {
        const struct build_step *step = i < r->step_count ? &r->steps[i] : &all;
        buf_printf(out, "  %-14s", step->name);
        milliseconds_cell(out, step->microseconds * 1000);
        buf_add(out, S("  "));
        milliseconds_cell(out, step->processor * 1000);
        if (i < r->step_count) bar(out, step->microseconds, all.microseconds);
        buf_char(out, '\n');
    }
}

static int64_t time_of(const struct table *table, const struct time_row *row) { return table->own ? row->own : row->whole; }

static void row_line(const struct table *table, const struct time_row *row, bool calls, struct buf *out)
{
    buf_add(out, S("  "));
    name_cell(out, row->name, NAME_CELLS);
    milliseconds_cell(out, time_of(table, row));
    if (calls) {
        struct buf count = buf_in(out->arena);
        buf_count(&count, row->calls);
        buf_repeat(out, ' ', CALLS_CELLS - count.len);
        buf_add(out, buf_str(&count));
        buf_printf(out, "%9.1f us", (double)time_of(table, row) / 1e3 / (double)row->calls);
    }
    buf_char(out, '\n');
}

static void table_lines(const struct build_times *times, enum time_kind kind, struct buf *out)
{
    const struct table *table = &tables[kind];
    bool calls = kind == TIME_TEMPLATE || kind == TIME_HOOK;
    if (times->count == 0) return;
    buf_char(out, '\n');
    name_cell(out, str_c(table->title), NAME_CELLS + 2);
    buf_add(out, calls ? S("      time     calls        each\n") : S("      time\n"));
    for (ptrdiff_t i = 0; i < times->count && i < MOST_ROWS; i++) row_line(table, &times->rows[i], calls, out);
    if (times->count <= MOST_ROWS) return;
    buf_add(out, S("  and "));
    buf_count(out, times->count - MOST_ROWS);
    buf_add(out, S(" quicker\n"));
}

/* --- for programs ---------------------------------------------------------------- */

static void json_row(const char *kind, str name, struct buf *out)
{
    buf_printf(out, "{\"type\":\"time\",\"of\":\"%s\",\"name\":", kind);
    buf_json(out, name);
}

static void json_lines(const struct build_result *r, struct buf *out)
{
    for (int i = 0; i < r->step_count; i++) {
        json_row("step", str_c(r->steps[i].name), out);
        buf_printf(out, ",\"ms\":%.3f,\"processor_ms\":%.3f}\n", (double)r->steps[i].microseconds / 1e3, (double)r->steps[i].processor / 1e3);
    }
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const struct build_times *times = &r->times[order[k]];
        for (ptrdiff_t i = 0; i < times->count; i++) {
            json_row(tables[order[k]].json, times->rows[i].name, out);
            buf_printf(out, ",\"calls\":%lld,\"own_ms\":%.3f,\"ms\":%.3f}\n", (long long)times->rows[i].calls,
                       (double)times->rows[i].own / 1e6, (double)times->rows[i].whole / 1e6);
        }
    }
}

void timings_print(const struct build_result *result, bool json, struct buf *out)
{
    if (json) {
        json_lines(result, out);
        return;
    }
    step_lines(result, out);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) table_lines(&result->times[order[k]], order[k], out);
}
