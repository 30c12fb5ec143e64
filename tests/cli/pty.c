/* pty.c - a terminal of one's own; see pty.h. */
#include "config.h"

#include "tests/cli/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define KEPT (1 << 22) /* bytes of output that are looked at */

struct pty pty;

static struct termios before;

static _Noreturn void
leave(void)
{
    if (pty.child > 0)
        kill(pty.child, SIGKILL);
    exit(3);
}

void
pty_die(const char *what)
{
    fprintf(stderr, "on_pty: %s: %s\n", what, strerror(errno));
    leave();
}

void
pty_give_up(const char *what)
{
    fprintf(stderr, "on_pty: waited in vain: %s\n", what);
    leave();
}

static void
open_terminal(unsigned short columns, unsigned short lines)
{
    struct winsize ws = { .ws_col = columns, .ws_row = lines };

    pty.master = posix_openpt(O_RDWR | O_NOCTTY);
    if (pty.master < 0 || grantpt(pty.master) != 0 || unlockpt(pty.master) != 0)
        pty_die("no terminal");
    pty.slave = open(ptsname(pty.master), O_RDWR | O_NOCTTY);
    if (pty.slave < 0 || ioctl(pty.slave, TIOCSWINSZ, &ws) != 0 ||
        tcgetattr(pty.slave, &before) != 0)
        pty_die("no terminal");
}

/* Who leads a group cannot lead a session; then it is done by a child. */
static void
lead_session(void)
{
    int status = 0;
    pid_t child;

    if (setsid() < 0) {
        child = fork();
        if (child < 0)
            pty_die("fork");
        if (child > 0) {
            waitpid(child, &status, 0);
            _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 3);
        }
        setsid();
    }
    if (ioctl(pty.slave, TIOCSCTTY, 0) != 0)
        pty_die("no terminal");
    signal(SIGTTOU, SIG_IGN); /* the modes are set from behind the program */
}

void
pty_open(unsigned short columns, unsigned short lines)
{
    pty.log = fopen("bytes", "w");
    pty.out = malloc(KEPT);
    if (pty.log == NULL || pty.out == NULL)
        pty_die("bytes");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    open_terminal(columns, lines);
    lead_session();
}

void
pty_start(char **words)
{
    pty.child = fork();
    if (pty.child < 0)
        pty_die("fork");
    if (pty.child != 0)
        return;
    setpgid(0, 0);
    tcsetpgrp(pty.slave, getpid());
    /* As in the foreground, however the suite was started: a script's background has
     * SIGINT ignored. */
    signal(SIGHUP, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGTTOU, SIG_DFL);
    for (int fd = 0; fd <= 2; fd++)
        dup2(pty.slave, fd);
    close(pty.slave);
    close(pty.master);
    execvp(words[0], words);
    _exit(127);
}

void
pty_listen(int ms)
{
    struct pollfd p = { .fd = pty.master, .events = POLLIN };
    char bytes[4096];
    ssize_t n;

    if (pty.master < 0) {
        poll(NULL, 0, ms);
        return;
    }
    if (poll(&p, 1, ms) <= 0 || (n = read(pty.master, bytes, sizeof(bytes))) <= 0)
        return;
    fwrite(bytes, 1, (size_t)n, pty.log);
    if (pty.n + (size_t)n <= KEPT) {
        memcpy(pty.out + pty.n, bytes, (size_t)n);
        pty.n += (size_t)n;
    }
}

static bool
modes_are_same(void)
{
    struct termios now;

    if (pty.slave < 0 || tcgetattr(pty.slave, &now) != 0)
        return true; /* there is none */
    return now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag &&
           now.c_cflag == before.c_cflag && now.c_lflag == before.c_lflag &&
           memcmp(now.c_cc, before.c_cc, sizeof(now.c_cc)) == 0;
}

void
pty_print_modes(void)
{
    puts(modes_are_same() ? "modes same" : "modes changed");
}

void
pty_reset_modes(void)
{
    tcsetattr(pty.slave, TCSANOW, &before);
}

void
pty_hang_up(void)
{
    close(pty.slave);
    close(pty.master);
    pty.slave = pty.master = -1;
    kill(-pty.child, SIGHUP);
}
