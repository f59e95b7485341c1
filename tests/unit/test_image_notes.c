/* test_image_notes.c - films, AVIF and HEIC without what they say beside what they show, and kinds that
 * are only known.  Every note here holds the word SECRET; what is needed holds NEEDED. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../src/image/image_bytes.h"
#include "image/image.h"

static const struct image_limits limits = IMAGE_LIMITS;

static int arena_setup(void **state)
{
    *state = calloc(1, sizeof(struct arena));
    return *state ? 0 : 1;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    free(*state);
    return 0;
}

/* --- bytes ----------------------------------------------------------------------- */

static str box(struct arena *arena, const char *type, str data)
{
    struct buf out = buf_in(arena);
    buf_be32(&out, (uint32_t)data.len + 8);
    buf_add(&out, str_of(type, 4));
    buf_add(&out, data);
    return buf_str(&out);
}

static str chunk(struct arena *arena, const char *type, str data)
{
    struct buf out = buf_in(arena);
    buf_add(&out, str_of(type, 4));
    buf_le32(&out, (uint32_t)data.len);
    buf_add(&out, data);
    if (data.len & 1) buf_char(&out, '\0');
    return buf_str(&out);
}

/* An element of EBML: its number as it is written, and a length of one byte; -1: none. */
static str element(struct arena *arena, str id, str data, bool endless)
{
    struct buf out = buf_in(arena);
    buf_add(&out, id);
    if (!endless) assert_true(data.len < 127);
    buf_char(&out, (char)(endless ? 0xff : 0x80 | data.len));
    buf_add(&out, data);
    return buf_str(&out);
}

static str join(struct arena *arena, const str *parts, int count)
{
    struct buf out = buf_in(arena);
    for (int i = 0; i < count; i++) buf_add(&out, parts[i]);
    return buf_str(&out);
}
#define JOIN(arena, ...) join(arena, (const str[]){__VA_ARGS__}, (int)(sizeof((const str[]){__VA_ARGS__}) / sizeof(str)))

static int count_of(str bytes, str word)
{
    int count = 0;
    for (ptrdiff_t at; (at = str_find(bytes, word)) >= 0; count++) bytes = str_from(bytes, at + word.len);
    return count;
}

/* Without a secret, with everything needed where it was, and clean once and for all. */
static str check_clean(struct arena *arena, str file, enum image_kind kind)
{
    struct image_info info;
    str clean = {0}, again = {0}, error = {0};
    assert_true(count_of(file, S("SECRET")) > 0);
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_int_equal(info.kind, kind);
    assert_true(info.cleans && info.has_metadata);
    assert_true(image_clean(file, &limits, arena, &clean, &error));
    assert_int_equal(clean.len, file.len);
    assert_int_equal(count_of(clean, S("SECRET")), 0);
    assert_int_equal(count_of(clean, S("NEEDED")), count_of(file, S("NEEDED")));
    assert_int_equal(str_find(clean, S("NEEDED")), str_find(file, S("NEEDED")));
    assert_true(image_probe(clean, &limits, arena, &info, &error));
    assert_int_equal(info.kind, kind);
    assert_int_equal(info.traces, 0);
    assert_true(image_clean(clean, &limits, arena, &again, &error));
    assert_true(again.p == clean.p);
    return clean;
}

static void check_uncleaned(struct arena *arena, str file, enum image_kind kind)
{
    struct image_info info;
    str clean = {0}, error = {0};
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_int_equal(info.kind, kind);
    assert_false(info.cleans);
    assert_true(info.traces != 0); /* or check --photos would be silent */
    assert_false(image_clean(file, &limits, arena, &clean, &error));
}

/* --- kinds ----------------------------------------------------------------------- */

