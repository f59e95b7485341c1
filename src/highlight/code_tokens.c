/* code_tokens.c - the next token of a line, and what it is.
 *
 * Every rule goes through a line by itself, from one of its matches to its next, whatever the others
 * find: that is how the definitions are meant.  At a place the first rule with a match there gives
 * the token; which rules count depends on the state (in a comment only what ends it).  So a quote in
 * a comment is no string, and what a rule finds in a string cannot swallow the string's end. */
#include "code_tokens.h"

#include "base/utf8.h"

enum { LONGEST_WORD = 64 };

/* --- matching ---------------------------------------------------------------------- */

ptrdiff_t token_after_character(const struct lexer *lexer, ptrdiff_t at)
{
    return at + utf8_offset(str_from(lexer->line, at), 1);
}

static void next_match(struct lexer *lexer, struct cursor *cursor, const pcre2_code *code, int group)
{
    cursor->start = cursor->end = PTRDIFF_MAX;
    if (cursor->dead || cursor->resume > lexer->line.len) return;
    int count = pcre2_match(code, (PCRE2_SPTR)lexer->line.p, (size_t)lexer->line.len, (size_t)cursor->resume,
                            PCRE2_NO_UTF_CHECK, lexer->match, lexer->limits);
    if (count < 0) {
        cursor->dead = count != PCRE2_ERROR_NOMATCH;
        cursor->resume = PTRDIFF_MAX;
        return;
    }
    PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(lexer->match);
    uint32_t groups = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    uint32_t part = group < 0 || (uint32_t)group > groups ? groups : (uint32_t)group;
    bool moved = (ptrdiff_t)offsets[1] > cursor->resume && offsets[0] < offsets[1];
    ptrdiff_t end = (ptrdiff_t)offsets[1] > cursor->resume ? (ptrdiff_t)offsets[1] : cursor->resume;
    cursor->resume = moved ? end : end < lexer->line.len ? token_after_character(lexer, end) : PTRDIFF_MAX;
    if ((int)part >= count || offsets[2 * part] == PCRE2_UNSET) cursor->start = cursor->end = 0;
    else cursor->start = (ptrdiff_t)offsets[2 * part], cursor->end = (ptrdiff_t)offsets[2 * part + 1];
}

/* A token never begins with a blank. */
static bool is_token(const struct lexer *lexer, const struct cursor *cursor)
{
    return cursor->start < cursor->end && lexer->line.p[cursor->start] != ' ' && lexer->line.p[cursor->start] != '\t';
}

/* To the first token at or after `from`. */
void token_seek(struct lexer *lexer, struct cursor *cursor, const pcre2_code *code, int group, ptrdiff_t from)
{
    if (cursor->line != lexer->line_number) {
        *cursor = (struct cursor){.line = lexer->line_number, .dead = cursor->dead};
        next_match(lexer, cursor, code, group);
    }
    while (cursor->start != PTRDIFF_MAX && (cursor->start < from || !is_token(lexer, cursor)))
        next_match(lexer, cursor, code, group);
}

/* Does the rule count in the frame's state? */
static bool counts(const struct lexer *lexer, const struct frame *frame, ptrdiff_t index)
{
    const struct rule *rule = &frame->language->rules[index];
    if (rule->state == STATE_EMBEDDED)
        return !lexer->entering && lexer->depth < MOST_FRAMES && frame->state != STATE_BLOCK_COMMENT;
    switch (frame->state) {
    case STATE_BLOCK_COMMENT:
        return rule->opener == frame->opener || (rule->state == STATE_BLOCK_COMMENT &&
               index == frame->opener && (rule->nests || rule->ends_itself));
    case STATE_STRING:
        if (frame->ends_by_word) return rule->state == STATE_INTERPOLATION && !frame->heredoc_raw;
        if (frame->hook) return true;
        if (rule->state == STATE_STRING_END) return rule->opener == frame->opener;
        if (rule->state == STATE_STRING) return rule->ends_itself && index == frame->opener;
        return rule->state == STATE_ESCAPE || rule->state == STATE_INTERPOLATION;
    case STATE_DIRECTIVE:
        return frame->hook || rule->state == STATE_STRING || rule->state == STATE_LINE_COMMENT ||
               rule->state == STATE_BLOCK_COMMENT;
    default:
        return rule->state != STATE_STRING_END && rule->state != STATE_BLOCK_COMMENT_END &&
               rule->state != STATE_INTERPOLATION;
    }
}

