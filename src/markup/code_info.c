/* code_info.c - info strings as people know them from GitHub, Jekyll, Hugo and VitePress:
 *
 *     yaml {3,5-7} title="karpenter.yaml" linenos
 *     java:A.java
 *     go {linenos=table,hl_lines=[8,"15-17"],linenostart=199}     {hl_lines=8 15-17}
 *     ts showLineNumbers     ts:line-numbers     {: .lineno }    {: file="a.yml" mark_lines="1 3" } */
#include "code_info.h"

str code_info_word(str info)
{
    ptrdiff_t end = 0;
    while (end < info.len && !char_is_space(info.p[end])) end++;
    return str_slice(info, 0, end);
}

/* Without {3,5-7} or :name stuck to it. */
static str bare_language(str language)
{
    ptrdiff_t end = 0;
    while (end < language.len && language.p[end] != '{' && language.p[end] != ':' && language.p[end] != ',') end++;
    return str_slice(language, 0, end);
}

/* What follows the name of an option; false when it is not there as a word. */
static bool find_name(str info, str name, str *after)
{
    *after = info;
    for (ptrdiff_t at; (at = str_find(*after, name)) >= 0;) {
        const char *p = after->p + at;
        *after = str_from(*after, at + name.len);
        if (p == info.p || char_is_space(p[-1]) || strchr("{,:", p[-1])) return true;
    }
    return false;
}

/* A blank does, unless a number follows: hl_lines=8 15-17. */
static bool ends_value(str rest)
{
    return char_is_space(rest.p[0]) && (rest.len < 2 || !char_is_digit(rest.p[1]));
}

/* Value of key="value", key=value or key=[values]. */
static str info_value(str info, str key)
{
    str rest;
    if (!find_name(info, key, &rest) || !str_starts(rest, S("="))) return (str){0};
    rest = str_from(rest, 1);
    char quote = rest.len > 0 ? rest.p[0] : '\0';
    if (quote == '"' || quote == '\'' || quote == '[') {
        ptrdiff_t end = str_find_char(str_from(rest, 1), quote == '[' ? ']' : quote);
        return end < 0 ? (str){0} : str_slice(rest, 1, 1 + end);
    }
    ptrdiff_t end = 0;
    while (end < rest.len && !strchr("},", rest.p[end]) && !ends_value(str_from(rest, end))) end++;
    return str_slice(rest, 0, end);
}

static str attribute_value(const struct node *node, str name)
{
    const struct attribute *attribute = attributes_find(node->attributes, name);
    return attribute ? attribute->value : (str){0};
}

static str file_name(const struct node *node, str word)
{
    static const str keys[] = {STR_INIT("title"), STR_INIT("file"), STR_INIT("filename")};
    str name = attribute_value(node, S("file"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys && name.len == 0; i++) name = info_value(node->url, keys[i]);
    ptrdiff_t colon = str_find_char(word, ':');
    if (name.len == 0 && colon > 0 && !str_starts(str_from(word, colon), S(":line-numbers")))
        name = str_from(word, colon + 1);
    return name;
}

/* --- lines ------------------------------------------------------------------------ */

/* "3,5-7", "3 5-7", `8,"15-17"`; whatever else stands there parts numbers. */
static void read_marks(struct code_info *info, str list)
{
    for (ptrdiff_t i = 0; i < list.len && info->mark_count < CODE_MARKS;) {
        int64_t number[2] = {0};
        int count = 0;
        for (;; i++) {
            for (; i < list.len && char_is_digit(list.p[i]); i++)
                if (number[count] < 1000000) number[count] = number[count] * 10 + (list.p[i] - '0');
            if (count > 0 || i >= list.len || list.p[i] != '-') break;
            count = 1;
        }
        if (number[0] > 0) info->marks[info->mark_count++] = (struct code_mark){number[0], count ? number[1] : number[0]};
        if (i < list.len && !char_is_digit(list.p[i])) i++;
    }
}

/* {3,5-7}: braces that hold nothing but numbers. */
static str braced_lines(str info)
{
    ptrdiff_t open = str_find_char(info, '{');
    if (open < 0) return (str){0};
    str rest = str_from(info, open + 1);
    ptrdiff_t close = 0;
    while (close < rest.len && (char_is_digit(rest.p[close]) || strchr(",- ", rest.p[close]))) close++;
    return close < rest.len && rest.p[close] == '}' ? str_slice(rest, 0, close) : (str){0};
}

static bool is_switched_on(str info, str name)
{
    str rest;
    if (!find_name(info, name, &rest)) return false;
    return rest.len == 0 || char_is_space(rest.p[0]) || strchr("},", rest.p[0]) ||
           (rest.p[0] == '=' && !str_starts(rest, S("=false")));
}

static int64_t first_number(const struct node *node)
{
    static const str switches[] = {
        STR_INIT("linenos"), STR_INIT("lineno"), STR_INIT("showLineNumbers"), STR_INIT("line-numbers"),
    };
    str classes = attribute_value(node, S("class"));
    bool shown = false;
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        shown = shown || is_switched_on(node->url, switches[i]) || is_switched_on(classes, switches[i]);
    int64_t first = 1;
    str_to_int(info_value(node->url, S("linenostart")), &first);
    return shown ? (first > 0 ? first : 1) : 0;
}

struct code_info code_info_read(const struct node *node)
{
    str word = code_info_word(node->url);
    struct code_info info = {
        .language = bare_language(word),
        .file = file_name(node, word),
        .first_number = first_number(node),
    };
    read_marks(&info, braced_lines(node->url));
    read_marks(&info, info_value(node->url, S("hl_lines")));
    read_marks(&info, info_value(node->url, S("mark_lines")));
    read_marks(&info, attribute_value(node, S("mark_lines")));
    return info;
}

bool code_info_marks(const struct code_info *info, int64_t line)
{
    for (int i = 0; i < info->mark_count; i++)
        if (line >= info->marks[i].from && line <= info->marks[i].to) return true;
    return false;
}
