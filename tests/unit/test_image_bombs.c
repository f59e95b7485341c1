/* test_image_bombs.c - small files that would take much time or memory: each is cleaned in a process of its
 * own, with the limits that every file has to keep, and gives a result or a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <jpeglib.h>
#include <zlib.h>

#include "../../src/image/exif.h"
#include "../../src/image/image_bytes.h"
#include "../../src/image/image_format.h"
#include "../../src/image/png_chunks.h"
#include "image/image.h"

enum { SECONDS = 5, MEGABYTES = 600 };
enum outcome { CLEANED = 10, REFUSED = 11 };

static const struct image_limits limits = IMAGE_LIMITS;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool bounds_addresses = false; /* they reserve terabytes */
#else
static const bool bounds_addresses = true;
#endif

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

/* In the process with limits: never returns.  The reason of a refusal must name `why`. */
static void clean_and_exit(str bytes, const char *why)
{
    struct arena arena = {0};
    str out, error = {0};
    const struct rlimit seconds = {SECONDS, SECONDS}, memory = {(rlim_t)MEGABYTES << 20, (rlim_t)MEGABYTES << 20};
    setrlimit(RLIMIT_CPU, &seconds);
    if (bounds_addresses) setrlimit(RLIMIT_AS, &memory);
    bool ok = image_clean(bytes, &limits, &arena, &out, &error);
    bool told = ok || (why && str_contains(error, str_c(why)));
    if (!told) fprintf(stderr, "%" STR_F "\n", STR_A(error));
    _exit(!told ? 1 : ok ? CLEANED : REFUSED);
}

static void check_bounded(str bytes, enum outcome want, const char *why)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) clean_and_exit(bytes, why);
    assert_int_equal(wait4(child, &status, 0, &usage), child);
    if (getenv("HUGI_TEST_VERBOSE"))
        fprintf(stderr, "%10ld bytes: status %x, %ld.%02ld s, %ld MB\n", (long)bytes.len, (unsigned)status, (long)usage.ru_utime.tv_sec,
                (long)usage.ru_utime.tv_usec / 10000, usage.ru_maxrss / 1024);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), want);
}

static void refused(str bytes, const char *why) { check_bounded(bytes, REFUSED, why); }
static void cleaned(str bytes) { check_bounded(bytes, CLEANED, NULL); }

/* --- icons and PNG ----------------------------------------------------------- */

static str pixel(struct arena *arena)
{
    struct pixels p = {0};
    str out, error;
    struct image_source source = {.arena = arena, .error = &error};
    assert_true(pixels_alloc(&p, 16, 16, 3));
    memset(p.data, 120, 16 * 16 * 3);
    assert_true(png_write(&source, &p, 80, &out));
    pixels_free(&p);
    return out;
}

/* `count` times one chunk behind the header. */
static str with_chunks(struct arena *arena, uint32_t type, str data, int count)
{
    struct buf out = buf_in(arena), chunk = buf_in(arena);
    str png = pixel(arena);
    buf_png_chunk(&chunk, type, data);
    buf_add(&out, str_slice(png, 0, 33));
    for (int i = 0; i < count; i++) buf_add(&out, buf_str(&chunk));
    buf_add(&out, str_from(png, 33));
    return buf_str(&out);
}

/* An icon with `count` entries, each `step` bytes behind the one before, in `tail`. */
static str icon(struct arena *arena, int count, int step, int size, str tail)
{
    struct buf out = buf_in(arena);
    buf_add(&out, S("\0\0\1\0"));
    buf_char(&out, (char)(count & 0xff));
    buf_char(&out, (char)(count >> 8));
    for (int i = 0; i < count; i++) {
        buf_add(&out, S("\x10\x10\0\0\1\0\x20\0"));
        buf_le32(&out, (uint32_t)size);
        buf_le32(&out, (uint32_t)(6 + 16 * count + step * i));
    }
    buf_add(&out, tail);
    return buf_str(&out);
}

static void icons_share_no_bytes_by_the_thousand(void **state)
{
    struct arena *arena = *state;
    struct buf text = buf_in(arena);
    buf_repeat(&text, 'a', 1 << 20);
    str png = with_chunks(arena, FOURCC('t', 'E', 'X', 't'), buf_str(&text), 1);
    refused(icon(arena, 65535, 0, (int)png.len, png), "an icon of 65535 pictures");
    refused(icon(arena, 200, 1, (int)png.len - 300, png), "lie in one another");
    cleaned(icon(arena, 256, 0, (int)png.len, png));
}

