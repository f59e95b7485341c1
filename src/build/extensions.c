/* extensions.c - filters that need more than text: t, asset_url, img,
 * markdownify, date_long. */
#include "extensions.h"

#include "base/escape.h"
#include "expand/shortcodes.h"
#include "markup/markup.h"
#include "theme/theme_load.h"
#include "view/reads.h"

static const struct render_user *user_of(const struct liquid_call *call) { return call->user; }

static bool argument_error(struct liquid_call *call, const char *want)
{
    diag_report(call->diags, DIAG_LIQUID_ARGUMENT, call->at, "'%" STR_F "' wants %s, not %s", STR_A(call->name), want,
                value_kind_name(call->input));
    return false;
}

/* {{ 'minutes' | t: n: 8 }}: "읽는 데 {n}분" with the named arguments filled in. */
static bool filter_t(struct liquid_call *call)
{
    const struct render_user *user = user_of(call);
    if (call->input.kind != VALUE_STR) return argument_error(call, "the name of an interface string");
    reads_note_name(view_reads(user->hook.view), READ_STRING, view_language_index(user->hook.view, user->language), call->input.as.text);
    str text = theme_string(user->theme, user->language, call->input.as.text);
    if (text.len == 0) text = call->input.as.text;
    for (ptrdiff_t i = 0; i < value_count(call->named); i++) {
        const struct value_pair *pair = &call->named.as.map->pairs[i];
        str name = str_concat3(call->arena, S("{"), pair->key, S("}"));
        text = str_replace(call->arena, text, name, value_print(pair->value, call->arena));
    }
    call->result = value_str(text);
    return true;
}

static bool filter_asset_url(struct liquid_call *call)
{
    const struct render_user *user = user_of(call);
    str name = value_text(call->input);
    reads_note_name(view_reads(user->hook.view), READ_ASSET, 0, name);
    const struct theme_asset *asset = theme_asset(user->theme, name);
    if (asset) {
        call->result = value_str(asset->url);
        return true;
    }
    str *names = ARENA_NEWS(call->arena, str, user->theme->asset_count + 1);
    for (ptrdiff_t i = 0; i < user->theme->asset_count; i++) names[i] = user->theme->assets[i].name;
    struct diag *diag = diag_report(call->diags, DIAG_LIQUID_ARGUMENT, call->at, "the theme has no asset '%" STR_F "'", STR_A(name));
    str nearest = str_nearest(name, names, user->theme->asset_count);
    if (nearest.len) diag_hint(call->diags, diag, "did you mean '%" STR_F "'?", STR_A(nearest));
    return false;
}

/* {{ page | img: "card" }} and {{ page.image | img: "cover" }}. */
static bool filter_img(struct liquid_call *call)
{
    const struct render_user *user = user_of(call);
    value alt = value_get(call->named, S("alt"), call->arena);
    struct image_options options = {
        .use = call->argument_count ? value_text(call->arguments[0]) : S("figure"),
        .class_ = value_text(value_get(call->named, S("class"), call->arena)),
        .alt = value_text(alt),
        .sizes = value_text(value_get(call->named, S("sizes"), call->arena)),
        .silent = alt.kind == VALUE_STR && alt.as.text.len == 0,
        .eager = value_get(call->named, S("eager"), call->arena).as.boolean,
    };
    struct buf out = buf_in(call->arena);
    if (!value_is_null(call->input) && !view_image_html(user->hook.view, call->input, &options, call->arena, &out))
        return argument_error(call, "a page or a picture");
    call->result = value_html(buf_str(&out));
    return true;
}

static bool filter_markdownify(struct liquid_call *call)
{
    str text = value_print(call->input, call->arena);
    bool inline_ = call->argument_count && value_text(call->arguments[0]).len;
    call->result = value_html(markup_fragment(text, inline_, call->arena));
    return true;
}

static bool filter_date_long(struct liquid_call *call)
{
    const struct render_user *user = user_of(call);
    bool weekday = value_get(call->named, S("weekday"), call->arena).as.boolean;
    if (call->input.kind == VALUE_NULL) return true;
    if (call->input.kind != VALUE_TIME) return argument_error(call, "a date");
    call->result = value_str(date_long(call->arena, call->input.as.time, user->language, weekday));
    return true;
}

static const struct liquid_extension own_filters[] = {
    {STR_INIT("t"), filter_t, NULL, false},
    {STR_INIT("asset_url"), filter_asset_url, NULL, false},
    {STR_INIT("img"), filter_img, NULL, false},
    {STR_INIT("markdownify"), filter_markdownify, NULL, false},
    {STR_INIT("date_long"), filter_date_long, NULL, false},
};
enum { OWN_FILTERS = sizeof own_filters / sizeof *own_filters };

/* hugi's own filters, then the hooks'; a hook's filter of the same name comes first. */
static const struct liquid_extension *join_filters(struct arena *arena, const struct hooks *hooks, ptrdiff_t *count)
{
    const struct liquid_extension *added = NULL;
    ptrdiff_t added_count = hooks ? hooks_filters(hooks, &added) : 0;
    struct liquid_extension *all = ARENA_NEWS(arena, struct liquid_extension, added_count + OWN_FILTERS);
    for (ptrdiff_t i = 0; i < added_count; i++) all[i] = added[i];
    for (ptrdiff_t i = 0; i < OWN_FILTERS; i++) all[added_count + i] = own_filters[i];
    *count = added_count + OWN_FILTERS;
    return all;
}

/* The tags of hooks, then hugi's own shortcodes. */
static const struct liquid_extension *join_tags(struct arena *arena, const struct liquid_extension *added,
                                                ptrdiff_t added_count, ptrdiff_t *count)
{
    const struct liquid_extension *own;
    ptrdiff_t own_count = shortcodes_table(&own);
    struct liquid_extension *all = ARENA_NEWS(arena, struct liquid_extension, added_count + own_count);
    for (ptrdiff_t i = 0; i < added_count; i++) all[i] = added[i];
    for (ptrdiff_t i = 0; i < own_count; i++) all[added_count + i] = own[i];
    *count = added_count + own_count;
    return all;
}

void extensions_make_env(struct arena *arena, const struct config *config, struct theme *theme,
                         const struct hooks *hooks, struct liquid_env *theme_env, struct liquid_env *post_env)
{
    const struct liquid_extension *tags = NULL;
    ptrdiff_t tag_count = hooks ? hooks_tags(hooks, &tags) : 0;
    *theme_env = (struct liquid_env){
        .mode = LIQUID_STRICT,
        .limits = {.depth = config->templates.depth, .steps = config->templates.steps,
                   .output = config->templates.output, .milliseconds = config->templates.time},
        .tags = tags,
        .tag_count = tag_count,
        .partial = theme_partial,
        .partial_data = theme,
        .nearest_partial = theme_nearest_partial,
        .base_url = config->base_url,
        .writer_adds_base = true,
        .zone = config->zone,
        .now = config->now,
        .language = config->languages[0].code,
    };
    theme_env->filters = join_filters(arena, hooks, &theme_env->filter_count);
    *post_env = *theme_env;
    post_env->tags = join_tags(arena, tags, tag_count, &post_env->tag_count);
}
