/* tags_jekyll.c - Jekyll's own forms: include with parameters, link, post_url.
 *
 *     {% include image.html src="/a.png" alt=page.title %}    the parameters are include.src ...
 *     {% include {{ file }} a="b" %}                          the name may hold outputs
 *     {% link _posts/2023-12-03-reinvent.md %}  {% post_url 2023-12-03-reinvent %} */
#include "coerce.h"
#include "filters_url.h"
#include "lax.h"
#include "renderer.h"
#include "tags_partial.h"

struct parameter {
    str name;
    str text;                           /* a quoted value, unescaped; or ... */
    const struct expression *variable;
};

struct include {
    struct block name;                  /* text and outputs that make the name */
    span name_at;
    str tag;
    bool cached, relative;
    struct name include;                /* "include" */
    struct parameter *items;
    ptrdiff_t count, capacity;
};

/* --- names that hold outputs --- */

/* "a/{{ b }}.html" as a block of its own. */
static void jekyll_name(struct parser *parser, str text, struct block *out)
{
    struct scanner outer = parser->scanner;
    struct block_end end;
    parser->scanner = (struct scanner){.text = text};
    parser_nodes(parser, NULL, out, &end);
    parser->scanner = outer;
}

/* The part of the markup up to the first blank outside of {{ }}. */
static ptrdiff_t jekyll_name_len(str markup)
{
    ptrdiff_t at = 0;
    while (at < markup.len && !char_is_space(markup.p[at])) {
        ptrdiff_t close = str_starts(str_from(markup, at), S("{{")) ? str_find(str_from(markup, at), S("}}")) : -1;
        at += close < 0 ? 1 : close + 2;
    }
    return at;
}

static bool jekyll_capture_name(struct renderer *renderer, const struct block *block, str *out)
{
    if (block->count == 1 && !block->nodes[0].render) {
        *out = block->nodes[0].as.text;
        return true;
    }
    if (!renderer_capture(renderer, block, out)) return false;
    *out = str_trim(*out);
    return true;
}

/* --- include --- */

bool jekyll_is_include(const struct parser *parser, const struct token *token)
{
    static const char *const endings[] = {".html", ".htm", ".liquid", ".md", ".svg", ".xml", ".txt", ".css", ".js"};
    str markup = token->markup;
    if (parser->env->mode == LIQUID_JEKYLL || str_equal(token->name, S("include_relative"))) return true;
    if (!markup.len || markup.p[0] == '"' || markup.p[0] == '\'') return false;
    ptrdiff_t len = jekyll_name_len(markup);
    str name = str_slice(markup, 0, len);
    if (str_contains(name, S("{{"))) return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, str_c(endings[i]))) return true;
    str rest = str_trim(str_from(markup, len));
    len = 0;
    while (len < rest.len && (lexer_is_name_char(rest.p[len]) || rest.p[len] == '-')) len++;
    return len > 0 && str_starts(str_trim(str_from(rest, len)), S("="));
}

/* "say \"hi\"": backslashes before the quote go. */
static str jekyll_unescape(struct arena *arena, str text, char quote)
{
    char pair[2] = {'\\', quote};
    return str_replace(arena, text, str_of(pair, 2), str_of(pair + 1, 1));
}

/* In Jekyll names of parameters are ASCII. */
static bool include_is_name_char(char c, bool ascii)
{
    return (lexer_is_name_char(c) && !(ascii && (unsigned char)c >= 0x80)) || c == '-';
}

