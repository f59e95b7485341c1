/* image_suite.c - every picture of a folder through image.h, hostile ones too.
 *
 *     image_suite [-v] [-o OUT] FOLDER
 *
 * Each file of FOLDER (those FOLDER/MANIFEST.json lists, else all) is probed,
 * made into 480-pixel WebP, JPEG and PNG, and cleaned, in a process of its own with
 * 5 seconds and 600 MB.  With -o the results are written to OUT for other
 * programs to look at.  Ends with "images: N of M": N files did what the
 * manifest (ImageMagick's verdict and size) lets expect. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "image/image.h"

enum { SECONDS = 5, MEGABYTES = 600 };

/* AddressSanitizer reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_ADDRESSES false
#else
#define LIMIT_ADDRESSES true
#endif

static const struct image_recipe recipes[] = {
    {.format = IMAGE_WEBP, .width = 480, .quality = 80},
    {.format = IMAGE_JPEG, .width = 480, .quality = 80},
    {.format = IMAGE_PNG, .width = 480, .quality = 80},
};
enum { RECIPES = sizeof recipes / sizeof *recipes };

/* What the manifest says of a file; all empty without one. */
struct expectation {
    str verdict; /* "ok", "warns", "fails" or nothing */
    int width, height; /* upright; 0 when not measured */
    bool gps;
};

struct suite {
    struct arena arena;
    struct diags diags;
    str folder, out;
    value images; /* the manifest's list, or null */
    bool verbose;
    int passed, failed, absent;
};

static int manifest_int(struct suite *suite, value image, str key)
{
    value v = value_get(image, key, &suite->arena);
    return v.kind == VALUE_INT ? (int)v.as.integer : 0;
}

static struct expectation expectation_of(struct suite *suite, value image)
{
    value gps = value_get(image, S("gps"), &suite->arena);
    return (struct expectation){
        .verdict = value_text(value_get(image, S("imagemagick"), &suite->arena)),
        .width = manifest_int(suite, image, S("oriented_width")),
        .height = manifest_int(suite, image, S("oriented_height")),
        .gps = gps.kind == VALUE_BOOL && gps.as.boolean,
    };
}

static void write_result(struct suite *suite, str name, const char *kind, enum image_kind format, str bytes)
{
    if (str_empty(suite->out)) return;
    char *flat = str_z(&suite->arena, name);
    for (char *p = flat; *p; p++)
        if (*p == '/') *p = '_';
    str path = str_format(&suite->arena, "%.*s/%s.%s.%s", STR_A(suite->out), flat, kind, image_kind_info(format)->extension);
    file_write(path, bytes, &suite->diags);
}

/* A cleaned picture says nothing and shows the same size, upright.  Its profile stays, unless it had to be turned and
 * made again: then it is in sRGB.  What moves or does not decode is not turned. */
static const char *check_clean(struct suite *suite, str clean, const struct image_info *info, bool decodes, const struct image_limits *limits)
{
    struct image_info after;
    str error;
    if (!image_probe(clean, limits, &suite->arena, &after, &error)) return "CLEAN UNREADABLE";
    if (after.traces || after.has_time) return "CLEAN STILL SAYS WHERE, WHO OR WHEN";
    if (after.width != info->width || after.height != info->height) return "CLEAN TURNED";
    if (after.has_profile != info->has_profile && info->orientation == 1) return "CLEAN LOST THE PROFILE";
    if (after.orientation != 1 && info->frames == 1 && decodes) return "CLEAN NOT UPRIGHT";
    return NULL;
}

static const char *check_variants(const struct image_variant *variants, const struct image_info *info)
{
    for (int i = 0; i < RECIPES; i++) {
        if (image_sniff(variants[i].bytes) != recipes[i].format) return "WRONG FORMAT";
        int width = info->width < 480 ? info->width : 480;
        if (variants[i].width != width) return "WRONG WIDTH";
    }
    return NULL;
}

static const char *compare(const struct expectation *expected, const struct image_info *info, bool made)
{
    bool decodes = image_kind_info(info->kind)->decodes;
    if (str_equal(expected->verdict, S("ok")) && decodes && !made) return "SHOULD DECODE";
    if (str_equal(expected->verdict, S("fails")) && made) return "SHOULD BE REFUSED";
    /* ImageMagick 6 does not know the orientation of PNG and WebP; browsers do. */
    bool swapped = info->orientation >= 5 && info->kind != IMAGE_JPEG;
    int width = swapped ? info->height : info->width, height = swapped ? info->width : info->height;
    if (expected->width > 0 && width > 0 && (width != expected->width || height != expected->height)) return "WRONG SIZE";
    if (expected->gps && !image_tells(info, TRACE_LOCATION)) return "LOCATION NOT SEEN";
    return NULL;
}

