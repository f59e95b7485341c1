/* lua_report.c - Lua errors as diagnostics with a place.
 *
 * Lua puts "hooks/tags.lua:12: " before a message where it knows the line: that is
 * taken off and becomes the place.  Without it the stack of the failed thread
 * is asked, then the definition of the function at work is blamed.
 *
 * Written in this order: places, texts, the report, notes. */
#include "base/utf8.h"
#include "lua_freeze.h"
#include "lua_limits.h"

enum { PATH_LONGEST = LUA_IDSIZE - 1, TEXT_LONGEST = 2000, TEXT_STEPS = 1000000 };

/* --- places ----------------------------------------------------------- */

/* Scripts are loaded as "=hooks/tags.lua": a site and its theme may have files of one name. */
static int script_of(const struct hooks *hooks, const char *source)
{
    str path = str_from(str_c(source), 1);
    for (int i = 0; i < hooks->script_count; i++)
        if (str_equal(hooks->scripts[i].path, path)) return i;
    return -1;
}

struct script_place report_where(lua_State *L)
{
    const struct hooks *hooks = state_of(L)->hooks;
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        int script = frame.currentline > 0 ? script_of(hooks, frame.source) : -1;
        if (script >= 0) return (struct script_place){script, frame.currentline};
    }
    return (struct script_place){-1, 0};
}

struct script_place report_definition(lua_State *L, int function)
{
    lua_Debug info;
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &info);
    return (struct script_place){script_of(state_of(L)->hooks, info.source), info.linedefined > 0 ? info.linedefined : 1};
}

/* The line without the blanks around it; at the end of the file, its last line. */
span report_span(const struct hooks *hooks, struct script_place place)
{
    if (place.script < 0) return (span){0};
    const struct theme_script *script = &hooks->scripts[place.script];
    str rest = script->text, line = {0}, last = str_of(rest.p, 0);
    for (int number = 1; str_line(&rest, &line); number++) {
        if (str_trim(line).len) last = str_trim(line);
        if (number >= place.line) break;
    }
    return (span){script->file, (uint32_t)(last.p - script->text.p), (uint32_t)last.len};
}

/* Takes "PATH:LINE: " of a known script off the front of the text. */
static struct script_place take_place(const struct hooks *hooks, str *text)
{
    for (int i = 0; i < hooks->script_count; i++) {
        str path = str_slice(hooks->scripts[i].path, 0, PATH_LONGEST);
        if (!str_starts(*text, path)) continue;
        str rest = str_from(*text, path.len), number;
        if (rest.len == 0 || rest.p[0] != ':') continue;
        rest = str_from(rest, 1);
        ptrdiff_t end = str_find_char(rest, ':');
        int64_t line;
        number = str_slice(rest, 0, end);
        if (end < 1 || !str_to_int(number, &line) || line < 1 || line > 10000000) continue;
        *text = str_trim_left(str_from(rest, end + 1));
        return (struct script_place){i, (int)line};
    }
    return (struct script_place){-1, 0};
}

/* --- texts ------------------------------------------------------------ */

static int push_text_of(lua_State *L)
{
    base_push_text(L, 1);
    return 1;
}

/* One line of valid UTF-8. */
static str clean(str text, struct arena *arena)
{
    struct buf out = buf_in(arena);
    text = str_trim(str_slice(text, 0, TEXT_LONGEST));
    for (ptrdiff_t at = 0; at < text.len;) {
        uint32_t rune = utf8_next(text, &at);
        buf_rune(&out, rune < 32 || rune == 127 ? ' ' : rune);
    }
    return buf_str(&out);
}

/* The value at `index` of `from` as text; __tostring gets a small budget of its own. */
str report_value_text(struct hook_state *state, lua_State *from, int index, struct arena *arena)
{
    lua_State *L = state->main;
    enum limit_kind hit = state->limits.hit;
    int kind = lua_type(from, index);
    state->limits.hit = LIMIT_NONE;
    limits_begin(state);
    if (state->limits.steps_left > TEXT_STEPS) state->limits.steps_left = TEXT_STEPS;
    lua_pushcfunction(L, push_text_of);
    lua_pushvalue(from, index);
    lua_xmove(from, L, 1);
    int status = lua_pcall(L, 1, 1, 0);
    str text = {0};
    if (status == LUA_OK && lua_type(L, -1) == LUA_TSTRING) text = clean(lua_check_str(L, -1), arena);
    lua_pop(L, 1);
    state->limits.hit = hit;
    if (status != LUA_OK) return str_format(arena, "a %s whose __tostring fails", lua_typename(L, kind));
    if (kind == LUA_TSTRING || kind == LUA_TNUMBER) return text;
    if (str_equal(text, str_c(lua_typename(L, kind)))) return str_format(arena, "error(%" STR_F ") was called", STR_A(text));
    return text;
}

static str limit_text(const struct hook_state *state, struct arena *arena)
{
    const struct limits *limits = &state->limits;
    switch (limits->hit) {
    case LIMIT_MEMORY:
        return str_format(arena, "more memory than the %lld bytes a hook may use", (long long)limits->memory_limit);
    case LIMIT_TIME:
        return str_format(arena, "more than the %lld ms a hook may take", (long long)limits->milliseconds);
    default:
        return str_format(arena, "more than the %lld steps a hook may take", (long long)limits->steps_limit);
    }
}

