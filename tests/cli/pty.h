/*
 * pty.h - a terminal of one's own with a program on it, for on_pty.c: there is one of
 * each. What fails says so on stderr, kills the program and ends with status 3.
 */
#ifndef MLT_TESTS_CLI_PTY_H
#define MLT_TESTS_CLI_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

struct pty {
    int master, slave; /* -1 after a hangup */
    pid_t child;       /* the program, 0 before it is started */
    FILE *log;         /* all bytes that came */
    char *out;         /* (n) the same, as many as there is room for */
    size_t n;
};

extern struct pty pty;

/* End, since `what` failed with errno. */
_Noreturn void pty_die(const char *what);
/* End, since `what` was waited for in vain. */
_Noreturn void pty_give_up(const char *what);

/* Open the terminal, and lead its session as a shell does: a program without one above
 * it is not stopped by its terminal. The file `bytes` becomes the log. */
void pty_open(unsigned short columns, unsigned short lines);

/* Start a program in the foreground of it; `words` ends with NULL. */
void pty_start(char **words);

/* Take what has come, waiting at most `ms` for it. */
void pty_listen(int ms);

/* Print "modes same" or "modes changed": beside those it was opened with. */
void pty_print_modes(void);

/* Set them to those. */
void pty_reset_modes(void);

/* Take the terminal away, and hand its signal on as a shell does. */
void pty_hang_up(void);

#endif