static bool jekyll_parameter(struct parser *parser, str *rest, struct parameter *out)
{
    ptrdiff_t len = 0;
    str text = *rest;
    bool ascii = parser->env->mode == LIQUID_JEKYLL;
    while (len < text.len && include_is_name_char(text.p[len], ascii)) len++;
    out->name = str_slice(text, 0, len);
    text = str_trim_left(str_from(text, len));
    if (!len || !str_starts(text, S("="))) return false;
    text = str_trim_left(str_from(text, 1));
    if (!text.len) return false;
    char quote = text.p[0];
    if (quote == '"' || quote == '\'') {
        for (len = 1; len < text.len && text.p[len] != quote; len++)
            if (text.p[len] == '\\') len++;
        if (len >= text.len) return false;
        out->text = jekyll_unescape(parser->arena, str_slice(text, 1, len), quote);
        len++;
    } else {
        /* Jekyll: a dotted name; elsewhere brackets too. */
        const char *more = parser->env->mode == LIQUID_JEKYLL ? ".-" : ".-[]'\"";
        for (len = 0; len < text.len && (include_is_name_char(text.p[len], ascii) || strchr(more, text.p[len]));) len++;
        if (!len) return false;
        out->variable = lax_value(parser, str_slice(text, 0, len));
        if (!out->variable) return false;
    }
    *rest = str_from(text, len);
    return !rest->len || char_is_space(rest->p[0]);
}

static bool jekyll_parameters(struct parser *parser, const struct token *token, struct include *include, str rest)
{
    for (rest = str_trim(rest); rest.len; rest = str_trim_left(rest)) {
        struct parameter parameter = {0};
        str before = rest;
        if (!jekyll_parameter(parser, &rest, &parameter)) {
            struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, before, "a parameter of '%" STR_F
                                             "' is malformed", STR_A(token->name));
            diag_hint(parser->diags, diag, "want name=\"text\" or name=variable, with blanks between and no commas");
            return false;
        }
        ARENA_PUSH(parser->arena, include->items, include->count, include->capacity) = parameter;
    }
    return true;
}

/* What Jekyll lets a file name be made of; elsewhere any letter will do. */
static bool jekyll_is_file_name(const struct renderer *renderer, str name)
{
    if (!name.len) return false;
    for (ptrdiff_t i = 0; i < name.len; i++) {
        char c = name.p[i];
        bool letter = (unsigned char)c >= 0x80 ? renderer->env->mode != LIQUID_JEKYLL : lexer_is_name_char(c);
        if (!letter && !strchr("/.-()+~#@", c)) return false;
        if (i && (c == '.' || c == '/') && (name.p[i - 1] == '.' || name.p[i - 1] == '/')) return false;
    }
    return true;
}

static const struct liquid_template *include_find(struct renderer *renderer, const struct include *include, str name)
{
    const struct liquid_env *env = renderer->env;
    span at = include->name_at;
    while (str_starts(name, S("/"))) name = str_from(name, 1);
    if (!include->relative || !env->relative) return partial_find(renderer, name, at);
    ptrdiff_t told = renderer->diags->count;
    const struct liquid_template *found = str_contains(name, S("..")) ? NULL : env->relative(env, name, at, renderer->diags);
    if (found) return found;
    if (renderer->diags->count == told)
        renderer_error(renderer, DIAG_LIQUID_PARTIAL, at, "there is no '%" STR_F "' beside the template", STR_A(name));
    return NULL;
}

/* What tells one call of include_cached from another; empty: an argument may
 * change without its text changing, so it is rendered each time. */
static str include_key(struct renderer *renderer, str name, value parameters)
{
    struct buf key = buf_in(renderer->arena);
    buf_add(&key, name);
    for (ptrdiff_t i = 0; i < parameters.as.map->count; i++) {
        value v = parameters.as.map->pairs[i].value;
        if (v.kind == VALUE_LIST || v.kind == VALUE_MAP || v.kind == VALUE_DROP) return (str){0};
    }
    coerce_inspect(&key, parameters, renderer->arena);
    return buf_str(&key);
}