/* The name in "... a nil value (global 'os')"; empty when the message is another. */
static str missing_name(str text)
{
    static const str marks[] = {STR_INIT("nil value (global '"), STR_INIT("nil value (field '"), STR_INIT("nil value (method '")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t at = str_find(text, marks[i]);
        if (at < 0) continue;
        str rest = str_from(text, at + marks[i].len);
        str name = str_slice(rest, 0, str_find_char(rest, '\''));
        /* A field is only known to be missing by intent when it is in the table. */
        return i == 0 || str_equal(name, S("dump")) || str_equal(name, S("close")) ? name : (str){0};
    }
    return (str){0};
}

/* --- the report ------------------------------------------------------- */

static void add_page_at_work(const struct hook_work *work, struct buf *message)
{
    if (work->subject.len) buf_printf(message, " (in %s, while making %" STR_F ")", work->name, STR_A(work->subject));
}

static void narrow_to_token(span *at, str line, str text)
{
    ptrdiff_t near = str_find(text, S(" near '"));
    if (near < 0) return;
    str token = str_from(text, near + 7);
    token = str_slice(token, 0, str_find_last(token, '\''));
    ptrdiff_t found = token.len ? str_find(line, token) : -1;
    if (found < 0) return;
    at->start += (uint32_t)found;
    at->len = (uint32_t)token.len;
}

static struct script_place choose_place(struct hook_state *state, lua_State *failed, struct script_place of_text)
{
    if (state->limits.hit != LIMIT_NONE && state->limits.hit_at.script >= 0) return state->limits.hit_at;
    if (of_text.script >= 0) return of_text;
    struct script_place place = report_where(failed);
    return place.script >= 0 ? place : state->work->defined_at;
}

static enum diag_code code_of(const struct hook_state *state)
{
    if (state->limits.hit != LIMIT_NONE) return DIAG_LUA_LIMIT;
    return state->syntax_error ? DIAG_LUA_SYNTAX : DIAG_LUA;
}

/* The way out of what goes wrong most often. */
static str usual_hint(str text)
{
    static const struct { str sign, hint; } usual[] = {
        {STR_INIT("attempt to index a nil"), STR_INIT("it may be nil here: test it with `if` first")},
        {STR_INIT("attempt to concatenate a nil"), STR_INIT("it may be nil here: write (x or \"\")")},
        {STR_INIT("attempt to call a nil"), STR_INIT("no function has this name here; docs/hooks.md lists them")},
        {STR_INIT("attempt to perform arithmetic"), STR_INIT("tonumber(x) makes a number of text; nil needs a default: (x or 0)")},
        {STR_INIT("attempt to compare"), STR_INIT("both sides must be numbers, or both text")},
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (str_contains(text, usual[i].sign)) return usual[i].hint;
    return (str){0};
}

static void add_hint(struct hook_state *state, struct diag *diag, str text)
{
    struct diags *diags = state->work->diags;
    if (state->limits.hit == LIMIT_STEPS || state->limits.hit == LIMIT_TIME)
        diag_hint(diags, diag, "an endless loop? else raise hooks.steps in hugi.yaml");
    else if (state->limits.hit == LIMIT_MEMORY)
        diag_hint(diags, diag, "a table or text that grows without end? else raise hooks.memory in hugi.yaml");
    else
        diag->hint = sandbox_hint(diags->arena, missing_name(text));
    if (diag->hint.len == 0) diag->hint = usual_hint(text);
}

void report_failure(struct hook_state *state, lua_State *failed, int status)
{
    struct hook_work *work = state->work;
    struct arena *arena = work->diags->arena;
    limits_cause(state, failed, status);
    struct script_place place = report_where(failed);   /* before the stack is touched */
    str text = state->limits.hit != LIMIT_NONE ? limit_text(state, arena)
                                               : report_value_text(state, failed, -1, arena);
    struct script_place of_text = take_place(state->hooks, &text);
    if (of_text.script < 0) of_text = place;
    place = choose_place(state, failed, of_text);
    struct buf message = buf_in(arena);
    buf_add(&message, text);
    add_page_at_work(work, &message);
    span at = report_span(state->hooks, place);
    if (state->syntax_error && place.script >= 0)
        narrow_to_token(&at, str_slice(state->hooks->scripts[place.script].text, at.start, at.start + at.len), text);
    struct diag *diag = diag_report(work->diags, code_of(state), at, "%" STR_F, STR_A(buf_str(&message)));
    add_hint(state, diag, text);
    if (work->subject_at.file) diag_relate(work->diags, diag, work->subject_at, S("while making this"));
}

/* --- notes ------------------------------------------------------------ */

void report_note(lua_State *L, str text)
{
    struct hook_state *state = state_of(L);
    struct diags *diags = state->work ? state->work->diags : NULL;
    if (!diags) return;
    text = clean(text, diags->arena);
    span at = report_span(state->hooks, report_where(L));
    diag_report(diags, DIAG_LUA_LOG, at, "%" STR_F, STR_A(text));
}

void report_misspelt(struct hook_state *state, struct script_place at, str name, str nearest)
{
    struct diags *diags = state->work->diags;
    struct diag *diag = diag_report(diags, DIAG_LUA_HOOK_NAME, report_span(state->hooks, at),
                                    "'%" STR_F "' is no hook: nothing calls it", STR_A(name));
    diag_hint(diags, diag, "did you mean '%" STR_F "'? a helper is better a local function", STR_A(nearest));
}
