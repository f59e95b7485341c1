/* tags_jekyll.c - Jekyll's own forms: include with parameters, link, post_url.
 *
 *     {% include image.html src="/a.png" alt=page.title %}    the parameters are include.src ...
 *     {% include {{ file }} a="b" %}                          the name may hold outputs
 *     {% link _posts/2023-12-03-reinvent.md %}  {% post_url 2023-12-03-reinvent %} */
#include "coerce.h"
#include "filters_url.h"
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
    if (parser->env->mode == LIQUID_JEKYLL) return true;
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

static bool jekyll_parameter(struct parser *parser, str *rest, struct parameter *out)
{
    ptrdiff_t len = 0;
    str text = *rest;
    while (len < text.len && (lexer_is_name_char(text.p[len]) || text.p[len] == '-')) len++;
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
        struct lexer lexer;
        for (len = 0; len < text.len && (lexer_is_name_char(text.p[len]) || strchr(more, text.p[len]));) len++;
        if (!len) return false;
        lexer_start(&lexer, str_slice(text, 0, len), true);
        out->variable = expression_parse(parser, &lexer);
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
    const struct liquid_template *template_ = partial_find(renderer, name, include->name_at);
    if (!template_) return false;
    ptrdiff_t mark = scope_mark(renderer);
    scope_push(renderer, &include->include, parameters);
    bool good = renderer_template(renderer, template_, node->at);
    scope_pop(renderer, mark);
    return good;
}

bool jekyll_include(struct parser *parser, const struct token *token, struct block *into)
{
    struct include *include = ARENA_NEW(parser->arena, struct include);
    ptrdiff_t len = jekyll_name_len(token->markup);
    str name = str_slice(token->markup, 0, len);
    include->tag = token->name;
    include->include = name_make(S("include"));
    if (!len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'include' wants the name of a file");
        return false;
    }
    if (parser->env->mode != LIQUID_JEKYLL || str_ends(name, S("\""))) name = str_trim_char(name, '"');
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

/* "2023-12-03-reinvent" names "_posts/2023-12-03-reinvent.md"; "sub/..." a folder below. */
static bool link_is_post(str path, str name)
{
    ptrdiff_t dot = str_find_last(path, '.');
    if (dot > str_find_last(path, '/')) path = str_slice(path, 0, dot);
    if (!str_ends(path, name)) return false;
    return path.len == name.len || path.p[path.len - name.len - 1] == '/';
}

static bool link_find(struct renderer *renderer, str path, bool post, value *out)
{
    static const char *const lists[] = {"posts", "pages", "static_files"};
    struct name name = name_make(S("site"));
    const struct name *kept = arena_copy(renderer->arena, &name, sizeof name);
    value site;
    scope_get(renderer, kept, &site);
    if (str_starts(path, S("/"))) path = str_from(path, 1);
    for (size_t i = 0; i < (post ? 1 : sizeof lists / sizeof *lists); i++) {
        value list = evaluate_step(renderer, site, str_c(lists[i]), COMMAND_NONE);
        for (ptrdiff_t j = 0; j < value_count(list); j++) {
            value page = coerce_item(list, j, renderer->arena);
            str own = value_text(evaluate_step(renderer, page, S("path"), COMMAND_NONE));
            if (str_starts(own, S("/"))) own = str_from(own, 1);
            if (post ? !link_is_post(own, path) : !str_equal(own, path)) continue;
            *out = evaluate_step(renderer, page, S("url"), COMMAND_NONE);
            return true;
        }
    }
    return false;
}

static bool link_render(struct renderer *renderer, const struct node *node)
{
    const struct link_tag *link = node->as.data;
    str path;
    value url;
    if (!jekyll_capture_name(renderer, &link->path, &path)) return false;
    if (!link_find(renderer, path, link->post, &url))
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, node->at, "there is no %s '%" STR_F "'",
                              link->post ? "post" : "page or file", STR_A(path));
    str address, text = coerce_text(url, renderer->arena);
    const char *wrong;
    if (!url_relative(renderer, text, &address, &wrong))
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, node->at, "'%" STR_F "' is no address: %s", STR_A(text), wrong);
    renderer_write_str(renderer, address);
    return true;
}

static bool link_parse(struct parser *parser, const struct token *token, struct block *into, bool post)
{
    struct link_tag *link = ARENA_NEW(parser->arena, struct link_tag);
    if (!token->markup.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' wants a path", STR_A(token->name));
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
