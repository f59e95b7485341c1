/* template_parse.c - text to tree: the loop over tokens, and recovery.
 *
 * parser_nodes reads tokens into a block until it meets one of the names it
 * was told to end at; block tags call it again for their bodies.  A tag that
 * cannot be read has reported why and is left out; the rest of the template is
 * still read.
 *
 * In lenient parsing (posts) whatever hugi does not know goes back to being
 * text: unknown tags, outputs of unknown names, braces that are never closed. */
#include "filters.h"
#include "hints.h"
#include "renderer.h"
#include "tags.h"

enum { MOST_ERRORS = 100 };

span parser_span(const struct parser *parser, str slice)
{
    const str text = parser->source->text;
    if (!slice.p || !text.p || slice.p < text.p || slice.p > text.p + text.len) return (span){0};
    return (span){parser->source->file, parser->source->offset + (uint32_t)(slice.p - text.p),
                  (uint32_t)slice.len};
}

struct diag *parser_error(struct parser *parser, enum diag_code code, str at, const char *format, ...)
{
    struct buf message = buf_in(parser->arena);
    va_list arguments;
    parser->failed = true;
    if (parser->gave_up) return ARENA_NEW(parser->arena, struct diag);      /* for hints nobody reads */
    parser->gave_up = code == DIAG_LIQUID_LIMIT || ++parser->told >= MOST_ERRORS;
    va_start(arguments, format);
    buf_vprintf(&message, format, arguments);
    va_end(arguments);
    span place = parser_span(parser, at);
    if (!place.file && !place.len) place = parser_span(parser, parser->current);     /* an empty slice is nowhere */
    return diag_report(parser->diags, code, place, "%" STR_F, STR_A(buf_str(&message)));
}

void parser_assigns(struct parser *parser, str name)
{
    struct name_list *list = &parser->template_->assigned;
    struct name made = name_make(name);
    for (ptrdiff_t i = 0; i < list->count; i++)
        if (name_equal(&list->items[i], &made)) return;
    ARENA_PUSH(parser->arena, list->items, list->count, list->capacity) = made;
}

static bool parser_knows(const struct parser *parser, str name)
{
    for (ptrdiff_t i = 0; i < parser->source->known_name_count; i++)
        if (str_equal(parser->source->known_names[i], name)) return true;
    const struct name_list *list = &parser->template_->assigned;
    for (ptrdiff_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i].text, name)) return true;
    return str_equal(name, S("forloop")) || str_equal(name, S("tablerowloop"));
}

/* --- blocks --- */

void parser_push(struct parser *parser, struct block *block, struct node node, bool blank)
{
    node_render_fn *render = node.render;
    ARENA_PUSH(parser->arena, block->nodes, block->count, block->capacity) = node;
    if (render) parser->template_->plain = false;
    if (!blank) block->blank = false;
}

static void parser_text(struct parser *parser, struct block *block, str text)
{
    if (!text.len) return;
    struct node node = {.at = parser_span(parser, text), .as.text = text};
    parser_push(parser, block, node, str_trim_left(text).len == 0);
}

/* '{%-': the white space before it goes. */
static void parser_trim(struct block *block)
{
    struct node *nodes = block->nodes;
    for (ptrdiff_t i = block->count - 1; i >= 0 && !nodes[i].render; i--) {
        nodes[i].as.text = str_trim_right(nodes[i].as.text);
        nodes[i].at.len = (uint32_t)nodes[i].as.text.len;
        if (nodes[i].as.text.len) break;
    }
}

void parser_drop_blank(struct block *block)
{
    struct node *nodes = block->nodes;
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < block->count; i++)
        if (nodes[i].render) nodes[kept++] = nodes[i];
    block->count = kept;
}

/* --- outputs --- */

static bool parser_output(struct parser *parser, const struct token *token, struct block *block)
{
    if (token->trims_left) parser_trim(block);
    const struct pipeline *pipeline = parser_pipeline(parser, token->text);
    if (!pipeline) return false;
    struct node node = {.render = renderer_output, .at = parser_span(parser, token->whole),
                        .as.pipeline = pipeline};
    parser_push(parser, block, node, false);
    return true;
}

/* As parser_output, for a post: false when it is no output of ours. */
static bool parser_lenient_output(struct parser *parser, const struct token *token, struct block *block)
{
    struct lexer lexer;
    lexer_start(&lexer, token->text);
    if (lexer.word.kind == LEX_NAME) {
        if (!parser_knows(parser, lexer.word.text)) return false;
        parser_output(parser, token, block);
        return true;
    }
    if (lexer.word.kind != LEX_STRING && lexer.word.kind != LEX_INT && lexer.word.kind != LEX_FLOAT)
        return false;
    struct diags quiet = diags_in(parser->arena), *diags = parser->diags;
    bool failed = parser->failed;
    int told = parser->told;
    parser->diags = &quiet;
    bool good = parser_output(parser, token, block);
    parser->diags = diags;
    parser->failed = failed;
    parser->gave_up = false;
    parser->told = told;
    return good;
}

