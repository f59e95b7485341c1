/* svg_fuzz.c - a drawing of any bytes: the clean one is a drawing, cleaning it again changes nothing,
 * and nothing in it runs.
 *
 * fuzz-seeds: images/generated tests/sites fuzz/html_xss_dompurify.json
 */
#include <stdlib.h>
#include <string.h>

#include "image/image.h"

/* Of what hugi wrote: '<' begins tags only, and values stand in double quotes. */
static bool begins_script(str rest)
{
    str behind = str_starts(rest, S("<script")) ? str_from(rest, 7) : (str){0};
    return behind.len > 0 && strchr(" />\t\n", behind.p[0]);
}

static bool runs(str svg)
{
    bool tag = false, quoted = false;
    for (ptrdiff_t i = 0; i < svg.len; i++) {
        str rest = str_from(svg, i);
        if (!quoted && (str_starts(rest, S("<!")) || begins_script(rest))) return true;
        if (tag && !quoted && str_starts(rest, S(" on"))) return true;
        if (tag && svg.p[i] == '"') quoted = !quoted;
        if (!quoted && (svg.p[i] == '<' || svg.p[i] == '>')) tag = svg.p[i] == '<';
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct image_limits limits = IMAGE_LIMITS;
    struct arena arena = {0};
    str file = str_of((const char *)bytes, (ptrdiff_t)size), clean, again, error = {0};
    if (image_sniff(file) == IMAGE_SVG && image_clean(file, &limits, &arena, &clean, &error)) {
        if (!image_clean(clean, &limits, &arena, &again, &error) || !str_equal(clean, again)) abort();
        if (clean.p != file.p && runs(clean)) abort();
    }
    arena_free(&arena);
    return 0;
}
