/* plan_cards.c - a social card for every page, over its cover where it has one, and one for all
 * lists of a language.
 *
 * A card's address holds a hash of its texts and its photo: who keeps a copy asks for the new one. */
#include "publish/publish.h"

#include "base/date.h"
#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"
#include "picture_cache.h"

enum { LEAST_PHOTO = 600 };         /* a narrower one would be a blur */

/* In one line, as letters fonts have. */
static str one_line(struct arena *arena, str text)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        bool blank = (unsigned char)text.p[i] <= ' ';
        if (blank && (out.len == 0 || out.p[out.len - 1] == ' ')) continue;
        buf_char(&out, blank ? ' ' : text.p[i]);
    }
    return utf8_nfc(arena, str_trim(buf_str(&out)));
}

static str author_names(struct arena *arena, const struct page *page)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < page->author_count; i++) {
        if (i) buf_add(&out, S(", "));
        buf_add(&out, page->authors[i]->name);
    }
    return buf_str(&out);
}

/* When it was written; of an event when it is, and where. */
static void tell_time(struct arena *arena, const struct page *page, struct card *card)
{
    const struct event *event = page->event;
    if (page->kind == KIND_EVENT && event) {
        card->author = event->city;
        if (event->has_start)
            card->date = event->has_end ? date_range(arena, event->start, event->end, page->language)
                                        : date_long(arena, event->start, page->language, false);
    } else if (page->kind == KIND_POST) {
        card->author = author_names(arena, page);
        if (page->has_date) card->date = date_long(arena, page->date, page->language, false);
    }
}

static struct card page_card(struct arena *arena, const struct page *page)
{
    struct card card = {.title = one_line(arena, page->title),
                        .site = one_line(arena, site_locale(page->site, page->language)->language->title)};
    tell_time(arena, page, &card);
    card.author = one_line(arena, card.author);
    card.seed = page->event ? page->event->id : card.title;
    str label = page->event && page->kind == KIND_POST ? one_line(arena, page->event->label) : S("");
    if (str_find(card.title, label) < 0) card.label = label;       /* said once */
    return card;
}

static struct card site_card(struct arena *arena, const struct config *config, const struct language *language)
{
    ptrdiff_t scheme = str_find(config->base_url, S("://"));
    return (struct card){.title = one_line(arena, language->title), .label = one_line(arena, language->description),
                         .author = str_from(config->base_url, scheme < 0 ? 0 : scheme + 3), .seed = S("")};
}

static void choose_photo(const struct picture *cover, struct social_card *card)
{
    for (ptrdiff_t i = 0; i < cover->count; i++) {
        const struct variant *variant = &cover->variants[i];
        if (!str_equal(variant->use, S("social")) || variant->width < LEAST_PHOTO) continue;
        card->photo = cover->asset;
        card->card.photo = true;
        card->recipe = variant->recipe;
        card->recipe.width = variant->width;        /* as the variant itself was planned */
        if (card->recipe.height) card->recipe.height = variant->height;
        return;
    }
}

/* Two pages of one look share a card. */
static void add_card(struct publish *publish, struct social_card *card, str name, str source, struct map *known)
{
    struct arena *arena = publish->arena;
    hash128 parts[2] = {card_key(&card->card), {0, 0}};
    if (card->photo) parts[1] = picture_key(card->photo, &card->recipe);
    str digits = hash_hex(arena, hash_bytes(parts, sizeof parts), 10);
    str stem = path_fit_part(arena, utf8_slug(arena, name));
    str path = str_format(arena, "img/%" STR_F "-card-%" STR_F ".%s", STR_A(stem), STR_A(digits),
                          image_kind_info(card_format(&card->card))->extension);
    card->url = output_url(arena, path);
    if (map_put(arena, known, path, card)) return;
    struct output *output = plan_add(publish->plan, arena, OUTPUT_CARD, path);
    output->card = card;
    output->source = source;
}

static void warn_of_font(struct diags *diags, str wanted, bool other)
{
    struct diag *diag;
    if (other) {
        diag = diag_report(diags, DIAG_NO_FONT, (span){0}, "there is no font '%" STR_F "' for social cards; the system's is used", STR_A(wanted));
        diag_hint(diags, diag, "`fc-list : family` names those there are");
        return;
    }
    diag = diag_report(diags, DIAG_NO_FONT, (span){0}, "no social cards are drawn: there is no font that has Hangul");
    diag_hint(diags, diag, "install one (the package fonts-noto-cjk), or set cards: {draw: false}");
}

/* Once, of the first card that lacks something. */
static void warn_of_letter(const struct publish *publish, const struct card *card, str page, bool *warned, struct diags *diags)
{
    str letter;
    if (*warned || !card_fonts_lack(publish->card_fonts, card, &letter)) return;
    struct diag *diag = diag_report(diags, DIAG_NO_FONT, (span){0}, "no font has '%" STR_F "': social cards are without it", STR_A(letter));
    diag->path = page;
    diag_hint(diags, diag, "install a font that has it: fonts-noto-color-emoji has emoji, fonts-noto-core most scripts");
    *warned = true;
}

/* A preview is shared with nobody, and cards want absolute addresses. */
static bool open_fonts(struct publish *publish, struct diags *diags)
{
    const struct config *config = publish->site->config;
    str wanted = publish->card_font ? str_c(publish->card_font) : config->cards.font;
    if (!config->cards.draw || config->base_url.len == 0 || config->preview || (publish->card_font && wanted.len == 0)) return false;
    bool other;
    publish->card_fonts = card_fonts_open(publish->arena, wanted, &other);
    if (!publish->card_fonts || other) warn_of_font(diags, wanted, publish->card_fonts != NULL);
    return publish->card_fonts != NULL;
}

void plan_cards(struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    struct plan *plan = publish->plan;
    struct map known = {0};
    bool warned = false;
    plan->site_cards = ARENA_NEWS(publish->arena, struct social_card, site->config->language_count);
    if (!open_fonts(publish, diags)) return;
    plan->cards = ARENA_NEWS(publish->arena, struct social_card, site->page_count);
    for (ptrdiff_t i = 0; i < site->config->language_count; i++) {
        const struct language *language = &site->config->languages[i];
        plan->site_cards[i].card = site_card(publish->arena, site->config, language);
        add_card(publish, &plan->site_cards[i], str_concat(publish->arena, S("site "), language->code), S("hugi.yaml"), &known);
    }
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        if (!page->published || page->kind == KIND_AUTHOR) continue;
        plan->cards[i].card = page_card(publish->arena, page);
        warn_of_letter(publish, &plan->cards[i].card, page->path, &warned, diags);
        choose_photo(&plan->covers[i], &plan->cards[i]);
        add_card(publish, &plan->cards[i], page->slug.len ? page->slug : S("page"), page->path, &known);
    }
}
