/* sitemap.c - sitemap.xml (sitemaps.org 0.9).
 *
 * Twins in other languages are told by <link hreflang> in the pages: the
 * schema of 0.9 has no place for them. */
#include "publish/publish.h"
#include "xml_text.h"

static bool is_listed(const struct output *output)
{
    if (output->kind == OUTPUT_PAGE) return true;
    return output->kind == OUTPUT_LIST && !str_equal(output->layout, S("404")) && output->number == 1;
}

static void write_url(struct xml *xml, const struct publish *publish, const struct output *output, struct arena *arena)
{
    const struct page *page = output->kind == OUTPUT_PAGE ? output->page : NULL;
    xml_open(xml, "url");
    xml_element(xml, "loc", str_concat(arena, publish->site->config->base_url, output->url));
    if (page && (page->has_updated || page->has_date))
        xml_element(xml, "lastmod", date_rfc3339(arena, page->has_updated ? page->updated : page->date));
    xml_close(xml);
}

str sitemap_write(const struct publish *publish, struct arena *arena)
{
    struct xml xml = xml_begin(arena);
    xml_open(&xml, "urlset");
    xml_attribute(&xml, "xmlns", S("http://www.sitemaps.org/schemas/sitemap/0.9"));
    for (ptrdiff_t i = 0; i < publish->plan->count; i++)
        if (is_listed(&publish->plan->outputs[i])) write_url(&xml, publish, &publish->plan->outputs[i], arena);
    xml_close(&xml);
    return xml_bytes(&xml);
}
