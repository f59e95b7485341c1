/* picture_alike.c - do pictures show the same?  Prints a line of the tests' protocol for each file.
 *
 *     picture_alike REFERENCE FILE...
 *
 * "ok NAME looks like REFERENCE" where the sizes are equal and samples (transparent parts are white) differ by no
 * more than MOST of 255 in the mean; orientation and profiles are not looked at, as in image_raster_read. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/path.h"
#include "image/image.h"

enum { MOST = 6 };

static bool read_picture(const char *path, struct arena *arena, struct image_raster *out)
{
    struct diags diags = diags_in(arena);
    str bytes, error;
    if (file_read(arena, str_c(path), &bytes, &diags) && image_raster_read(bytes, arena, out, &error)) return true;
    printf("not ok %s can be read\n", path);
    return false;
}

static double difference(const struct image_raster *a, const struct image_raster *b)
{
    ptrdiff_t count = (ptrdiff_t)a->width * a->height * 3;
    double sum = 0;
    for (ptrdiff_t i = 0; i < count; i++) sum += abs(a->rgb[i] - b->rgb[i]);
    return sum / (double)count;
}

static void compare(const struct image_raster *reference, const char *reference_path, const char *path, struct arena *arena)
{
    struct image_raster picture;
    if (!read_picture(path, arena, &picture)) return;
    bool same_size = picture.width == reference->width && picture.height == reference->height;
    double mean = same_size ? difference(reference, &picture) : 255;
    str name = path_name(str_c(path)), like = path_name(str_c(reference_path));
    printf("%s %" STR_F " looks like %" STR_F "\n", mean <= MOST ? "ok" : "not ok", STR_A(name), STR_A(like));
    if (!same_size) printf("    %d x %d and not %d x %d pixels\n", picture.width, picture.height, reference->width, reference->height);
    else if (mean > MOST) printf("    samples differ by %.1f in the mean\n", mean);
    image_raster_free(&picture);
}

int main(int argc, char **argv)
{
    static struct arena arena;
    struct image_raster reference;
    if (argc < 3) {
        fprintf(stderr, "usage: picture_alike REFERENCE FILE...\n");
        return 2;
    }
    if (!read_picture(argv[1], &arena, &reference)) return 1;
    for (int i = 2; i < argc; i++) compare(&reference, argv[1], argv[i], &arena);
    image_raster_free(&reference);
    arena_free(&arena);
    return 0;
}
