/* raw_html.c - rewriting the author's HTML without reformatting it.
 *
 * A tag that needs no change is copied byte for byte.  In <script>, <style>,
 * <textarea> and <title> nothing is looked at up to their end tag.  An <h1>
 * becomes an <h2> where the page has an h1 of its own.
 *
 * In this order: reading tags, attribute by attribute, pictures, the loop. */
#include "raw_html.h"

#include "base/escape.h"
#include "html_write.h"
#include "links.h"

static char char_at(str text, ptrdiff_t at) { return at < text.len ? text.p[at] : '\0'; }

/* --- reading tags --------------------------------------------------------- */

static ptrdiff_t skip_space(str html, ptrdiff_t i)
{
    while (i < html.len && (char_is_space(html.p[i]) || html.p[i] == '/')) i++;
    return i;
}

/* The value behind '='; gives the place behind it. */
static ptrdiff_t read_value(str html, ptrdiff_t i, struct raw_attribute *attribute)
{
    while (i < html.len && char_is_space(html.p[i])) i++;
    char quote = char_at(html, i);
    ptrdiff_t start = i, end;
    if (quote == '"' || quote == '\'') {
        start = end = i + 1;
        while (end < html.len && html.p[end] != quote) end++;
        i = end < html.len ? end + 1 : end;
    } else {
        for (end = i; end < html.len && !char_is_space(html.p[end]) && html.p[end] != '>'; end++) {}
        i = end;
    }
    attribute->text = str_of(html.p + start, end - start);     /* str_slice forgets where an empty one stands */
    attribute->has_value = true;
    return i;
}

bool raw_tag_read(struct arena *arena, str html, ptrdiff_t at, struct raw_tag *out)
{
    *out = (struct raw_tag){0};
    ptrdiff_t i = at + 1;
    if (char_at(html, i) == '/') out->closing = true, i++;
    if (!char_is_alpha(char_at(html, i))) return false;
    ptrdiff_t start = i;
    while (i < html.len && !char_is_space(html.p[i]) && html.p[i] != '>' && html.p[i] != '/') i++;
    out->name = str_slice(html, start, i);
    for (i = skip_space(html, i); i < html.len && html.p[i] != '>'; i = skip_space(html, i)) {
        struct raw_attribute attribute = {0};
        start = i;
        do i++;
        while (i < html.len && !char_is_space(html.p[i]) && !strchr("=>/", html.p[i]));
        attribute.name = str_slice(html, start, i);
        ptrdiff_t equals = i;
        while (equals < html.len && char_is_space(html.p[equals])) equals++;
        if (char_at(html, equals) == '=') i = read_value(html, equals + 1, &attribute);
        ARENA_PUSH(arena, out->attributes, out->count, out->capacity) = attribute;
    }
    if (i >= html.len) return false;
    out->all = str_slice(html, at, i + 1);
    return true;
}

bool raw_html_next_tag(struct arena *arena, str html, ptrdiff_t *at, struct raw_tag *out)
{
    for (ptrdiff_t found; (found = str_find_char(str_from(html, *at), '<')) >= 0;) {
        *at += found;
        if (str_starts(str_from(html, *at), S("<!--"))) {
            ptrdiff_t end = str_find(str_from(html, *at), S("-->"));
            if (end < 0) return false;
            *at += end + 3;
        } else if (raw_tag_read(arena, html, *at, out)) {
            *at += out->all.len;
            return true;
        } else if (char_is_alpha(char_at(html, *at + 1))) {
            return false;       /* a tag without end: no other has one */
        } else {
            ++*at;
        }
    }
    return false;
}

const struct raw_attribute *raw_tag_find(const struct raw_tag *tag, str name)
{
    for (ptrdiff_t i = 0; i < tag->count; i++)
        if (str_equal_ascii_case(tag->attributes[i].name, name)) return &tag->attributes[i];
    return NULL;
}

