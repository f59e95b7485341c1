/* filters_text.c - texts: parts, replacing, case, white space, words. */
#include "base/utf8.h"
#include "coerce.h"
#include "filters.h"

/* --- put together --- */

bool filter_append(struct filter_call *call)
{
    str text = filter_text(call), more = filter_argument_text(call, 0);
    if (!filter_fits(call, text.len + more.len)) return false;
    return filter_give_str(call, str_concat(call->arena, text, more));
}

bool filter_prepend(struct filter_call *call)
{
    str text = filter_text(call), more = filter_argument_text(call, 0);
    if (!filter_fits(call, text.len + more.len)) return false;
    return filter_give_str(call, str_concat(call->arena, more, text));
}

/* --- case --- */

bool filter_upcase(struct filter_call *call)
{
    return filter_give_str(call, utf8_upper(call->arena, filter_text(call)));
}

bool filter_downcase(struct filter_call *call)
{
    return filter_give_str(call, utf8_lower(call->arena, filter_text(call)));
}

bool filter_capitalize(struct filter_call *call)
{
    str text = filter_text(call);
    ptrdiff_t first = utf8_offset(text, 1);
    return filter_give_str(call, str_concat(call->arena, utf8_upper(call->arena, str_slice(text, 0, first)),
                                            utf8_lower(call->arena, str_from(text, first))));
}

/* --- white space --- */

bool filter_strip(struct filter_call *call)
{
    return filter_give_str(call, str_trim(filter_text(call)));
}

bool filter_lstrip(struct filter_call *call)
{
    return filter_give_str(call, str_trim_left(filter_text(call)));
}

bool filter_rstrip(struct filter_call *call)
{
    return filter_give_str(call, str_trim_right(filter_text(call)));
}

/* Line ends, "\n" and "\r\n", each replaced. */
static bool text_line_ends(struct filter_call *call, str with)
{
    str text = filter_text(call);
    struct buf out = buf_in(call->arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        bool pair = text.p[i] == '\r' && i + 1 < text.len && text.p[i + 1] == '\n';
        if (pair) i++;
        if (pair || text.p[i] == '\n') buf_add(&out, with);
        else buf_char(&out, text.p[i]);
        if (!filter_fits(call, out.len)) return false;
    }
    return filter_give_str(call, buf_str(&out));
}

bool filter_strip_newlines(struct filter_call *call) { return text_line_ends(call, S("")); }
bool filter_newline_to_br(struct filter_call *call) { return text_line_ends(call, S("<br />\n")); }

static bool text_squeeze(struct filter_call *call)
{
    str text = str_trim(filter_text(call));
    struct buf out = buf_in(call->arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (!char_is_space(text.p[i])) buf_char(&out, text.p[i]);
        else if (!char_is_space(text.p[i - 1])) buf_char(&out, ' ');
    }
    return filter_give_str(call, buf_str(&out));
}

bool filter_squish(struct filter_call *call) { return text_squeeze(call); }
bool filter_normalize_whitespace(struct filter_call *call) { return text_squeeze(call); }

/* --- replace, remove --- */

/* Every `from` becomes `to`; an empty `from` is found before every character
 * and at the end. */
static bool text_replace(struct filter_call *call, str text, str from, str to)
{
    struct buf out = buf_in(call->arena);
    ptrdiff_t at = 0;
    while (at <= text.len) {
        ptrdiff_t found = str_find(str_from(text, at), from);
        if (found < 0 || (from.len == 0 && at == text.len)) break;
        buf_add(&out, str_slice(text, at, at + found));
        buf_add(&out, to);
        if (!filter_fits(call, out.len)) return false;
        at += found + from.len;
        if (from.len) continue;
        ptrdiff_t next = at;
        utf8_next(text, &next);
        buf_add(&out, str_slice(text, at, next));
        at = next;
    }
    buf_add(&out, str_from(text, at));
    if (!from.len) buf_add(&out, to);
    return filter_give_str(call, buf_str(&out));
}

static bool text_replace_at(struct filter_call *call, str text, ptrdiff_t at, str from, str to)
{
    if (at < 0) return filter_give_str(call, text);
    if (!filter_fits(call, text.len + to.len)) return false;
    return filter_give_str(call, str_concat3(call->arena, str_slice(text, 0, at), to, str_from(text, at + from.len)));
}

static ptrdiff_t text_find_last(str text, str needle)
{
    for (ptrdiff_t at = text.len - needle.len; at >= 0; at--)
        if (str_starts(str_from(text, at), needle)) return at;
    return -1;
}

bool filter_replace(struct filter_call *call)
{
    return text_replace(call, filter_text(call), filter_argument_text(call, 0), filter_argument_text(call, 1));
}

bool filter_remove(struct filter_call *call)
{
    return text_replace(call, filter_text(call), filter_argument_text(call, 0), S(""));
}

