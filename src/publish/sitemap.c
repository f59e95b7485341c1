/* sitemap.c - sitemap.xml (sitemaps.org 0.9), by libxml2.
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

static void write_url(xmlTextWriterPtr writer, const struct publish *publish, const struct output *output, struct arena *arena)
{
    const struct page *page = output->kind == OUTPUT_PAGE ? output->page : NULL;
    xmlTextWriterStartElement(writer, BAD_CAST "url");
    xml_element(writer, "loc", str_concat(arena, publish->site->config->base_url, output->url), arena);
    if (page && (page->has_updated || page->has_date))
        xml_element(writer, "lastmod", date_rfc3339(arena, page->has_updated ? page->updated : page->date), arena);
    xmlTextWriterEndElement(writer);
}

bool sitemap_write(const struct publish *publish, struct arena *arena, str *out)
{
    struct xml_document document;
    if (!xml_begin(&document)) return false;
    xmlTextWriterPtr writer = document.writer;
    xmlTextWriterStartElement(writer, BAD_CAST "urlset");
    xml_attribute(writer, "xmlns", S("http://www.sitemaps.org/schemas/sitemap/0.9"), arena);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++)
        if (is_listed(&publish->plan->outputs[i])) write_url(writer, publish, &publish->plan->outputs[i], arena);
    xmlTextWriterEndElement(writer);
    return xml_end(&document, arena, out);
}
