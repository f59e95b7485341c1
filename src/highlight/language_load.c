/* language_load.c - a language file's tables -> rules, in the order highlight gives them: sections
 * of other languages, keywords, comments, identifiers, numbers, strings, escapes, preprocessor,
 * operators.  A rule whose expression does not compile is left out.
 *
 * Beside highlight's own names: Strings.Heredoc, an expression for `<<EOF`, and Strings.Whole, one
 * for strings that are one token. */
#include "base/utf8.h"
#include "lua_closed.h"
#include "state_hook.h"

static const char default_escapes[] = "\\\\u[[:xdigit:]]{4}|\\\\\\d{3}|\\\\x[[:xdigit:]]{2}|\\\\[ntvbrfa\\\\?'\"]";

struct loader {
    lua_State *L;
    struct language *language;
    struct arena *arena;
};

static pcre2_code *compile(str pattern)
{
    int error;
    PCRE2_SIZE where;
    pattern = str_trim(pattern);
    uint32_t utf = utf8_invalid(pattern) < 0 ? PCRE2_UTF : 0;      /* some files are Latin-1 */
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""), (size_t)pattern.len, utf, &error, &where, NULL);
    if (code) pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

static struct rule *add_rule(struct loader *loader, enum state state, str pattern)
{
    struct language *language = loader->language;
    pcre2_code *code = pattern.len > 0 ? compile(pattern) : NULL;
    language->left_out += pattern.len > 0 && !code;
    if (!code) return NULL;
    struct rule *rule = &ARENA_PUSH(loader->arena, language->rules, language->rule_count, language->rule_capacity);
    *rule = (struct rule){.state = state, .code = code, .group = LAST_GROUP, .opener = -1};
    return rule;
}

/* --- reading tables ------------------------------------------------------------ */

/* The text at key or number of the table on top of the stack; empty when there is none.  It lives
 * as long as the table. */
static str text_at(struct loader *loader, const char *key)
{
    size_t size = 0;
    lua_getfield(loader->L, -1, key);
    const char *text = lua_type(loader->L, -1) == LUA_TSTRING ? lua_tolstring(loader->L, -1, &size) : NULL;
    lua_pop(loader->L, 1);
    return (str){text, (ptrdiff_t)size};
}

static str text_number(struct loader *loader, lua_Integer number)
{
    size_t size = 0;
    lua_geti(loader->L, -1, number);
    const char *text = lua_type(loader->L, -1) == LUA_TSTRING ? lua_tolstring(loader->L, -1, &size) : NULL;
    lua_pop(loader->L, 1);
    return (str){text, (ptrdiff_t)size};
}

static bool flag_at(struct loader *loader, const char *key, bool otherwise)
{
    bool flag = lua_getfield(loader->L, -1, key) == LUA_TNIL ? otherwise : lua_toboolean(loader->L, -1);
    lua_pop(loader->L, 1);
    return flag;
}

static int integer_at(struct loader *loader, const char *key, int otherwise)
{
    lua_getfield(loader->L, -1, key);
    lua_Integer value = lua_isinteger(loader->L, -1) ? lua_tointeger(loader->L, -1) : otherwise;
    lua_pop(loader->L, 1);
    return value >= -1 && value < 100 ? (int)value : otherwise;
}

/* Pushes the table at key; false, with nothing pushed, when there is none. */
static bool push_table(struct loader *loader, const char *key)
{
    if (lua_getfield(loader->L, -1, key) == LUA_TTABLE) return true;
    lua_pop(loader->L, 1);
    return false;
}

/* Calls `read` with each table of the list on top of the stack there in turn. */
static void each_table(struct loader *loader, void (*read)(struct loader *loader))
{
    for (lua_Integer i = 1; lua_geti(loader->L, -1, i) == LUA_TTABLE; i++) {
        read(loader);
        lua_pop(loader->L, 1);
    }
    lua_pop(loader->L, 1);
}

/* --- what they hold ---------------------------------------------------------------- */

static void add_words(struct loader *loader, int group)
{
    struct map *words = &loader->language->words;
    for (lua_Integer i = 1;; i++) {
        str word = text_number(loader, i);
        if (!word.p) return;
        word = str_copy(loader->arena, word);
        if (word.len && !map_get(words, word)) map_put(loader->arena, words, word, (void *)(intptr_t)group);
    }
}

static void read_keywords(struct loader *loader)
{
    int group = integer_at(loader, "Id", 1);
    if (group < 1 || group > WORD_GROUPS) group = 1;
    if (push_table(loader, "List")) {
        add_words(loader, group);
        lua_pop(loader->L, 1);
        return;
    }
    struct rule *rule = add_rule(loader, STATE_KEYWORD, text_at(loader, "Regex"));
    if (!rule) return;
    rule->word_group = group;
    rule->group = integer_at(loader, "Group", LAST_GROUP);
}

static void read_comment(struct loader *loader)
{
    bool block = flag_at(loader, "Block", false), nested = flag_at(loader, "Nested", true);
    if (!push_table(loader, "Delimiter")) return;
    str open = str_trim(text_number(loader, 1)), close = str_trim(text_number(loader, 2));
    struct rule *rule = add_rule(loader, block ? STATE_BLOCK_COMMENT : STATE_LINE_COMMENT, open);
    if (rule && block) {
        rule->nests = nested;
        rule->ends_itself = str_equal(open, close);
        ptrdiff_t opener = loader->language->rule_count - 1;
        rule = add_rule(loader, STATE_BLOCK_COMMENT_END, close);
        if (rule) rule->opener = opener;
    }
    lua_pop(loader->L, 1);
}

