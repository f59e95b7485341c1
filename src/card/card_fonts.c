/* card_fonts.c - the only file that asks fontconfig.  Both weights are lists, best
 * first: the font asked for, then those that have what it has not. */
#include "card_fonts.h"

#include <fontconfig/fontconfig.h>

#include "base/library.h"

#define FONTCONFIG(X)                                                                                              \
    X(FcInitLoadConfigAndFonts) X(FcConfigDestroy) X(FcConfigSubstitute) X(FcDefaultSubstitute) X(FcFontSort)      \
    X(FcFontSetDestroy) X(FcPatternCreate) X(FcPatternDestroy) X(FcPatternAddBool) X(FcPatternAddInteger)          \
    X(FcPatternAddString) X(FcPatternGetCharSet) X(FcPatternGetInteger) X(FcPatternGetString) X(FcCharSetHasChar)  \
    X(FcStrCmpIgnoreCase)
static struct { FONTCONFIG(LIBRARY_FIELD) } fontconfig;
static struct library fontconfig_library = LIBRARY(LIBRARY_FONTCONFIG, FONTCONFIG, fontconfig);

struct found {
    FcFontSet *set;
    struct card_font *fonts;
    FcCharSet **runes;
    ptrdiff_t count;
};

struct card_fonts {
    FcConfig *config;
    struct found found[CARD_WEIGHTS];
    hash128 identity;
};

enum { IDENTITY_FONTS = 32 };

static FcPattern *pattern_of(FcConfig *config, const char *family, enum card_weight weight)
{
    FcPattern *pattern = fontconfig.FcPatternCreate();
    if (*family) fontconfig.FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    fontconfig.FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"sans-serif");
    fontconfig.FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)"ko");
    fontconfig.FcPatternAddInteger(pattern, FC_WEIGHT, weight == CARD_BOLD ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    fontconfig.FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    fontconfig.FcConfigSubstitute(config, pattern, FcMatchPattern);
    fontconfig.FcDefaultSubstitute(pattern);
    return pattern;
}

static void add_font(struct found *found, FcPattern *pattern)
{
    FcChar8 *path, *family = NULL;
    FcCharSet *runes;
    int index = 0;
    if (fontconfig.FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) return;
    if (fontconfig.FcPatternGetCharSet(pattern, FC_CHARSET, 0, &runes) != FcResultMatch) return;
    fontconfig.FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    fontconfig.FcPatternGetString(pattern, FC_FAMILY, 0, &family);
    bool emoji = family && strstr((const char *)family, "Emoji");
    found->fonts[found->count] = (struct card_font){(const char *)path, index, emoji};
    found->runes[found->count++] = runes;
}

static void find(struct card_fonts *fonts, enum card_weight weight, const char *family, struct arena *arena)
{
    struct found *found = &fonts->found[weight];
    FcPattern *pattern = pattern_of(fonts->config, family, weight);
    FcResult result;
    found->set = fontconfig.FcFontSort(fonts->config, pattern, FcTrue, NULL, &result);
    fontconfig.FcPatternDestroy(pattern);
    if (!found->set) return;
    found->fonts = ARENA_NEWS(arena, struct card_font, found->set->nfont);
    found->runes = ARENA_NEWS(arena, FcCharSet *, found->set->nfont);
    for (int i = 0; i < found->set->nfont; i++) add_font(found, found->set->fonts[i]);
}

/* Names and versions of the first fonts, and not where they lie. */
static hash128 identity_of(const struct card_fonts *fonts, struct arena *arena)
{
    struct buf names = buf_in(arena);
    for (int weight = 0; weight < CARD_WEIGHTS; weight++) {
        const FcFontSet *set = fonts->found[weight].set;
        for (int i = 0; i < set->nfont && i < IDENTITY_FONTS; i++) {
            FcChar8 *name = (FcChar8 *)"", *style = (FcChar8 *)"";
            int version = 0;
            fontconfig.FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &name);
            fontconfig.FcPatternGetString(set->fonts[i], FC_STYLE, 0, &style);
            fontconfig.FcPatternGetInteger(set->fonts[i], FC_FONTVERSION, 0, &version);
            buf_printf(&names, "%s/%s/%d\n", (const char *)name, (const char *)style, version);
        }
    }
    return hash_bytes(names.p, (size_t)names.len);
}

static bool has_hangul(const struct found *found)
{
    static const uint32_t samples[] = {0xAC00, 0xD6C4, 0xBDC1, 0xD7A3};     /* 가 후 뷁 힣 */
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (found->count == 0 || !fontconfig.FcCharSetHasChar(found->runes[0], samples[i])) return false;
    return true;
}

static bool is_of_family(const struct found *found, const char *family)
{
    FcChar8 *name;
    for (int i = 0; fontconfig.FcPatternGetString(found->set->fonts[0], FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (fontconfig.FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0) return true;
    return false;
}

struct card_fonts *card_fonts_open(struct arena *arena, str family, bool *other)
{
    struct card_fonts *fonts = ARENA_NEW(arena, struct card_fonts);
    const char *wanted = str_z(arena, family);
    *other = false;
    library_need(&fontconfig_library);
    fonts->config = fontconfig.FcInitLoadConfigAndFonts();
    if (!fonts->config) return NULL;
    for (int weight = 0; weight < CARD_WEIGHTS; weight++) find(fonts, (enum card_weight)weight, wanted, arena);
    const struct found *bold = &fonts->found[CARD_BOLD], *regular = &fonts->found[CARD_REGULAR];
    *other = family.len && bold->count && !is_of_family(bold, wanted);
    if (!has_hangul(bold) || !has_hangul(regular)) {
        card_fonts_close(fonts);
        return NULL;
    }
    fonts->identity = identity_of(fonts, arena);
    return fonts;
}

void card_fonts_close(struct card_fonts *fonts)
{
    if (!fonts) return;
    for (int weight = 0; weight < CARD_WEIGHTS; weight++)
        if (fonts->found[weight].set) fontconfig.FcFontSetDestroy(fonts->found[weight].set);
    fontconfig.FcConfigDestroy(fonts->config);
}

hash128 card_fonts_identity(const struct card_fonts *fonts) { return fonts->identity; }

ptrdiff_t card_font_count(const struct card_fonts *fonts, enum card_weight weight) { return fonts->found[weight].count; }

const struct card_font *card_font_at(const struct card_fonts *fonts, enum card_weight weight, ptrdiff_t at)
{
    return &fonts->found[weight].fonts[at];
}

int card_font_for(const struct card_fonts *fonts, enum card_weight weight, uint32_t rune, bool picture)
{
    const struct found *found = &fonts->found[weight];
    for (ptrdiff_t i = 0; i < found->count; i++)
        if (found->fonts[i].emoji == picture && fontconfig.FcCharSetHasChar(found->runes[i], rune)) return (int)i;
    return CARD_NO_FONT;
}
