/* hook_thumbnail.c - the thumbnail hook: the variants of a picture.
 *
 * Written in this order: the picture as the hook sees it, one variant of the
 * result, order and duplicates, the call. */
#include <stdlib.h>

#include "base/path.h"
#include "hook_call.h"
#include "lua_value.h"

enum { SIDE_MOST = 16384, VARIANTS_MOST = 200 };

struct thumbnail_call {
    const struct page *page;
    const struct picture_ref *ref;
    const str *uses;
    ptrdiff_t use_count;
    struct variant *variants;
    ptrdiff_t count, capacity;
};

/* --- the picture ------------------------------------------------------ */

static value use_list(const struct thumbnail_call *call, struct arena *arena)
{
    value uses = value_list(arena);
    for (ptrdiff_t i = 0; i < call->use_count; i++) value_push(arena, &uses, value_str(call->uses[i]));
    return uses;
}

#define IMAGE_FIELDS(X) X(path) X(name) X(url) X(alt) X(kind) X(width) X(height) X(alpha) X(frames) X(animated) X(uses)
enum image_field {
#define X(name) FIELD_##name,
    IMAGE_FIELDS(X)
#undef X
    IMAGE_FIELD_COUNT
};
static const str image_fields[] = {
#define X(name) STR_INIT(#name),
    IMAGE_FIELDS(X)
#undef X
};

static value image_field(const struct thumbnail_call *call, enum image_field field, struct arena *arena)
{
    const struct asset *asset = call->ref->asset;
    switch (field) {
    case FIELD_path: return value_str(asset->path);
    case FIELD_name: return value_str(path_name(asset->path));
    case FIELD_url: return value_str(asset->url.len ? asset->url : call->ref->url);
    case FIELD_alt: return value_str(call->ref->alt);
    case FIELD_kind: return value_str(str_c(image_kind_info(asset->info.kind)->name));
    case FIELD_width: return value_int(asset->info.width);
    case FIELD_height: return value_int(asset->info.height);
    case FIELD_alpha: return value_bool(asset->info.alpha);
    case FIELD_frames: return value_int(asset->info.frames);
    case FIELD_animated: return value_bool(asset->info.frames > 1);
    case FIELD_uses: return use_list(call, arena);
    case IMAGE_FIELD_COUNT: break;
    }
    return value_null();
}

static bool image_get(const void *self, str key, struct arena *arena, value *out)
{
    for (int i = 0; i < IMAGE_FIELD_COUNT; i++)
        if (str_equal(key, image_fields[i])) {
            *out = image_field(self, (enum image_field)i, arena);
            return true;
        }
    return false;
}

static value image_keys(const void *self, struct arena *arena)
{
    (void)self;
    value keys = value_list(arena);
    for (int i = 0; i < IMAGE_FIELD_COUNT; i++) value_push(arena, &keys, value_str(image_fields[i]));
    return keys;
}

static str image_text(const void *self, struct arena *arena)
{
    (void)arena;
    return ((const struct thumbnail_call *)self)->ref->asset->path;
}

static const struct drop_class image_class = {
    .name = "image", .get = image_get, .keys = image_keys, .text = image_text};

/* --- one variant ------------------------------------------------------ */

static const str known_uses[] = {STR_INIT("figure"), STR_INIT("card"), STR_INIT("cover"), STR_INIT("social")};
static const str known_formats[] = {STR_INIT("webp"), STR_INIT("jpeg"), STR_INIT("png"), STR_INIT("avif"), STR_INIT("plain"), STR_INIT("jpg")};
static const str known_crops[] = {STR_INIT("none"), STR_INIT("center"), STR_INIT("top"), STR_INIT("interest"), STR_INIT("centre")};
static const enum image_crop crop_values[] = {IMAGE_CROP_NONE, IMAGE_CROP_CENTER, IMAGE_CROP_TOP, IMAGE_CROP_INTEREST,
                                               IMAGE_CROP_CENTER};
static const str variant_fields[] = {
    STR_INIT("use"), STR_INIT("format"), STR_INIT("width"), STR_INIT("height"), STR_INIT("crop"), STR_INIT("quality")
};
enum { USES = 4, FORMATS = 6, CROPS = 5, VARIANT_FIELDS = 6 };

