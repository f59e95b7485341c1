/* film_kinds.c - films hugi has no parts of: WMV, FLV, MPEG streams, MXF, RealMedia and Ogg.
 *
 * Cameras write places into all of them, at places of their own, and nobody here can take them out.  An Ogg says what
 * it says in comments at its beginning: one that tells nothing there is published as it is. */
#include "image_bytes.h"
#include "image_format.h"
#include "notes.h"

enum { OGG_HEAD = 1 << 16, PACKET = 188 };

static bool is_packets(str head, ptrdiff_t first, ptrdiff_t step)
{
    for (int i = 0; i < 4; i++)
        if (byte_at(head, first + i * step) != 0x47) return false;
    return true;
}

bool film_sniff(str head)
{
    static const str magics[] = {
        STR_INIT("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), /* WMV */
        STR_INIT("FLV\1"),
        STR_INIT("\0\0\1\xba"),
        STR_INIT("\0\0\1\xb3"), /* MPEG program, MPEG video */
        STR_INIT("\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01"), /* MXF */
        STR_INIT(".RMF"),
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(head, magics[i])) return true;
    if (str_starts(head, S("OggS"))) return str_contains(str_slice(head, 0, 512), S("\x80theora"));
    return is_packets(head, 0, PACKET) || is_packets(head, 4, PACKET + 4); /* MPEG transport; with the time before each */
}

bool film_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    info->frames = 2; /* more than one */
    if (str_starts(source->bytes, S("OggS"))) notes_read(info, str_slice(source->bytes, 0, OGG_HEAD));
    if (str_starts(source->bytes, S("OggS")) && !info->traces) return true;
    info->cleans = false;
    info->has_metadata = true;
    image_add_trace(info, TRACE_UNREAD);
    return true;
}

/* Of those that tell nothing. */
bool film_clean(struct image_source *source, str *out)
{
    if (!source->info.cleans) return image_fail(source, "a film whose notes cannot be taken out");
    *out = source->bytes;
    return true;
}