static void read_string_pair(struct loader *loader)
{
    struct rule *rule = add_rule(loader, STATE_STRING, text_at(loader, "Open"));
    if (!rule) return;
    rule->raw = flag_at(loader, "Raw", false);
    rule->ends_itself = true;           /* until it has an end of its own */
    ptrdiff_t opener = loader->language->rule_count - 1;
    rule = add_rule(loader, STATE_STRING_END, text_at(loader, "Close"));
    if (!rule) return;
    rule->opener = opener;
    loader->language->rules[opener].ends_itself = false;
}

static void read_strings(struct loader *loader)
{
    struct rule *rule;
    str prefix = text_at(loader, "RawPrefix"), escape = text_at(loader, "Escape");
    if (prefix.len) loader->language->raw_prefix = prefix.p[0];
    loader->language->equal_length = flag_at(loader, "AssertEqualLength", false);
    add_rule(loader, STATE_HEREDOC, text_at(loader, "Heredoc"));
    add_rule(loader, STATE_WHOLE_STRING, text_at(loader, "Whole"));
    if ((rule = add_rule(loader, STATE_STRING, text_at(loader, "Delimiter"))) != NULL) rule->ends_itself = true;
    add_rule(loader, STATE_INTERPOLATION, text_at(loader, "Interpolation"));
    if (push_table(loader, "DelimiterPairs")) each_table(loader, read_string_pair), lua_pop(loader->L, 1);
    add_rule(loader, STATE_ESCAPE, escape.p ? escape : str_c(default_escapes));
}

/* In front of all others, the last one first. */
static void read_section(struct loader *loader)
{
    str nested = str_copy(loader->arena, text_at(loader, "Lang"));
    if (!push_table(loader, "Delimiter")) return;
    str open = text_number(loader, 1), close = text_number(loader, 2);
    struct rule *rule = close.len > 0 ? add_rule(loader, STATE_EMBEDDED, open) : NULL;
    if (rule) {
        rule->nested = nested;
        rule->nested_end = compile(close);
    }
    lua_pop(loader->L, 1);
}

static void reverse_rules(struct language *language)
{
    for (ptrdiff_t i = 0, j = language->rule_count - 1; i < j; i++, j--) {
        struct rule first = language->rules[i];
        language->rules[i] = language->rules[j];
        language->rules[j] = first;
    }
}

static void read_tables(struct loader *loader)
{
    lua_State *L = loader->L;
    if (push_table(loader, "NestedSections")) each_table(loader, read_section), lua_pop(L, 1);
    reverse_rules(loader->language);
    if (push_table(loader, "Keywords")) each_table(loader, read_keywords), lua_pop(L, 1);
    if (push_table(loader, "Comments")) each_table(loader, read_comment), lua_pop(L, 1);
    add_rule(loader, STATE_IDENTIFIER, text_at(loader, "Identifiers"));
    add_rule(loader, STATE_NUMBER, text_at(loader, "Digits"));
    if (push_table(loader, "Strings")) read_strings(loader), lua_pop(L, 1);
    if (push_table(loader, "PreProcessor")) {
        add_rule(loader, STATE_DIRECTIVE, text_at(loader, "Prefix"));
        str continuation = text_at(loader, "Continuation");
        if (continuation.len) loader->language->continuation = continuation.p[0];
        lua_pop(L, 1);
    }
    add_rule(loader, STATE_OPERATOR, text_at(loader, "Operators"));
}

/* --- the entry points ------------------------------------------------------------------ */

static int read_language(lua_State *L)
{
    struct loader *loader = lua_touserdata(L, 1);
    lua_pushglobaltable(L);
    loader->language->ignore_case = flag_at(loader, "IgnoreCase", false);
    if (!flag_at(loader, "DisableHighlighting", false)) read_tables(loader);
    return 0;
}

struct language *language_load(const struct definitions *definitions, str name)
{
    struct language *language = ARENA_NEW(definitions->arena, struct language);
    language->name = str_copy(definitions->arena, name);
    struct closed_state *lua = closed_open(definitions);
    if (!lua) return NULL;
    struct loader loader = {lua->L, language, definitions->arena};
    bool ok = closed_run(lua, name);
    if (ok) {
        lua_pushcfunction(lua->L, read_language);
        lua_pushlightuserdata(lua->L, &loader);
        ok = closed_call(lua, 1, 0);
    }
    language->spare = ok ? hook_make(lua) : NULL;
    language->has_hook = language->spare != NULL;
    if (!language->has_hook) closed_close(lua);
    if (!ok) language_free(language);
    return ok ? language : NULL;
}

void language_free(struct language *language)
{
    for (ptrdiff_t i = 0; i < language->rule_count; i++) {
        pcre2_code_free(language->rules[i].code);
        pcre2_code_free(language->rules[i].nested_end);
    }
    language->rule_count = 0;
    while (language->spare) {
        struct state_hook *hook = language->spare;
        language->spare = hook->next;
        hook_close(hook);
    }
}
