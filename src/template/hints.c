/* hints.c - what people write who know another template language, and what it
 * is called here.  Asked only after something has gone wrong. */
#include "hints.h"

struct habit {
    str wrong;
    const char *hint;
};

/* Longer ones before those they begin with. */
static const struct habit words[] = {
    {STR_INIT("&&"), "conditions are joined by 'and'"},
    {STR_INIT("|"), "conditions are joined by 'or'; what is missing is replaced by the filter default"},
    {STR_INIT("="), "one '=' sets a name, '==' compares; an argument is written 'name: value'"},
    {STR_INIT("!"), "a condition is turned round by 'not', '!=' compares"},
    {STR_INIT("+"), "filters calculate: plus, minus, times, divided_by, modulo"},
    {STR_INIT("-"), "filters calculate: plus, minus, times, divided_by, modulo"},
    {STR_INIT("*"), "filters calculate: plus, minus, times, divided_by, modulo"},
    {STR_INIT("/"), "filters calculate: plus, minus, times, divided_by, modulo"},
    {STR_INIT("?"), "a choice is written {% if %}...{% else %}...{% endif %}"},
    {STR_INIT("{"), "an output has two braces on each side"},
    {STR_INIT("}"), "a tag ends with '%}', an output with '}}'"},
};

static const struct habit names[] = {
    {STR_INIT("eq"), "comparisons are ==, !=, <, <=, >, >= and contains"},
    {STR_INIT("ne"), "comparisons are ==, !=, <, <=, >, >= and contains"},
    {STR_INIT("is"), "comparisons are ==, !=, <, <=, >, >= and contains"},
    {STR_INIT("in"), "what a list or text holds is asked by contains: list contains item"},
};

static const struct habit tags[] = {
    {STR_INIT("set"), "a name is set by {% assign name = value %}"},
    {STR_INIT("elif"), "did you mean 'elsif'?"},
    {STR_INIT("elseif"), "did you mean 'elsif'?"},
    {STR_INIT("extends"), "the template around this one is named by {% layout 'name' %}"},
    {STR_INIT("import"), "a part kept in a file of its own is written {% render 'name', argument: value %}"},
    {STR_INIT("macro"), "a part kept in a file of its own is written {% render 'name', argument: value %}"},
    {STR_INIT("section"), "a part kept in a file of its own is written {% render 'name', argument: value %}"},
    {STR_INIT("foreach"), "a loop is written {% for item in list %}"},
    {STR_INIT("while"), "a loop is written {% for item in list %}"},
    {STR_INIT("with"), "a name is set by {% assign name = value %}"},
    {STR_INIT("form"), "this tag is Shopify's, for shops"},
    {STR_INIT("paginate"), "this tag is Shopify's, for shops"},
    {STR_INIT("schema"), "this tag is Shopify's, for shops"},
    {STR_INIT("seo"), "this tag is of a Jekyll plugin"},
    {STR_INIT("feed_meta"), "this tag is of a Jekyll plugin"},
    {STR_INIT("gist"), "this tag is of a Jekyll plugin"},
};

static const struct habit filters[] = {
    {STR_INIT("json"), "did you mean 'jsonify'?"},
    {STR_INIT("tojson"), "did you mean 'jsonify'?"},
    {STR_INIT("length"), "did you mean 'size'?"},
    {STR_INIT("count"), "did you mean 'size'?"},
    {STR_INIT("lower"), "did you mean 'downcase'?"},
    {STR_INIT("upper"), "did you mean 'upcase'?"},
    {STR_INIT("trim"), "did you mean 'strip'?"},
    {STR_INIT("limit"), "did you mean 'slice'?"},
    {STR_INIT("slug"), "did you mean 'slugify'?"},
    {STR_INIT("handleize"), "did you mean 'slugify'?"},
    {STR_INIT("striptags"), "did you mean 'strip_html'?"},
    {STR_INIT("nl2br"), "did you mean 'newline_to_br'?"},
    {STR_INIT("urlencode"), "did you mean 'url_encode'?"},
    {STR_INIT("url"), "did you mean 'relative_url'?"},
    {STR_INIT("filter"), "did you mean 'where'?"},
    {STR_INIT("safe"), "what an output writes is not escaped: leave it out"},
    {STR_INIT("money"), "this filter is Shopify's, for shops"},
    {STR_INIT("img_url"), "this filter is Shopify's, for shops"},
    {STR_INIT("image_url"), "this filter is Shopify's, for shops"},
};

#define COUNT(table) ((ptrdiff_t)(sizeof(table) / sizeof *(table)))

static const char *habit_find(const struct habit *habits, ptrdiff_t count, str name)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (str_equal(habits[i].wrong, name)) return habits[i].hint;
    return NULL;
}

const char *hint_for_tag(str name) { return habit_find(tags, COUNT(tags), name); }
const char *hint_for_filter(str name) { return habit_find(filters, COUNT(filters), name); }

/* A quote right before the word: it closed a text sooner than was meant. */
static bool hint_is_behind_quote(const struct lexer *lexer)
{
    if (lexer->word.start <= lexer->text.p) return false;
    char before = lexer->word.start[-1];
    return before == '"' || before == '\'';
}

const char *hint_for_word(const struct lexer *lexer)
{
    str rest = lexer_rest(lexer);
    if (lexer->word.kind == LEX_NAME && hint_is_behind_quote(lexer))
        return "a text ends at the next quote of its kind: put one that holds \" between ', and the other way round";
    if (lexer->word.kind == LEX_NAME) return habit_find(names, COUNT(names), lexer->word.text);
    if (lexer->word.kind == LEX_INT && lexer->word.start > lexer->text.p && lexer->word.start[-1] == '.')
        return "an item of a list is written list[0]";
    bool second = lexer->word.start > lexer->text.p && lexer->word.start[-1] == '|';
    if (lexer->word.kind == LEX_PIPE && !second && !str_starts(rest, S("||")))
        return "filters stand behind a value only: in a condition or argument, {% assign %} a name first";
    for (ptrdiff_t i = 0; i < COUNT(words); i++)
        if (str_starts(rest, words[i].wrong)) return words[i].hint;
    return NULL;
}
