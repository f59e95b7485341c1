/* tags.c - the table of tags, and looking names up in it. */
#include "tags.h"

#include "filters.h"

static const struct tag tags[] = {
    {STR_INIT("#"), MODE_ALL, NULL, tag_inline_comment},
    {STR_INIT("assign"), MODE_ALL, NULL, tag_assign},
    {STR_INIT("block"), MODE_ALL, NULL, tag_block},
    {STR_INIT("break"), MODE_ALL, NULL, tag_break},
    {STR_INIT("capture"), MODE_ALL, NULL, tag_capture},
    {STR_INIT("case"), MODE_ALL, NULL, tag_case},
    {STR_INIT("comment"), MODE_ALL, NULL, tag_comment},
    {STR_INIT("continue"), MODE_ALL, NULL, tag_continue},
    {STR_INIT("cycle"), MODE_ALL, NULL, tag_cycle},
    {STR_INIT("decrement"), MODE_ALL, NULL, tag_decrement},
    {STR_INIT("doc"), MODE_ALL, NULL, tag_doc},
    {STR_INIT("echo"), MODE_ALL, NULL, tag_echo},
    {STR_INIT("else"), MODE_ALL, "'if', 'unless', 'case' or 'for'", NULL},
    {STR_INIT("elsif"), MODE_ALL, "'if' or 'unless'", NULL},
    {STR_INIT("for"), MODE_ALL, NULL, tag_for},
    {STR_INIT("highlight"), MODE_ALL, NULL, tag_highlight},
    {STR_INIT("if"), MODE_ALL, NULL, tag_if},
    {STR_INIT("ifchanged"), MODE_ALL, NULL, tag_ifchanged},
    {STR_INIT("include"), MODE_ALL, NULL, tag_include},
    {STR_INIT("include_cached"), MODE_ALL, NULL, tag_include},
    {STR_INIT("include_relative"), MODE_ALL, NULL, tag_include},
    {STR_INIT("increment"), MODE_ALL, NULL, tag_increment},
    {STR_INIT("layout"), MODE_ALL, NULL, tag_layout},
    {STR_INIT("link"), MODE_ALL, NULL, tag_link},
    {STR_INIT("liquid"), MODE_ALL, NULL, tag_liquid},
    {STR_INIT("post_url"), MODE_ALL, NULL, tag_post_url},
    {STR_INIT("raw"), MODE_ALL, NULL, tag_raw},
    {STR_INIT("render"), MODE_ALL, NULL, tag_render},
    {STR_INIT("tablerow"), MODE_ALL, NULL, tag_tablerow},
    {STR_INIT("unless"), MODE_ALL, NULL, tag_unless},
    {STR_INIT("when"), MODE_ALL, "'case'", NULL},
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
        STR_INIT("assign"), STR_INIT("block"), STR_INIT("break"), STR_INIT("capture"), STR_INIT("case"),
        STR_INIT("comment"), STR_INIT("continue"), STR_INIT("cycle"), STR_INIT("decrement"), STR_INIT("doc"),
        STR_INIT("echo"), STR_INIT("for"), STR_INIT("highlight"), STR_INIT("if"), STR_INIT("ifchanged"),
        STR_INIT("include"), STR_INIT("include_cached"), STR_INIT("include_relative"), STR_INIT("increment"),
        STR_INIT("layout"), STR_INIT("link"), STR_INIT("liquid"), STR_INIT("post_url"), STR_INIT("raw"),
        STR_INIT("render"), STR_INIT("tablerow"), STR_INIT("unless")};
    (void)mode;
    *names = all;
    return sizeof all / sizeof *all;
}
