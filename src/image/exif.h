/* exif.h - the little hugi reads of EXIF, XMP and IPTC, and the least EXIF it writes. */
#ifndef HUGI_IMAGE_EXIF_H
#define HUGI_IMAGE_EXIF_H

#include "base/buf.h"
#include "image/image.h"

/* A TIFF structure, as in a JPEG's APP1 after "Exif\0\0" (which may be there),
 * PNG's eXIf, WebP's EXIF, or a whole TIFF file.  Fills orientation,
 * traces, the time and its offset where they are; what is broken is as if
 * absent.  Sizes are filled for `size_too` (TIFF files). */
void exif_read(str tiff, struct image_info *info, bool size_too);

/* An XMP packet: traces. */
void xmp_read(str packet, struct image_info *info);

/* Photoshop's image resources, as in a JPEG's APP13 after "Photoshop 3.0\0": traces (iptc.c). */
void iptc_read(str resources, struct image_info *info);

/* A TIFF structure of 26 bytes that says the orientation and nothing else. */
void buf_exif_orientation(struct buf *out, int orientation);
enum { EXIF_ORIENTATION_SIZE = 26 };

#endif
