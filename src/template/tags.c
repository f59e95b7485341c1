/* tags.c - the table of tags, and looking names up in it. */
#include "tags.h"

#include "filters.h"

/* ROW(name, modes, for parts of a tag: where they belong, function). */
#define TAGS(ROW) \
    ROW("#", MODE_ALL, NULL, tag_inline_comment) \
    ROW("assign", MODE_ALL, NULL, tag_assign) \
    ROW("block", MODE_ALL, NULL, tag_block) \
    ROW("break", MODE_ALL, NULL, tag_break) \
    ROW("capture", MODE_ALL, NULL, tag_capture) \
    ROW("case", MODE_ALL, NULL, tag_case) \
    ROW("comment", MODE_ALL, NULL, tag_comment) \
    ROW("continue", MODE_ALL, NULL, tag_continue) \
    ROW("cycle", MODE_ALL, NULL, tag_cycle) \
    ROW("decrement", MODE_ALL, NULL, tag_decrement) \
    ROW("doc", MODE_ALL, NULL, tag_doc) \
    ROW("echo", MODE_ALL, NULL, tag_echo) \
    ROW("else", MODE_ALL, "'if', 'unless', 'case' or 'for'", NULL) \
    ROW("elsif", MODE_ALL, "'if' or 'unless'", NULL) \
    ROW("for", MODE_ALL, NULL, tag_for) \
    ROW("highlight", MODE_ALL, NULL, tag_highlight) \
    ROW("if", MODE_ALL, NULL, tag_if) \
    ROW("ifchanged", MODE_ALL, NULL, tag_ifchanged) \
    ROW("include", MODE_ALL, NULL, tag_include) \
    ROW("include_cached", MODE_ALL, NULL, tag_include) \
    ROW("include_relative", MODE_ALL, NULL, tag_include) \
    ROW("increment", MODE_ALL, NULL, tag_increment) \
    ROW("layout", MODE_ALL, NULL, tag_layout) \
    ROW("link", MODE_ALL, NULL, tag_link) \
    ROW("liquid", MODE_ALL, NULL, tag_liquid) \
    ROW("post_url", MODE_ALL, NULL, tag_post_url) \
    ROW("raw", MODE_ALL, NULL, tag_raw) \
    ROW("render", MODE_ALL, NULL, tag_render) \
    ROW("tablerow", MODE_ALL, NULL, tag_tablerow) \
    ROW("unless", MODE_ALL, NULL, tag_unless) \
    ROW("when", MODE_ALL, "'case'", NULL)

static const struct tag tags[] = {
#define TAG_ROW(name, modes, inside, parse) {STR_INIT(name), modes, inside, parse},
    TAGS(TAG_ROW)
#undef TAG_ROW
};

enum { TAG_COUNT = sizeof tags / sizeof *tags };

const struct tag *tags_find(enum liquid_mode mode, str name)
{
    for (int i = 0; i < TAG_COUNT; i++)
        if ((tags[i].modes & (1 << mode)) && str_equal(tags[i].name, name)) return &tags[i];
    return NULL;
}

str tags_nearest(const struct liquid_env *env, str name, struct arena *arena)
{
    const str *own;
    ptrdiff_t count = liquid_tag_names(env->mode, &own);
    str *names = ARENA_NEWS(arena, str, count + env->tag_count);
    memcpy(names, own, (size_t)count * sizeof *names);
    for (ptrdiff_t i = 0; i < env->tag_count; i++) names[count + i] = env->tags[i].name;
    return str_nearest(name, names, count + env->tag_count);
}

ptrdiff_t liquid_tag_names(enum liquid_mode mode, const str **names)
{
    static const str all[] = {
#define TAG_NAME(name, modes, inside, parse) STR_INIT(name),
        TAGS(TAG_NAME)
#undef TAG_NAME
    };
    (void)mode;
    *names = all;
    return sizeof all / sizeof *all;
}
