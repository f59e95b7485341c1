/* http_server.c - what a request asks for, and whether it may.
 *
 * One thread of the library's own answers all.  It sees nothing of the site
 * but files; limits on memory, time and connections are the library's. */
#include "http_server.h"

#include <unistd.h>

#include "answer.h"
#include "lines.h"
#include "page_script.h"
#include "base/buf.h"

enum {
    HEADERS_ROOM = 64 * 1024, MOST_CONNECTIONS = 500,
    MOST_LINES = 300,           /* but for those that follow, of which reload.c has a limit */
    PATIENCE = 30               /* seconds without a byte in either direction */
};

struct http_server {
    struct MHD_Daemon *daemon;
    str root;
    struct reload *reload;
    struct lines lines;
};

/* --- who asks ------------------------------------------------------------------ */

static bool is_address(str host)
{
    if (str_starts(host, S("["))) return true;
    for (ptrdiff_t i = 0; i < host.len; i++)
        if (!char_is_digit(host.p[i]) && host.p[i] != '.') return false;
    return host.len > 0;
}

/* A page anywhere can point a name of its own at this machine and then read what we answer (DNS
 * rebinding); so only names that no foreign server can hand out are answered to. */
static bool is_our_host(struct MHD_Connection *connection)
{
    const char *given = microhttpd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    str host = str_c(given);
    ptrdiff_t colon = str_find_last(host, ':'), bracket = str_find_last(host, ']');
    if (colon > bracket) host = str_slice(host, 0, colon);
    if (is_address(host) || str_equal_ascii_case(host, S("localhost"))) return true;
    char own[256] = "";
    if (gethostname(own, sizeof own - 1) == 0 && str_equal_ascii_case(host, str_c(own))) return true;
    ptrdiff_t dot = str_find_last(host, '.');
    str last = str_from(host, dot + 1);
    return dot > 0 && (str_equal_ascii_case(last, S("localhost")) || str_equal_ascii_case(last, S("local")));
}

/* --- what for --------------------------------------------------------------------- */

static enum MHD_Result not_found(const struct answer *answer, str root)
{
    const struct request_path path = {{STR_INIT("404.html")}, 1, false};
    struct served_file file;
    if (served_file_open(root, &path, &file) == SERVED_FILE) return answer_file(answer, MHD_HTTP_NOT_FOUND, &file);
    return answer_page(answer, MHD_HTTP_NOT_FOUND,
                       S("<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>404</title>\n<p>There is no such page.</p>\n"));
}

static void add_encoded(struct buf *out, const char *text)
{
    for (; *text; text++) buf_char(out, *text == ' ' ? '+' : *text);
}

/* As they came, but that the library takes them apart and makes spaces of '+'. */
static enum MHD_Result add_argument(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct buf *out = context;
    (void)kind;
    buf_char(out, str_contains(buf_str(out), S("?")) ? '&' : '?');
    add_encoded(out, name);
    if (value) buf_char(out, '=');
    if (value) add_encoded(out, value);
    return MHD_YES;
}

static enum MHD_Result to_folder(const struct answer *answer, const struct request_path *path)
{
    struct buf address = buf_in(answer->arena);
    buf_add(&address, request_path_folder(answer->arena, path));
    microhttpd.MHD_get_connection_values(answer->connection, MHD_GET_ARGUMENT_KIND, add_argument, &address);
    return answer_redirect(answer, buf_str(&address));
}