static str attribute_text(struct arena *arena, const struct raw_tag *tag, str name)
{
    const struct raw_attribute *found = raw_tag_find(tag, name);
    return found ? str_trim(html_decode(arena, found->text)) : (str){0};
}

bool raw_html_is_more(str html)
{
    html = str_trim(html);
    if (!str_starts(html, S("<!--")) || !str_ends(html, S("-->")) || html.len < 7) return false;
    return str_equal_ascii_case(str_trim(str_slice(html, 4, html.len - 3)), S("more"));
}

/* --- attributes ------------------------------------------------------------- */

struct rewrite {
    struct document *document;
    const struct node *block;
    struct buf out;
    str source;                 /* of the <img> being written: asked for already */
    ptrdiff_t last_end;         /* of the last '>': no tag starts behind it */
    int failures;               /* tags that never ended; many mean this is no HTML */
};

static span place_of(struct rewrite *rewrite, str slice)
{
    const struct node *block = rewrite->block;
    ptrdiff_t at = slice.p - block->text.p;
    bool inside = slice.p >= block->text.p && at + slice.len <= block->text.len;
    return inside ? place_in_block(rewrite->document, block, at, slice.len)
                  : place_of_line(rewrite->document, block->line);
}

/* What an attribute of this tag holds. */
enum address_kind { ADDRESS_NONE, ADDRESS_LINK, ADDRESS_FILE, ADDRESS_SET };

static enum address_kind address_kind(str tag, str name)
{
    static const struct { str name; enum address_kind kind; } rows[] = {
        {STR_INIT("href"), ADDRESS_LINK},   {STR_INIT("src"), ADDRESS_FILE},
        {STR_INIT("poster"), ADDRESS_FILE}, {STR_INIT("srcset"), ADDRESS_SET},
    };
    if (str_equal_ascii_case(name, S("data")) && str_equal_ascii_case(tag, S("object"))) return ADDRESS_FILE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_equal_ascii_case(name, rows[i].name)) return rows[i].kind;
    return ADDRESS_NONE;
}

static bool ask(struct rewrite *rewrite, str address, bool picture, span at, str *url)
{
    struct markup_target target;
    bool found = links_ask(rewrite->document, address, picture, at, &target);
    if (!found && !url_is_picture(address)) return false;
    if (!target.remote) links_add_link(rewrite->document, &target, at);
    *url = target.url;
    return true;
}

/* The next picture of "a.png 1x, b.png 2x": its address, and what stands behind it
 * up to the comma.  Commas inside an address or in parentheses part nothing. */
static bool next_candidate(str *rest, str *url, str *descriptors)
{
    str set = *rest;
    ptrdiff_t i = 0, start, depth = 0;
    while (i < set.len && (char_is_space(set.p[i]) || set.p[i] == ',')) i++;
    for (start = i; i < set.len && !char_is_space(set.p[i]); i++) {}
    *url = str_slice(set, start, i);
    *descriptors = (str){0};
    bool ends = str_ends(*url, S(","));
    while (str_ends(*url, S(","))) url->len--;
    for (start = i; !ends && i < set.len && (set.p[i] != ',' || depth > 0); i++)
        depth += set.p[i] == '(' ? 1 : set.p[i] == ')' && depth > 0 ? -1 : 0;
    *descriptors = str_slice(set, start, i);
    *rest = str_from(set, i);
    return url->len > 0;
}

/* A srcset with every address resolved, escaped; whether one of them changed. */
static bool new_set(struct rewrite *rewrite, str set, span at, struct buf *out)
{
    bool changed = false;
    for (str rest = set, written, descriptors, word; next_candidate(&rest, &written, &descriptors);) {
        str url = written;
        ask(rewrite, url, true, at, &url);
        changed |= !str_equal(url, written);
        if (out->len > 0) buf_add(out, S(", "));
        html_href_escape(out, url);
        for (; str_split(&descriptors, ' ', &word);) {
            word = str_trim(word);
            if (word.len > 0) buf_char(out, ' ');
            html_href_escape(out, word);
        }
    }
    return changed;
}

