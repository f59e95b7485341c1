/* code_lexer.c - highlight's state machine: line by line, from token to token.
 *
 * A language with OnStateChange is asked about each token, first as what may go on with the token
 * before, then by itself, as highlight does.  In a string it sees all tokens, because it may end one
 * (the word of a heredoc).
 *
 * Sections of other languages are frames on a stack, each with its own state. */
#include "code_tokens.h"

enum {
    LONGEST_LINE = 10 * 1024,           /* longer ones are data, shown as they are */
    MATCH_LIMIT = 20000, DEPTH_LIMIT = 2000
};

static const char *const word_classes[WORD_GROUPS + 1] = {NULL, "k", "kt", "nb", "nf", "na", "nt"};

/* --- writing -------------------------------------------------------------------------- */

/* Everything up to `to`. */
static void write_to(struct lexer *lexer, const char *class, ptrdiff_t to)
{
    if (to <= lexer->at) return;
    spans_add(lexer->spans, class, str_slice(lexer->line, lexer->at, to));
    lexer->at = to;
}

static const char *state_class(enum state state)
{
    switch (state) {
    case STATE_STRING: case STATE_DIRECTIVE_STRING: case STATE_STRING_END: case STATE_WHOLE_STRING: return "s";
    case STATE_LINE_COMMENT: case STATE_BLOCK_COMMENT: case STATE_BLOCK_COMMENT_END: return "c";
    case STATE_DIRECTIVE: case STATE_DIRECTIVE_END: return "cp";
    case STATE_NUMBER: return "m";
    case STATE_ESCAPE: return "se";
    case STATE_INTERPOLATION: return "si";
    case STATE_KEYWORD: return "k";
    default: return NULL;
    }
}

/* --- frames ------------------------------------------------------------------------------ */

static void push_frame(struct lexer *lexer, const struct language *language, const struct rule *section)
{
    struct frame *frame = &lexer->frames[lexer->depth++];
    *frame = (struct frame){.language = language, .section = section, .opener = -1};
    frame->cursors = ARENA_NEWS(lexer->scratch, struct cursor, language->rule_count);
    for (ptrdiff_t i = 0; i < language->rule_count; i++) frame->cursors[i].line = -1;
    frame->section_end.line = -1;
    if (language->has_hook) frame->hook = lexer->source->lend(lexer->source->context, language);
    if (frame->hook) hook_begin(frame->hook);
}

static void pop_frame(struct lexer *lexer)
{
    struct frame *frame = &lexer->frames[--lexer->depth];
    if (frame->hook) lexer->source->give_back(lexer->source->context, frame->language, frame->hook);
}

static void enter_section(struct lexer *lexer)
{
    const struct rule *rule = lexer->entering;
    const struct language *language = lexer->source->language(lexer->source->context, rule->nested);
    lexer->entering = NULL;
    if (language && rule->nested_end) push_frame(lexer, language, rule);
}

/* Where the section ends in the rest of the line, or the line's length. */
static ptrdiff_t section_end(struct lexer *lexer, struct frame *frame)
{
    if (!frame->section) return lexer->line.len;
    token_seek(lexer, &frame->section_end, frame->section->nested_end, LAST_GROUP, lexer->at);
    return frame->section_end.start < lexer->line.len ? frame->section_end.start : lexer->line.len;
}

/* --- strings --------------------------------------------------------------------------------- */

static void begin_string(struct lexer *lexer, struct frame *frame, const struct token *token)
{
    const struct rule *rule = &frame->language->rules[token->rule];
    char raw = frame->language->raw_prefix;
    frame->in_directive = frame->state == STATE_DIRECTIVE;
    frame->state = STATE_STRING;
    frame->before = STATE_STANDARD;
    frame->opener = token->rule;
    frame->opening = str_slice(lexer->line, token->start, token->end);
    frame->raw = rule->raw || (raw && token->start > 0 && lexer->line.p[token->start - 1] == raw);
    write_to(lexer, "s", token->end);
}

static void end_string(struct lexer *lexer, struct frame *frame, ptrdiff_t at)
{
    write_to(lexer, "s", at);
    frame->state = frame->in_directive ? STATE_DIRECTIVE : STATE_STANDARD;
    frame->before = STATE_STANDARD;
    frame->ends_by_word = false;
}

/* `<<-'EOF'`: the string begins with the next line. */
static void note_heredoc(struct lexer *lexer, struct frame *frame, const struct token *token)
{
    str text = str_slice(lexer->line, token->start, token->end);
    ptrdiff_t from = 0, to = text.len;
    while (from < to && memchr("<-~ \t\"'\\", text.p[from], 8)) from++;
    while (to > from && (text.p[to - 1] == '"' || text.p[to - 1] == '\'')) to--;
    frame->heredoc = str_slice(text, from, to);
    frame->heredoc_raw = str_find_char(text, '\'') >= 0;
    write_to(lexer, "s", token->end);
}

