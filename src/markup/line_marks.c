/* line_marks.c - one pass over the lines before cmark, one over the tree behind it.
 *
 * Most documents have no such line; they are fed to cmark as they are.
 *
 * In this order: lines, what each starts, the pass before, the pass behind. */
#include "line_marks.h"

#include "attribute_lists.h"
#include "raw_html.h"

enum line_mark {
    MARK_NONE,
    MARK_CONTROL,               /* {: .x}  ^  {::options /} */
    MARK_DEFINITION,            /* : text */
    MARK_BARE_DEFINITION,       /* ":" or ": {: .x}": what it holds comes on the next lines */
    MARK_RULE,                  /* +---|---+ in a table */
    MARK_COMMENT,               /* {::comment}, up to its end mark */
    MARK_NOMARKDOWN,
    MARK_ELEMENT,               /* <div markdown="1"> or <textarea>, up to its end tag */
    MARK_INSIDE,                /* of one of these three */
    MARK_END                    /* its last line */
};

static const str fed_control = STR_INIT("<!--^-->"), fed_definition = STR_INIT("+ <!--^-->"), fed_start = STR_INIT("<!--"), fed_inside = STR_INIT("x"),
                 fed_end = STR_INIT("-->");

struct marking {
    struct document *document;
    struct buf out;
    ptrdiff_t copied;           /* of document->text: in `out` already */
    str line;                   /* the line looked at, without its newline ... */
    ptrdiff_t start, content;   /* ... where it starts, and where what it says starts, in the text */
    int number;
    int blanks;                 /* empty lines right before it */
    str before;                 /* the last line that says something, from its content on */
    ptrdiff_t before_column;
    bool boundary;              /* nothing, or an empty or control line, stands before it */
    bool in_definitions;
    char fence;                 /* '`' or '~' inside fenced code */
    ptrdiff_t fence_length;
    str element;                /* the HTML element that is open */
    int element_depth;
    bool element_left_open;     /* one had no end tag: not looked for again ... */
    unsigned extensions_left_open;      /* ... a bit for each enum line_mark ... */
    int markdown_left_open;     /* ... and how many with markdown="1" */
};

static char char_at(str text, ptrdiff_t at) { return at >= 0 && at < text.len ? text.p[at] : '\0'; }

static ptrdiff_t content_column(str line)
{
    ptrdiff_t i = 0;
    while (i < line.len && (line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '>')) i++;
    return i;
}

str line_content(struct document *document, int line)
{
    str text = document_line(document, line);
    return str_trim_right(str_from(text, content_column(text)));
}

static enum line_mark mark_of(const struct document *document, int line)
{
    bool known = document->marks && line > 0 && line <= document->mark_count;
    return known ? (enum line_mark)document->marks[line] : MARK_NONE;
}

bool line_is_control(const struct document *document, int line) { return mark_of(document, line) == MARK_CONTROL; }

bool line_is_list(str line)
{
    line = str_trim(line);
    if (!str_starts(line, S("{:")) || char_at(line, 2) == '/' || char_at(line, 2) == ':') return false;
    for (ptrdiff_t at = 0; at < line.len;) {
        ptrdiff_t len = attribute_list_length(line, at);
        if (len == 0) return false;
        at += len;
        while (at < line.len && char_is_space(line.p[at])) at++;
    }
    return true;
}

/* --- marking ------------------------------------------------------------------ */

static void set_mark(struct marking *marking, int line, enum line_mark mark)
{
    struct document *document = marking->document;
    if (!document->marks) {
        str text = document->text;
        int lines = 1;
        for (ptrdiff_t i = 0; i < text.len; i++) lines += text.p[i] == '\n';
        document->marks = ARENA_NEWS(document->scratch, uint8_t, lines + 1);
        document->mark_count = lines;
    }
    document->marks[line] = (uint8_t)mark;
}

/* Feeds `fed` for what the text says from `from` to the end of the line at `to`. */
static void feed(struct marking *marking, ptrdiff_t from, ptrdiff_t to, str fed, enum line_mark mark)
{
    buf_add(&marking->out, str_slice(marking->document->text, marking->copied, from));
    buf_add(&marking->out, fed);
    marking->copied = to;
    set_mark(marking, marking->number, mark);
}

