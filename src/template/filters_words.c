/* filters_words.c - default, and filters about words and names: slugify,
 * number_of_words, array_to_sentence_string, reading_time, josa, initials. */
#include "base/escape.h"
#include "base/hangul.h"
#include "base/utf8.h"
#include "coerce.h"
#include "filters.h"

bool filter_default(struct filter_call *call)
{
    value v = call->input;
    bool allow = call->named.kind == VALUE_MAP && coerce_truth(value_get(call->named, S("allow_false"), call->arena));
    bool missing = v.kind == VALUE_NULL || v.kind == VALUE_MARK || coerce_is_empty(v)
                   || (v.kind == VALUE_BOOL && !v.as.boolean && !allow);
    return filter_give(call, missing ? call->count ? call->arguments[0] : value_str(S("")) : v);
}

/* --- slugify --- */

struct slug_mode {
    str name;
    const char *stays;          /* ASCII that stays beside letters and digits */
    bool ascii;                 /* only ASCII letters */
    bool spaces;                /* only white space is replaced */
};

static const struct slug_mode slug_modes[] = {
    {STR_INIT("default"), "", false, false},
    {STR_INIT("pretty"), "._~!$&'()+,;=@", false, false},
    {STR_INIT("ascii"), "", true, false},
    {STR_INIT("latin"), "", true, false},
    {STR_INIT("raw"), "", false, true},
};

