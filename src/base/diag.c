/* diag.c - collecting diagnostics and printing them for people and machines.
 *
 * Written in this order: the table of codes, the sources, collecting, places,
 * the print for people, the print as JSON. */
#include "base/diag.h"

#include <stdarg.h>

#include "base/escape.h"
#include "base/map.h"
#include "base/utf8.h"

static const struct {
    const char *text;
    enum diag_severity severity;
} code_table[] = {
#define DIAG_CODE(name, text, severity, help) [DIAG_##name] = {text, DIAG_##severity},
#include "base/diag_codes.h"
#undef DIAG_CODE
};

const char *diag_code_text(enum diag_code code) { return code_table[code].text; }

const char *diag_severity_text(enum diag_severity severity)
{
    static const char *const names[] = {"notice", "warning", "error"};
    return names[severity];
}

uint32_t sources_add(struct sources *sources, str path, str text)
{
    ARENA_PUSH(sources->arena, sources->items, sources->count, sources->capacity) =
        (struct source){path, text};
    return (uint32_t)sources->count;
}

const struct source *sources_get(const struct sources *sources, uint32_t file)
{
    if (file == 0 || (ptrdiff_t)file > sources->count) return NULL;
    return &sources->items[file - 1];
}

static void count_one(struct diags *diags, enum diag_severity severity)
{
    if (severity == DIAG_ERROR) diags->errors++;
    if (severity == DIAG_WARNING) diags->warnings++;
}

static str format_text(struct arena *arena, const char *format, va_list arguments)
{
    struct buf buf = buf_in(arena);
    buf_vprintf(&buf, format, arguments);
    return buf_str(&buf);
}

enum { LONGEST_MESSAGE = 500 };

/* A message may quote what a template made of a megabyte; a line of it is enough. */
static str clip(struct arena *arena, str message)
{
    ptrdiff_t end = LONGEST_MESSAGE;
    if (message.len <= end) return message;
    while (end > 0 && ((unsigned char)message.p[end] & 0xC0) == 0x80) end--;
    return str_concat(arena, str_slice(message, 0, end), S("..."));
}

struct diag *diag_report(struct diags *diags, enum diag_code code, span at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    str message = format_text(diags->arena, format, arguments);
    va_end(arguments);
    enum diag_severity severity = code_table[code].severity;
    count_one(diags, severity);
    struct diag *diag = &ARENA_PUSH(diags->arena, diags->items, diags->count, diags->capacity);
    *diag = (struct diag){.code = code, .severity = severity, .at = at, .message = clip(diags->arena, message)};
    return diag;
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag->hint = format_text(diags->arena, format, arguments);
    va_end(arguments);
}

void diag_relate(struct diags *diags, struct diag *diag, span at, str text)
{
    ARENA_PUSH(diags->arena, diag->related, diag->related_count, diag->related_capacity) =
        (struct diag_related){at, str_copy(diags->arena, text)};
}

void diags_merge(struct diags *to, const struct diags *from)
{
    for (ptrdiff_t i = 0; i < from->count; i++) {
        struct diag copy = from->items[i];
        copy.path = str_copy(to->arena, copy.path);
        copy.message = str_copy(to->arena, copy.message);
        copy.hint = str_copy(to->arena, copy.hint);
        copy.related = NULL;
        copy.related_count = copy.related_capacity = 0;
        for (ptrdiff_t r = 0; r < from->items[i].related_count; r++)
            diag_relate(to, &copy, from->items[i].related[r].at, from->items[i].related[r].text);
        count_one(to, copy.severity);
        ARENA_PUSH(to->arena, to->items, to->count, to->capacity) = copy;
    }
}

/* Insertion: lists of one page are short, and equal places keep their order. */
void diags_sort(struct diags *diags)
{
    for (ptrdiff_t i = 1; i < diags->count; i++) {
        struct diag moved = diags->items[i];
        ptrdiff_t k = i;
        for (; k > 0 && moved.at.file && diags->items[k - 1].at.file == moved.at.file &&
               diags->items[k - 1].at.start > moved.at.start; k--)
            diags->items[k] = diags->items[k - 1];
        diags->items[k] = moved;
    }
}