/* The number of `text` in a list of names; raises with the nearest. */
static int pick(lua_State *L, const char *field, str text, const str *names, int count, int shown)
{
    for (int i = 0; i < count; i++)
        if (str_equal(text, names[i])) return i;
    str nearest = str_nearest(text, names, count);
    lua_push_str(L, text);
    lua_push_str(L, nearest);
    if (nearest.len) luaL_error(L, "thumbnail: unknown %s '%s'; did you mean '%s'?", field, lua_tostring(L, -2), lua_tostring(L, -1));
    lua_pushliteral(L, "");
    for (int i = 0; i < shown; i++) {
        lua_pushstring(L, i ? ", " : "");
        lua_push_str(L, names[i]);
        lua_concat(L, 3);
    }
    return luaL_error(L, "thumbnail: unknown %s '%s' (want one of: %s)", field, lua_tostring(L, -3), lua_tostring(L, -1));
}

static void take_crop(lua_State *L, int table, struct arena *arena, struct image_recipe *recipe)
{
    str text;
    lua_getfield(L, table, "crop");
    bool off = lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (!off && lua_field_text(L, table, "crop", arena, &text))
        recipe->crop = crop_values[pick(L, "crop", text, known_crops, CROPS, 4)];
    if (recipe->height && recipe->crop == IMAGE_CROP_NONE)
        luaL_error(L, "thumbnail: a height needs crop = \"center\", \"top\" or \"interest\"");
    if (recipe->crop != IMAGE_CROP_NONE && (!recipe->width || !recipe->height))
        luaL_error(L, "thumbnail: a crop needs a width and a height");
}

static struct variant take_variant(struct hook_state *state, lua_State *L, int table, const struct thumbnail_call *call)
{
    struct arena *arena = state_arena(state);
    const struct config *config = state->hooks->options.config;
    struct variant variant = {.recipe = {.format = IMAGE_WEBP, .quality = config && config->images.quality ? config->images.quality : 80}};
    struct image_recipe *recipe = &variant.recipe;
    str text;
    lua_fields_check(L, table, variant_fields, VARIANT_FIELDS, "thumbnail");
    if (!lua_field_text(L, table, "use", arena, &text)) luaL_error(L, "thumbnail: a variant has no use (want use = \"figure\")");
    variant.use = known_uses[pick(L, "use", text, known_uses, USES, USES)];
    if (lua_field_text(L, table, "format", arena, &text))
        recipe->format = image_kind_of_name(known_formats[pick(L, "format", text, known_formats, FORMATS, 5)]);
    lua_field_int(L, table, "width", 1, SIDE_MOST, &recipe->width);
    lua_field_int(L, table, "height", 1, SIDE_MOST, &recipe->height);
    recipe->keeps_jpeg = !lua_field_int(L, table, "quality", 1, 100, &recipe->quality);
    take_crop(L, table, arena, recipe);
    image_recipe_size(&call->ref->asset->info, recipe, &variant.width, &variant.height);
    return variant;
}

static bool is_wanted(const struct thumbnail_call *call, str use)
{
    for (ptrdiff_t i = 0; i < call->use_count; i++)
        if (str_equal(call->uses[i], use)) return true;
    return false;
}

/* An earlier script's variants of this use give way to a later one's. */
static void drop_use(struct thumbnail_call *call, ptrdiff_t earlier, str use)
{
    for (ptrdiff_t i = 0; i < earlier; i++)
        if (str_equal(call->variants[i].use, use)) call->variants[i].use = (str){0};
}

static void drop_unused(struct thumbnail_call *call)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < call->count; i++)
        if (call->variants[i].use.len) call->variants[kept++] = call->variants[i];
    call->count = kept;
}