static void kinds_nobody_can_clean_are_known(void **state)
{
    static const struct {
        str head;
        enum image_kind kind;
    } files[] = {
        {STR_INIT("8BPS\0\1\0\0\0\0\0\0\0\3"), IMAGE_PSD},
        {STR_INIT("\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14" "ftypjp2 "), IMAGE_JP2},
        {STR_INIT("\xff\x4f\xff\x51\0\x29"), IMAGE_JP2},
        {STR_INIT("%!PS-Adobe-3.0 EPSF-3.0\n"), IMAGE_EPS},
        {STR_INIT("\xc5\xd0\xd3\xc6\x20\0\0\0"), IMAGE_EPS},
        {STR_INIT("\x76\x2f\x31\x01\2\0\0\0"), IMAGE_EXR},
        {STR_INIT("#?RADIANCE\nGPS= 37.5 127.0\n"), IMAGE_HDR},
        {STR_INIT("II\xbc\1\x20\0\0\0"), IMAGE_JXR},
        {STR_INIT("gimp xcf v011\0"), IMAGE_XCF},
        {STR_INIT("\xff\n\xfa\x1f"), IMAGE_JXL},
        {STR_INIT("II\x1a\0\0\0HEAPCCDR\2\0"), IMAGE_RAW},
        {STR_INIT("\0MRM\0\0\0\0"), IMAGE_RAW},
        {STR_INIT("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"), IMAGE_FILM},
        {STR_INIT("FLV\1\5\0\0\0\x09"), IMAGE_FILM},
        {STR_INIT("\0\0\1\xba\x44"), IMAGE_FILM},
        {STR_INIT("\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02"), IMAGE_FILM},
        {STR_INIT("OggS\0\2.....................\x80theora...LOCATION=+37.5"), IMAGE_FILM},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) check_uncleaned(*state, files[i].head, files[i].kind);
    assert_int_equal(image_sniff(S("II+\0\x08\0\0\0")), IMAGE_TIFF);
    assert_int_equal(image_sniff(S("\0\0\0\x08" "free\0\0\0\1mdat")), IMAGE_MOVIE);
    assert_int_equal(image_sniff(S("\x01\0\0\0mdat")), IMAGE_MOVIE); /* 16 MiB of samples come first */
    assert_int_equal(image_sniff(S("%!PS-AdobeFont-1.0: CMR10")), IMAGE_UNKNOWN);
    assert_int_equal(image_sniff(S("%PDF-1.7\n")), IMAGE_UNKNOWN);
    assert_int_equal(image_sniff(S("OggS\0\2.....................\1vorbis")), IMAGE_UNKNOWN);
    assert_int_equal(image_kind_of_name(S("mkv")), IMAGE_WEBM);
    assert_int_equal(image_kind_of_name(S("ts")), IMAGE_UNKNOWN); /* a program more often than a film */
}

static void packets_are_a_film(void **state)
{
    char packets[192 * 4] = {0};
    for (int step = 188; step <= 192; step += 4) {
        memset(packets, 0, sizeof packets);
        for (int i = 0; i < 4; i++) packets[(step - 188) + i * step] = 0x47;
        check_uncleaned(*state, str_of(packets, sizeof packets), IMAGE_FILM);
    }
}

/* --- MP4, QuickTime --------------------------------------------------------------- */

static str handler(struct arena *arena, const char *kind)
{
    return box(arena, "hdlr", JOIN(arena, S("\0\0\0\0\0\0\0\0"), str_of(kind, 4), S("\0\0\0\0\0\0\0\0\0\0\0\0\0")));
}

/* A track with notes at every level, and its samples' offsets. */
static str track(struct arena *arena, const char *kind, str offsets)
{
    str notes = box(arena, "udta", box(arena, "\xa9xyz", S("SECRET +37.5/")));
    str table = box(arena, "stbl", JOIN(arena, box(arena, "stsd", S("\0\0\0\0NEEDED")), box(arena, "stco", offsets), box(arena, "xtra", S("SECRET"))));
    str media = JOIN(arena, box(arena, "vmhd", S("NEEDED")), table, notes, box(arena, "uuid", S("SECRET")));
    media = JOIN(arena, box(arena, "mdhd", S("NEEDED")), handler(arena, kind), box(arena, "minf", media), notes, box(arena, "meta", S("SECRET")));
    return box(arena, "trak", JOIN(arena, box(arena, "tkhd", S("NEEDED")), box(arena, "mdia", media), notes, box(arena, "meta", S("SECRET"))));
}

