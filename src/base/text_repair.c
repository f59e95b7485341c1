/* text_repair.c - UTF-8 or an error with a place; BOM off, CRLF folded. */
#include "base/text_repair.h"

#include "base/utf8.h"

static str fold_line_ends(struct arena *arena, str text)
{
    if (str_find_char(text, '\r') < 0) return text;
    char *p = arena_alloc(arena, (size_t)text.len);
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.p[i] == '\r') {
            if (i + 1 < text.len && text.p[i + 1] == '\n') continue;
            p[len++] = '\n';
        } else {
            p[len++] = text.p[i];
        }
    }
    return str_of(p, len);
}

static bool is_utf16(str bytes)
{
    return bytes.len >= 2 && (memcmp(bytes.p, "\xFF\xFE", 2) == 0 || memcmp(bytes.p, "\xFE\xFF", 2) == 0);
}

static bool report_byte(str text, ptrdiff_t at, uint32_t file, struct diags *diags)
{
    unsigned char byte = (unsigned char)text.p[at];
    span place = {file, (uint32_t)at, 1};
    struct diag *diag;
    if (is_utf16(text)) {
        diag = diag_report(diags, DIAG_ENCODING, place, "the file is UTF-16, not UTF-8");
        diag_hint(diags, diag, "save it as UTF-8, or: iconv -f UTF-16 -t UTF-8");
    } else if (byte == 0) {
        diag = diag_report(diags, DIAG_ENCODING, place, "a NUL byte stands in the text");
        diag_hint(diags, diag, "remove it, or give the file an extension that is no text's");
    } else {
        diag = diag_report(diags, DIAG_ENCODING, place, "byte 0x%02X is not valid UTF-8", byte);
        diag_hint(diags, diag, "save the file as UTF-8; for old Korean text: iconv -f CP949 -t UTF-8");
    }
    return false;
}

bool text_repair(struct arena *arena, str bytes, uint32_t file, struct sources *sources,
                 struct diags *diags, str *out)
{
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_from(bytes, 3);
    str text = fold_line_ends(arena, bytes);
    sources->items[file - 1].text = text;
    *out = text;
    if (text.len > UINT32_MAX / 2) {
        diag_report(diags, DIAG_TOO_LARGE, (span){file, 0, 1}, "a text of more than 2 GiB");
        return false;
    }
    ptrdiff_t bad = utf8_invalid(text);
    return bad < 0 || report_byte(text, bad, file, diags);
}