static bool jekyll_include_render(struct renderer *renderer, const struct node *node)
{
    const struct include *include = node->as.data;
    str name;
    if (!jekyll_capture_name(renderer, &include->name, &name)) return false;
    if (!jekyll_is_file_name(renderer, name))
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, include->name_at, "'%" STR_F "' is no file name for '%" STR_F "'",
                              STR_A(name), STR_A(include->tag));
    value parameters = value_map(renderer->arena);
    for (ptrdiff_t i = 0; i < include->count; i++) {
        const struct parameter *parameter = &include->items[i];
        value v = value_str(parameter->text);
        if (parameter->variable && !evaluate(renderer, parameter->variable, &v)) return false;
        value_set(renderer->arena, &parameters, parameter->name, v);
    }
    str key = include->cached ? include_key(renderer, name, parameters) : (str){0};
    const str *known = key.len ? map_get(&renderer->cached, key) : NULL;
    if (known) {
        renderer_write_str(renderer, *known);
        return true;
    }
    const struct liquid_template *template_ = include_find(renderer, include, name);
    if (!template_) return false;
    ptrdiff_t mark = scope_mark(renderer), begin = renderer->out->len;
    scope_push(renderer, &include->include, parameters);
    bool good = renderer_template(renderer, template_, node->at);
    scope_pop(renderer, mark);
    if (good && key.len) {
        str text = str_copy(renderer->arena, str_from(buf_str(renderer->out), begin));
        map_put(renderer->arena, &renderer->cached, key, arena_copy(renderer->arena, &text, sizeof text));
    }
    return good;
}

/* Jekyll: a name's outputs begin with a variable, and parameters hold none. */
static bool include_outputs_fit(struct parser *parser, const struct token *token, ptrdiff_t name_len)
{
    str markup = token->markup;
    for (ptrdiff_t at = 0; at < markup.len; at++) {
        str rest = str_from(markup, at), inside = str_trim_left(str_from(rest, 2));
        if (!str_starts(rest, S("{{"))) continue;
        bool variable = inside.len && (lexer_is_name_char(inside.p[0]) || inside.p[0] == '-' || inside.p[0] == '.');
        if (at < name_len && variable) continue;
        struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, rest, "an output cannot stand here");
        diag_hint(parser->diags, diag, at < name_len ? "want {{ variable }}" : "want name=variable");
        return false;
    }
    return true;
}

bool jekyll_include(struct parser *parser, const struct token *token, struct block *into)
{
    struct include *include = ARENA_NEW(parser->arena, struct include);
    ptrdiff_t len = jekyll_name_len(token->markup);
    str name = str_slice(token->markup, 0, len);
    include->tag = token->name;
    include->cached = str_equal(token->name, S("include_cached"));
    include->relative = str_equal(token->name, S("include_relative"));
    include->include = name_make(S("include"));
    if (parser->env->mode == LIQUID_JEKYLL && !include_outputs_fit(parser, token, len)) return false;
    if (!len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'include' wants the name of a file");
        return false;
    }
    if (parser->env->mode != LIQUID_JEKYLL) name = str_trim_char(name, '"');
    jekyll_name(parser, name, &include->name);
    include->name_at = parser_span(parser, name);
    if (!jekyll_parameters(parser, token, include, str_from(token->markup, len))) return false;
    struct node node = {.render = jekyll_include_render, .at = parser_span(parser, token->whole), .as.data = include};
    parser_push(parser, into, node, false);
    return true;
}

/* --- link, post_url --- */

struct link_tag {
    struct block path;
    bool post;
};

/* "sub/2023-12-03-reinvent": its date and what follows, without folders. */
static bool link_post_name(str name, int date[3], str *slug)
{
    name = str_from(name, str_find_last(name, '/') + 1);
    for (int part = 0; part < 3; part++) {
        ptrdiff_t len = 0;
        date[part] = 0;
        for (; len < name.len && len < 8 && char_is_digit(name.p[len]); len++)
            date[part] = date[part] * 10 + (name.p[len] - '0');
        if (!len || len >= name.len || name.p[len] != '-') return false;
        name = str_from(name, len + 1);
    }
    *slug = name;
    return true;
}

/* "sub/2023-12-03-reinvent" names "_posts/sub/2023-12-03-reinvent.md" and
 * "sub/_posts/2023-12-03-reinvent.md"; when there is neither, a post of that
 * date and name in any folder will do, as in Jekyll. */
static bool link_fits(const struct link_tag *link, str path, str own, bool loose)
{
    int wanted[3], date[3];
    str wanted_slug, slug;
    if (!link->post) return str_equal(own, path);
    ptrdiff_t dot = str_find_last(own, '.'), posts = str_find(own, S("_posts/"));
    if (dot > str_find_last(own, '/')) own = str_slice(own, 0, dot);
    if (loose)
        return link_post_name(path, wanted, &wanted_slug) && link_post_name(own, date, &slug)
               && memcmp(wanted, date, sizeof date) == 0 && str_equal(wanted_slug, slug);
    if (posts < 0) return str_equal(own, path);
    str above = str_slice(own, 0, posts), below = str_from(own, posts + 7);
    return str_equal(own, path) || (str_starts(path, above) && str_equal(str_from(path, above.len), below));
}