static void feed_line(struct marking *marking, str fed, enum line_mark mark)
{
    feed(marking, marking->content, marking->start + marking->line.len, fed, mark);
}

/* Feeds another first character. */
static void feed_character(struct marking *marking, str fed, enum line_mark mark)
{
    feed(marking, marking->content, marking->content + 1, fed, mark);
}

/* --- lines ----------------------------------------------------------------------- */

/* Goes to the next line of the text. */
static bool next_line(struct marking *marking, ptrdiff_t *at)
{
    str text = marking->document->text;
    if (*at >= text.len) return false;
    const char *end = memchr(text.p + *at, '\n', (size_t)(text.len - *at));
    ptrdiff_t stop = end ? end - text.p : text.len;
    marking->line = str_of(text.p + *at, stop - *at);
    marking->start = *at;
    marking->content = *at + content_column(marking->line);
    marking->number++;
    *at = stop + 1;
    return true;
}

static str said(const struct marking *marking)
{
    return str_trim_right(str_from(marking->line, marking->content - marking->start));
}

/* "- ", "12. ": the length of a list mark, 0 when there is none. */
static ptrdiff_t list_mark(str text)
{
    ptrdiff_t i = 0;
    while (i < text.len && i < 9 && char_is_digit(text.p[i])) i++;
    bool mark = i > 0 ? char_at(text, i) == '.' || char_at(text, i) == ')' : text.len > 0 && strchr("-*+", text.p[0]);
    return mark && char_at(text, i + 1) == ' ' ? i + 2 : 0;
}

/* Whether the line is in fenced code, its fences included. */
static bool is_fenced(struct marking *marking, str text)
{
    for (ptrdiff_t mark; (mark = list_mark(text)) > 0;) text = str_trim_left(str_from(text, mark));
    char c = char_at(text, 0);
    ptrdiff_t run = 0;
    if (c == '`' || c == '~')
        while (char_at(text, run) == c) run++;
    if (marking->fence) {
        if (c == marking->fence && run >= marking->fence_length && str_trim(str_from(text, run)).len == 0)
            marking->fence = '\0';
        return true;
    }
    if (run < 3 || (c == '`' && str_find_char(str_from(text, run), '`') >= 0)) return false;
    marking->fence = c;
    marking->fence_length = run;
    return true;
}

/* --- definitions and rules --------------------------------------------------------- */

static bool is_definition(const struct marking *marking, str text)
{
    if (text.len > 1 && text.p[1] != ' ' && text.p[1] != '\t') return false;
    if (marking->before.len == 0) return false;
    if (marking->in_definitions) return true;
    if (marking->blanks > 1) return false;
    ptrdiff_t column = marking->content - marking->start;
    return !strchr("#|<", marking->before.p[0]) && (list_mark(marking->before) == 0 || marking->before_column < column);
}

static void feed_definition(struct marking *marking, str text)
{
    str inside = str_trim_left(str_from(text, 1));
    if (inside.len == 0 || line_is_list(inside)) feed_line(marking, fed_definition, MARK_BARE_DEFINITION);
    else feed_character(marking, S("+"), MARK_DEFINITION);
    marking->in_definitions = true;
}

static bool is_rule(const struct marking *marking, str text)
{
    bool dash = false, bar = false;
    if (marking->blanks > 0 || char_at(marking->before, 0) != '|') return false;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (!strchr("+|:-= \t", text.p[i])) return false;
        dash |= text.p[i] == '-' || text.p[i] == '=';
        bar |= text.p[i] == '|';
    }
    return dash && bar;
}

/* --- what goes on over lines ------------------------------------------------------- */

/* Feeds all lines up to the one that holds byte `last` as one comment; *at goes behind them. */
static void feed_region(struct marking *marking, ptrdiff_t *at, ptrdiff_t last, enum line_mark mark)
{
    feed_line(marking, fed_start, mark);
    for (bool end = *at > last; !end && next_line(marking, at);) {
        end = *at > last;
        if (end || said(marking).len > 0) feed_line(marking, end ? fed_end : fed_inside, end ? MARK_END : MARK_INSIDE);
    }
}