/* A later script's result counts for the uses it names; false is for all. */
static void take_result(struct hook_state *state, lua_State *L, void *data)
{
    struct thumbnail_call *call = data;
    int list = lua_gettop(L);
    ptrdiff_t earlier = call->count;
    if (lua_type(L, list) == LUA_TBOOLEAN && !lua_toboolean(L, list)) call->count = 0;
    if (lua_type(L, list) == LUA_TBOOLEAN && !lua_toboolean(L, list)) return;
    if (lua_type(L, list) != LUA_TTABLE)
        luaL_error(L, "thumbnail returns a list of variants {{use = ..., width = ...}, ...} or nothing, not a %s", luaL_typename(L, list));
    lua_Integer count = luaL_len(L, list);
    if (count > VARIANTS_MOST) luaL_error(L, "thumbnail: more than %d variants", VARIANTS_MOST);
    if (count == 0 && lua_getfield(L, list, "use") != LUA_TNIL) luaL_error(L, "thumbnail returns a list of variants: {{use = ...}}");
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, list);
        if (lua_geti(L, list, i) != LUA_TTABLE)
            luaL_error(L, "thumbnail: variant %d is a %s, not a table {use = ..., width = ...}", (int)i, luaL_typename(L, -1));
        struct variant variant = take_variant(state, L, list + 1, call);
        drop_use(call, earlier, variant.use);
        if (is_wanted(call, variant.use)) ARENA_PUSH(state_arena(state), call->variants, call->count, call->capacity) = variant;
    }
    drop_unused(call);
}

/* --- order and duplicates --------------------------------------------- */

/* avif first, then webp: browsers take the first source they know.  "plain" (UNKNOWN) is for those that know none. */
static int format_rank(enum image_kind format)
{
    static const enum image_kind first[] = {IMAGE_AVIF, IMAGE_WEBP, IMAGE_JPEG, IMAGE_PNG};
    int rank = 0;
    while (rank < (int)(sizeof first / sizeof *first) && first[rank] != format) rank++;
    return rank;
}

static int use_rank(str use)
{
    int rank = 0;
    while (rank < USES && !str_equal(known_uses[rank], use)) rank++;
    return rank;
}

static int compare_variants(const void *of_a, const void *of_b)
{
    const struct variant *a = of_a, *b = of_b;
    int by_use = use_rank(a->use) - use_rank(b->use);
    int by_format = format_rank(a->recipe.format) - format_rank(b->recipe.format);
    if (by_use || by_format) return by_use ? by_use : by_format;
    if (a->width != b->width) return a->width - b->width;
    if (a->height != b->height) return a->height - b->height;
    if (a->recipe.crop != b->recipe.crop) return (int)a->recipe.crop - (int)b->recipe.crop;
    return b->recipe.quality - a->recipe.quality;
}

/* Of two that come out alike (both widths above the original's) one stays. */
static ptrdiff_t drop_duplicates(struct variant *variants, ptrdiff_t count)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        const struct variant *last = kept ? &variants[kept - 1] : NULL;
        if (last && str_equal(last->use, variants[i].use) && last->recipe.format == variants[i].recipe.format &&
            last->width == variants[i].width && last->height == variants[i].height)
            continue;
        variants[kept++] = variants[i];
    }
    return kept;
}

/* --- the call --------------------------------------------------------- */

static void run_thumbnail(struct hook_state *state, lua_State *L, void *data)
{
    struct thumbnail_call *call = data;
    object_push(L, value_drop(&image_class, call), NULL);
    hook_push_page(L, call->page, NULL);
    hook_call_each(state, L, HOOK_THUMBNAIL, 2, take_result, call);
}

bool hooks_thumbnail(struct hooks *hooks, int worker, const struct view *view, const struct page *page,
                     const struct picture_ref *ref, const str *uses, ptrdiff_t use_count,
                     struct arena *arena, struct diags *diags, struct picture *out)
{
    *out = (struct picture){.asset = ref->asset};
    if (!ref->asset || !hooks_has(hooks, HOOK_THUMBNAIL)) return true;
    struct thumbnail_call call = {.page = page, .ref = ref, .uses = uses, .use_count = use_count};
    struct hook_work work = {
        .name = "thumbnail", .subject = ref->asset->path, .arena = arena, .diags = diags, .view = view};
    if (page) {
        work.subject = page->path;
        work.subject_at = (span){page->file, 0, 0};
    }
    if (!hook_run(&hooks->states[worker], &work, run_thumbnail, &call)) return false;
    if (call.count > 1) qsort(call.variants, (size_t)call.count, sizeof *call.variants, compare_variants);
    out->variants = call.variants;
    out->count = drop_duplicates(call.variants, call.count);
    return true;
}