/* In the child: 0 when all is as expected. */
static int run_file(struct suite *suite, str name, const struct expectation *expected)
{
    const struct image_limits limits = IMAGE_LIMITS;
    struct arena *arena = &suite->arena;
    struct image_variant variants[RECIPES];
    struct image_info info;
    str bytes, clean, probe_error = {0}, make_error = {0}, clean_error = {0};
    if (!file_read(arena, path_join(arena, suite->folder, name), &bytes, &suite->diags)) return 2;
    bool probed = image_probe(bytes, &limits, arena, &info, &probe_error);
    bool made = image_make(bytes, &limits, recipes, RECIPES, arena, variants, &make_error);
    bool cleaned = image_clean(bytes, &limits, arena, &clean, &clean_error);
    const char *wrong = compare(expected, &info, made);
    if (!wrong && made) wrong = check_variants(variants, &info);
    if (!wrong && cleaned) wrong = check_clean(suite, clean, &info, made && !make_error.len, &limits);
    if (!wrong && ((!made && str_empty(make_error)) || (!cleaned && str_empty(clean_error)))) wrong = "NO ERROR LINE";
    for (int i = 0; made && i < RECIPES; i++) write_result(suite, name, "made", recipes[i].format, variants[i].bytes);
    if (cleaned) write_result(suite, name, "clean", info.kind, clean);
    if (suite->verbose || wrong)
        printf("%s%s%" STR_F ": %s %dx%d o%d f%d%s%s%s | %" STR_F "%s | %" STR_F "\n", wrong ? wrong : "", wrong ? ": " : "",
               STR_A(name), image_kind_info(info.kind)->name, info.width, info.height, info.orientation, info.frames,
               info.alpha ? " alpha" : "", image_tells(&info, TRACE_LOCATION) ? " GPS" : "", info.has_profile ? " icc" : "",
               STR_A(probed ? make_error : probe_error), made ? "made" : "",
               STR_A(cleaned ? (clean.p == bytes.p ? S("clean already") : S("cleaned")) : clean_error));
    return wrong ? 1 : 0;
}

static void limit_process(void)
{
    struct rlimit memory = {(rlim_t)MEGABYTES << 20, (rlim_t)MEGABYTES << 20};
    if (LIMIT_ADDRESSES) setrlimit(RLIMIT_AS, &memory);
    alarm(SECONDS);
}

static void run_child(struct suite *suite, str name, const struct expectation *expected)
{
    int status;
    if (!file_exists(path_join(&suite->arena, suite->folder, name))) {
        suite->absent++;
        return;
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        limit_process();
        int code = run_file(suite, name, expected);
        fflush(stdout);
        _exit(code);
    }
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("%s: %" STR_F "\n", WTERMSIG(status) == SIGALRM ? "TOO SLOW" : "CRASHED", STR_A(name));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        suite->passed++;
    else
        suite->failed++;
}

static void run_manifest(struct suite *suite)
{
    for (ptrdiff_t i = 0; i < value_count(suite->images); i++) {
        value image = value_at(suite->images, i, &suite->arena);
        struct expectation expected = expectation_of(suite, image);
        run_child(suite, value_text(value_get(image, S("file"), &suite->arena)), &expected);
    }
}

static bool run_folder(struct suite *suite)
{
    struct file_list list = {0};
    struct expectation nothing = {0};
    if (!file_walk(&suite->arena, suite->folder, suite->folder, &list, &suite->diags)) return false;
    for (ptrdiff_t i = 0; i < list.count; i++)
        if (list.items[i].stat.is_file) run_child(suite, list.items[i].path, &nothing);
    return true;
}

static void read_manifest(struct suite *suite)
{
    str text, path = path_join(&suite->arena, suite->folder, S("MANIFEST.json"));
    value manifest;
    if (!file_exists(path) || !file_read(&suite->arena, path, &text, &suite->diags)) return;
    if (json_parse(&suite->arena, text, 0, &suite->diags, &manifest))
        suite->images = value_get(manifest, S("images"), &suite->arena);
}

int main(int argc, char **argv)
{
    static struct suite suite;
    suite.diags = diags_in(&suite.arena);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            suite.verbose = true;
        else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
            suite.out = str_c(argv[++i]);
        else
            suite.folder = str_c(argv[i]);
    }
    if (str_empty(suite.folder)) {
        fprintf(stderr, "usage: image_suite [-v] [-o OUT] FOLDER\n");
        return 2;
    }
    read_manifest(&suite);
    if (value_count(suite.images) > 0)
        run_manifest(&suite);
    else if (!run_folder(&suite))
        return 2;
    if (suite.absent) printf("%d listed files are not there\n", suite.absent);
    printf("images: %d of %d\n", suite.passed, suite.passed + suite.failed);
    return suite.failed ? 1 : 0;
}
