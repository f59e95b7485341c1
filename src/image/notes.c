/* notes.c - see the header. */
#include "notes.h"

/* Words, not structures: makers write the same things at many places. */
static const struct {
    str word;
    enum image_trace trace;
} spoken[] = {
    {STR_INIT("\xa9xyz"), TRACE_LOCATION},
    {STR_INIT("loci"), TRACE_LOCATION},
    {STR_INIT("ISO6709"), TRACE_LOCATION},
    {STR_INIT("LOCATION"), TRACE_LOCATION},
    {STR_INIT("GPSL"), TRACE_LOCATION}, /* GPSLatitude, GPSLongitude */
    {STR_INIT("GPSC"), TRACE_LOCATION}, /* GPSCoordinates */
    {STR_INIT("gps "), TRACE_LOCATION},
    {STR_INIT("GPS "), TRACE_LOCATION},
    {STR_INIT("latitude"), TRACE_LOCATION},
    {STR_INIT("LATITUDE"), TRACE_LOCATION},
    {STR_INIT("\xa9"
              "ART"),
     TRACE_OWNER},
    {STR_INIT("\xa9"
              "aut"),
     TRACE_OWNER},
    {STR_INIT("location"), TRACE_LOCATION},
    {STR_INIT("IART"), TRACE_OWNER},
    {STR_INIT("artist"), TRACE_OWNER},
    {STR_INIT("quicktime.author"), TRACE_OWNER},
    {STR_INIT("Artist"), TRACE_OWNER},
    {STR_INIT("ARTIST"), TRACE_OWNER},
    {STR_INIT("OwnerName"), TRACE_OWNER},
    {STR_INIT("dc:creator"), TRACE_OWNER},
    {STR_INIT("SerialNumber"), TRACE_SERIAL},
    {STR_INIT("SERIAL"), TRACE_SERIAL},
    {STR_INIT("\xa9mak"), TRACE_CAMERA},
    {STR_INIT("\xa9mod"), TRACE_CAMERA},
    {STR_INIT("quicktime.make"), TRACE_CAMERA},
    {STR_INIT("quicktime.model"), TRACE_CAMERA},
    {STR_INIT("adobe:ns:meta"), TRACE_XMP},
    {STR_INIT("\xff\xd8\xff\xe0"), TRACE_THUMBNAIL},
    {STR_INIT("\xff\xd8\xff\xe1"), TRACE_THUMBNAIL},
    {STR_INIT("\xff\xd8\xff\xdb"), TRACE_THUMBNAIL},
};

void notes_read(void *info, str part)
{
    ((struct image_info *)info)->has_metadata = true;
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        if (!image_tells(info, spoken[i].trace) && str_contains(part, spoken[i].word)) image_add_trace(info, spoken[i].trace);
}

bool notes_blank(str bytes) { return str_trim_char(bytes, '\0').len == 0; }
