/* sessions.c - a terminal's session: prompt, command and output apart. */
#include "sessions.h"

#include "spans.h"

enum { LONGEST_PROMPT = 80 };

static bool is_among(str name, const str *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, names[i])) return true;
    return false;
}

bool session_is(str language, str code)
{
    static const str sessions[] = {
        STR_INIT("console"), STR_INIT("shell-session"), STR_INIT("shellsession"), STR_INIT("sh-session"),
        STR_INIT("bash-session"), STR_INIT("terminal"),
    };
    static const str shells[] = {STR_INIT("sh"), STR_INIT("bash"), STR_INIT("zsh"), STR_INIT("shell")};
    if (is_among(language, sessions, sizeof sessions / sizeof *sessions)) return true;
    return str_starts(str_trim(code), S("$ ")) && is_among(language, shells, sizeof shells / sizeof *shells);
}

/* May `head` stand before the sign of a prompt?  "user@host:~", "mysql", "PS C:\", "(venv) [root@web ~]",
 * nothing; after # and % only what has an @, because "100% " and "Step# " are output. */
static bool is_prompt_head(str head, char sign)
{
    bool host = str_find_char(head, '@') > 0;
    if (head.len == 0) return sign != '#';
    if (sign == '#' || sign == '%') return host;
    if (host || str_starts(head, S("PS "))) return true;
    return str_find_char(head, ' ') < 0 && (sign == '$' || sign == '>');
}

/* Length of the prompt a line begins with, with its blank; 0: it has none. */
static ptrdiff_t prompt_length(str line)
{
    ptrdiff_t most = line.len < LONGEST_PROMPT ? line.len : LONGEST_PROMPT;
    ptrdiff_t first = line.len - str_trim_left(line).len;
    for (ptrdiff_t i = first; i < most; i++) {
        char c = line.p[i];
        if (c != '$' && c != '#' && c != '%' && c != '>') continue;
        if (i + 1 < line.len && line.p[i + 1] != ' ') continue;
        if (is_prompt_head(str_slice(line, first, i), c)) return i + 1 < line.len ? i + 2 : i + 1;
    }
    return 0;
}

/* What stands behind "mysql>" is not for a shell; what goes on from the line before is. */
static void write_command(struct highlight *highlight, str prompt, str command, struct buf *out)
{
    struct spans spans = {.out = out};
    bool shell = prompt.len <= 2 || !str_ends(str_trim_right(prompt), S(">"));
    spans_add(&spans, "gp", prompt);
    spans_end(&spans);
    if (!shell || !highlight_language(highlight, S("sh"), command, out)) spans_add(&spans, NULL, command);
}

void session_write(struct highlight *highlight, str code, struct buf *out)
{
    bool goes_on = false;               /* the command before ends with a backslash */
    for (str line; code.len > 0;) {
        ptrdiff_t end = str_find_char(code, '\n');
        line = end < 0 ? code : str_slice(code, 0, end);
        ptrdiff_t prompt = prompt_length(line);
        struct spans spans = {.out = out};
        if (prompt > 0 || goes_on) {
            write_command(highlight, str_slice(line, 0, prompt), str_from(line, prompt), out);
            goes_on = str_ends(str_trim_right(line), S("\\"));
        } else {
            spans_add(&spans, str_starts(line, S("# ")) ? "c" : "go", line);
            spans_end(&spans);
        }
        if (end < 0) return;
        buf_char(out, '\n');
        code = str_from(code, end + 1);
    }
}
