/* markdown_fuzz.c - a body of any bytes, through parse, passes and HTML; and the code in it.
 *
 * The first byte chooses: '0' as the build, '1' smart, sanitized, '2' plain, escaped, '3' gfm, '4' commonmark
 * with emphasis for Korean, '5' a text file, '6' an HTML file.  Pictures of this host are slots.
 * fuzz-first: 0 1 2 3 4
 * fuzz-seeds: tests/markup fuzz/markdown_xss.json markdown kramdown fuzz/html_xss_dompurify.json
 */
#include "base/escape.h"
#include "markup/markup.h"

static const struct markup_options ways[] = {
    {.demote = true, .language = STR_INIT("ko")},  {.smart = true, .html = HTML_SANITIZE, .language = STR_INIT("en")},
    {.plain = true, .html = HTML_ESCAPE},          {.profile = MARKUP_GFM},
    {.profile = MARKUP_COMMONMARK, .cjk = true},   {.demote = true},
    {.demote = true},
};

static bool resolve(void *context, str destination, bool picture, span at, struct arena *arena, struct diags *diags,
                    struct markup_target *out)
{
    static const struct asset asset;
    (void)context, (void)at, (void)arena, (void)diags;
    *out = (struct markup_target){.url = destination, .remote = url_is_absolute(destination)};
    if (picture && !out->remote) out->asset = &asset;
    return destination.len % 7 != 3;    /* some are missing */
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    return (void)argc, (void)argv, markup_start(), 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0}, scratch = {0};
    struct diags diags = diags_in(&arena);
    struct content content;
    struct markup_range *ranges;
    int way = size ? (bytes[0] + 1) % 7 : 0;    /* '0' is 48 */
    str text = size ? str_copy(&arena, str_of((const char *)bytes + 1, (ptrdiff_t)size - 1)) : S("");
    struct markup_input input = {.format = way < 5 ? FORMAT_MARKDOWN : way == 5 ? FORMAT_TEXT : FORMAT_HTML,
                                 .text = text, .file = 1, .resolve = resolve};
    markup_render(&ways[way], &input, &arena, &scratch, &diags, &content);
    markup_code_ranges(text, &arena, &ranges);
    arena_free(&scratch);
    arena_free(&arena);
    return 0;
}
