/* filters_smart.c - smartify: straight quotes, hyphens and dots as a
 * typesetter sets them, by kramdown's rules.  Tags stay as they are, and so
 * does what stands inside of code. */
#include "base/utf8.h"
#include "filters.h"

struct smart {
    struct buf *out;
    str text;
    ptrdiff_t at;
    ptrdiff_t fresh;            /* text up to here is done: no character before a quote counts */
};

static char smart_char(const struct smart *smart, ptrdiff_t at)
{
    return at >= 0 && at < smart->text.len ? smart->text.p[at] : '\0';
}

static bool smart_is_word(char c) { return char_is_alpha(c) || char_is_digit(c) || c == '_'; }

static bool smart_is_punctuation(char c) { return c > ' ' && c < 0x7F && !char_is_alpha(c) && !char_is_digit(c); }

static void smart_put(struct smart *smart, ptrdiff_t taken, const char *what)
{
    buf_add(smart->out, str_c(what));
    smart->at += taken;
    smart->fresh = smart->at;
}

static void smart_quote(struct smart *smart, bool open)
{
    bool twice = smart_char(smart, smart->at) == '"';
    smart_put(smart, 1, twice ? (open ? "“" : "”") : open ? "‘" : "’");
}

/* A quote at the start, or behind a tag or another sign. */
static bool smart_opens_fresh(const struct smart *smart)
{
    char next = smart_char(smart, smart->at + 1), second = smart_char(smart, smart->at + 2);
    if ((next == '_' || next == '*') && second && !char_is_space(second)) return true;
    bool dots = second == '.' && smart_char(smart, smart->at + 3) == '.';
    if (smart_is_punctuation(next) && !dots && smart_is_word(next) == smart_is_word(second)) return false;
    if (next == 's' && !smart_is_word(second)) return false;
    return next && !char_is_space(next);
}

static void smart_quotes(struct smart *smart)
{
    char before = smart->at > smart->fresh ? smart_char(smart, smart->at - 1) : '\0';
    if (before == '\\') before = '\0';
    char quote = smart_char(smart, smart->at), next = smart_char(smart, smart->at + 1);
    bool space = !before || char_is_space(before);
    if (space && (next == '"' || next == '\'') && next != quote && smart_is_word(smart_char(smart, smart->at + 2))) {
        smart_quote(smart, true);
        smart_quote(smart, true);
    } else if (space && quote == '\'' && char_is_digit(next) && char_is_digit(smart_char(smart, smart->at + 2))
               && smart_char(smart, smart->at + 3) == 's') {
        smart_quote(smart, false);
    } else {
        smart_quote(smart, before ? char_is_space(before) || strchr("[{(-", before) != NULL : smart_opens_fresh(smart));
    }
}

static bool smart_symbol(struct smart *smart)
{
    static const char *const symbols[][2] = {{"---", "—"}, {"--", "–"}, {"...", "…"}, {"\\<<", "&lt;&lt;"},
                                             {"\\>>", "&gt;&gt;"}, {"<< ", "«\u00A0"}, {" >>", "\u00A0»"},
                                             {"<<", "«"}, {">>", "»"}};
    str rest = str_from(smart->text, smart->at);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (!str_starts(rest, str_c(symbols[i][0]))) continue;
        smart_put(smart, (ptrdiff_t)strlen(symbols[i][0]), symbols[i][1]);
        return true;
    }
    return false;
}

/* The length of a tag or comment, with all it holds when that is code; 0: none. */
static ptrdiff_t smart_tag_len(str rest)
{
    static const char *const whole[] = {"code", "pre", "script", "style", "kbd", "samp", "math"};
    if (str_starts(rest, S("<!--"))) return str_find(rest, S("-->")) + 3;
    char c = rest.len > 1 ? rest.p[1] == '/' && rest.len > 2 ? rest.p[2] : rest.p[1] : '\0';
    ptrdiff_t end = char_is_alpha(c) ? str_find_char(rest, '>') + 1 : 0;
    for (size_t i = 0; i < sizeof whole / sizeof *whole && end > 0; i++) {
        str name = str_c(whole[i]), tag = str_slice(rest, 1, 1 + name.len);
        if (!str_equal_ascii_case(tag, name) || smart_is_word(rest.p[1 + name.len])) continue;
        for (ptrdiff_t at = end; at < rest.len; at++)
            if (str_starts(str_from(rest, at), S("</")) && str_equal_ascii_case(str_slice(rest, at + 2, at + 2 + name.len), name))
                return at + str_find_char(str_from(rest, at), '>') + 1;
        return rest.len;
    }
    return end;
}

static ptrdiff_t smart_entity_len(str rest)
{
    ptrdiff_t at = 1;
    if (at < rest.len && rest.p[at] == '#') at++;
    ptrdiff_t start = at;
    while (at < rest.len && (char_is_alpha(rest.p[at]) || char_is_digit(rest.p[at]))) at++;
    return at > start && at < rest.len && rest.p[at] == ';' ? at + 1 : 0;
}

bool filter_smartify(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    struct smart smart = {.out = &out, .text = filter_text(call)};
    while (smart.at < smart.text.len) {
        str rest = str_from(smart.text, smart.at);
        char c = rest.p[0];
        ptrdiff_t whole = c == '<' ? smart_tag_len(rest) : c == '&' ? smart_entity_len(rest) : 0;
        if (whole > 0) {
            buf_add(&out, str_slice(rest, 0, whole));
            smart.at = smart.fresh = smart.at + whole;
        } else if (smart_symbol(&smart)) {
            continue;
        } else if (c == '"' || c == '\'') {
            smart_quotes(&smart);
        } else {
            buf_add(&out, c == '<' ? S("&lt;") : c == '>' ? S("&gt;") : c == '&' ? S("&amp;") : str_slice(rest, 0, 1));
            smart.at++;
        }
    }
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}
