/*
 * on_pty.c - runs a program on a terminal of its own and plays with it, for the
 * scripts.
 *
 *     on_pty [COLUMNSxLINES] STEP… -- PROGRAM WORD…
 *
 * Steps, in their order:
 *
 *     send=TEXT     type it; \r, \e, \xHH and \\ as in C
 *     see=TEXT      wait until the bytes that came since the last `see` hold it
 *     file=PATH     wait until there is such a file
 *     size=WxH      the terminal has another size
 *     signal=NAME   INT, TERM, HUP, SEGV, … to the program
 *     thread=NAME   the same to its newest thread alone
 *     stopped       wait until the program has stopped, and print the modes
 *     modes=sane    set the terminal's modes to those it had first
 *     hangup        the terminal goes away
 *
 * Then it waits for the program's end, and prints "exit N" or "signal N", and "modes
 * same" or "modes changed": the terminal's modes beside those before. All bytes that
 * reached the terminal are left in the file `bytes`. Whoever waits for a minute has
 * waited for nothing: exit status 3. No file of ours is used but config.h.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PATIENT_S 60
#define KEPT      (1 << 22) /* bytes of output that are looked at */

static struct {
    int master, slave; /* -1 after a hangup */
    pid_t child;
    struct termios before;
    FILE *log;
    char *out; /* (n) */
    size_t n, seen;
    int status; /* of waitpid, once `ended` */
    bool ended;
} pty;

static void
die(const char *what)
{
    fprintf(stderr, "on_pty: %s: %s\n", what, strerror(errno));
    if (pty.child > 0)
        kill(pty.child, SIGKILL);
    exit(3);
}

static void
give_up(const char *what)
{
    fprintf(stderr, "on_pty: waited in vain: %s\n", what);
    if (pty.child > 0)
        kill(pty.child, SIGKILL);
    exit(3);
}

/* ---- the terminal ------------------------------------------------------------------
 */

static void
open_terminal(unsigned short columns, unsigned short lines)
{
    struct winsize ws = { .ws_col = columns, .ws_row = lines };

    pty.master = posix_openpt(O_RDWR | O_NOCTTY);
    if (pty.master < 0 || grantpt(pty.master) != 0 || unlockpt(pty.master) != 0)
        die("no terminal");
    pty.slave = open(ptsname(pty.master), O_RDWR | O_NOCTTY);
    if (pty.slave < 0 || ioctl(pty.slave, TIOCSWINSZ, &ws) != 0 ||
        tcgetattr(pty.slave, &pty.before) != 0)
        die("no terminal");
}

/* Lead the terminal's session, as a shell does: a program without one above it is not
 * stopped by its terminal. Who leads a group cannot; then it is done by a child. */
static void
lead_session(void)
{
    int status = 0;
    pid_t child;

    if (setsid() < 0) {
        child = fork();
        if (child < 0)
            die("fork");
        if (child > 0) {
            waitpid(child, &status, 0);
            _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 3);
        }
        setsid();
    }
    if (ioctl(pty.slave, TIOCSCTTY, 0) != 0)
        die("no terminal");
    signal(SIGTTOU, SIG_IGN); /* the modes are set from behind the program */
}

static void
start(char **words)
{
    pty.child = fork();
    if (pty.child < 0)
        die("fork");
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

/* Take what has come, waiting at most `ms` for it. */
static void
listen_for(int ms)
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
    return now.c_iflag == pty.before.c_iflag && now.c_oflag == pty.before.c_oflag &&
           now.c_cflag == pty.before.c_cflag && now.c_lflag == pty.before.c_lflag &&
           memcmp(now.c_cc, pty.before.c_cc, sizeof(now.c_cc)) == 0;
}

static void
print_modes(void)
{
    puts(modes_are_same() ? "modes same" : "modes changed");
}

/* ---- waiting -----------------------------------------------------------------------
 */

static bool
has_ended(const char *unused)
{
    (void)unused;
    if (!pty.ended)
        pty.ended = waitpid(pty.child, &pty.status, WNOHANG) == pty.child;
    return pty.ended;
}

static bool
has_stopped(const char *unused)
{
    int status;

    (void)unused;
    return waitpid(pty.child, &status, WNOHANG | WUNTRACED) == pty.child &&
           WIFSTOPPED(status);
}

static bool
is_seen(const char *text)
{
    char *at = memmem(pty.out + pty.seen, pty.n - pty.seen, text, strlen(text));

    if (at == NULL)
        return false;
    pty.seen = (size_t)(at - pty.out) + strlen(text);
    return true;
}

