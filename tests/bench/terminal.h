/*
 * terminal.h - a program on a pty of 80 x 24, and a reader that answers nothing: it
 * takes in what comes, notes when, and keeps the picture (vt.h).
 */
#ifndef MLT_TESTS_BENCH_TERMINAL_H
#define MLT_TESTS_BENCH_TERMINAL_H

#include "tests/bench/vt.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct terminal {
    pid_t pid;
    int fd;
    double start_s;   /* when it was started */
    uint64_t n_bytes; /* from it */
    double last_s;    /* when the last of them came */
    bool gone;
    struct vt vt;
};

/* Start argv (NULL at its end); leaves the program when that is impossible. */
void terminal_start(struct terminal *t, char *const argv[]);
/* End the screen, kindly at first; and any program, at once. */
void terminal_stop(struct terminal *t);
void terminal_end(struct terminal *t);

void terminal_type(struct terminal *t, const char *keys);
/* Read for so long; false when the program has gone. */
bool terminal_read(struct terminal *t, double s);

/* Read until rows first … last differ from `before`; the seconds it took, from now, or
 * NaN after `limit_s`. */
double terminal_changed(struct terminal *t, int first, int last, uint64_t before,
                        double limit_s);
/* Read until a row has this text; as above. */
double terminal_shows(struct terminal *t, const char *text, double limit_s);
/* Read until there is a file; as above. */
double terminal_until_file(struct terminal *t, const char *path, double limit_s);
/* Read until nothing has come for so long. */
void terminal_settle(struct terminal *t, double quiet_s);

#endif