static void a_shared_picture_is_cleaned_for_all_entries(void **state)
{
    struct arena *arena = *state;
    str png = with_chunks(arena, FOURCC('t', 'E', 'X', 't'), S("Author\0Kim"), 1), clean, error;
    assert_true(image_clean(icon(arena, 2, 0, (int)png.len, png), &limits, arena, &clean, &error));
    assert_false(str_contains(clean, S("Kim")));
    assert_int_equal(le32(clean, 6 + 8), pixel(arena).len);
    assert_int_equal(le32(clean, 6 + 16 + 8), pixel(arena).len);
}

static void packed_profiles_are_bounded(void **state)
{
    struct arena *arena = *state;
    static unsigned char zeros[1 << 20], packed[4096];
    uLongf size = sizeof packed;
    assert_int_equal(compress2(packed, &size, zeros, sizeof zeros, 9), Z_OK);
    str profile = str_concat(arena, S("Raw profile type exif\0\0"), str_of((const char *)packed, (ptrdiff_t)size));
    cleaned(with_chunks(arena, FOURCC('z', 'T', 'X', 't'), profile, 20000));
}

/* Every entry of the first directory names the same second one. */
static void directories_of_exif_are_read_once(void **state)
{
    struct arena *arena = *state;
    struct buf exif = buf_in(arena);
    buf_add(&exif, S("MM\0*\0\0\0\x08\xff\xff"));
    for (int i = 0; i < 65535; i++) {
        buf_add(&exif, S("\x87\x69\0\x04\0\0\0\x01"));
        buf_be32(&exif, 8);
    }
    cleaned(with_chunks(arena, FOURCC('e', 'X', 'I', 'f'), buf_str(&exif), 1));
}

/* --- JPEG --------------------------------------------------------------------- */

/* One colour, no subsampling, written row by row. */
static str flat_jpeg(struct arena *arena, unsigned side, bool progressive, int orientation)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = side;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
    if (progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    struct buf exif = buf_in(arena);
    buf_add(&exif, S("Exif\0\0"));
    buf_exif_orientation(&exif, orientation);
    if (orientation > 1) jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)exif.p, (unsigned)exif.len);
    JSAMPROW row = memory_alloc((size_t)side * 3);
    for (unsigned i = 0; i < side * 3; i++) row[i] = (unsigned char)(i % 3 * 80 + 20);
    for (unsigned y = 0; y < side; y++) jpeg_write_scanlines(&jpeg, &row, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(row);
    str out = str_copy(arena, str_of((const char *)bytes, (ptrdiff_t)size));
    free(bytes);
    return out;
}

/* Cleaned, it is still shown upright: by the orientation that it keeps. */
static void large_jpegs_are_turned_in_bounds(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str clean, error;
    str large = flat_jpeg(arena, 9984, false, 6);
    cleaned(large);
    assert_true(image_clean(large, &limits, arena, &clean, &error));
    assert_true(image_probe(clean, &limits, arena, &info, &error));
    assert_int_equal(info.orientation, 6);
    cleaned(flat_jpeg(arena, 6400, false, 6));
    cleaned(flat_jpeg(arena, 9444, false, 6)); /* no whole blocks: made again */
    cleaned(flat_jpeg(arena, 9000, true, 6));
}

/* Each scan is a walk over the whole picture, for a few bytes. */
static void scans_are_bounded(void **state)
{
    struct arena *arena = *state;
    struct buf out = buf_in(arena);
    str jpeg = flat_jpeg(arena, 6400, true, 6), head = str_slice(jpeg, 0, str_find_last(jpeg, '\xda') - 1);
    buf_add(&out, head);
    for (int i = 0; i < 95; i++) buf_add(&out, str_slice(jpeg, head.len, jpeg.len - 2));
    buf_add(&out, S("\xff\xd9"));
    cleaned(buf_str(&out));
}

/* libwebp takes 20 bytes for a pixel: a large one keeps its orientation, and nothing else. */
static void large_webps_keep_their_orientation(void **state)
{
    enum { SIDE = 5200 };
    struct arena *arena = *state;
    struct pixels p = {0};
    struct image_info info;
    str webp, clean, error = {0};
    struct image_source source = {.arena = arena, .error = &error};
    assert_true(pixels_alloc(&p, SIDE, SIDE, 3));
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE * 3; x++) pixels_row(&p, y)[x] = (unsigned char)((x + y) / 64);
    assert_true(webp_write(&source, &p, 30, &webp));
    pixels_free(&p);
    struct buf out = buf_in(arena), body = buf_in(arena);
    buf_add(&body, S("WEBPVP8X\x0a\0\0\0\x08\0\0\0"));
    for (int i = 0; i < 6; i++) buf_char(&body, (char)((SIDE - 1) >> (8 * (i % 3)) & 0xff));
    buf_add(&body, str_from(webp, 12));
    buf_add(&body, S("EXIF"));
    buf_le32(&body, EXIF_ORIENTATION_SIZE);
    buf_exif_orientation(&body, 6);
    buf_add(&out, S("RIFF"));
    buf_le32(&out, (uint32_t)body.len);
    buf_add(&out, buf_str(&body));
    cleaned(buf_str(&out));
    assert_true(image_clean(buf_str(&out), &limits, arena, &clean, &error));
    assert_true(image_probe(clean, &limits, arena, &info, &error));
    assert_int_equal(info.orientation, 6);
}

