/* escape.h - writing text into HTML, XML, URLs and JSON.  Pure functions. */
#ifndef HUGI_BASE_ESCAPE_H
#define HUGI_BASE_ESCAPE_H

#include "base/buf.h"

void buf_html(struct buf *buf, str text);       /* & < > " ' (as &#39;) */
void buf_html_once(struct buf *buf, str text);  /* as buf_html, entities that are there stay */
ptrdiff_t html_plain_run(str text, ptrdiff_t from);     /* bytes at `from` that buf_html leaves as they are */
void buf_xml(struct buf *buf, str text);        /* as buf_html; characters XML forbids are left out */
/* With the quotes.  Safe inside <script>: "</" as "<\/", "<!" as "\u003c!", U+2028
 * and U+2029 escaped.  Bytes that are not UTF-8 become U+FFFD, also in buf_xml. */
void buf_json(struct buf *buf, str text);

/* Percent-encodes what may not stand in a path (RFC 3986 pchar and '/' stay;
 * existing %XX stays when `keep_percent`).  Hangul is encoded as UTF-8. */
void buf_url_path(struct buf *buf, str path, bool keep_percent);
void buf_url_part(struct buf *buf, str text);   /* all but unreserved: one query value */
str url_decode(struct arena *arena, str text);  /* %XX to bytes; bad ones stay */

/* Text of HTML: tags, comments, scripts and styles out, entities decoded, white
 * space runs (also &nbsp; and tags that part words, as <br> and <li>) to one
 * blank, none at the ends. */
str html_text(struct arena *arena, str html);
str html_decode(struct arena *arena, str text); /* entities only: HTML 4's names, all numbers */

/* "https:", "mailto:", "//host": a URL that is not of this site. */
bool url_is_absolute(str url);
/* A picture that lies in its address: "data:image/...". */
bool url_is_picture(str url);

#endif
