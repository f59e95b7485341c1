/* answer.c - one answer to one request.
 *
 * Everything says "no-cache": a browser keeps what it has, and asks by ETag
 * whether it still holds.  HEAD takes the same way; the library leaves the
 * body out. */
#include "answer.h"

#include <unistd.h>

#include "byte_range.h"
#include "gzip.h"
#include "media_type.h"
#include "page_script.h"
#include "base/hash.h"

enum { LARGEST_PAGE = 16 << 20, LARGEST_PACKED = 8 << 20, SMALLEST_PACKED = 1024 };

static const char *header(const struct answer *answer, const char *name)
{
    return microhttpd.MHD_lookup_connection_value(answer->connection, MHD_HEADER_KIND, name);
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    microhttpd.MHD_add_response_header(response, name, value);
}

static enum MHD_Result queue(const struct answer *answer, unsigned status, struct MHD_Response *response)
{
    if (!response) return MHD_NO;
    add(response, "Cache-Control", "no-cache");
    enum MHD_Result result = microhttpd.MHD_queue_response(answer->connection, status, response);
    microhttpd.MHD_destroy_response(response);
    return result;
}

static struct MHD_Response *bytes_response(str bytes)
{
    return microhttpd.MHD_create_response_from_buffer((size_t)bytes.len, (void *)(uintptr_t)bytes.p, MHD_RESPMEM_MUST_COPY);
}

/* "abc", W/"abc", "abc-gz" and lists of them: a weak comparison (RFC 9110, 13.1.2). */
static bool is_known(const char *condition, str tag)
{
    str text = str_c(condition);
    str inner = str_slice(tag, 0, tag.len - 1);     /* the closing quote is left to the suffix */
    if (str_equal(str_trim(text), S("*"))) return true;
    for (str rest = text, item; str_split(&rest, ',', &item);) {
        item = str_trim(item);
        if (str_starts(item, S("W/"))) item = str_from(item, 2);
        if (!str_starts(item, inner)) continue;
        item = str_from(item, inner.len);
        if (str_equal(item, S("\"")) || str_equal(item, S("-gz\""))) return true;
    }
    return false;
}

static str packed_tag(struct arena *arena, str tag)
{
    return str_concat(arena, str_slice(tag, 0, tag.len - 1), S("-gz\""));
}

/* --- answers that are in memory ----------------------------------------------- */

struct body {
    const struct media_type *type;
    str bytes, tag, identity;   /* identity: of a page, for the script; else empty */
};

static enum MHD_Result send_body(const struct answer *answer, unsigned status, const struct body *body)
{
    str bytes = body->bytes, tag = body->tag;
    bool known = status == MHD_HTTP_OK && is_known(header(answer, "If-None-Match"), tag);
    bool large = bytes.len >= SMALLEST_PACKED && bytes.len <= LARGEST_PACKED;
    bool packed = body->type->text && large && gzip_is_taken(header(answer, "Accept-Encoding")) &&
                  gzip_pack(answer->arena, bytes, &bytes);
    if (packed) tag = packed_tag(answer->arena, tag);
    struct MHD_Response *response = bytes_response(known ? S("") : bytes);
    if (!response) return MHD_NO;
    add(response, "ETag", str_z(answer->arena, tag));
    if (body->type->text) add(response, "Vary", "Accept-Encoding");
    if (body->identity.len) add(response, "Hugi-Page", str_z(answer->arena, body->identity));
    if (known) return queue(answer, MHD_HTTP_NOT_MODIFIED, response);
    add(response, "Content-Type", body->type->type);
    if (packed) add(response, "Content-Encoding", "gzip");
    return queue(answer, status, response);
}

static enum MHD_Result send_page(const struct answer *answer, unsigned status, str html, str tag)
{
    str identity = page_script_identity(answer->arena, html);
    struct body body = {media_type_of(S("x.html")), page_script_add(answer->arena, html, identity), tag, identity};
    return send_body(answer, status, &body);
}

static str tag_of(struct arena *arena, str bytes)
{
    return str_concat3(arena, S("\""), hash_hex(arena, hash_bytes(bytes.p, (size_t)bytes.len), 16), S("\""));
}