/* What it takes beside what there is, in plain words. */
static void a_progressive_jpeg_says_what_it_needs(void **state)
{
    struct arena *arena = *state;
    struct image_recipe recipe = {.format = IMAGE_WEBP, .width = 800, .quality = 80};
    struct image_variant variant;
    str error = {0};
    assert_false(image_make(flat_jpeg(arena, 9984, true, 1), &limits, &recipe, 1, arena, &variant, &error));
    assert_true(str_contains(error, S("MB of memory; hugi takes up to 512")));
}

/* --- drawings ------------------------------------------------------------------- */

#define SVG_OPEN "<svg xmlns=\"http://www.w3.org/2000/svg\">"

/* `head`, a piece by a number `count` times, `tail`. */
static str drawing(struct arena *arena, const char *head, const char *piece, int count, const char *tail)
{
    struct buf out = buf_in(arena);
    buf_add(&out, str_c(head));
    str rest = str_c(piece), part;
    for (int i = 0; i < count; i++) {
        rest = str_c(piece);
        for (int n = 0; str_split(&rest, '~', &part); n++) {
            if (n) buf_int(&out, i);
            buf_add(&out, part);
        }
    }
    buf_add(&out, str_c(tail));
    return buf_str(&out);
}

/* A drawing, and why it is refused: NULL where it is cleaned in time. */
static const struct {
    const char *head, *piece;
    int count;
    const char *tail, *why;
} drawings[] = {
    {SVG_OPEN "<g", " a~='x'", 50000, "/></svg>", "attributes or entities in one element"},
    {SVG_OPEN "<g", " a~ = \"'>'\"", 50000, "/></svg>", "attributes or entities in one element"},
    {SVG_OPEN "<!-- <' --><g", " a~='x'", 50000, "/></svg>", "attributes or entities in one element"},
    {SVG_OPEN "<g", " xmlns:a~='x'", 900, "><a0:g/></g></svg>", "namespaces in one place"},
    {SVG_OPEN, "<g xmlns:a~='x' xmlns:b~='y' xmlns:c~='z'>", 199, "<q:g/>", "namespaces in one place"},
    {SVG_OPEN, "<g~/>", 1000000, "</svg>", "names"},
    {SVG_OPEN, "<g a~=''/>", 500000, "</svg>", "names"},
    {SVG_OPEN, "<g xmlns='~'/>", 500000, "</svg>", "names"},
    {SVG_OPEN, "<?a~ ?>", 500000, "</svg>", "names"},
    {"<!DOCTYPE svg SYSTEM 'x'>" SVG_OPEN, "&a~;", 500000, "</svg>", "names"},
    {SVG_OPEN, "<g/>", 8000000, "</svg>", "so many elements"},
    {SVG_OPEN, "<g a='' b='' c='' d='' e=''/>", 1000000, "</svg>", "so many elements"},
    {SVG_OPEN, "<g>", 100000, "", "deep"},
    {SVG_OPEN, "<g/>", 1200000, "</svg>", NULL},
    {SVG_OPEN, "<path id='p~' d='M0 0'/>", 240000, "</svg>", NULL},
    {SVG_OPEN, "<g>a</g>", 500000, "</svg>", NULL},
    {SVG_OPEN, "<g>~</g>", 500000, "</svg>", NULL},
    {SVG_OPEN, "<a href='~'/>", 400000, "</svg>", NULL},
    {SVG_OPEN "<a>", "<?a ~?>", 900000, "</a></svg>", NULL},
    {SVG_OPEN, "<a xmlns:n='n' style='fill:url(#a);'/>", 240000, "</svg>", NULL},
    {SVG_OPEN "<text>", "&amp;&#65;", 1500000, "</text></svg>", NULL},
    {SVG_OPEN "<g d='", "M0 0 ", 1900000, "'/></svg>", NULL},
    {SVG_OPEN "<g style='", "a:url(#~);", 600000, "'/></svg>", NULL},
    {SVG_OPEN "<style>", "a{b:url(#~)}<!---->", 400000, "</style></svg>", NULL},
};

