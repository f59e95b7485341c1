/* http_library.h - inside serve/: what is used of libmicrohttpd; loaded when the server starts. */
#ifndef HUGI_SERVE_HTTP_LIBRARY_H
#define HUGI_SERVE_HTTP_LIBRARY_H

#include <microhttpd.h>

#include "base/library.h"

#define MICROHTTPD(X)                                                                                              \
    X(MHD_start_daemon) X(MHD_stop_daemon) X(MHD_lookup_connection_value) X(MHD_get_connection_values)             \
    X(MHD_get_connection_info) X(MHD_suspend_connection)                                                           \
    X(MHD_resume_connection) X(MHD_create_response_from_buffer) X(MHD_create_response_from_callback)               \
    X(MHD_create_response_from_fd_at_offset64) X(MHD_add_response_header) X(MHD_queue_response)                    \
    X(MHD_destroy_response)
extern struct microhttpd { MICROHTTPD(LIBRARY_FIELD) } microhttpd;

#endif
