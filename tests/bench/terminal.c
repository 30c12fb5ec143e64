/* terminal.c - a program on a pty; see terminal.h. */
#include "config.h"

#include "tests/bench/terminal.h"

#include "src/base/clock.h"

#include <err.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void
terminal_start(struct terminal *t, char *const argv[])
{
    struct winsize size = { .ws_row = VT_H, .ws_col = VT_W };

    *t = (struct terminal){ .start_s = clock_now_s() };
    vt_init(&t->vt);
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    if (t->pid < 0)
        err(1, "forkpty");
    if (t->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(argv[0], argv);
        _exit(127);
    }
}

void
terminal_stop(struct terminal *t)
{
    for (int i = 0; i < 50 && !t->gone; i++) {
        if (i == 0)
            terminal_type(t, "\033\033q");
        if (i % 10 == 1)
            terminal_type(t, "a"); /* abandon what runs */
        terminal_read(t, .1);
    }
    terminal_end(t);
    if (t->vt.unknown > 0)
        warnx("%u sequences were not understood, the last 'ESC %s'", t->vt.unknown,
              t->vt.stranger);
}

void
terminal_end(struct terminal *t)
{
    if (!t->gone)
        kill(t->pid, SIGKILL);
    waitpid(t->pid, NULL, 0);
    close(t->fd);
}

void
terminal_type(struct terminal *t, const char *keys)
{
    if (write(t->fd, keys, strlen(keys)) < 0)
        t->gone = true;
}

/* Take in what comes within `s`; true when something came. */
static bool
take(struct terminal *t, double s)
{
    struct pollfd p = { .fd = t->fd, .events = POLLIN };
    struct timespec wait = { .tv_sec = (time_t)s,
                             .tv_nsec = (long)((s - floor(s)) * 1e9) };
    char bytes[65536];
    ssize_t n;

    if (t->gone || ppoll(&p, 1, &wait, NULL) <= 0)
        return false;
    n = read(t->fd, bytes, sizeof(bytes));
    if (n <= 0) {
        t->gone = true;
        return false;
    }
    t->last_s = clock_now_s();
    t->n_bytes += (uint64_t)n;
    vt_feed(&t->vt, bytes, (size_t)n);
    return true;
}

bool
terminal_read(struct terminal *t, double s)
{
    double end_s = clock_now_s() + s, rest_s;

    while (!t->gone && (rest_s = end_s - clock_now_s()) > 0)
        take(t, rest_s);
    return !t->gone;
}

double
terminal_changed(struct terminal *t, int first, int last, uint64_t before,
                 double limit_s)
{
    double from_s = clock_now_s(), now_s = from_s;

    for (; !t->gone && now_s - from_s < limit_s; now_s = clock_now_s())
        if (take(t, from_s + limit_s - now_s) && vt_hash(&t->vt, first, last) != before)
            return t->last_s - from_s;
    return NAN;
}

static bool
has_text(const struct vt *v, const char *text)
{
    char row[4 * VT_W + 1];

    for (int y = 0; y < VT_H; y++) {
        vt_row(v, y, row);
        if (strstr(row, text) != NULL)
            return true;
    }
    return false;
}

double
terminal_shows(struct terminal *t, const char *text, double limit_s)
{
    double from_s = clock_now_s(), now_s = from_s;

    for (; !t->gone && now_s - from_s < limit_s; now_s = clock_now_s()) {
        if (has_text(&t->vt, text))
            return now_s - from_s;
        take(t, from_s + limit_s - now_s);
    }
    return NAN;
}

double
terminal_until_file(struct terminal *t, const char *path, double limit_s)
{
    double from_s = clock_now_s(), now_s = from_s;
    struct stat st;

    for (; !t->gone && now_s - from_s < limit_s; now_s = clock_now_s()) {
        if (stat(path, &st) == 0)
            return now_s - from_s;
        take(t, .02);
    }
    return NAN;
}

void
terminal_settle(struct terminal *t, double quiet_s)
{
    while (take(t, quiet_s))
        ;
}
