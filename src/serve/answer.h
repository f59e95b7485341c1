/* answer.h - inside serve/: one answer to one request, from head to last header. */
#ifndef HUGI_SERVE_ANSWER_H
#define HUGI_SERVE_ANSWER_H

#include "http_library.h"
#include "served_file.h"

struct answer {
    struct MHD_Connection *connection;
    struct arena *arena;        /* this request's */
};

/* Closes the file.  `status` is 200, or 404 for the page that says so. */
enum MHD_Result answer_file(const struct answer *answer, unsigned status, const struct served_file *file);
/* A page of the server's own; the reload script is in it. */
enum MHD_Result answer_page(const struct answer *answer, unsigned status, str html);
enum MHD_Result answer_text(const struct answer *answer, unsigned status, str text);
enum MHD_Result answer_redirect(const struct answer *answer, str address);
enum MHD_Result answer_script(const struct answer *answer, str script);
enum MHD_Result answer_stream(const struct answer *answer, struct MHD_Response *response);

#endif