/* The escaped value of an attribute whose address leads elsewhere than it says; false: as written. */
static bool new_value(struct rewrite *rewrite, const struct raw_tag *tag,
                      const struct raw_attribute *attribute, struct buf *out)
{
    enum address_kind kind = address_kind(tag->name, attribute->name);
    if (kind == ADDRESS_NONE || !attribute->has_value) return false;
    str address = str_trim(html_decode(rewrite->document->scratch, attribute->text));
    span at = place_of(rewrite, attribute->text);
    if (kind == ADDRESS_SET) return new_set(rewrite, address, at, out);
    bool picture = str_equal_ascii_case(attribute->name, S("poster"));
    str url = address;
    if (rewrite->source.len > 0 && str_equal_ascii_case(attribute->name, S("src"))) url = rewrite->source;
    else ask(rewrite, address, picture, at, &url);
    if (kind == ADDRESS_LINK) url = links_cut_tracking(rewrite->document->scratch, url);
    html_href_escape(out, url);
    return !str_equal(url, address);
}

static bool is_demoted(const struct rewrite *rewrite, const struct raw_tag *tag)
{
    const struct markup_options *options = rewrite->document->options;
    return options->demote && !options->plain && str_equal_ascii_case(tag->name, S("h1"));
}

/* A page in a new window could send this one elsewhere. */
static bool needs_noopener(const struct rewrite *rewrite, const struct raw_tag *tag)
{
    if (tag->closing || rewrite->document->options->plain || !str_equal_ascii_case(tag->name, S("a"))) return false;
    return raw_tag_find(tag, S("target")) && !raw_tag_find(tag, S("rel"));
}

static const char *attribute_end(const struct raw_tag *tag, const struct raw_attribute *attribute)
{
    if (!attribute->has_value) return attribute->name.p + attribute->name.len;
    const char *end = attribute->text.p + attribute->text.len, *limit = tag->all.p + tag->all.len;
    return end < limit && (*end == '"' || *end == '\'') ? end + 1 : end;
}

/* The tag with its addresses resolved, all else as written. */
static void write_tag(struct rewrite *rewrite, const struct raw_tag *tag)
{
    const char *from = tag->all.p;
    if (is_demoted(rewrite, tag)) {
        buf_add(&rewrite->out, str_of(from, tag->name.p + 1 - from));
        buf_char(&rewrite->out, '2');
        from = tag->name.p + tag->name.len;
    }
    if (needs_noopener(rewrite, tag)) {
        const char *name_end = tag->name.p + tag->name.len;
        buf_add(&rewrite->out, str_of(from, name_end - from));
        buf_add(&rewrite->out, S(" rel=\"noopener\""));
        from = name_end;
    }
    for (ptrdiff_t i = 0; i < tag->count; i++) {
        const struct raw_attribute *attribute = &tag->attributes[i];
        struct buf changed = buf_in(rewrite->document->scratch);
        if (str_equal_ascii_case(attribute->name, S("markdown"))) {     /* was for kramdown */
            buf_add(&rewrite->out, str_trim_right(str_of(from, attribute->name.p - from)));
            from = attribute_end(tag, attribute);
            continue;
        }
        if (str_equal_ascii_case(attribute->name, S("data-slot"))) {    /* hugi's own mark */
            buf_add(&rewrite->out, str_of(from, attribute->name.p - from));
            buf_add(&rewrite->out, S("data-x"));
            from = attribute->name.p + attribute->name.len;
            continue;
        }
        if (tag->closing || !new_value(rewrite, tag, attribute, &changed)) continue;
        const char *start = attribute->text.p, *end = start + attribute->text.len;
        bool quoted = start[-1] == '"' || start[-1] == '\'';
        buf_add(&rewrite->out, str_of(from, start - from));
        if (!quoted) buf_char(&rewrite->out, '"');
        buf_add(&rewrite->out, buf_str(&changed));
        if (!quoted) buf_char(&rewrite->out, '"');
        from = end;
    }
    buf_add(&rewrite->out, str_of(from, tag->all.p + tag->all.len - from));
}