/* --- tags --- */

/* "else" without "if", "endfor" without "for". */
static void parser_stray(struct parser *parser, const struct token *token, const char *inside)
{
    parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' stands outside of %s",
                 STR_A(token->name), inside);
}

static void parser_unknown_tag(struct parser *parser, const struct token *token)
{
    str name = token->name;
    if (!name.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "a tag without a name");
        return;
    }
    if (str_starts(name, S("end")) && tags_find(parser->env->mode, str_from(name, 3))) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' closes no '%" STR_F "'",
                     STR_A(name), STR_A(str_from(name, 3)));
        return;
    }
    struct diag *diag = parser_error(parser, DIAG_LIQUID_TAG, name, "unknown tag '%" STR_F "'", STR_A(name));
    str near = tags_nearest(parser->env, name, parser->arena);
    const char *hint = hint_for_tag(name);
    bool output = token->markup.len && strchr(".|[", token->markup.p[0]);
    if (hint) diag_hint(parser->diags, diag, "%s", hint);
    else if (output) diag_hint(parser->diags, diag, "an output is written {{ %" STR_F "%" STR_F " }}", STR_A(name), STR_A(token->markup));
    else if (near.len) diag_hint(parser->diags, diag, "did you mean '%" STR_F "'?", STR_A(near));
    parser_forgive(parser, name);
}

static bool parser_is_host_end(const struct parser *parser, str name)
{
    return str_starts(name, S("end")) && tag_host_find(parser->env, str_from(name, 3));
}

/* False: in a post, and not ours. */
static bool parser_tag(struct parser *parser, const struct token *token, struct block *block)
{
    const struct liquid_extension *extension = tag_host_find(parser->env, token->name);
    const struct tag *tag = extension ? NULL : tags_find(parser->env->mode, token->name);
    if (!extension && (!tag || tag->inside)) {
        bool ours = tag || parser_is_host_end(parser, token->name)
                    || (str_starts(token->name, S("end"))
                        && tags_find(parser->env->mode, str_from(token->name, 3)));
        if (parser->source->lenient && !ours) return false;
        if (tag) parser_stray(parser, token, tag->inside);
        else parser_unknown_tag(parser, token);
        return true;
    }
    if (token->trims_left) parser_trim(block);
    parser->template_->plain = false;
    if (parser->depth >= (parser->env->limits.depth ? parser->env->limits.depth : 100)) {
        parser_error(parser, DIAG_LIQUID_LIMIT, token->whole, "tags are nested too deep");
        return true;
    }
    parser->depth++;
    bool good = extension ? tag_host(parser, token, extension, block) : tag->parse(parser, token, block);
    parser->depth--;
    if (!good) parser->failed = true;
    return true;
}

static void parser_broken(struct parser *parser, const struct token *token)
{
    bool output = str_equal(token->text, S("{{"));
    struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, token->text, "'%" STR_F "' is not closed with '%s'",
                                     STR_A(token->text), output ? "}}" : "%}");
    ptrdiff_t brace = output ? str_find_char(token->whole, '}') : -1;
    if (brace > 0 && token->whole.p[brace - 1] == '%')
        diag_hint(parser->diags, diag, "'%%}' closes a tag, not an output");
    else if (brace > 0)
        diag_hint(parser->diags, diag, "an output ends at its first '}', inside a text too");
}

static bool parser_is_end(str name, const char *ends)
{
    if (!ends || !name.len) return false;
    str rest = str_c(ends), end;
    while (str_split(&rest, ' ', &end))
        if (str_equal(end, name)) return true;
    return false;
}

/* Does this tag end the block?  A wrong end tag does so too, reported. */
static bool parser_ends(struct parser *parser, struct token *token, const char *ends, struct block *block,
                        struct block_end *end)
{
    *end = (struct block_end){token->name, token->markup, token->whole, false};
    if (parser_is_end(token->name, ends)) {
        if (token->trims_left) parser_trim(block);
        return true;
    }
    enum recovery recovery = parser_recover(parser, token);
    if (recovery == RECOVER_ENDS) end->name = str_concat(parser->arena, S("end"), parser->open->name);
    else *end = (struct block_end){.reported = recovery == RECOVER_OUTER};
    if (recovery == RECOVER_SKIP) token->kind = TOKEN_TEXT;
    return recovery == RECOVER_ENDS || recovery == RECOVER_OUTER;
}

