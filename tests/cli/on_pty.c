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
 * waited for nothing: exit status 3.
 */
#include "config.h"

#include "tests/cli/pty.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENT_S 60

static size_t seen; /* bytes of pty.out that a step has looked through */
static int status;  /* of waitpid, once `ended` */
static bool ended;

/* ---- waiting -----------------------------------------------------------------------
 */

static bool
has_ended(const char *unused)
{
    (void)unused;
    if (!ended)
        ended = waitpid(pty.child, &status, WNOHANG) == pty.child;
    return ended;
}

static bool
has_stopped(const char *unused)
{
    int now;

    (void)unused;
    return waitpid(pty.child, &now, WNOHANG | WUNTRACED) == pty.child &&
           WIFSTOPPED(now);
}

static bool
is_seen(const char *text)
{
    char *at = memmem(pty.out + seen, pty.n - seen, text, strlen(text));

    if (at == NULL)
        return false;
    seen = (size_t)(at - pty.out) + strlen(text);
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
        pty_listen(20);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - start_t.tv_sec < PATIENT_S);
    pty_give_up(arg);
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
            pty_die("typing");
        at += (size_t)done;
        pty_listen(0); /* or both sides may wait for each other */
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
        pty_die("resizing");
    pty_listen(0);
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
    pty_die(name);
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
        pty_die(path);
    while ((one = readdir(tasks)) != NULL)
        if (strtol(one->d_name, NULL, 10) > newest)
            newest = strtol(one->d_name, NULL, 10);
    closedir(tasks);
    if (newest == (long)pty.child) {
        errno = ESRCH;
        pty_die("it has one thread");
    }
    if (syscall(SYS_tgkill, (long)pty.child, newest, (long)signal_of(name)) != 0)
        pty_die(name);
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
    pty_print_modes();
}

static void
set_modes(char *unused)
{
    (void)unused;
    pty_reset_modes();
}

static void
hang_up(char *unused)
{
    (void)unused;
    pty_hang_up();
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
    pty_open((unsigned short)columns, (unsigned short)lines);
    pty_start(argv + program);
    for (int i = first; i < program - 1; i++)
        if (!take_step(argv[i])) {
            errno = EINVAL;
            pty_die(argv[i]);
        }
    wait_for(has_ended, "the program ends");
    for (int i = 0; i < 50; i++)
        pty_listen(1); /* its last words */
    if (WIFSIGNALED(status))
        printf("signal %d\n", WTERMSIG(status));
    else
        printf("exit %d\n", WEXITSTATUS(status));
    pty_print_modes();
    fclose(pty.log);
    return 0;
}