/* --- pictures ------------------------------------------------------------------ */

static struct picture_ref picture_of(struct rewrite *rewrite, const struct raw_tag *tag)
{
    struct arena *arena = rewrite->document->arena;
    struct picture_ref picture = {.alt = str_copy(arena, attribute_text(arena, tag, S("alt"))),
                                  .title = str_copy(arena, attribute_text(arena, tag, S("title"))),
                                  .linked = rewrite->document->in_link || rewrite->document->in_raw_link};
    ptrdiff_t capacity = 0;
    for (ptrdiff_t i = 0; i < tag->count; i++) {
        str name = str_lower_ascii(arena, tag->attributes[i].name);
        if (str_equal(name, S("src")) || str_equal(name, S("alt")) || str_equal(name, S("title")) ||
            str_equal(name, S("srcset")) || str_equal(name, S("sizes")) || str_equal(name, S("data-slot")))
            continue;
        struct attribute attribute = {name, str_copy(arena, html_decode(arena, tag->attributes[i].text))};
        ARENA_PUSH(arena, picture.attributes, picture.attribute_count, capacity) = attribute;
    }
    return picture;
}

static void write_slot(struct rewrite *rewrite, const struct picture_ref *picture, ptrdiff_t number)
{
    buf_printf(&rewrite->out, "<img data-slot=\"%td\" src=\"", number);
    html_href_escape(&rewrite->out, picture->url);
    buf_add(&rewrite->out, S("\" alt=\""));
    html_text_escape(&rewrite->out, picture->alt);
    buf_add(&rewrite->out, S("\">"));
}

/* A picture that stays an <img>: what it lacks is added before its end. */
static void write_finished(struct rewrite *rewrite, const struct raw_tag *tag, bool eager, bool remote)
{
    write_tag(rewrite, tag);
    if (rewrite->document->options->plain) return;
    struct buf *out = &rewrite->out;
    ptrdiff_t cut = str_ends(buf_str(out), S("/>")) ? 2 : 1;
    str end = str_copy(rewrite->document->scratch, str_from(buf_str(out), out->len - cut));
    out->len -= cut;
    while (out->len > 0 && out->p[out->len - 1] == ' ') out->len--;
    if (!eager && !raw_tag_find(tag, S("loading"))) buf_add(out, S(" loading=\"lazy\""));
    if (!raw_tag_find(tag, S("decoding"))) buf_add(out, S(" decoding=\"async\""));
    if (remote && !raw_tag_find(tag, S("referrerpolicy"))) buf_add(out, S(" referrerpolicy=\"no-referrer\""));
    if (cut == 2) buf_char(out, ' ');
    buf_add(out, end);
}

static void write_picture(struct rewrite *rewrite, const struct raw_tag *tag)
{
    struct document *document = rewrite->document;
    const struct raw_attribute *source = raw_tag_find(tag, S("src"));
    str address = attribute_text(document->scratch, tag, S("src"));
    if (!source || address.len == 0) {
        write_tag(rewrite, tag);
        return;
    }
    struct picture_ref picture = picture_of(rewrite, tag);
    struct markup_target target;
    picture.at = place_of(rewrite, source->text);
    if (links_ask(document, address, true, picture.at, &target)) picture.asset = target.asset;
    picture.url = str_copy(document->arena, target.url);    /* of one that is not there, where it would be */
    if (url_is_picture(address) && picture.url.len == 0) {
        html_text_escape(&rewrite->out, picture.alt);
        return;
    }
    bool eager = !document->picture_seen;
    ptrdiff_t number = links_add_picture(document, picture);
    rewrite->source = picture.url;
    if (picture.asset && document->in_picture) links_add_link(document, &target, picture.at);
    if (picture.asset && !document->in_picture) write_slot(rewrite, &picture, number);
    else write_finished(rewrite, tag, eager, url_is_absolute(address));
    rewrite->source = (str){0};
}