/* {::comment} or {::nomarkdown ...}: what it starts. */
static enum line_mark extension_mark(str text)
{
    if (!str_ends(text, S("}")) || str_ends(text, S("/}"))) return MARK_NONE;
    if (str_starts(text, S("{::comment"))) return MARK_COMMENT;
    return str_starts(text, S("{::nomarkdown")) ? MARK_NOMARKDOWN : MARK_NONE;
}

static bool is_extension_end(str line, str name)
{
    line = str_trim_right(str_from(line, content_column(line)));
    if (!str_starts(line, S("{:/")) || !str_ends(line, S("}"))) return false;
    str inside = str_slice(line, 3, line.len - 1);
    return inside.len == 0 || str_equal(inside, name);
}

static bool take_extension(struct marking *marking, str text, ptrdiff_t *at)
{
    enum line_mark mark = marking->boundary ? extension_mark(text) : MARK_NONE;
    if (mark == MARK_NONE) return false;
    str name = mark == MARK_COMMENT ? S("comment") : S("nomarkdown"), all = marking->document->text;
    if (marking->extensions_left_open & (1u << mark)) return false;
    for (str rest = str_from(all, *at), line; str_line(&rest, &line);) {
        if (!is_extension_end(line, name)) continue;
        feed_region(marking, at, line.p - all.p, mark);
        return true;
    }
    marking->extensions_left_open |= 1u << mark;
    return false;
}

/* <div markdown="1"> and <textarea>: all lines up to the end tag's. */
static bool take_element(struct marking *marking, ptrdiff_t *at)
{
    struct raw_tag tag;
    str text = marking->document->text;
    bool area = str_starts(str_from(text, marking->content), S("<textarea"));
    if (!area && !str_contains(marking->line, S("markdown="))) return false;
    if (!raw_tag_read(marking->document->scratch, text, marking->content, &tag) || tag.closing) return false;
    const struct raw_attribute *markdown = raw_tag_find(&tag, S("markdown"));
    if (!area && (!markdown || str_equal(markdown->text, S("0")))) return false;
    enum { MAX_LEFT_OPEN = 8 };
    if (marking->markdown_left_open > MAX_LEFT_OPEN) return false;
    ptrdiff_t close = raw_html_matching_end(text, marking->content + tag.all.len, tag.name);
    marking->markdown_left_open += close < 0;
    if (close < *at) return false;      /* none, or on one line: cmark sees it whole */
    feed_region(marking, at, close - 1, MARK_ELEMENT);
    return true;
}

/* --- elements that are open -------------------------------------------------------- */

/* How many more start than end tags of the element the line has. */
static int count_tags(str line, str name)
{
    int depth = 0;
    for (ptrdiff_t i = 0; i + name.len < line.len; i++) {
        if (line.p[i] != '<') continue;
        bool end = char_at(line, i + 1) == '/';
        char behind = char_at(line, i + 1 + end + name.len);
        if (!str_equal_ascii_case(str_slice(line, i + 1 + end, i + 1 + end + name.len), name)) continue;
        if (behind == '>' || behind == '\0' || char_is_space(behind)) depth += end ? -1 : 1;
    }
    return depth;
}

static bool is_indented(const struct marking *marking) { return marking->content - marking->start > 3; }

/* Inside an element, a tag behind an empty line is no code however far it is
 * indented: editors and people indent HTML.  An element with one inside that has
 * markdown="1" is taken whole. */
