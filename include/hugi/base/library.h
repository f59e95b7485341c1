/* library.h - libraries that are loaded when they are first needed.
 *
 * Every library that hugi is linked with is found, mapped and bound by the system before main, also
 * for `hugi help`; what only some sites or commands need is loaded by name instead.  Each file that
 * uses one says which of its functions, once, in a list:
 *
 *     #define QRENCODE(X) X(QRcode_encodeString) X(QRcode_free)
 *     static struct { QRENCODE(LIBRARY_FIELD) } qrencode;
 *     static struct library qrencode_library = LIBRARY(LIBRARY_QRENCODE, QRENCODE, qrencode);
 *
 *     library_need(&qrencode_library);
 *     code = qrencode.QRcode_encodeString(...);
 *
 * The table of pointers is filled once, under a lock, and stays; so does the library, until hugi
 * ends.  A thread may read the table when library_find or library_need has returned to it, or to a
 * thread that gave it its work. */
#ifndef HUGI_BASE_LIBRARY_H
#define HUGI_BASE_LIBRARY_H

#include "base/arena.h"
#include "base/str.h"

enum library_id {
    LIBRARY_XML2, LIBRARY_IDN2,
    LIBRARY_LCMS2, LIBRARY_WEBP, LIBRARY_WEBPDEMUX, LIBRARY_HEIF,
    LIBRARY_FREETYPE, LIBRARY_HARFBUZZ, LIBRARY_FONTCONFIG,
    LIBRARY_MICROHTTPD, LIBRARY_QRENCODE,
};

struct library {
    enum library_id id;
    const char *const *names;   /* of the functions, and NULL */
    void *table;                /* a pointer for each, in the same order */
    const char *start;          /* a function of the library to call once, before any other; or NULL */
    bool loaded;                /* under the lock of library.c */
};

/* Of a function a pointer to it; of a variable too. */
#define LIBRARY_FIELD(name) __typeof__(name) *name;
#define LIBRARY_STRING(name) #name,
/* What may follow are other fields: LIBRARY(LIBRARY_XML2, XML, xml, .start = "xmlInitParser"). */
#define LIBRARY(id_, LIST, table_, ...)                                                                            \
    {.id = (id_), .names = (const char *const[]){LIST(LIBRARY_STRING) NULL}, .table = &(table_), ##__VA_ARGS__}

/* Loads the library and fills its table, unless that is done.  False where it is missing: then *why
 * names the library, what it is for, and its Debian package. */
bool library_find(struct library *library, struct arena *arena, str *why);
/* The same where hugi cannot go on without it: says why on stderr and exits. */
void library_need(struct library *library);

#endif