enum MHD_Result answer_page(const struct answer *answer, unsigned status, str html)
{
    return send_page(answer, status, html, tag_of(answer->arena, html));
}

enum MHD_Result answer_script(const struct answer *answer, str script)
{
    struct body body = {media_type_of(S("x.js")), script, tag_of(answer->arena, script), {0}};
    return send_body(answer, MHD_HTTP_OK, &body);
}

/* --- answers straight from the file --------------------------------------------- */

static bool range_holds(const struct answer *answer, str tag)
{
    const char *condition = header(answer, "If-Range");
    return !condition || str_equal(str_c(condition), tag);
}

/* Takes over file->fd. */
static enum MHD_Result send_file(const struct answer *answer, unsigned status, const struct served_file *file, str tag)
{
    int64_t from = 0, count = file->size;
    enum byte_range range = RANGE_NONE;
    if (status == MHD_HTTP_OK && range_holds(answer, tag))
        range = byte_range_read(header(answer, "Range"), file->size, &from, &count);
    bool known = status == MHD_HTTP_OK && is_known(header(answer, "If-None-Match"), tag);
    bool empty = known || range == RANGE_OUTSIDE || count == 0;
    struct MHD_Response *response = empty ? bytes_response(S(""))
                                          : microhttpd.MHD_create_response_from_fd_at_offset64((uint64_t)count, file->fd, (uint64_t)from);
    if (empty || !response) close(file->fd);
    if (!response) return MHD_NO;
    add(response, "ETag", str_z(answer->arena, tag));
    if (known) return queue(answer, MHD_HTTP_NOT_MODIFIED, response);
    add(response, "Accept-Ranges", "bytes");
    if (range == RANGE_OUTSIDE) {
        str outside = str_format(answer->arena, "bytes */%lld", (long long)file->size);
        add(response, "Content-Range", str_z(answer->arena, outside));
        return queue(answer, MHD_HTTP_RANGE_NOT_SATISFIABLE, response);
    }
    add(response, "Content-Type", media_type_of(file->name)->type);
    if (range == RANGE_NONE) return queue(answer, status, response);
    str where = str_format(answer->arena, "bytes %lld-%lld/%lld", (long long)from, (long long)(from + count - 1),
                           (long long)file->size);
    add(response, "Content-Range", str_z(answer->arena, where));
    return queue(answer, MHD_HTTP_PARTIAL_CONTENT, response);
}

enum MHD_Result answer_file(const struct answer *answer, unsigned status, const struct served_file *file)
{
    const struct media_type *type = media_type_of(file->name);
    str tag = served_file_tag(answer->arena, file), bytes;
    bool page = media_type_is_page(type), whole = !header(answer, "Range");
    bool read = (page || (type->text && whole)) &&
                served_file_read(answer->arena, file, page ? LARGEST_PAGE : LARGEST_PACKED, &bytes);
    if (!read) return send_file(answer, status, file, tag);
    close(file->fd);
    if (page) return send_page(answer, status, bytes, tag);
    return send_body(answer, status, &(struct body){type, bytes, tag, {0}});
}

/* --- the rest ------------------------------------------------------------------------ */

enum MHD_Result answer_text(const struct answer *answer, unsigned status, str text)
{
    struct MHD_Response *response = bytes_response(text);
    if (response) add(response, "Content-Type", "text/plain; charset=utf-8");
    if (response && status == MHD_HTTP_METHOD_NOT_ALLOWED) add(response, "Allow", "GET, HEAD");
    return queue(answer, status, response);
}

/* For now only: a browser would remember a lasting one, and take it to the next site on this port. */
enum MHD_Result answer_redirect(const struct answer *answer, str address)
{
    struct MHD_Response *response = bytes_response(S(""));
    if (response) add(response, "Location", str_z(answer->arena, address));
    return queue(answer, MHD_HTTP_FOUND, response);
}

enum MHD_Result answer_stream(const struct answer *answer, struct MHD_Response *response)
{
    add(response, "Content-Type", "text/event-stream; charset=utf-8");
    return queue(answer, MHD_HTTP_OK, response);
}
