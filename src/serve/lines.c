/* lines.c - the server's connections, by when they were used. */
#include "lines.h"

#include <sys/socket.h>

#include "base/arena.h"

struct line {
    struct line *newer, *older;
    int socket;
    bool listed;
};

static void take_out(struct lines *lines, struct line *line)
{
    if (!line->listed) return;
    *(line->newer ? &line->newer->older : &lines->newest) = line->older;
    *(line->older ? &line->older->newer : &lines->oldest) = line->newer;
    line->listed = false;
    lines->count--;
}

static void put_first(struct lines *lines, struct line *line)
{
    line->newer = NULL;
    line->older = lines->newest;
    *(lines->newest ? &lines->newest->newer : &lines->oldest) = line;
    lines->newest = line;
    line->listed = true;
    lines->count++;
}

/* The library finds out on its next round, as if the client had gone. */
static void cut_oldest(struct lines *lines)
{
    struct line *line = lines->oldest;
    take_out(lines, line);
    shutdown(line->socket, SHUT_RDWR);
}

static struct line *line_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = microhttpd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

void lines_notify(void *context, struct MHD_Connection *connection, void **own, enum MHD_ConnectionNotificationCode what)
{
    struct lines *lines = context;
    struct line *line = *own;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (line) take_out(lines, line);
        memory_free(line);
        *own = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = microhttpd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!info) return;
    *own = line = memory_alloc(sizeof *line);
    *line = (struct line){.socket = info->connect_fd};
    put_first(lines, line);
    if (lines->count > lines->most) cut_oldest(lines);
}

void lines_use(struct lines *lines, struct MHD_Connection *connection)
{
    struct line *line = line_of(connection);
    if (!line || !line->listed) return;
    take_out(lines, line);
    put_first(lines, line);
}

void lines_keep(struct lines *lines, struct MHD_Connection *connection)
{
    struct line *line = line_of(connection);
    if (line) take_out(lines, line);
}