/* A hook or a layout fails in one place for many pages, each time with another page's name. */
static bool is_of_code_run_often(enum diag_code code)
{
    return code >= DIAG_LIQUID_SYNTAX && code <= DIAG_LUA_LIMIT && code != DIAG_LUA_LOG;
}

static void add_unwritten(struct diags *diags, struct diag *first, ptrdiff_t others)
{
    first->message = str_format(diags->arena, "%" STR_F "; nor could %td other file%s", STR_A(first->message), others, others == 1 ? "" : "s");
}

void diags_unite(struct diags *diags)
{
    struct map first = {0};
    ptrdiff_t kept = 0, unwritten = 0, first_unwritten = 0;
    diags->errors = diags->warnings = 0;
    for (ptrdiff_t i = 0; i < diags->count; i++) {
        struct diag *diag = &diags->items[i];
        str message = is_of_code_run_often(diag->code) ? (str){0} : diag->message;
        str key = str_format(diags->arena, "%u %u %u %" STR_F " %" STR_F, (unsigned)diag->code, diag->at.file, diag->at.start,
                             STR_A(diag->path), STR_A(message));
        if (map_put(diags->arena, &first, key, diags)) continue;
        if (diag->code == DIAG_UNWRITTEN && unwritten++ > 0) continue;
        if (diag->code == DIAG_UNWRITTEN) first_unwritten = kept;
        diags->items[kept] = *diag;
        count_one(diags, diag->severity);
        kept++;
    }
    diags->count = kept;
    if (unwritten > 1) add_unwritten(diags, &diags->items[first_unwritten], unwritten - 1);
}

void diags_promote(struct diags *diags)
{
    for (ptrdiff_t i = 0; i < diags->count; i++)
        if (diags->items[i].severity == DIAG_WARNING) diags->items[i].severity = DIAG_ERROR;
    diags->errors += diags->warnings;
    diags->warnings = 0;
}

/* The line that holds byte `at`: its number from 1, and where it begins. */
static int find_line(str text, ptrdiff_t at, ptrdiff_t *begin)
{
    int line = 1;
    *begin = 0;
    for (ptrdiff_t i = 0; i < at && i < text.len; i++)
        if (text.p[i] == '\n') {
            line++;
            *begin = i + 1;
        }
    return line;
}

struct place diag_place(const struct sources *sources, span at)
{
    const struct source *source = sources_get(sources, at.file);
    if (!source) return (struct place){0};
    ptrdiff_t begin;
    int line = find_line(source->text, at.start, &begin);
    ptrdiff_t column = utf8_count(str_slice(source->text, begin, at.start)) + 1;
    return (struct place){source->path, line, (int)column};
}

/* --- for people ------------------------------------------------------- */

enum { WIDEST_LINE = 100, CARET_MOST = 60 };

static const char *const severity_color[] = {"\033[36m", "\033[33m", "\033[31m"};

/* Tabs count as one cell: they are printed as blanks.  Other control characters as '?'. */
static void print_visible(struct buf *out, str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t from = at;
        uint32_t rune = utf8_next(text, &at);
        if (rune == '\t')
            buf_char(out, ' ');
        else if (rune < 32 || rune == 127 || (rune >= 0x80 && rune < 0xA0))
            buf_char(out, '?');
        else if (rune == RUNE_BAD)
            buf_rune(out, RUNE_BAD);
        else
            buf_add(out, str_slice(text, from, at));
    }
}

static void print_place(struct buf *out, const struct sources *sources, span at, str path)
{
    struct place place = diag_place(sources, at);
    print_visible(out, place.line ? place.path : path.len ? path : S("hugi"));
    if (place.line) buf_printf(out, ":%d:%d", place.line, place.column);
    buf_add(out, S(": "));
}

