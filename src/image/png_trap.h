/* png_trap.h - libpng's errors as a jump back with a line.  Only png_read.c and
 * png_write.c include it. */
#ifndef HUGI_IMAGE_PNG_TRAP_H
#define HUGI_IMAGE_PNG_TRAP_H

#include <png.h>
#include <stdio.h>

struct png_trap {
    char message[120];
};

static inline void png_trap_error(png_structp png, png_const_charp text)
{
    struct png_trap *trap = png_get_error_ptr(png);
    snprintf(trap->message, sizeof trap->message, "%s", text);
    png_longjmp(png, 1);
}

static inline void png_trap_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

#endif