static void note_html(struct marking *marking, str text, ptrdiff_t *at)
{
    struct document *document = marking->document;
    if (marking->element_depth > 0) {
        bool html = char_at(text, 0) == '<' && str_ends(marking->before, S(">"));
        if (html && marking->blanks > 0 && is_indented(marking)) {
            buf_add(&marking->out, str_slice(document->text, marking->copied, marking->start));
            marking->copied = marking->content;
        }
        marking->element_depth += count_tags(text, marking->element);
        return;
    }
    struct raw_tag tag;
    if (char_at(text, 0) != '<' || !char_is_alpha(char_at(text, 1)) || marking->element_left_open) return;
    if (!raw_tag_read(document->scratch, text, 0, &tag) || raw_html_is_span(tag.name)) return;
    marking->element = tag.name;
    marking->element_depth = count_tags(text, tag.name);
    if (marking->element_depth <= 0) return;
    ptrdiff_t end = raw_html_matching_end(document->text, marking->content + tag.all.len, tag.name);
    marking->element_left_open = end < 0;
    if (end < 0) marking->element_depth = 0;
    bool inside = end > *at && str_contains(str_slice(document->text, *at, end), S(" markdown="));
    if (!inside || is_indented(marking)) return;
    marking->element_depth = 0;
    feed_region(marking, at, end - 1, MARK_ELEMENT);
}

/* --- the pass before ---------------------------------------------------------------- */

static bool is_lone_extension(const struct marking *marking, str text)
{
    if (!marking->boundary || !str_starts(text, S("{::")) || !str_ends(text, S("/}"))) return false;
    return str_starts(text, S("{::options")) || str_starts(text, S("{::comment")) ||
           str_starts(text, S("{::nomarkdown"));
}

/* A line outside fenced code; true: it is a control line or ends with one. */
static bool mark_line(struct marking *marking, str text, ptrdiff_t *at)
{
    switch (text.p[0]) {
    case '^':
        if (text.len > 1) return false;
        feed_line(marking, fed_control, MARK_CONTROL);
        return true;
    case '{':
        if (take_extension(marking, text, at)) return true;
        if (!line_is_list(text) && !is_lone_extension(marking, text)) return false;
        feed_line(marking, fed_control, MARK_CONTROL);
        return true;
    case ':':
        if (!is_definition(marking, text)) return false;
        feed_definition(marking, text);
        return false;
    case '+':
        if (is_rule(marking, text)) feed_character(marking, S("|"), MARK_RULE);
        return false;
    case '<':
        if (take_element(marking, at)) return true;
        break;
    default: break;
    }
    note_html(marking, text, at);
    return false;
}

str line_marks_feed(struct document *document)
{
    struct marking marking = {.document = document, .out = buf_in(document->scratch), .boundary = true};
    document->marks = NULL;
    document->mark_count = 0;
    if (!(document->features & FEATURE_HUGI)) return document->text;
    for (ptrdiff_t at = 0; next_line(&marking, &at);) {
        str text = said(&marking);
        if (text.len == 0) {
            marking.blanks++;
            marking.boundary = true;
            continue;
        }
        ptrdiff_t column = marking.content - marking.start;
        if (marking.blanks > 0 && column == 0 && text.p[0] != ':') marking.in_definitions = false;
        marking.boundary = !is_fenced(&marking, text) && mark_line(&marking, text, &at);
        marking.blanks = 0;
        marking.before = text;
        marking.before_column = column;
    }
    if (marking.copied == 0) return document->text;
    buf_add(&marking.out, str_from(document->text, marking.copied));
    return buf_str(&marking.out);
}

/* --- the pass behind ------------------------------------------------------------------ */

/* The length of what a line with this mark was fed as. */
static ptrdiff_t fed_length(enum line_mark mark, str content)
{
    switch (mark) {
    case MARK_CONTROL: return fed_control.len;
    case MARK_BARE_DEFINITION: return fed_definition.len;
    case MARK_COMMENT:
    case MARK_NOMARKDOWN:
    case MARK_ELEMENT: return fed_start.len;
    case MARK_INSIDE: return fed_inside.len;
    case MARK_END: return fed_end.len;
    default: return content.len;
    }
}

static int count_newlines(str text) { return (int)str_count(text, '\n'); }

/* The source line of the first line of a block's text: a paragraph's first
 * lines may have been reference definitions. */
static int first_line(const struct node *node)
{
    if (node->kind == NODE_PARAGRAPH) return node->last_line - count_newlines(str_trim_right(node->text));
    return node->kind == NODE_CODE_BLOCK ? node->line + node->fenced : node->line;
}

