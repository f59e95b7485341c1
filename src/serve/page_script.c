/* page_script.c - the reload script, and its way into a page.
 *
 * It is a file of its own and not inline: a page's policy that allows scripts
 * of its own site allows this one as well. */
#include "page_script.h"

#include "base/buf.h"
#include "base/embedded.h"
#include "base/hash.h"

str page_script(void)
{
    return str_of((const char *)embedded_client[0].bytes, embedded_client[0].size);
}

/* All but <link> elements that name a stylesheet. */
static str without_styles(struct arena *arena, str html)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t at; (at = str_find(html, S("<link"))) >= 0;) {
        str rest = str_from(html, at);
        ptrdiff_t end = str_find_char(rest, '>');
        if (end < 0) break;
        str tag = str_slice(rest, 0, end + 1);
        buf_add(&out, str_slice(html, 0, at));
        if (!str_contains(tag, S("stylesheet"))) buf_add(&out, tag);
        html = str_from(rest, end + 1);
    }
    buf_add(&out, html);
    return buf_str(&out);
}

str page_script_identity(struct arena *arena, str html)
{
    str shape = without_styles(arena, html);
    return str_concat3(arena, hash_hex(arena, hash_bytes(html.p, (size_t)html.len), 16), S(" "),
                       hash_hex(arena, hash_bytes(shape.p, (size_t)shape.len), 16));
}

/* At the end: browsers put what stands behind </html> into the body. */
str page_script_add(struct arena *arena, str html, str identity)
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, html.len + 128);
    buf_add(&out, html);
    buf_printf(&out, "<script src=\"" SCRIPT_ADDRESS "\" data-page=\"%" STR_F "\" async></script>\n", STR_A(identity));
    return buf_str(&out);
}