static str film_start(struct arena *arena) { return box(arena, "ftyp", S("isom\0\0\2\0isommp41")); }

static str film(struct arena *arena, str tracks)
{
    str moov = JOIN(arena, box(arena, "mvhd", S("NEEDED")), tracks, box(arena, "\xa9xyz", S("SECRET")), box(arena, "gps ", S("SECRET")),
                    box(arena, "meta", S("SECRET")), box(arena, "udta", JOIN(arena, box(arena, "\xa9" "ART", S("SECRET")), S("\0\0\0\0"))));
    return JOIN(arena, film_start(arena), box(arena, "mdat", S("NEEDED samples")), box(arena, "moov", moov), box(arena, "mpvd", S("SECRET")),
                box(arena, "free", S("SECRET of before")), box(arena, "SEFT", S("SECRET")), S("\0\0\0\3 SECRET behind the end"));
}

static void films_keep_what_plays(void **state)
{
    struct arena *arena = *state;
    str file = film(arena, track(arena, "vide", S("\0\0\0\0\0\0\0\0")));
    struct image_info info;
    str error;
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_true(image_tells(&info, TRACE_LOCATION) && image_tells(&info, TRACE_OWNER));
    check_clean(arena, file, IMAGE_MOVIE);
    check_uncleaned(arena, film(arena, track(arena, "meta", S("\0\0\0\0\0\0\0\0"))), IMAGE_MOVIE);
    check_uncleaned(arena, film(arena, track(arena, "nrtm", S("\0\0\0\0\0\0\0\0"))), IMAGE_MOVIE);
    check_uncleaned(arena, JOIN(arena, film_start(arena), box(arena, "moov", box(arena, "cmov", S("SECRET")))), IMAGE_MOVIE);
}

/* Flying cameras write where they are as subtitles. */
static void subtitles_may_be_places(void **state)
{
    struct arena *arena = *state;
    str place = box(arena, "mdat", S("\0\x14GPS(127.05,37.51,18)")), words = box(arena, "mdat", S("\0\x05hello"));
    str tracks = track(arena, "sbtl", S("\0\0\0\0\0\0\0\1\0\0\0\x20"));
    str moov = box(arena, "moov", tracks);
    check_uncleaned(arena, JOIN(arena, film_start(arena), place, moov), IMAGE_MOVIE);
    check_clean(arena, JOIN(arena, film_start(arena), words, moov), IMAGE_MOVIE);
}

static void films_cut_off_anywhere_end(void **state)
{
    struct arena *arena = *state;
    str whole = film(arena, track(arena, "vide", S("\0\0\0\0\0\0\0\1\0\0\0\x20")));
    for (ptrdiff_t end = 24; end < whole.len; end++) {
        struct arena scratch = {0};
        struct image_info info;
        str clean = {0}, error = {0}, part = str_of(arena_copy(&scratch, whole.p, (size_t)end), end);
        if (image_clean(part, &limits, &scratch, &clean, &error)) {
            assert_true(image_probe(clean, &limits, &scratch, &info, &error));
            assert_int_equal(info.traces, 0);
            assert_int_equal(count_of(clean, S("SECRET")), 0);
        }
        arena_free(&scratch);
    }
}

/* --- AVIF, HEIC -------------------------------------------------------------------- */

static str entry(struct arena *arena, int id, const char *kind)
{
    return box(arena, "infe", JOIN(arena, S("\2\0\0\0\0"), str_of(&(char){(char)id}, 1), S("\0\0"), str_of(kind, 4), S("\0")));
}

