/* jpeg_trap.c - see the header. */
#include "jpeg_trap.h"

#include <jerror.h>

static void on_error(j_common_ptr common)
{
    struct jpeg_trap *trap = (struct jpeg_trap *)common->err;
    trap->base.format_message(common, trap->message);
    longjmp(trap->jump, 1);
}

/* Warnings that mean missing pixels.  The others (extraneous bytes, unknown
 * versions) are common in healthy photos. */
static const char *damage_of(int code)
{
    switch (code) {
    case JWRN_JPEG_EOF: return "the file is cut off";
    case JWRN_HIT_MARKER: return "the picture's data ends too early";
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC: return "the picture's data is damaged";
    default: return NULL;
    }
}

static void on_message(j_common_ptr common, int level)
{
    struct jpeg_trap *trap = (struct jpeg_trap *)common->err;
    if (level < 0 && !trap->damage) trap->damage = damage_of(trap->base.msg_code);
}

struct jpeg_error_mgr *jpeg_trap_init(struct jpeg_trap *trap)
{
    jpeg_std_error(&trap->base);
    trap->base.error_exit = on_error;
    trap->base.emit_message = on_message;
    trap->damage = NULL;
    trap->message[0] = '\0';
    return &trap->base;
}