bool filter_replace_first(struct filter_call *call)
{
    str text = filter_text(call), from = filter_argument_text(call, 0);
    return text_replace_at(call, text, str_find(text, from), from, filter_argument_text(call, 1));
}

bool filter_remove_first(struct filter_call *call)
{
    return filter_replace_first(call);
}

bool filter_replace_last(struct filter_call *call)
{
    str text = filter_text(call), from = filter_argument_text(call, 0);
    return text_replace_at(call, text, text_find_last(text, from), from, filter_argument_text(call, 1));
}

bool filter_remove_last(struct filter_call *call)
{
    return filter_replace_last(call);
}

/* --- parts --- */

bool filter_split(struct filter_call *call)
{
    str text = filter_text(call), by = filter_argument_text(call, 0);
    value list = value_list(call->arena);
    ptrdiff_t kept = 0;
    bool words = str_equal(by, S(" "));
    if (words) text = str_trim_left(text);
    while (text.len) {
        ptrdiff_t end, next;
        if (words) {
            for (end = 0; end < text.len && !char_is_space(text.p[end]);) end++;
            for (next = end; next < text.len && char_is_space(text.p[next]);) next++;
        } else if (!by.len) {
            end = 0;
            utf8_next(text, &end);
            next = end;
        } else {
            end = str_find(text, by);
            next = end < 0 ? text.len : end + by.len;
            if (end < 0) end = text.len;
        }
        value_push(call->arena, &list, value_str(str_slice(text, 0, end)));
        if (end) kept = list.as.list->count;
        if (!filter_fits_items(call, kept)) return false;
        text = str_from(text, next);
    }
    list.as.list->count = kept;     /* empty parts at the end go */
    return filter_give(call, list);
}

static bool text_number(struct filter_call *call, ptrdiff_t index, int64_t otherwise, int64_t *out)
{
    *out = otherwise;
    if (index >= call->count) return true;
    if (coerce_int(call->arguments[index], out)) return true;
    return filter_error(call, "want a whole number, not %s", coerce_describe(call->arguments[index], call->arena));
}

bool filter_slice(struct filter_call *call)
{
    int64_t from, len;
    if (!text_number(call, 0, 0, &from) || (call->count > 1 && call->arguments[1].kind != VALUE_NULL
                                            && !text_number(call, 1, 1, &len)))
        return false;
    if (call->count < 2 || call->arguments[1].kind == VALUE_NULL) len = 1;
    bool list = call->input.kind == VALUE_LIST;
    str text = list ? (str){0} : filter_text(call);
    int64_t count = list ? value_count(call->input) : utf8_count(text);
    if (from < 0) from += count;
    bool none = from < 0 || from > count || len < 0;
    if (none) from = len = 0;
    if (len > count - from) len = count - from;
    if (!list) {
        ptrdiff_t start = utf8_offset(text, (ptrdiff_t)from);
        ptrdiff_t bytes = utf8_offset(str_from(text, start), (ptrdiff_t)len);
        return filter_give_str(call, str_slice(text, start, start + bytes));
    }
    value part = value_list(call->arena);
    for (int64_t i = 0; i < len; i++)
        value_push(call->arena, &part, value_at(call->input, (ptrdiff_t)(from + i), call->arena));
    return filter_give(call, part);
}

bool filter_truncate(struct filter_call *call)
{
    int64_t len;
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    if (!text_number(call, 0, 50, &len)) return false;
    str text = filter_text(call), end = call->count > 1 ? filter_argument_text(call, 1) : S("...");
    if (utf8_count(text) <= len) return filter_give_str(call, text);
    int64_t kept = len - utf8_count(end);
    str start = str_slice(text, 0, utf8_offset(text, (ptrdiff_t)(kept < 0 ? 0 : kept)));
    return filter_give_str(call, str_concat(call->arena, start, end));
}

bool filter_truncatewords(struct filter_call *call)
{
    int64_t most;
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    if (!text_number(call, 0, 15, &most)) return false;
    if (most < 1) most = 1;
    str text = filter_text(call), end = call->count > 1 ? filter_argument_text(call, 1) : S("...");
    struct buf out = buf_in(call->arena);
    int64_t words = 0;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t from = at;
        while (from < text.len && char_is_space(text.p[from])) from++;
        for (at = from; at < text.len && !char_is_space(text.p[at]);) at++;
        if (at == from) break;
        if (words++) buf_char(&out, ' ');
        buf_add(&out, str_slice(text, from, at));
        if (words < most || at == text.len) continue;
        buf_add(&out, end);         /* a blank behind the last word counts as more, as in Ruby */
        return filter_give_str(call, buf_str(&out));
    }
    return filter_give_str(call, text);
}

bool filter_size(struct filter_call *call)
{
    value v = call->input;
    if (v.kind == VALUE_STR) return filter_give(call, value_int(utf8_count(v.as.text)));
    if (v.kind == VALUE_INT) return filter_give(call, value_int(sizeof v.as.integer));    /* Ruby's Integer#size */
    return filter_give(call, value_int(value_count(v)));
}