/* In "idat". */
static str place(struct arena *arena, int id, int offset, int length)
{
    char bytes[] = {0, (char)id, 0, 1, 0, 0, 0, 1, 0, 0, 0, (char)offset, 0, 0, 0, (char)length};
    return str_copy(arena, str_of(bytes, sizeof bytes));
}

/* A picture of one tile with a grid for a thumbnail, whose tile and mask are items too; 6 is of a kind unknown. */
static str still(struct arena *arena, const char *brand, const char *coded)
{
    str data = S("NEEDED_tile_1..SECRET_grid_2...SECRET_tile_3...SECRET_mask_4...SECRET_note_5...");
    str entries = JOIN(arena, S("\0\0\0\0\0\6"), entry(arena, 1, "grid"), entry(arena, 6, coded), entry(arena, 2, "grid"), entry(arena, 3, coded),
                       entry(arena, 4, coded), entry(arena, 5, "note"));
    str places = JOIN(arena, S("\1\0\0\0\x44\0\0\5"), place(arena, 6, 0, 15), place(arena, 2, 15, 16), place(arena, 3, 31, 16),
                      place(arena, 4, 47, 16), place(arena, 5, 63, 16));
    str references = JOIN(arena, S("\0\0\0\0"), box(arena, "dimg", S("\0\1\0\1\0\6")), box(arena, "thmb", S("\0\2\0\1\0\1")),
                          box(arena, "dimg", S("\0\2\0\1\0\3")), box(arena, "auxl", S("\0\4\0\1\0\2")));
    str properties = box(arena, "ipco", JOIN(arena, box(arena, "ispe", S("\0\0\0\0\0\0\0\x20\0\0\0\x10")), box(arena, "udes", S("SECRET")),
                                             box(arena, "newp", S("NEEDED"))));
    str of_items = box(arena, "ipma", S("\0\0\0\0\0\0\0\1\0\1\1\1"));
    str meta = JOIN(arena, S("\0\0\0\0"), handler(arena, "pict"), box(arena, "pitm", S("\0\0\0\0\0\1")), box(arena, "iinf", entries),
                    box(arena, "iloc", places), box(arena, "iref", references), box(arena, "iprp", JOIN(arena, properties, of_items)),
                    box(arena, "idat", data), box(arena, "xml ", S("SECRET")), box(arena, "uuid", S("SECRET")), box(arena, "udta", S("SECRET")));
    return JOIN(arena, box(arena, "ftyp", JOIN(arena, str_of(brand, 4), S("\0\0\0\0mif1"))), box(arena, "meta", meta),
                box(arena, "mpvd", JOIN(arena, film_start(arena), box(arena, "\xa9xyz", S("SECRET")))),
                box(arena, "meta", S("\0\0\0\0SECRET, a second one")), box(arena, "sefd", S("SECRET")));
}

static void stills_keep_what_shows(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str error, file = still(arena, "avif", "av01");
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_true(image_tells(&info, TRACE_LOCATION) && image_tells(&info, TRACE_THUMBNAIL));
    str clean = check_clean(arena, file, IMAGE_AVIF);
    assert_int_equal(count_of(clean, S("thmb")), 0);
    assert_int_equal(count_of(clean, S("av01")), 1);
    assert_int_equal(count_of(clean, S("grid")), 1);
    check_clean(arena, still(arena, "heic", "hvc1"), IMAGE_HEIC);
}

/* --- WebM, AVI ---------------------------------------------------------------------- */

#define ID_EBML S("\x1a\x45\xdf\xa3")
#define ID_SEGMENT S("\x18\x53\x80\x67")
#define ID_CLUSTER S("\x1f\x43\xb6\x75")
#define ID_TAGS S("\x12\x54\xc3\x67")