static bool ends_string(const struct lexer *lexer, const struct frame *frame, const struct token *token, enum state state)
{
    const struct rule *rule = &frame->language->rules[token->rule];
    str text = str_slice(lexer->line, token->start, token->end);
    if (state == STATE_STRING)
        return frame->language->rules[frame->opener].ends_itself && str_equal(text, frame->opening);
    if (state != STATE_STRING_END) return false;
    if (rule->state == STATE_STRING_END && rule->opener != frame->opener) return false;
    return !frame->language->equal_length || text.len == frame->opening.len;
}

/* From one token that matters to the next; others are text, and only their first character is passed. */
static void step_string(struct lexer *lexer, struct frame *frame)
{
    ptrdiff_t from = lexer->at;
    for (struct token token; token_next(lexer, frame, from, &token);) {
        int group;
        enum state state = token_validate(lexer, frame, &token, token_state(lexer, frame, &token, &group), &group);
        from = token_after_character(lexer, token.start);
        if (ends_string(lexer, frame, &token, state)) {
            end_string(lexer, frame, token.end);
            return;
        }
        if (state == STATE_EMBEDDED) {
            lexer->entering = &frame->language->rules[token.rule];
            lexer->enter_at = token.end;
            write_to(lexer, "s", token.end);
            return;
        }
        bool escape = state == STATE_ESCAPE && !frame->raw;
        frame->before = STATE_STANDARD;
        if (!escape && state != STATE_INTERPOLATION) continue;
        write_to(lexer, "s", token.start);
        write_to(lexer, state_class(state), token.end);
        from = token.end;
    }
    write_to(lexer, "s", lexer->line.len);
}

/* --- comments and preprocessor -------------------------------------------------------------------- */

static void begin_comment(struct lexer *lexer, struct frame *frame, const struct token *token)
{
    frame->in_directive = frame->state == STATE_DIRECTIVE;
    frame->state = STATE_BLOCK_COMMENT;
    frame->opener = token->rule;
    frame->depth = 1;
    write_to(lexer, "c", token->end);
}

static void step_comment(struct lexer *lexer, struct frame *frame)
{
    struct token token;
    if (!token_next(lexer, frame, lexer->at, &token)) {
        write_to(lexer, "c", lexer->line.len);
        return;
    }
    const struct rule *rule = &frame->language->rules[token.rule];
    bool opens = rule->state == STATE_BLOCK_COMMENT && !rule->ends_itself;
    frame->depth += opens ? 1 : -1;
    write_to(lexer, "c", token.end);
    if (frame->depth > 0) return;
    frame->state = frame->in_directive ? STATE_DIRECTIVE : STATE_STANDARD;
    frame->before = STATE_STANDARD;
}

static void write_line_comment(struct lexer *lexer, struct frame *frame)
{
    write_to(lexer, "c", section_end(lexer, frame));
    frame->state = STATE_STANDARD;
    frame->before = STATE_STANDARD;
}

static void step_directive(struct lexer *lexer, struct frame *frame)
{
    ptrdiff_t from = lexer->at;
    for (struct token token; token_next(lexer, frame, from, &token);) {
        int group;
        enum state state = token_validate(lexer, frame, &token, token_state(lexer, frame, &token, &group), &group);
        from = token_after_character(lexer, token.start);
        bool string = state == STATE_STRING && !token_opens_nothing(lexer, frame, &token);
        if (!string && state != STATE_LINE_COMMENT && state != STATE_BLOCK_COMMENT && state != STATE_DIRECTIVE_END) continue;
        write_to(lexer, "cp", token.start);
        if (string) begin_string(lexer, frame, &token);
        else if (state == STATE_LINE_COMMENT) write_line_comment(lexer, frame);
        else if (state == STATE_BLOCK_COMMENT) begin_comment(lexer, frame, &token);
        else {
            write_to(lexer, "cp", token.end);
            frame->state = STATE_STANDARD;
        }
        return;
    }
    write_to(lexer, "cp", lexer->line.len);
}

/* --- everything else --------------------------------------------------------------------------------- */

static void write_token(struct lexer *lexer, struct frame *frame, const struct token *token, enum state state, int group)
{
    frame->before = state == STATE_KEYWORD || state == STATE_NUMBER || state == STATE_OPERATOR || state == STATE_ESCAPE ?
                    state : STATE_STANDARD;
    if (state == STATE_KEYWORD) write_to(lexer, word_classes[group], token->end);
    else if (state == STATE_NUMBER || state == STATE_WHOLE_STRING) write_to(lexer, state_class(state), token->end);
    else write_to(lexer, NULL, token->end);
}

static void reject(struct lexer *lexer, const struct token *token)
{
    write_to(lexer, NULL, token_after_character(lexer, token->start));
}

static void begin_section(struct lexer *lexer, struct frame *frame, const struct token *token)
{
    lexer->entering = &frame->language->rules[token->rule];
    lexer->enter_at = token->end;
}

