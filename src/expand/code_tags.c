/* code_tags.c - highlight tags in posts.
 *
 * In this order: lines and what they begin with, hiding the code before Markdown looks for its
 * own, writing the fence. */
#include "code_tags.h"

/* --- lines -------------------------------------------------------------------- */

/* "- ", "12. ": its length, or 0. */
static ptrdiff_t marker_len(str text)
{
    ptrdiff_t len = 0;
    while (len < text.len && len < 9 && char_is_digit(text.p[len])) len++;
    bool numbered = len > 0 && len < text.len && (text.p[len] == '.' || text.p[len] == ')');
    if (!numbered && (text.len == 0 || len > 0 || !strchr("-+*", text.p[0]))) return 0;
    return len + 1 < text.len && char_is_space(text.p[len + 1]) ? len + 1 : 0;
}

/* Blanks, quotes' and items' marks in front of what the line says. */
static ptrdiff_t prefix_len(str line)
{
    for (ptrdiff_t at = 0, more;; at += more) {
        while (at < line.len && strchr(" \t>", line.p[at])) at++;
        more = marker_len(str_from(line, at));
        if (more == 0) return at;
    }
}

/* ```: how many, at the front; 0: fewer than three. */
static ptrdiff_t fence_len(str text)
{
    ptrdiff_t len = 0;
    while (len < text.len && text.p[len] == text.p[0] && strchr("`~", text.p[0])) len++;
    return len < 3 ? 0 : len;
}

static bool opens_fence(str text)
{
    ptrdiff_t len = fence_len(text);
    return len > 0 && (text.p[0] == '~' || str_find_char(str_from(text, len), '`') < 0);
}

static bool closes_fence(str text, str fence)
{
    ptrdiff_t len = fence_len(text);
    return len >= fence.len && text.p[0] == fence.p[0] && str_trim(str_from(text, len)).len == 0;
}

/* --- hiding -------------------------------------------------------------------- */

struct form { str open, close, name, end; };

static const struct form forms[] = {
    {STR_INIT("{%"), STR_INIT("%}"), STR_INIT("highlight"), STR_INIT("endhighlight")},
    {STR_INIT("{{<"), STR_INIT(">}}"), STR_INIT("highlight"), STR_INIT("/highlight")},
};

/* "{%- name" at the front, as a whole word. */
static bool begins_tag(str text, str open, str name)
{
    if (!str_starts(text, open)) return false;
    text = str_from(text, open.len);
    if (str_starts(text, S("-"))) text = str_from(text, 1);
    text = str_trim_left(text);
    return str_starts(text, name) && text.len > name.len && !char_is_alpha(text.p[name.len]);
}

/* Where the code behind the tag at the front begins and ends; false: there is no such tag, or no end of it. */
static bool find_code(str text, ptrdiff_t *start, ptrdiff_t *end)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct form *form = &forms[i];
        if (!begins_tag(text, form->open, form->name)) continue;
        ptrdiff_t at = str_find(text, form->close);
        if (at < 0) return false;
        *start = at += form->close.len;
        for (ptrdiff_t next; (next = str_find(str_from(text, at), form->open)) >= 0; at += form->open.len) {
            at += next;
            *end = at;
            if (begins_tag(str_from(text, at), form->open, form->end)) return true;
        }
        return false;
    }
    return false;
}

static void blank(char *text, ptrdiff_t start, ptrdiff_t end)
{
    for (ptrdiff_t i = start; i < end; i++)
        if (text[i] != '\n') text[i] = ' ';
}

/* Whether the text's last highlight tag is closed: else looking for ends might take for ever. */
static ptrdiff_t last_end(str text)
{
    ptrdiff_t last = -1;
    for (ptrdiff_t at = 0, next; (next = str_find(str_from(text, at), S("highlight"))) >= 0; at += 9) {
        at += next;
        if (at > 0 && (text.p[at - 1] == '/' || (at > 2 && memcmp(text.p + at - 3, "end", 3) == 0))) last = at;
    }
    return last;
}

str code_tags_hide(str text, struct arena *arena)
{
    ptrdiff_t last = last_end(text), start, end;
    if (last < 0) return text;
    char *copy = arena_copy(arena, text.p, (size_t)text.len);
    str fence = {0};
    for (str rest = text, line; rest.p < text.p + last && str_line(&rest, &line);) {
        str said = str_from(line, prefix_len(line));
        ptrdiff_t at = said.p - text.p;
        if (fence.len > 0) {
            if (closes_fence(said, fence)) fence = (str){0};
        } else if (opens_fence(said)) {
            fence = str_slice(said, 0, fence_len(said));
        } else if (find_code(str_from(text, at), &start, &end)) {
            blank(copy, at + start, at + end);
            rest = str_from(text, at + end);
            str_line(&rest, &line);         /* what follows the end tag */
        }
    }
    return str_of(copy, text.len);
}

/* --- the fence -------------------------------------------------------------------- */

/* The code between the tags' lines. */
static str trim_lines(str code)
{
    for (str rest = code, line; str_line(&rest, &line) && str_trim(line).len == 0;) code = rest;
    ptrdiff_t end = str_find_last(code, '\n');
    if (end >= 0 && prefix_len(str_from(code, end + 1)) == code.len - end - 1) code = str_slice(code, 0, end);
    while (code.len > 0 && char_is_space(code.p[code.len - 1])) code.len--;
    return code;
}

static bool is_blank(str line) { return prefix_len(line) == line.len; }

/* Do all lines stand in the same item or quote as the tag?  Then they begin as its line does. */
static bool begin_alike(str code, str lead)
{
    for (str line; str_line(&code, &line);)
        if (!str_starts(line, lead) && !is_blank(line)) return false;
    return true;
}

static ptrdiff_t longest_run(str text, char c)
{
    ptrdiff_t longest = 0, run = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        run = text.p[i] == c ? run + 1 : 0;
        if (run > longest) longest = run;
    }
    return longest;
}

/* What further lines of the item or quote begin with. */
static str continued(str before, struct arena *arena)
{
    char *lead = arena_copy(arena, before.p, (size_t)before.len);
    for (ptrdiff_t i = 0; i < before.len; i++)
        if (!strchr(" \t>", lead[i])) lead[i] = ' ';
    return str_of(lead, before.len);
}

static void write_info(struct buf *out, str info)
{
    for (ptrdiff_t i = 0; i < info.len; i++) buf_char(out, strchr("\r\n`", info.p[i]) ? ' ' : info.p[i]);
}

str code_tags_fence(void *user, const struct liquid_code *code, struct arena *arena)
{
    (void)user;
    bool fits = is_blank(code->before);
    str lead = fits ? continued(code->before, arena) : (str){0}, text = trim_lines(code->text), line;
    ptrdiff_t ticks = longest_run(text, '`') + 1;
    bool alike = begin_alike(text, lead);
    struct buf out = buf_in(arena);
    if (!fits) buf_add(&out, S("\n\n"));
    for (ptrdiff_t i = 0; i < ticks || i < 3; i++) buf_char(&out, '`');
    str fence = str_copy(arena, str_from(buf_str(&out), fits ? 0 : 2));
    write_info(&out, code->info);
    buf_char(&out, '\n');
    while (str_line(&text, &line)) {
        bool empty = is_blank(line) && str_trim(line).len == 0;
        if (!alike || empty) buf_add(&out, lead);
        if (!empty) buf_add(&out, line);
        buf_char(&out, '\n');
    }
    buf_add(&out, lead);
    buf_add(&out, fence);
    if (!code->ends_line) buf_char(&out, '\n');
    return buf_str(&out);
}