void parser_nodes(struct parser *parser, const char *ends, struct block *block, struct block_end *end)
{
    *block = (struct block){.blank = true};
    *end = (struct block_end){0};
    while (!parser->gave_up) {
        struct token token, text;
        scanner_next(&parser->scanner, &token);
        bool taken = true;
        parser->current = token.whole;
        switch (token.kind) {
        case TOKEN_END: return;
        case TOKEN_TEXT: parser_text(parser, block, token.text); break;
        case TOKEN_OUTPUT:
            if (parser->source->lenient) taken = parser_lenient_output(parser, &token, block);
            else parser_output(parser, &token, block);
            break;
        case TOKEN_TAG:
            if (!parser_repair(parser, &token)) break;
            if (parser_ends(parser, &token, ends, block, end)) return;
            if (token.kind == TOKEN_TAG) taken = parser_tag(parser, &token, block);
            break;
        case TOKEN_BROKEN:
            taken = false;
            if (!parser->source->lenient) parser_broken(parser, &token);
            break;
        }
        if (taken) continue;
        scanner_back(&parser->scanner, &token, &text);
        parser_text(parser, block, text.text);
    }
}

bool parser_block(struct parser *parser, const struct token *open, const char *ends, struct block *block,
                  struct block_end *end)
{
    struct open_block inside = {parser->open, open->name, open->whole};
    parser->open = &inside;
    parser_nodes(parser, ends, block, end);
    parser->open = inside.outer;
    if (end->name.len || end->reported) return end->name.len > 0;
    struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, open->whole, "'%" STR_F "' is never closed",
                                     STR_A(open->name));
    diag_hint(parser->diags, diag, "want {%% end%" STR_F " %%} before the end of the template",
              STR_A(open->name));
    return false;
}

/* --- entry points --- */

const struct liquid_template *liquid_parse(const struct liquid_env *env, struct arena *arena,
                                           const struct liquid_parse *source, struct diags *diags)
{
    struct liquid_template *template_ = ARENA_NEW(arena, struct liquid_template);
    struct parser parser = {.env = env, .arena = arena, .source = source, .diags = diags,
                            .template_ = template_, .lax = env->mode != LIQUID_STRICT};
    struct block_end end;
    *template_ = (struct liquid_template){.source = source->text, .file = source->file, .plain = true,
                                            .lenient = source->lenient};
    parser.scanner = (struct scanner){.text = source->text, .verbatim = source->verbatim,
                                      .verbatim_count = source->verbatim_count};
    parser_nodes(&parser, NULL, &template_->body, &end);
    return parser.failed ? NULL : template_;
}

bool liquid_is_plain(const struct liquid_template *template_)
{
    return template_->plain;
}

/* A parser for a text that is a value of the render: always strict, as Jekyll's. */
static struct parser parser_for_text(const struct liquid_env *env, struct arena *arena,
                                     const struct liquid_parse *source, struct diags *diags)
{
    return (struct parser){.env = env, .arena = arena, .source = source, .diags = diags,
                           .template_ = ARENA_NEW(arena, struct liquid_template),
                           .marks_are_text = env->mode == LIQUID_JEKYLL};
}

static str parser_told(struct arena *arena, const struct diags *diags)
{
    const struct diag *diag = &diags->items[0];
    if (!diag->hint.len) return diag->message;
    return str_format(arena, "%" STR_F " (%" STR_F ")", STR_A(diag->message), STR_A(diag->hint));
}

const struct expression *parser_condition_text(const struct liquid_env *env, struct arena *arena, str text,
                                               str *error)
{
    struct diags diags = diags_in(arena);
    struct liquid_parse source = {.text = text};
    struct parser parser = parser_for_text(env, arena, &source, &diags);
    struct lexer lexer;
    lexer_start(&lexer, text);
    const struct expression *condition = expression_condition(&parser, &lexer);
    if (condition && expression_end(&parser, &lexer)) return condition;
    *error = parser_told(arena, &diags);
    return NULL;
}

const struct pipeline *parser_pipeline_text(const struct liquid_env *env, struct arena *arena, str text,
                                            str *error)
{
    struct diags diags = diags_in(arena);
    struct liquid_parse source = {.text = text};
    struct parser parser = parser_for_text(env, arena, &source, &diags);
    const struct pipeline *pipeline = parser_pipeline(&parser, text);
    if (pipeline) return pipeline;
    *error = parser_told(arena, &diags);
    return NULL;
}
