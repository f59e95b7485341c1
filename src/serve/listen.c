/* listen.c - the socket, and by which addresses it is reached. */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

enum { MORE_PORTS = 100, QUEUE = 1024, LAST_PORT = 65535 };

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_storage room;
};

static bool look_up(const char *text, union address *out, socklen_t *size)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *found = NULL;
    int why = getaddrinfo(text, NULL, &hints, &found);
    if (why != 0 || !found || found->ai_addrlen > sizeof *out) {
        fprintf(stderr, "hugi: cannot listen on '%s': %s\n", text, why ? gai_strerror(why) : "it is no internet address");
        if (found) freeaddrinfo(found);
        return false;
    }
    memcpy(out, found->ai_addr, found->ai_addrlen);
    *size = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static void set_port(union address *address, int port)
{
    if (address->any.sa_family == AF_INET6) address->six.sin6_port = htons((uint16_t)port);
    else address->four.sin_port = htons((uint16_t)port);
}

static int try_port(union address *address, socklen_t size, int port)
{
    int yes = 1, fd = socket(address->any.sa_family, SOCK_STREAM, 0);
    if (fd < 0) return -1;
    set_port(address, port);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, &address->any, size) == 0 && listen(fd, QUEUE) == 0) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static int first_free(union address *address, socklen_t size, int port)
{
    int last = port == 0 || port > LAST_PORT - MORE_PORTS ? port : port + MORE_PORTS;
    for (; port <= last; port++) {
        int fd = try_port(address, size, port);
        if (fd >= 0 || errno != EADDRINUSE) return fd;
    }
    return -1;
}

static str address_text(struct arena *arena, const struct sockaddr *address, socklen_t size)
{
    char text[NI_MAXHOST];
    if (getnameinfo(address, size, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0) return (str){"", 0};
    bool six = address->sa_family == AF_INET6;
    return str_format(arena, "%s%s%s", six ? "[" : "", text, six ? "]" : "");
}

/* Of an interface that is up and leads somewhere: what to type on the phone. */
static str network_address(struct arena *arena)
{
    struct ifaddrs *all = NULL;
    str found = {"", 0};
    if (getifaddrs(&all) != 0) return found;
    for (struct ifaddrs *one = all; one && found.len == 0; one = one->ifa_next) {
        bool up = (one->ifa_flags & IFF_UP) && !(one->ifa_flags & IFF_LOOPBACK);
        if (up && one->ifa_addr && one->ifa_addr->sa_family == AF_INET)
            found = address_text(arena, one->ifa_addr, sizeof(struct sockaddr_in));
    }
    freeifaddrs(all);
    return found;
}

static bool is_loopback(const union address *address)
{
    if (address->any.sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&address->six.sin6_addr);
    return (ntohl(address->four.sin_addr.s_addr) >> 24) == 127;
}

static bool is_every_one(const union address *address)
{
    if (address->any.sa_family == AF_INET6) return IN6_IS_ADDR_UNSPECIFIED(&address->six.sin6_addr);
    return address->four.sin_addr.s_addr == htonl(INADDR_ANY);
}

bool listen_open(struct arena *arena, const char *given, int port, struct listening *out)
{
    union address address = {0};
    socklen_t size;
    *out = (struct listening){.socket = -1};
    if (!look_up(given ? given : "127.0.0.1", &address, &size)) return false;
    out->socket = first_free(&address, size, port);
    if (out->socket < 0) {
        fprintf(stderr, "hugi: cannot listen on '%s', port %d: %s\n", given ? given : "127.0.0.1", port, strerror(errno));
        return false;
    }
    union address bound = {0};
    socklen_t bound_size = sizeof bound;
    getsockname(out->socket, &bound.any, &bound_size);
    out->port = ntohs(bound.any.sa_family == AF_INET6 ? bound.six.sin6_port : bound.four.sin_port);
    bool wide = is_every_one(&bound), local = is_loopback(&bound);
    out->host = !given || wide ? S("localhost") : address_text(arena, &bound.any, bound_size);
    out->other = wide ? network_address(arena) : local ? S("") : out->host;
    return true;
}