static str webm(struct arena *arena, str track_of)
{
    str info = element(arena, S("\x15\x49\xa9\x66"), JOIN(arena, element(arena, S("\x2a\xd7\xb1"), S("NEEDED"), false),
                       element(arena, S("\x7b\xa9"), S("SECRET title"), false)), false);
    str tracks = element(arena, S("\x16\x54\xae\x6b"), element(arena, S("\xae"), track_of, false), false);
    str tags = element(arena, ID_TAGS, S("LOCATION SECRET"), false), attached = element(arena, S("\x19\x41\xa4\x69"), S("SECRET"), false);
    str block = element(arena, S("\xa3"), S("NEEDED block"), false), odd = element(arena, S("\xc1"), S("SECRET"), false);
    str live = element(arena, ID_CLUSTER, JOIN(arena, block, odd), true);
    str space = element(arena, S("\xec"), S("SECRET of before"), false), small = element(arena, S("\xbf"), S("SECRET"), false);
    str inside = JOIN(arena, info, tracks, space, small, live, element(arena, ID_CLUSTER, JOIN(arena, block, odd), false), attached, tags);
    return JOIN(arena, element(arena, ID_EBML, S("webm"), false), element(arena, ID_SEGMENT, inside, true));
}

static void webm_keeps_what_plays(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str error, file = webm(arena, S("\x83\x81\1"));
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_true(image_tells(&info, TRACE_LOCATION));
    check_clean(arena, file, IMAGE_WEBM);
    check_uncleaned(arena, webm(arena, S("\x83\x81\x21")), IMAGE_WEBM);
    check_uncleaned(arena, webm(arena, S("\x83\x81\x11\x86\x91" "D_WEBVTT/METADATA")), IMAGE_WEBM);
    check_uncleaned(arena, JOIN(arena, file, S("\0\0 what is no element")), IMAGE_WEBM);
}

static str avi(struct arena *arena, const char *stream)
{
    str of_stream = JOIN(arena, S("strl"), chunk(arena, "strh", JOIN(arena, str_of(stream, 4), S("NEEDED"))), chunk(arena, "strf", S("NEEDED!")),
                         chunk(arena, "strd", S("AVIFSECRET")), chunk(arena, "strn", S("SECRET")));
    str head = JOIN(arena, S("hdrl"), chunk(arena, "avih", S("NEEDED")), chunk(arena, "LIST", of_stream));
    str samples = JOIN(arena, S("movi"), chunk(arena, "00dc", S("NEEDED")), chunk(arena, "JUNK", S("GPS SECRET")),
                       chunk(arena, "LIST", JOIN(arena, S("rec "), chunk(arena, "01wb", S("NEEDED")), chunk(arena, "gps0", S("SECRET")))));
    str inside = JOIN(arena, S("AVI "), chunk(arena, "LIST", head), chunk(arena, "LIST", JOIN(arena, S("INFO"), chunk(arena, "IART", S("SECRET")))),
                      chunk(arena, "_PMX", S("SECRET adobe:ns:meta")), chunk(arena, "LIST", samples), chunk(arena, "idx1", S("NEEDED")));
    return JOIN(arena, chunk(arena, "RIFF", inside), chunk(arena, "tail", S("SECRET")), S("SECRET"));
}

static void avi_keeps_what_plays(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str error, file = avi(arena, "vids");
    assert_true(image_probe(file, &limits, arena, &info, &error));
    assert_true(image_tells(&info, TRACE_LOCATION) && image_tells(&info, TRACE_OWNER) && image_tells(&info, TRACE_XMP));
    check_clean(arena, file, IMAGE_AVI);
    check_uncleaned(arena, avi(arena, "txts"), IMAGE_AVI);
    check_uncleaned(arena, S("RIFF\0\0\0\0AVI LIST"), IMAGE_AVI);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(kinds_nobody_can_clean_are_known), TEST(packets_are_a_film),    TEST(films_keep_what_plays), TEST(subtitles_may_be_places),
        TEST(films_cut_off_anywhere_end),       TEST(stills_keep_what_shows), TEST(webm_keeps_what_plays), TEST(avi_keeps_what_plays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