static bool
is_there(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

static void
wait_for(bool (*reached)(const char *), const char *arg)
{
    struct timespec start_t, now;

    clock_gettime(CLOCK_MONOTONIC, &start_t);
    do {
        if (reached(arg))
            return;
        listen_for(20);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - start_t.tv_sec < PATIENT_S);
    give_up(arg);
}

/* ---- steps -------------------------------------------------------------------------
 */

/* \r, \e, \xHH, \\ become what they mean. */
static void
unescape(char *text)
{
    char *to = text;

    for (const char *s = text; *s != '\0'; s++) {
        if (*s != '\\' || s[1] == '\0') {
            *to++ = *s;
            continue;
        }
        s++;
        if (*s == 'x') {
            char hex[3] = { s[1], s[2], '\0' };

            *to++ = (char)strtoul(hex, NULL, 16);
            s += 2;
        } else {
            *to++ = *s == 'r' ? '\r' : *s == 'e' ? '\033' : *s;
        }
    }
    *to = '\0';
}

static void
send_text(char *text)
{
    unescape(text);
    for (size_t n = strlen(text), at = 0; at < n;) {
        ssize_t done = write(pty.master, text + at, n - at);

        if (done < 0)
            die("typing");
        at += (size_t)done;
        listen_for(0); /* or both sides may wait for each other */
    }
}

static void
set_size(char *text)
{
    struct winsize ws = { 0 };
    char *x;

    ws.ws_col = (unsigned short)strtoul(text, &x, 10);
    ws.ws_row = *x == 'x' ? (unsigned short)strtoul(x + 1, NULL, 10) : 0;
    if (ioctl(pty.master, TIOCSWINSZ, &ws) != 0)
        die("resizing");
    listen_for(0);
}

static int
signal_of(const char *name)
{
    static const struct {
        const char *name;
        int sig;
    } signals[] = { { "INT", SIGINT },     { "TERM", SIGTERM }, { "HUP", SIGHUP },
                    { "TSTP", SIGTSTP },   { "STOP", SIGSTOP }, { "CONT", SIGCONT },
                    { "WINCH", SIGWINCH }, { "QUIT", SIGQUIT }, { "SEGV", SIGSEGV },
                    { "ABRT", SIGABRT },   { "BUS", SIGBUS },   { "FPE", SIGFPE },
                    { "ILL", SIGILL } };

    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].sig;
    errno = EINVAL;
    die(name);
    return 0;
}

static void
send_signal(char *name)
{
    kill(pty.child, signal_of(name));
}

static void
send_to_thread(char *name)
{
    char path[64];
    struct dirent *one;
    DIR *tasks;
    long newest = 0;

    snprintf(path, sizeof(path), "/proc/%ld/task", (long)pty.child);
    tasks = opendir(path);
    if (tasks == NULL)
        die(path);
    while ((one = readdir(tasks)) != NULL)
        if (strtol(one->d_name, NULL, 10) > newest)
            newest = strtol(one->d_name, NULL, 10);
    closedir(tasks);
    if (newest == (long)pty.child) {
        errno = ESRCH;
        die("it has one thread");
    }
    if (syscall(SYS_tgkill, (long)pty.child, newest, (long)signal_of(name)) != 0)
        die(name);
}

static void
see(char *text)
{
    unescape(text);
    wait_for(is_seen, text);
}

static void
await_file(char *path)
{
    wait_for(is_there, path);
}

static void
await_stop(char *unused)
{
    (void)unused;
    wait_for(has_stopped, "the program stops");
    print_modes();
}

static void
set_modes(char *unused)
{
    (void)unused;
    tcsetattr(pty.slave, TCSANOW, &pty.before);
}

static void
hang_up(char *unused)
{
    (void)unused;
    close(pty.slave);
    close(pty.master);
    pty.slave = pty.master = -1;
    kill(-pty.child, SIGHUP); /* as a shell hands it on */
}

static const struct {
    const char *name;
    void (*take)(char *value);
} steps[] = {
    { "send", send_text },     { "see", see },
    { "file", await_file },    { "size", set_size },
    { "signal", send_signal }, { "thread", send_to_thread },
    { "stopped", await_stop }, { "modes", set_modes },
    { "hangup", hang_up },
};

static bool
take_step(char *word)
{
    size_t n = strcspn(word, "=");
    char *value = word + n + (word[n] == '=');

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (strlen(steps[i].name) == n && strncmp(steps[i].name, word, n) == 0) {
            steps[i].take(value);
            return true;
        }
    return false;
}

/* ---- all of it ---------------------------------------------------------------------
 */

static int
find_program(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--") == 0)
            return i + 1;
    fputs("usage: on_pty [COLUMNSxLINES] STEP... -- PROGRAM WORD...\n", stderr);
    exit(2);
}

int
main(int argc, char **argv)
{
    int program = find_program(argc, argv), first = 1;
    unsigned columns = 80, lines = 24;

    if (sscanf(argv[1], "%ux%u", &columns, &lines) == 2)
        first = 2;
    pty.log = fopen("bytes", "w");
    pty.out = malloc(KEPT);
    if (pty.log == NULL || pty.out == NULL)
        die("bytes");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    open_terminal((unsigned short)columns, (unsigned short)lines);
    lead_session();
    start(argv + program);
    for (int i = first; i < program - 1; i++)
        if (!take_step(argv[i])) {
            errno = EINVAL;
            die(argv[i]);
        }
    wait_for(has_ended, "the program ends");
    for (int i = 0; i < 50; i++)
        listen_for(1); /* its last words */
    if (WIFSIGNALED(pty.status))
        printf("signal %d\n", WTERMSIG(pty.status));
    else
        printf("exit %d\n", WEXITSTATUS(pty.status));
    print_modes();
    fclose(pty.log);
    return 0;
}