static void take_token(struct lexer *lexer, struct frame *frame, const struct token *token)
{
    int group;
    enum state state = token_validate(lexer, frame, token, token_state(lexer, frame, token, &group), &group);
    switch (state) {
    case STATE_EMBEDDED: begin_section(lexer, frame, token); return;
    case STATE_HEREDOC: note_heredoc(lexer, frame, token); return;
    case STATE_LINE_COMMENT: write_line_comment(lexer, frame); return;
    case STATE_BLOCK_COMMENT: begin_comment(lexer, frame, token); return;
    case STATE_REJECT: reject(lexer, token); return;
    case STATE_STRING:
        if (token_opens_nothing(lexer, frame, token)) write_token(lexer, frame, token, STATE_STANDARD, 0);
        else begin_string(lexer, frame, token);
        return;
    case STATE_DIRECTIVE:
        frame->state = STATE_DIRECTIVE;
        write_to(lexer, "cp", token->end);
        return;
    default: write_token(lexer, frame, token, state, group);
    }
}

static void step_standard(struct lexer *lexer, struct frame *frame)
{
    struct token token;
    bool found = token_next(lexer, frame, lexer->at, &token);
    ptrdiff_t end = section_end(lexer, frame);
    if (end < lexer->line.len && (!found || end <= token.start)) {
        write_to(lexer, NULL, end);
        pop_frame(lexer);
        return;
    }
    ptrdiff_t until = found ? token.start : lexer->line.len;
    if (lexer->entering && until >= lexer->enter_at) {
        write_to(lexer, NULL, lexer->enter_at);
        return;
    }
    if (str_trim(str_slice(lexer->line, lexer->at, until)).len > 0) frame->before = STATE_STANDARD;
    write_to(lexer, NULL, until);
    if (found) take_token(lexer, frame, &token);
}

static void step(struct lexer *lexer)
{
    struct frame *frame = &lexer->frames[lexer->depth - 1];
    switch (frame->state) {
    case STATE_STRING: step_string(lexer, frame); break;
    case STATE_BLOCK_COMMENT: step_comment(lexer, frame); break;
    case STATE_DIRECTIVE: step_directive(lexer, frame); break;
    default: step_standard(lexer, frame);
    }
    if (lexer->entering && lexer->at >= lexer->enter_at) enter_section(lexer);
}

/* --- lines ---------------------------------------------------------------------------------------------- */

/* The last line of a heredoc is its word, alone or (PHP) before a `;`. */
static void end_heredoc(struct lexer *lexer, struct frame *frame)
{
    str text = str_trim_left(lexer->line);
    if (!frame->ends_by_word || !str_starts(text, frame->heredoc)) return;
    str behind = str_trim_right(str_from(text, frame->heredoc.len));
    if (behind.len > 0 && !strchr(";,)", behind.p[0])) return;
    end_string(lexer, frame, lexer->line.len - text.len + frame->heredoc.len);
    frame->heredoc = (str){0};
}

static void end_line(struct lexer *lexer)
{
    struct frame *frame = &lexer->frames[lexer->depth - 1];
    if (lexer->entering) enter_section(lexer);
    frame->before = STATE_STANDARD;
    char last = lexer->line.len ? lexer->line.p[lexer->line.len - 1] : '\0';
    if (frame->state == STATE_DIRECTIVE && (last == '\0' || last != frame->language->continuation))
        frame->state = STATE_STANDARD;
    if (frame->state == STATE_STANDARD && frame->heredoc.len > 0) {
        frame->state = STATE_STRING;
        frame->in_directive = false;
        frame->ends_by_word = true;
    }
}

static void run_line(struct lexer *lexer)
{
    lexer->at = 0;
    struct frame *frame = &lexer->frames[lexer->depth - 1];
    if (lexer->line.len > LONGEST_LINE) write_to(lexer, state_class(frame->state), lexer->line.len);
    else {
        end_heredoc(lexer, frame);
        while (lexer->at < lexer->line.len) step(lexer);
    }
    end_line(lexer);
}

void lexer_run(const struct lexer_source *source, const struct language *language, str code, struct arena *scratch,
               struct spans *spans)
{
    struct lexer lexer = {.source = source, .scratch = scratch, .spans = spans, .code = code};
    lexer.match = pcre2_match_data_create(32, NULL);
    lexer.limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(lexer.limits, MATCH_LIMIT);
    pcre2_set_depth_limit(lexer.limits, DEPTH_LIMIT);
    push_frame(&lexer, language, NULL);
    for (; lexer.line_start <= code.len; lexer.line_number++) {
        ptrdiff_t len = str_find_char(str_from(code, lexer.line_start), '\n');
        bool last = len < 0;
        lexer.line = last ? str_from(code, lexer.line_start) : str_slice(code, lexer.line_start, lexer.line_start + len);
        run_line(&lexer);
        if (last) break;
        spans_add(spans, NULL, S("\n"));
        lexer.line_start += len + 1;
    }
    spans_end(spans);
    while (lexer.depth > 0) pop_frame(&lexer);
    pcre2_match_data_free(lexer.match);
    pcre2_match_context_free(lexer.limits);
}