/* --- the loop -------------------------------------------------------------------- */

/* Where the end tag of an element starts whose inside is no HTML; without one the end. */
static ptrdiff_t skip_raw_text(str html, ptrdiff_t at, str name)
{
    for (ptrdiff_t i = at; i + name.len + 2 <= html.len; i++) {
        if (html.p[i] != '<' || html.p[i + 1] != '/') continue;
        if (str_equal_ascii_case(str_slice(html, i + 2, i + 2 + name.len), name)) return i;
    }
    return html.len;
}

static bool is_raw_text(str name)
{
    static const str names[] = {STR_INIT("script"), STR_INIT("style"), STR_INIT("textarea"), STR_INIT("title")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ascii_case(name, names[i])) return true;
    return false;
}

static void note_id(struct document *document, const struct raw_tag *tag)
{
    const struct raw_attribute *id = raw_tag_find(tag, S("id"));
    if (!id || tag->closing || id->text.len == 0) return;
    str name = str_copy(document->arena, html_decode(document->arena, id->text));
    if (map_put(document->scratch, &document->ids, name, document)) return;
    ARENA_PUSH(document->arena, document->out->ids.items, document->out->ids.count,
               document->out->ids.capacity) = name;
}

/* One tag or comment at '<'; gives the place behind it. */
static ptrdiff_t rewrite_one(struct rewrite *rewrite, str html, ptrdiff_t at, bool *no_comment_end)
{
    struct document *document = rewrite->document;
    if (str_starts(str_from(html, at), S("<!--")) && !*no_comment_end) {
        ptrdiff_t end = str_find(str_from(html, at + 4), S("-->"));
        if (end >= 0) {
            if (document->options->plain) buf_add(&rewrite->out, str_slice(html, at, at + 4 + end + 3));
            return at + 4 + end + 3;
        }
        *no_comment_end = true;
    }
    enum { MAX_FAILURES = 50 };
    struct raw_tag tag;
    if (at > rewrite->last_end || rewrite->failures > MAX_FAILURES ||
        !raw_tag_read(document->scratch, html, at, &tag)) {
        rewrite->failures += at <= rewrite->last_end && char_is_alpha(char_at(html, at + 1));
        buf_char(&rewrite->out, '<');
        return at + 1;
    }
    note_id(document, &tag);
    if (str_equal_ascii_case(tag.name, S("picture"))) document->in_picture = !tag.closing;
    if (str_equal_ascii_case(tag.name, S("a"))) document->in_raw_link = !tag.closing && raw_tag_find(&tag, S("href"));
    ptrdiff_t end = at + tag.all.len;
    if (str_equal_ascii_case(tag.name, S("img")) && !tag.closing) write_picture(rewrite, &tag);
    else write_tag(rewrite, &tag);
    if (tag.closing || !is_raw_text(tag.name)) return end;
    ptrdiff_t inside = skip_raw_text(html, end, tag.name);
    buf_add(&rewrite->out, str_slice(html, end, inside));
    return inside;
}

str raw_html_open_element(str html, ptrdiff_t *at)
{
    static const str names[] = {STR_INIT("script"), STR_INIT("style")};
    for (; *at < html.len; ++*at) {
        str rest = str_from(html, *at);
        if (rest.p[0] != '<') continue;
        if (str_starts(rest, S("<!--"))) {
            ptrdiff_t end = str_find(rest, S("-->"));
            if (end < 0) return (str){0};
            *at += end;
            continue;
        }
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            char behind = char_at(rest, 1 + names[i].len);
            if (!str_equal_ascii_case(str_slice(rest, 1, 1 + names[i].len), names[i])) continue;
            if (behind != '>' && !char_is_space(behind)) continue;
            ptrdiff_t end = skip_raw_text(html, *at, names[i]);
            if (end == html.len) return names[i];
            *at = end;
            break;
        }
    }
    return (str){0};
}

