/* filters_html.c - escaping for HTML, XML and JSON, tags taken out, base64. */
#include "base/escape.h"
#include "base/json.h"
#include "base/utf8.h"
#include "coerce.h"
#include "filters.h"
#include "renderer.h"

bool filter_escape(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text = filter_text(call);
    if (!filter_fits(call, text.len)) return false;
    buf_html(&out, text);
    return filter_give_str(call, buf_str(&out));
}

bool filter_escape_once(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    buf_html_once(&out, filter_text(call));
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

/* As buf_xml; the apostrophe by name, as Ruby's encode(xml: :attr) has it. */
static void html_escape_named(struct buf *out, str text)
{
    for (str part; str_split(&text, '\'', &part);) {
        buf_xml(out, part);
        if (text.p) buf_add(out, S("&apos;"));
    }
}

bool filter_xml_escape(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    html_escape_named(&out, filter_text(call));
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

bool filter_inspect(struct filter_call *call)
{
    struct buf plain = buf_in(call->arena), out = buf_in(call->arena);
    if (!filter_weigh(call, call->input)) return false;
    coerce_inspect(&plain, call->input, call->arena);
    html_escape_named(&out, buf_str(&plain));
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

bool filter_jsonify(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    bool jekyll = filter_is_jekyll(call);
    if (jekyll && call->input.kind == VALUE_RANGE) call->input = value_str(filter_text(call));
    if (!filter_weigh(call, call->input)) return false;
    buf_json_value(&out, call->input, 0, call->arena);
    if (!filter_fits(call, out.len)) return false;
    /* "<\/" is safe inside <script>; Jekyll writes "</", and templates in its mode may compare. */
    if (!jekyll) return filter_give_str(call, buf_str(&out));
    return filter_give_str(call, str_replace(call->arena, buf_str(&out), S("<\\/"), S("</")));
}

/* --- tags out --- */

/* The end of a part that goes with its content: <script>, <style>, comments.
 * What is closed nowhere is noted in `open_ended`, and not searched again. */
static ptrdiff_t html_block_end(str rest, bool open_ended[3])
{
    static const struct {
        str open, close;
    } blocks[] = {{STR_INIT("<script"), STR_INIT("</script>")},
                  {STR_INIT("<!--"), STR_INIT("-->")},
                  {STR_INIT("<style"), STR_INIT("</style>")}};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (open_ended[i] || !str_starts(rest, blocks[i].open)) continue;
        ptrdiff_t end = str_find(rest, blocks[i].close);
        if (end >= 0) return end + blocks[i].close.len;
        open_ended[i] = true;
    }
    return -1;
}

bool filter_strip_html(struct filter_call *call)
{
    str text = filter_text(call);
    struct buf out = buf_in(call->arena);
    bool open_ended[3] = {false};
    ptrdiff_t at = 0, last_close = str_find_last(text, '>');
    while (at < text.len) {
        str rest = str_from(text, at);
        ptrdiff_t open = at <= last_close ? str_find_char(rest, '<') : -1;
        if (open < 0 || at + open > last_close) break;
        buf_add(&out, str_slice(rest, 0, open));
        rest = str_from(rest, open);
        ptrdiff_t end = html_block_end(rest, open_ended);
        if (end < 0) end = str_find_char(rest, '>') + 1;
        at += open + end;
    }
    buf_add(&out, str_from(text, at));
    return filter_give_str(call, buf_str(&out));
}

/* --- base64 --- */

static const char base64_plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64_url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static bool base64_encode(struct filter_call *call, const char *alphabet)
{
    str text = filter_text(call);
    struct buf out = buf_in(call->arena);
    if (!filter_fits(call, text.len * 2)) return false;
    for (ptrdiff_t i = 0; i < text.len; i += 3) {
        uint32_t bits = (uint32_t)(unsigned char)text.p[i] << 16;
        if (i + 1 < text.len) bits |= (uint32_t)(unsigned char)text.p[i + 1] << 8;
        if (i + 2 < text.len) bits |= (uint32_t)(unsigned char)text.p[i + 2];
        buf_char(&out, alphabet[bits >> 18]);
        buf_char(&out, alphabet[bits >> 12 & 63]);
        buf_char(&out, i + 1 < text.len ? alphabet[bits >> 6 & 63] : '=');
        buf_char(&out, i + 2 < text.len ? alphabet[bits & 63] : '=');
    }
    return filter_give_str(call, buf_str(&out));
}

/* As Ruby's, the URL form reads the plain one too. */
static int base64_digit(char c, const char *alphabet)
{
    if (alphabet == base64_url && c == '+') c = '-';
    if (alphabet == base64_url && c == '/') c = '_';
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* Strict, as Ruby's: padding where it belongs (the URL form may leave it off),
 * and UTF-8 inside. */
static bool base64_decode(struct filter_call *call, const char *alphabet)
{
    str text = filter_text(call);
    struct buf out = buf_in(call->arena);
    bool padded = text.len % 4 == 0;
    if (!padded && alphabet == base64_plain) return filter_error(call, "invalid base64");
    for (int i = 0; i < 2 && padded && text.len && text.p[text.len - 1] == '='; i++) text.len--;
    if (text.len % 4 == 1) return filter_error(call, "invalid base64");
    uint32_t bits = 0;
    int have = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        int digit = base64_digit(text.p[i], alphabet);
        if (digit < 0) return filter_error(call, "invalid base64");
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        buf_char(&out, (char)(bits >> have & 0xFF));
    }
    if (utf8_invalid(buf_str(&out)) >= 0) return filter_error(call, "the decoded bytes are not UTF-8 text");
    return filter_give_str(call, buf_str(&out));
}

bool filter_base64_encode(struct filter_call *call) { return base64_encode(call, base64_plain); }
bool filter_base64_url_safe_encode(struct filter_call *call) { return base64_encode(call, base64_url); }
bool filter_base64_decode(struct filter_call *call) { return base64_decode(call, base64_plain); }
bool filter_base64_url_safe_decode(struct filter_call *call) { return base64_decode(call, base64_url); }