bool token_next(struct lexer *lexer, struct frame *frame, ptrdiff_t from, struct token *token)
{
    *token = (struct token){PTRDIFF_MAX, PTRDIFF_MAX, -1};
    for (ptrdiff_t i = 0; i < frame->language->rule_count; i++) {
        if (!counts(lexer, frame, i)) continue;
        struct cursor *cursor = &frame->cursors[i];
        token_seek(lexer, cursor, frame->language->rules[i].code, frame->language->rules[i].group, from);
        if (cursor->start >= token->start) continue;
        *token = (struct token){cursor->start, cursor->end, i};
    }
    return token->rule >= 0;
}

/* --- what a token is ----------------------------------------------------------------------- */

static bool is_wide(str line, ptrdiff_t at) { return at >= 0 && at < line.len && (unsigned char)line.p[at] >= 0x80; }

static int word_group(const struct frame *frame, str word)
{
    char lower[LONGEST_WORD];
    if (word.len > LONGEST_WORD) return 0;
    for (ptrdiff_t i = 0; i < word.len; i++)
        lower[i] = frame->language->ignore_case ? char_lower(word.p[i]) : word.p[i];
    str key = {lower, word.len};
    int group = (int)(intptr_t)map_get(&frame->language->words, key);
    return group || !frame->hook ? group : (int)(intptr_t)map_get(&frame->hook->words, key);
}

/* Words are looked up; one that goes on in Hangul is none. */
enum state token_state(const struct lexer *lexer, const struct frame *frame, const struct token *token, int *group)
{
    const struct rule *rule = &frame->language->rules[token->rule];
    *group = 0;
    if (rule->state == STATE_IDENTIFIER || rule->state == STATE_NUMBER)
        if (is_wide(lexer->line, token->start - 1) || is_wide(lexer->line, token->end)) return STATE_STANDARD;
    if (rule->state != STATE_IDENTIFIER && rule->state != STATE_KEYWORD) return rule->state;
    *group = word_group(frame, str_slice(lexer->line, token->start, token->end));
    if (*group == 0) *group = rule->word_group;
    return *group ? STATE_KEYWORD : STATE_STANDARD;
}

/* What the language says of it; *group too, because a state it makes has no word. */
enum state token_validate(struct lexer *lexer, struct frame *frame, const struct token *token, enum state state,
                          int *group)
{
    if (!frame->hook) return state;
    str text = str_slice(lexer->line, token->start, token->end);
    enum state answer = STATE_UNKNOWN;
    bool follows = frame->before != STATE_STANDARD && frame->state != STATE_DIRECTIVE;
    if (follows) answer = hook_ask(frame->hook, frame->before, state, text, *group);
    if (!follows || answer != frame->before) answer = hook_ask(frame->hook, frame->state, state, text, *group);
    if (answer == STATE_UNKNOWN) return state;
    if (answer == STATE_KEYWORD && *group == 0) *group = 1;
    return answer;
}

/* It's no string: an apostrophe in a word, or a quote nothing closes. */
bool token_opens_nothing(const struct lexer *lexer, const struct frame *frame, const struct token *token)
{
    str text = str_slice(lexer->line, token->start, token->end);
    bool quote = str_equal(text, S("'")) || str_equal(text, S("\""));
    if (!quote && !frame->language->rules[token->rule].ends_itself) return false;
    if (str_equal(text, S("'")) && token->start > 1) {
        const char *before = lexer->line.p + token->start;
        bool in_word = (char_is_alpha(before[-1]) && char_is_alpha(before[-2])) || (unsigned char)before[-1] >= 0x80;
        if (in_word && token->end < lexer->line.len && char_is_alpha(before[1])) return true;
    }
    return !frame->hook && str_find(str_from(lexer->code, lexer->line_start + token->end), text) < 0;
}