static enum MHD_Result site_file(const struct http_server *server, const struct answer *answer, str url)
{
    struct request_path path, base, below;
    if (!request_path_read(answer->arena, url, &path)) return not_found(answer, server->root);
    str base_path = str_concat(answer->arena, reload_base_path(server->reload, answer->arena), S("/"));
    if (!request_path_read(answer->arena, base_path, &base)) base = (struct request_path){0};
    below = path;
    bool at_top = base.count > 0 && path.count == 0;
    bool at_site = base.count > 0 && path.count == base.count && !path.folder && request_path_below(&below, &base);
    if (at_top || at_site) return to_folder(answer, &base);
    below = path;
    if (!request_path_below(&below, &base)) return not_found(answer, server->root);
    struct served_file file;
    switch (served_file_open(server->root, &below, &file)) {
    case SERVED_FILE: return answer_file(answer, MHD_HTTP_OK, &file);
    case SERVED_FOLDER: return to_folder(answer, &path);
    case SERVED_NOTHING: break;
    }
    return not_found(answer, server->root);
}

static enum MHD_Result events(struct http_server *server, const struct answer *answer)
{
    struct MHD_Response *response = reload_follow(server->reload, answer->connection);
    if (!response) return answer_text(answer, MHD_HTTP_SERVICE_UNAVAILABLE, S("Too many pages are open.\n"));
    lines_keep(&server->lines, answer->connection);
    return answer_stream(answer, response);
}

static enum MHD_Result dispatch(struct http_server *server, const struct answer *answer, str url)
{
    if (!is_our_host(answer->connection))
        return answer_text(answer, MHD_HTTP_FORBIDDEN,
                           S("This preview answers to localhost and to addresses, not to other names.\n"));
    if (str_equal(url, S(SCRIPT_ADDRESS))) return answer_script(answer, page_script());
    if (str_equal(url, S(EVENTS_ADDRESS))) return events(server, answer);
    return site_file(server, answer, url);
}

static void on_answered(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
    struct http_server *server = context;
    (void)state, (void)why;
    lines_use(&server->lines, connection);
}

/* Called once the head is there, then for each piece of a body, then at the end: a GET is answered
 * at the end, so that its connection lives on. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state)
{
    static char begun;
    (void)version, (void)upload;
    struct http_server *server = context;
    struct arena arena = {0};
    struct answer answer = {connection, &arena};
    bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    enum MHD_Result result = MHD_YES;
    if (!reads && *state) {
        *upload_size = 0;
    } else if (!reads) {
        *state = &begun;
        result = answer_text(&answer, MHD_HTTP_METHOD_NOT_ALLOWED, S("A preview is only read: GET and HEAD.\n"));
    } else if (!*state) {
        *state = &begun;
    } else if (*upload_size) {
        *upload_size = 0;       /* a body nobody asked for */
    } else {
        lines_use(&server->lines, connection);
        result = dispatch(server, &answer, str_c(url));
    }
    arena_free(&arena);
    return result;
}

/* --- the library ------------------------------------------------------------------- */

/* Paths are decoded by request_path.c, name by name. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

/* What clients do wrong is theirs; it does not belong on the author's terminal. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
static void say_nothing(void *context, const char *format, va_list arguments)
{
    (void)context, (void)format, (void)arguments;
}

struct microhttpd microhttpd;
static struct library microhttpd_library = LIBRARY(LIBRARY_MICROHTTPD, MICROHTTPD, microhttpd);

/* poll, not epoll: there the library does not see that a client has said its last word when that came
 * together with the request, and holds the line for half a minute. */
struct http_server *http_server_start(int listening, str root, struct reload *reload)
{
    library_need(&microhttpd_library);
    struct http_server *server = memory_alloc(sizeof *server);
    *server = (struct http_server){.root = root, .reload = reload, .lines = {.most = MOST_LINES}};
    server->daemon = microhttpd.MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, server,
        MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET, listening,
        MHD_OPTION_NOTIFY_CONNECTION, lines_notify, &server->lines, MHD_OPTION_NOTIFY_COMPLETED, on_answered, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_ROOM,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE, MHD_OPTION_END);
    if (server->daemon) return server;
    memory_free(server);
    return NULL;
}

void http_server_stop(struct http_server *server)
{
    if (!server) return;
    reload_close(server->reload);
    microhttpd.MHD_stop_daemon(server->daemon);
    memory_free(server);
}