static void print_line_and_caret(struct buf *out, const struct source *source, span at, bool color)
{
    ptrdiff_t begin;
    find_line(source->text, at.start, &begin);
    str line, rest = str_from(source->text, begin);
    if (!str_line(&rest, &line)) return;
    ptrdiff_t in_line = (ptrdiff_t)at.start - begin;
    ptrdiff_t cut = 0;                      /* a long line is shown from near the place on */
    if (utf8_width(str_slice(line, 0, in_line)) > WIDEST_LINE - 20) {
        ptrdiff_t before = utf8_count(str_slice(line, 0, in_line));
        cut = utf8_offset(line, before - 20);
    }
    str shown = str_from(line, cut);
    ptrdiff_t end = 0;
    for (ptrdiff_t cells = 0; end < shown.len && cells < WIDEST_LINE; cells = utf8_width(str_slice(shown, 0, end)))
        utf8_next(shown, &end);
    shown = str_slice(shown, 0, end);

    buf_add(out, S("  "));
    print_visible(out, shown);
    buf_add(out, S("\n  "));
    struct arena *arena = out->arena;
    struct buf lead = buf_in(arena), marked = buf_in(arena);
    print_visible(&lead, str_slice(line, cut, in_line));
    print_visible(&marked, str_slice(line, in_line, in_line + (ptrdiff_t)at.len));
    buf_repeat(out, ' ', utf8_width(buf_str(&lead)));
    if (color) buf_add(out, S("\033[32m"));
    buf_char(out, '^');
    ptrdiff_t width = utf8_width(buf_str(&marked));
    buf_repeat(out, '~', (width < CARET_MOST ? width : CARET_MOST) - 1);
    if (color) buf_add(out, S("\033[0m"));
    buf_char(out, '\n');
}

void diag_print(struct buf *out, const struct sources *sources, const struct diag *diag, bool color)
{
    if (color) buf_add(out, S("\033[1m"));
    print_place(out, sources, diag->at, diag->path);
    if (color) buf_add(out, str_c(severity_color[diag->severity]));
    buf_printf(out, "%s: ", diag_severity_text(diag->severity));
    if (color) buf_add(out, S("\033[0m"));
    print_visible(out, diag->message);
    buf_char(out, '\n');
    const struct source *source = sources_get(sources, diag->at.file);
    if (source) print_line_and_caret(out, source, diag->at, color);
    for (ptrdiff_t i = 0; i < diag->related_count; i++) {
        buf_add(out, S("  "));
        print_place(out, sources, diag->related[i].at, (str){0});
        print_visible(out, diag->related[i].text);
        buf_char(out, '\n');
    }
    if (diag->hint.len) {
        buf_add(out, S("  = "));
        print_visible(out, diag->hint);
        buf_char(out, '\n');
    }
}

/* --- for machines ----------------------------------------------------- */

static void json_place(struct buf *out, const struct sources *sources, span at, str path, bool with_col)
{
    struct place place = diag_place(sources, at);
    buf_add(out, S("\"file\":"));
    buf_json(out, place.line ? place.path : path);
    buf_printf(out, ",\"line\":%d", place.line);
    if (with_col) buf_printf(out, ",\"col\":%d", place.column);
}

void diag_print_json(struct buf *out, const struct sources *sources, const struct diag *diag)
{
    buf_printf(out, "{\"type\":\"diagnostic\",\"severity\":\"%s\",\"code\":\"%s\",",
               diag_severity_text(diag->severity), diag_code_text(diag->code));
    json_place(out, sources, diag->at, diag->path, true);
    buf_add(out, S(",\"message\":"));
    buf_json(out, diag->message);
    buf_add(out, S(",\"hint\":"));
    buf_json(out, diag->hint);
    buf_add(out, S(",\"related\":["));
    for (ptrdiff_t i = 0; i < diag->related_count; i++) {
        buf_add(out, i ? S(",{") : S("{"));
        json_place(out, sources, diag->related[i].at, (str){0}, false);
        buf_char(out, '}');
    }
    buf_add(out, S("]}\n"));
}
