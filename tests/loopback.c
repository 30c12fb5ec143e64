/* loopback.c - a web server that misbehaves as it is told; see loopback.h. */
#include "config.h"

#include "tests/loopback.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_PAGES 8
#define CHUNK      ((size_t)64 << 10)
#define REQUEST    8192

struct loopback {
    int listener, wake[2]; /* a byte in the pipe ends the thread */
    char base[64];
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    struct loopback_page page[MOST_PAGES + 1];
    unsigned n_requests;
    size_t n_sent;
};

/* What one answer sends. */
struct answer {
    const struct loopback_page *page;
    int status;
    size_t from;
};

static void
must(bool ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(1);
    }
}

/* Wait until the descriptor is ready; false when the server shall end. */
static bool
ready(struct loopback *l, int fd, short events, int ms)
{
    struct pollfd p[] = { { .fd = fd, .events = events },
                          { .fd = l->wake[0], .events = POLLIN } };

    poll(p, 2, ms);
    return p[1].revents == 0;
}

/* Read the headers of a request. */
static bool
read_request(struct loopback *l, int fd, char *to)
{
    size_t n = 0;

    while (n < REQUEST - 1 && ready(l, fd, POLLIN, -1)) {
        ssize_t got = recv(fd, to + n, REQUEST - 1 - n, 0);

        if (got <= 0)
            return false;
        n += (size_t)got;
        to[n] = '\0';
        if (strstr(to, "\r\n\r\n") != NULL)
            return true;
    }
    return false;
}

/* The value of a header, cut at its line end, or NULL. */
static const char *
header(const char *request, const char *name, char *to, size_t cap)
{
    const char *at = strcasestr(request, name);

    if (at == NULL)
        return NULL;
    at += strlen(name);
    snprintf(to, cap, "%.*s", (int)strcspn(at, "\r\n"), at);
    return to;
}

static struct answer
decide(const struct loopback_page *page, const char *request)
{
    char range[64], version[256];
    unsigned long from = 0;
    bool asked = header(request, "\r\nRange: bytes=", range, sizeof(range)) != NULL &&
                 sscanf(range, "%lu-", &from) == 1 && !page->no_ranges;
    const char *condition = header(request, "\r\nIf-Range: ", version, sizeof(version));
    bool same = condition == NULL || page->no_if_range ||
                (page->etag != NULL && strcmp(condition, page->etag) == 0) ||
                (page->modified != NULL && strcmp(condition, page->modified) == 0);

    if (page->status != 0)
        return (struct answer){ page, page->status, 0 };
    if (!asked || !same)
        return (struct answer){ page, 200, 0 };
    if (from >= page->n)
        return (struct answer){ page, 416, 0 };
    return (struct answer){ page, 206, from };
}

static bool
send_text(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
}

static void
send_headers(int fd, const struct answer *a)
{
    const struct loopback_page *p = a->page;
    bool body = a->status == 200 || a->status == 206;
    char line[1024];

    snprintf(line, sizeof(line), "HTTP/1.1 %d Told\r\nConnection: close\r\n",
             a->status);
    send_text(fd, line);
    if (p->location != NULL) {
        snprintf(line, sizeof(line), "Location: %s\r\n", p->location);
        send_text(fd, line);
    }
    if (a->status == 206)
        snprintf(line, sizeof(line), "Content-Range: bytes %zu-%zu/%zu\r\n",
                 a->from + p->wrong_range, p->n - 1, p->n);
    else
        snprintf(line, sizeof(line), "Content-Range: bytes */%zu\r\n", p->n);
    if (a->status == 206 || a->status == 416)
        send_text(fd, line);
    snprintf(line, sizeof(line), "Content-Length: %ld\r\n",
             body ? (long)(p->n - a->from) + p->lie : 0L);
    if (!p->no_length)
        send_text(fd, line);
    snprintf(line, sizeof(line), "%s%s%s%s%s%s", p->etag != NULL ? "ETag: " : "",
             p->etag != NULL ? p->etag : "", p->etag != NULL ? "\r\n" : "",
             p->modified != NULL ? "Last-Modified: " : "",
             p->modified != NULL ? p->modified : "", p->modified != NULL ? "\r\n" : "");
    send_text(fd, line);
    send_text(fd, "\r\n");
}

