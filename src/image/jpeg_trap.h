/* jpeg_trap.h - libjpeg's errors as a jump back, its warnings as a line.
 *
 *     if (setjmp(trap.jump)) { ... trap.message ... }
 *
 * Third-party header: only the jpeg_*.c files include this one. */
#ifndef HUGI_IMAGE_JPEG_TRAP_H
#define HUGI_IMAGE_JPEG_TRAP_H

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

struct jpeg_trap {
    struct jpeg_error_mgr base; /* first: libjpeg hands back a pointer to it */
    jmp_buf jump;
    const char *damage; /* why pixels are missing, or NULL */
    char message[JMSG_LENGTH_MAX]; /* of the error that jumped */
};

/* Returns what belongs into cinfo.err. */
struct jpeg_error_mgr *jpeg_trap_init(struct jpeg_trap *trap);

#endif