ptrdiff_t raw_html_element_end(str html, ptrdiff_t at, str name)
{
    ptrdiff_t end = skip_raw_text(html, at, name);
    ptrdiff_t close = str_find_char(str_from(html, end), '>');
    return close < 0 ? -1 : end + close + 1;
}

ptrdiff_t raw_html_matching_end(str html, ptrdiff_t at, str name)
{
    int depth = 1;
    for (const char *next; (next = memchr(html.p + at, '<', (size_t)(html.len - at))) != NULL;) {
        at = next - html.p + 1;
        bool end = char_at(html, at) == '/';
        char behind = char_at(html, at + end + name.len);
        bool same = str_equal_ascii_case(str_slice(html, at + end, at + end + name.len), name) &&
                    (behind == '>' || behind == '/' || char_is_space(behind));
        if (!same) continue;
        ptrdiff_t close = str_find_char(str_from(html, at), '>');
        if (close < 0) return -1;
        depth += end ? -1 : html.p[at + close - 1] == '/' ? 0 : 1;
        at += close + 1;
        if (depth == 0) return at;
    }
    return -1;
}

bool raw_html_is_span(str name)
{
    static const str names[] = {
        STR_INIT("a"), STR_INIT("abbr"), STR_INIT("b"), STR_INIT("br"), STR_INIT("cite"), STR_INIT("code"),
        STR_INIT("del"), STR_INIT("em"), STR_INIT("font"), STR_INIT("i"), STR_INIT("img"), STR_INIT("ins"),
        STR_INIT("kbd"), STR_INIT("label"), STR_INIT("mark"), STR_INIT("q"), STR_INIT("s"), STR_INIT("small"),
        STR_INIT("span"), STR_INIT("strong"), STR_INIT("sub"), STR_INIT("sup"), STR_INIT("u"), STR_INIT("var"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ascii_case(name, names[i])) return true;
    return false;
}

str raw_html_with_attributes(struct arena *arena, str tag, const struct attributes *attributes)
{
    for (ptrdiff_t i = 0; attributes && i < attributes->count; i++) {
        struct raw_tag read;
        struct attribute new = attributes->items[i];
        if (!raw_tag_read(arena, tag, 0, &read)) return tag;
        const struct raw_attribute *old = raw_tag_find(&read, new.name);
        if (old && !str_equal(new.name, S("class"))) continue;
        struct buf out = buf_in(arena);
        const char *at = old && old->has_value ? old->text.p + old->text.len : read.name.p + read.name.len;
        buf_add(&out, str_of(tag.p, at - tag.p));
        if (at == read.name.p + read.name.len) buf_printf(&out, " %" STR_F "=\"", STR_A(new.name));
        else buf_char(&out, ' ');
        html_text_escape(&out, new.value);
        if (at == read.name.p + read.name.len) buf_char(&out, '"');
        buf_add(&out, str_from(tag, at - tag.p));
        tag = buf_str(&out);
    }
    return tag;
}

str raw_html_rewrite(struct document *document, str html, const struct node *block)
{
    struct rewrite rewrite = {.document = document, .block = block, .out = buf_in(document->scratch),
                              .last_end = str_find_last(html, '>')};
    bool no_comment_end = false;
    for (ptrdiff_t at = 0; at < html.len;) {
        const char *next = memchr(html.p + at, '<', (size_t)(html.len - at));
        ptrdiff_t tag = next ? next - html.p : html.len;
        buf_add(&rewrite.out, str_slice(html, at, tag));
        at = tag < html.len ? rewrite_one(&rewrite, html, tag, &no_comment_end) : tag;
    }
    return buf_str(&rewrite.out);
}