/* Each alone: a process inherits what its parent has allocated. */
static void drawings_are_bounded_before_they_are_parsed(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
        str bytes = drawing(arena, drawings[i].head, drawings[i].piece, drawings[i].count, drawings[i].tail);
        check_bounded(bytes, drawings[i].why ? REFUSED : CLEANED, drawings[i].why);
        arena_free(arena);
    }
    str given = drawing(arena, "<!DOCTYPE svg [<!ATTLIST g ", "a~ CDATA 'x' ", 1500, ">]>" SVG_OPEN);
    refused(drawing(arena, str_z(arena, given), "<g/>", 1000, "</svg>"), "so many elements");
}

static void entities_are_bounded(void **state)
{
    struct arena *arena = *state;
    struct buf head = buf_in(arena);
    buf_add(&head, S("<!DOCTYPE svg [<!ENTITY x \""));
    buf_repeat(&head, 'x', 200000);
    buf_add(&head, S("\">]>" SVG_OPEN));
    buf_char(&head, '\0');
    refused(drawing(arena, head.p, "<g onclick='&x;'/>", 100000, "</svg>"), "entities stand for");
    refused(drawing(arena, "<!DOCTYPE svg [<!ENTITY x 'y'>]>" SVG_OPEN "<g a='", "&x;", 1000000, "'/></svg>"), "attributes or entities");
    refused(S("<!DOCTYPE svg [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]>" SVG_OPEN "<text>&z;</text></svg>"), "entities made of");
    refused(S("<!DOCTYPE svg [<!ENTITY x 'y'><!ENTITY z '&#38;x;'>]>" SVG_OPEN "<text>&z;</text></svg>"), "entities made of");
    refused(S("<!DOCTYPE svg [<!ENTITY % p '<!ENTITY z \"y\">'>%p;]>" SVG_OPEN "<text>&z;</text></svg>"), "parameter entities");
    refused(drawing(arena, "<!DOCTYPE svg [<!ENTITY z '<g", " a~=\"\"", 20000, "/>'>]>" SVG_OPEN "&z;</svg>"), "attributes");
    refused(drawing(arena, "<!DOCTYPE svg [", "<!ENTITY e~ 'x'>", 100000, "]>" SVG_OPEN "</svg>"), "declarations");
    cleaned(drawing(arena, "<!DOCTYPE svg [<!ENTITY st0 'fill:none;stroke:#000'>]>" SVG_OPEN, "<g style='&st0;'/>", 300000, "</svg>"));
}

static void embedded_photos_are_turned_in_bounds(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct arena *arena = *state;
    struct buf piece = buf_in(arena);
    str photo = flat_jpeg(arena, 4000, false, 6);
    buf_add(&piece, S("<image href='data:image/jpeg;base64,"));
    for (ptrdiff_t i = 0; i < photo.len; i += 3) {
        uint32_t bits = byte_at(photo, i) << 16 | byte_at(photo, i + 1) << 8 | byte_at(photo, i + 2);
        for (int shift = 18; shift >= 0; shift -= 6) buf_char(&piece, digits[bits >> shift & 63]);
    }
    buf_add(&piece, S("'/>"));
    char *image = str_z(arena, buf_str(&piece));
    cleaned(drawing(arena, SVG_OPEN, image, 2, "</svg>"));
    refused(drawing(arena, SVG_OPEN, image, 30, "</svg>"), "photos inside");
}

/* Their bytes could be other markup to a browser than to libxml2. */
static void drawings_in_odd_encodings_are_refused(void **state)
{
    static const char *const odd[] = {"UTF-7", "ISO-2022-JP", "ISO-2022-JP-3", "HZ", "UTF-16", "IBM037"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct buf out = buf_in(*state);
        buf_printf(&out, "<?xml version=\"1.0\" encoding='%s'?>" SVG_OPEN "</svg>", odd[i]);
        refused(buf_str(&out), "save it in UTF-8");
    }
    cleaned(S("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" SVG_OPEN "<text>\xfc</text></svg>"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(icons_share_no_bytes_by_the_thousand),
        TEST(a_shared_picture_is_cleaned_for_all_entries),
        TEST(packed_profiles_are_bounded),
        TEST(directories_of_exif_are_read_once),
        TEST(large_jpegs_are_turned_in_bounds),
        TEST(scans_are_bounded),
        TEST(large_webps_keep_their_orientation),
        TEST(a_progressive_jpeg_says_what_it_needs),
        TEST(drawings_are_bounded_before_they_are_parsed),
        TEST(entities_are_bounded),
        TEST(embedded_photos_are_turned_in_bounds),
        TEST(drawings_in_odd_encodings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