/* What it is called in the page's list: "path" is Jekyll's; a slash before it is none. */
static str link_own_path(struct renderer *renderer, value page)
{
    static const char *const keys[] = {"relative_path", "path"};
    str own = {0};
    for (size_t i = 0; i < 2 && !own.len; i++)
        own = value_text(evaluate_step(renderer, page, str_c(keys[i]), COMMAND_NONE));
    return str_starts(own, S("/")) ? str_from(own, 1) : own;
}

/* The page that fits; else the nearest path in *nearest. */
static bool link_find(struct renderer *renderer, const struct link_tag *link, str path, bool loose, value *out, str *nearest)
{
    static const char *const lists[] = {"posts", "pages", "static_files"};
    struct name *name = ARENA_NEW(renderer->arena, struct name);
    struct { str *items; ptrdiff_t count, capacity; } paths = {0};
    value site;
    *name = name_make(S("site"));
    scope_get(renderer, name, &site);
    if (str_starts(path, S("/"))) path = str_from(path, 1);
    for (size_t i = 0; i < (link->post ? 1 : sizeof lists / sizeof *lists); i++) {
        value list = evaluate_step(renderer, site, str_c(lists[i]), COMMAND_NONE);
        for (ptrdiff_t j = 0; j < value_count(list); j++) {
            value page = coerce_item(list, j, renderer->arena);
            str own = link_own_path(renderer, page);
            *out = evaluate_step(renderer, page, S("url"), COMMAND_NONE);
            if (link_fits(link, path, own, loose)) return true;
            if (link->post) own = str_slice(own, str_find_last(own, '/') + 1, str_find_last(own, '.'));
            ARENA_PUSH(renderer->arena, paths.items, paths.count, paths.capacity) = own;
        }
    }
    *nearest = str_nearest(path, paths.items, paths.count);
    return false;
}

static bool link_render(struct renderer *renderer, const struct node *node)
{
    const struct link_tag *link = node->as.data;
    str path, address, nearest;
    const char *wrong;
    value url;
    if (!jekyll_capture_name(renderer, &link->path, &path)) return false;
    if (!link_find(renderer, link, path, false, &url, &nearest)
        && !(link->post && link_find(renderer, link, path, true, &url, &nearest)))
        return renderer_error_hint(renderer, DIAG_LIQUID_ARGUMENT, node->at, nearest, "there is no %s '%" STR_F "'",
                                   link->post ? "post" : "page or file", STR_A(path));
    str text = coerce_text(url, renderer->arena);
    if (!url_relative(renderer, text, &address, &wrong))
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, node->at, "'%" STR_F "' is no address: %s", STR_A(text), wrong);
    renderer_write_str(renderer, address);
    return true;
}

static bool link_parse(struct parser *parser, const struct token *token, struct block *into, bool post)
{
    struct link_tag *link = ARENA_NEW(parser->arena, struct link_tag);
    int date[3];
    str slug;
    if (!token->markup.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' wants a path", STR_A(token->name));
        return false;
    }
    if (post && parser->env->mode == LIQUID_JEKYLL && !link_post_name(token->markup, date, &slug)) {
        struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, token->markup, "'%" STR_F "' is no name of a post",
                                         STR_A(token->markup));
        diag_hint(parser->diags, diag, "want YYYY-MM-DD-NAME");
        return false;
    }
    link->post = post;
    jekyll_name(parser, token->markup, &link->path);
    struct node node = {.render = link_render, .at = parser_span(parser, token->whole), .as.data = link};
    parser_push(parser, into, node, false);
    return true;
}

bool tag_link(struct parser *parser, const struct token *token, struct block *into)
{
    return link_parse(parser, token, into, false);
}

bool tag_post_url(struct parser *parser, const struct token *token, struct block *into)
{
    return link_parse(parser, token, into, true);
}