/* Puts back what the author wrote where a marked line is text or code. */
static void restore(struct document *document, struct node *node)
{
    int number = first_line(node), last = number + count_newlines(node->text);
    bool any = false;
    for (int i = number; i <= last && !any; i++) any = mark_of(document, i) != MARK_NONE;
    if (!any) return;
    struct buf out = buf_in(document->scratch);
    for (str rest = node->text, line; str_line(&rest, &line); number++) {
        enum line_mark mark = mark_of(document, number);
        str content = line_content(document, number), plain = str_trim_right(line);
        ptrdiff_t kept = plain.len - fed_length(mark, content);
        if (mark == MARK_NONE || kept < 0) {
            buf_add(&out, line);
        } else {
            buf_add(&out, str_slice(plain, 0, kept));
            buf_add(&out, content);
        }
        if (line.p + line.len < node->text.p + node->text.len) buf_char(&out, '\n');
    }
    node->text = buf_str(&out);
}

/* Source lines from `first` to `last`, without the indent of the first and quote marks. */
static str source_lines(struct document *document, int first, int last, int outer)
{
    struct buf out = buf_in(document->scratch);
    ptrdiff_t indent = content_column(document_line(document, outer));
    for (int i = first; i <= last; i++) {
        str line = document_line(document, i);
        ptrdiff_t column = content_column(line);
        buf_add(&out, str_from(line, column < indent ? column : indent));
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* {: .x} right behind HTML that goes on to an empty line. */
static void split_controls(struct document *document, struct node *html)
{
    int line = html->line + count_newlines(str_trim_right(html->text));
    while (line > html->line && line_is_control(document, line)) {
        struct node *list = tree_new(document->scratch, NODE_ATTRIBUTES);
        list->line = list->last_line = line;
        list->text = line_content(document, line);
        tree_insert_after(html, list);
        str text = str_trim_right(html->text);
        html->text = str_slice(text, 0, str_find_last(text, '\n') + 1);
        html->last_line = --line;
    }
}

/* {::nomarkdown type="latex"} is not for HTML. */
static bool is_for_html(str start)
{
    return !str_contains(start, S("type=")) || str_contains(start, S("html"));
}

static str comment_of(struct document *document, str text)
{
    text = str_replace(document->scratch, str_trim(text), S("-->"), S(""));
    return str_concat3(document->scratch, S("<!-- "), text, S(" -->\n"));
}

static void resolve_html(struct document *document, struct node *html)
{
    str first = line_content(document, html->line);
    html->bare = mark_of(document, html->line) == MARK_NOMARKDOWN;
    switch (mark_of(document, html->line)) {
    case MARK_BARE_DEFINITION:
        html->kind = NODE_ATTRIBUTES;
        html->text = str_trim(str_from(first, 1));
        break;
    case MARK_CONTROL:
        html->kind = NODE_ATTRIBUTES;
        html->text = first;
        break;
    case MARK_COMMENT:
        html->text = comment_of(document, source_lines(document, html->line + 1, html->last_line - 1, html->line));
        break;
    case MARK_NOMARKDOWN:
        html->text = is_for_html(first) ? source_lines(document, html->line + 1, html->last_line - 1, html->line) : S("");
        break;
    case MARK_ELEMENT:
        html->text = source_lines(document, html->line, html->last_line, html->line);
        break;
    default:
        restore(document, html);
        split_controls(document, html);
        break;
    }
}

/* ": * x" starts a definition and in it a list: the outer one is the definition. */
static bool is_definition_item(struct document *document, const struct node *item)
{
    enum line_mark mark = mark_of(document, item->line);
    const struct node *outer = item->parent->parent;
    bool same_line = outer->kind == NODE_ITEM && outer->line == item->line;
    return !same_line && (mark == MARK_DEFINITION || mark == MARK_BARE_DEFINITION);
}

void line_marks_resolve(struct document *document)
{
    if (!document->marks) return;
    for (struct walk w = walk_start(document->root); walk_next(&w);) {
        if (!w.enter) continue;
        if (w.node->kind == NODE_HTML_BLOCK) resolve_html(document, w.node);
        else if (w.node->kind == NODE_CODE_BLOCK || node_holds_inlines(w.node)) restore(document, w.node);
        else if (w.node->kind == NODE_ITEM) w.node->bare = is_definition_item(document, w.node);
    }
}