/* Number letters (Roman numerals, circled digits, fractions) are no digits here. */
static bool slug_is_odd_number(uint32_t rune)
{
    static const uint32_t ranges[][2] = {{0xB2, 0xB3}, {0xB9, 0xB9}, {0xBC, 0xBE}, {0x2070, 0x209F}, {0x2150, 0x218F},
                                         {0x2460, 0x24FF}, {0x2776, 0x2793}, {0x3007, 0x3007}, {0x3021, 0x3029},
                                         {0x3192, 0x3195}, {0x3220, 0x3229}, {0x3248, 0x324F}, {0x3251, 0x325F},
                                         {0x3280, 0x3289}, {0x32B1, 0x32BF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (rune >= ranges[i][0] && rune <= ranges[i][1]) return true;
    return false;
}

static bool slug_stays(const struct slug_mode *mode, uint32_t rune)
{
    if (mode->spaces) return !(rune < 0x80 && char_is_space((char)rune));
    if (rune && rune < 0x80 && strchr(mode->stays, (int)rune)) return true;
    if (rune < 0x80) return char_is_alpha((char)rune) || char_is_digit((char)rune);
    if (mode->ascii) return false;
    return (rune_is_letter_or_digit(rune) && !slug_is_odd_number(rune)) || rune_is_mark(rune);
}

/* Latin letters with marks, U+00C0 on, as I18n's transliteration has them. */
static str slug_latin(struct arena *arena, str text)
{
    static const char *const plain[] = {
        "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I", "D", "N", "O", "O", "O", "O",
        "O", "x", "O", "U", "U", "U", "U", "Y", "Th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e",
        "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "?", "o", "u", "u", "u", "u", "y", "th", "y", "A", "a",
        "A", "a", "A", "a", "C", "c", "C", "c", "C", "c", "C", "c", "D", "d", "D", "d", "E", "e", "E", "e", "E", "e",
        "E", "e", "E", "e", "G", "g", "G", "g", "G", "g", "G", "g", "H", "h", "H", "h", "I", "i", "I", "i", "I", "i",
        "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k", "k", "L", "l", "L", "l", "L", "l", "L", "l", "L", "l", "N",
        "n", "N", "n", "N", "n", "'n", "NG", "ng", "O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r", "R",
        "r", "S", "s", "S", "s", "S", "s", "S", "s", "T", "t", "T", "t", "T", "t", "U", "u", "U", "u", "U", "u", "U",
        "u", "U", "u", "U", "u", "W", "w", "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z"};
    struct buf out = buf_in(arena);
    for (ptrdiff_t at = 0; at < text.len;) {
        uint32_t rune = utf8_next(text, &at);
        if (rune < 0x80) buf_char(&out, (char)rune);
        else if (rune >= 0xC0 && rune < 0xC0 + sizeof plain / sizeof *plain) buf_add(&out, str_c(plain[rune - 0xC0]));
        else buf_char(&out, '?');
    }
    return buf_str(&out);
}

bool filter_slugify(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text, name = coerce_truth(filter_argument(call, 0)) ? filter_argument_text(call, 0) : S("default");
    const struct slug_mode *mode = NULL;
    if (!filter_wants_text(call, &text)) return false;
    for (size_t i = 0; i < sizeof slug_modes / sizeof *slug_modes; i++)
        if (str_equal(slug_modes[i].name, name)) mode = &slug_modes[i];
    if (!mode) return filter_give_str(call, utf8_lower(call->arena, text));     /* "none" and unknown ones */
    if (str_equal(name, S("latin"))) text = slug_latin(call->arena, text);
    struct buf out = buf_in(call->arena);
    bool gap = false;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t from = at;
        uint32_t rune = utf8_next(text, &at);
        bool stays = slug_stays(mode, rune);
        if (stays) buf_add(&out, str_slice(text, from, at));
        else if (!gap) buf_char(&out, '-');
        gap = !stays;
    }
    str slug = buf_str(&out);       /* one hyphen goes at each end; "raw" may leave others */
    if (str_starts(slug, S("-"))) slug = str_from(slug, 1);
    if (str_ends(slug, S("-"))) slug.len--;
    return filter_give_str(call, utf8_lower(call->arena, slug));
}

/* --- words --- */

/* The scripts Jekyll counts by the character: Han, Hangul, Hiragana, Katakana. */
static bool words_is_cjk(uint32_t rune)
{
    static const uint32_t ranges[][2] = {
        {0x1100, 0x11FF}, {0x2E80, 0x2FD5}, {0x3005, 0x3005}, {0x3007, 0x3007}, {0x3021, 0x3029}, {0x302E, 0x302F},
        {0x3038, 0x303B}, {0x3041, 0x3096}, {0x309D, 0x309F}, {0x30A1, 0x30FA}, {0x30FD, 0x30FF}, {0x3131, 0x318E},
        {0x31F0, 0x321E}, {0x3260, 0x327E}, {0x32D0, 0x32FE}, {0x3300, 0x3357}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
        {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xD7B0, 0xD7FB}, {0xF900, 0xFAD9}, {0xFF66, 0xFF6F}, {0xFF71, 0xFF9D},
        {0xFFA0, 0xFFDC}, {0x1B000, 0x1B167}, {0x1F200, 0x1F200}, {0x20000, 0x323AF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (rune >= ranges[i][0] && rune <= ranges[i][1]) return true;
    return false;
}

bool filter_number_of_words(struct filter_call *call)
{
    str text, mode = filter_argument_text(call, 0);
    if (!filter_wants_text(call, &text)) return false;
    int64_t blank_words = 0, cjk = 0, words = 0;
    bool in_blank_word = false, in_word = false;
    for (ptrdiff_t at = 0; at < text.len;) {
        uint32_t rune = utf8_next(text, &at);
        bool space = rune < 0x80 && char_is_space((char)rune), one = rune >= 0x80 && words_is_cjk(rune);
        if (!space && !in_blank_word) blank_words++;
        in_blank_word = !space;
        if (one) cjk++;
        if (!space && !one && !in_word) words++;
        in_word = !space && !one;
    }
    bool each = str_equal(mode, S("cjk")) || (str_equal(mode, S("auto")) && cjk > 0);
    return filter_give(call, value_int(each ? cjk + words : blank_words));
}

bool filter_array_to_sentence_string(struct filter_call *call)
{
    value list = call->input;
    str connector = call->count ? filter_argument_text(call, 0) : S("and");
    struct buf out = buf_in(call->arena);
    if (coerce_is_empty(list)) return filter_give_str(call, S(""));
    if (filter_is_jekyll(call) && (list.kind == VALUE_RANGE || !coerce_is_sequence(list)))
        return filter_error(call, "want a list, not %s", coerce_describe(list, call->arena));
    if (!coerce_is_sequence(list)) return filter_give(call, list);
    ptrdiff_t count = value_count(list);
    for (ptrdiff_t i = 0; i < count; i++) {
        bool last = i == count - 1;
        if (i && (count > 2 || !last)) buf_char(&out, ',');
        if (i) buf_char(&out, ' ');
        if (i && last) buf_add(&out, connector), buf_char(&out, ' ');
        coerce_write(&out, coerce_item(list, i, call->arena), call->arena);
        if (!filter_fits(call, out.len)) return false;
    }
    return filter_give_str(call, buf_str(&out));
}

/* --- left out --- */

bool filter_sassify(struct filter_call *call)
{
    return filter_error(call, "hugi has no Sass; compile it to CSS and put that into assets/");
}

bool filter_sample(struct filter_call *call)
{
    return filter_error(call, "the same site must give the same pages; take a fixed item: list[0]");
}

/* --- this field's --- */

/* {{ page.content | reading_time: photos }}: whole minutes. */
bool filter_reading_time(struct filter_call *call)
{
    str text = html_text(call->arena, filter_text(call));
    struct text_counts none = {0};
    return filter_give(call, value_int(hangul_reading_minutes(hangul_count(text), none,
                                                              coerce_int_lenient(filter_argument(call, 0)))));
}

/* {{ event | josa: "은/는" }}: the word and its particle; no word, no particle. */
bool filter_josa(struct filter_call *call)
{
    str word = filter_text(call);
    if (!word.len) return filter_give_str(call, word);
    return filter_give_str(call, str_concat(call->arena, word, hangul_josa(word, filter_argument_text(call, 0))));
}

/* {{ author | initials }}: "Jane van Doe" is JD, "한서진" 서진, as a face in a
 * circle shows it: first letters of the first and last word, or the last two
 * syllables of a name in Hangul. */
bool filter_initials(struct filter_call *call)
{
    str name = str_trim(filter_text(call)), last;
    ptrdiff_t at = 0, end = name.len;
    if (!name.len) return filter_give_str(call, S(""));
    ptrdiff_t blank = str_find_last(name, ' ');
    uint32_t rune = utf8_next(name, &at);
    if (rune_is_hangul(rune) && blank < 0) {
        for (int i = 0; i < 2 && end > 0; i++) utf8_before(name, &end);
        return filter_give_str(call, str_from(name, end));
    }
    str first = utf8_upper(call->arena, str_slice(name, 0, at));
    if (blank < 0) return filter_give_str(call, first);
    last = str_from(name, blank + 1);
    at = 0;
    utf8_next(last, &at);
    return filter_give_str(call, str_concat(call->arena, first, utf8_upper(call->arena, str_slice(last, 0, at))));
}