static void
send_body(struct loopback *l, int fd, const struct answer *a)
{
    const struct loopback_page *p = a->page;
    size_t n = p->n - a->from, done = 0;

    if (p->cut > 0 && p->cut < n)
        n = p->cut;
    if (p->stall > 0 && p->stall < n)
        n = p->stall;
    while (done < n && ready(l, fd, POLLOUT, -1)) {
        size_t want = n - done < CHUNK ? n - done : CHUNK;
        ssize_t sent =
            send(fd, (const char *)p->body + a->from + done, want, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        done += (size_t)sent;
        pthread_mutex_lock(&l->lock);
        l->n_sent += (size_t)sent;
        pthread_mutex_unlock(&l->lock);
        if (p->pause_ms > 0)
            usleep(p->pause_ms * 1000);
    }
    if (p->stall > 0 && p->stall == done) {
        char none;

        /* Nothing comes from the client but its end. */
        while (ready(l, fd, POLLIN, -1) && recv(fd, &none, 1, 0) > 0)
            ;
    }
}

static void
serve(struct loopback *l, int fd)
{
    static const struct loopback_page none = { .status = 404 };
    char request[REQUEST], path[256] = "";
    struct loopback_page page = none;
    struct answer a;

    if (!read_request(l, fd, request) || sscanf(request, "GET %255s", path) != 1)
        return;
    pthread_mutex_lock(&l->lock);
    l->n_requests++;
    for (const struct loopback_page *p = l->page; p->path != NULL; p++)
        if (strcmp(p->path, path) == 0)
            page = *p;
    pthread_mutex_unlock(&l->lock);
    a = decide(&page, request);
    send_headers(fd, &a);
    if (a.status == 200 || a.status == 206)
        send_body(l, fd, &a);
}

/* Started by loopback_start, joined by loopback_stop. */
static void *
run(void *arg)
{
    struct loopback *l = arg;

    while (ready(l, l->listener, POLLIN, -1)) {
        int fd = accept4(l->listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0)
            continue;
        serve(l, fd);
        shutdown(fd, SHUT_WR);
        close(fd);
    }
    return NULL;
}

void
loopback_change(struct loopback *l, const struct loopback_page *pages)
{
    size_t n = 0;

    pthread_mutex_lock(&l->lock);
    memset(l->page, 0, sizeof(l->page));
    for (; pages[n].path != NULL && n < MOST_PAGES; n++)
        l->page[n] = pages[n];
    pthread_mutex_unlock(&l->lock);
}

struct loopback *
loopback_start(const struct loopback_page *pages)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(at);
    struct loopback *l = calloc(1, sizeof(*l));

    must(l != NULL, "a server");
    pthread_mutex_init(&l->lock, NULL);
    loopback_change(l, pages);
    l->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(l->listener >= 0 && pipe2(l->wake, O_CLOEXEC) == 0 &&
             bind(l->listener, (struct sockaddr *)&at, len) == 0 &&
             listen(l->listener, 8) == 0 &&
             getsockname(l->listener, (struct sockaddr *)&at, &len) == 0,
         "a server on the loopback");
    snprintf(l->base, sizeof(l->base), "http://127.0.0.1:%d", ntohs(at.sin_port));
    must(pthread_create(&l->thread, NULL, run, l) == 0, "a thread");
    return l;
}

void
loopback_stop(struct loopback *l)
{
    must(write(l->wake[1], "", 1) == 1, "a pipe");
    pthread_join(l->thread, NULL);
    close(l->listener);
    close(l->wake[0]);
    close(l->wake[1]);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

const char *
loopback_base(const struct loopback *l)
{
    return l->base;
}

unsigned
loopback_n_requests(struct loopback *l)
{
    unsigned n;

    pthread_mutex_lock(&l->lock);
    n = l->n_requests;
    pthread_mutex_unlock(&l->lock);
    return n;
}

size_t
loopback_n_sent(struct loopback *l)
{
    size_t n;

    pthread_mutex_lock(&l->lock);
    n = l->n_sent;
    pthread_mutex_unlock(&l->lock);
    return n;
}
