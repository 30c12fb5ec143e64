/*
 * training.c - the screen while a run goes on: keys, CPU time, bytes, memory; and
 * while it is paused.
 */
#include "config.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "tests/bench/sitting.h"
#include "tests/bench/threads.h"

#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define WATCH_S 20

/* Rows of the screen that only keys change: on the training panel the heading once the
 * crosshair is there, on the films' panel all below the status. */
static const struct key {
    const char *bytes;
    int first, last;
} keys[] = {
    { "2", 2, 2 },       { "\033OC", 2, 2 },  { "\033OC", 2, 2 },  { "\033OD", 2, 2 },
    { "4", 2, 2 },       { "\033OB", 2, 22 }, { "\033OB", 2, 22 }, { "\033OB", 2, 22 },
    { "\033OA", 2, 22 }, { "o", 3, 22 },      { "\033OB", 2, 22 },
};

#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

/* Many epochs of the defaults, whatever the validation says. */
static const char script_form[] = "wait data\n"
                                  "press 2 down enter ctrl-u\n"
                                  "type 99\n"
                                  "press enter down down down down down down down\n"
                                  "press enter ctrl-u\n"
                                  "type 0\n"
                                  "press enter T\n"
                                  "wait training\n"
                                  "do save-screen %s\n";

static void
watch(struct terminal *t)
{
    uint64_t bytes = t->n_bytes;
    double from_s = clock_now_s(), s;
    struct threads before = threads_read(t->pid), after;
    double own, all;

    terminal_read(t, WATCH_S);
    after = threads_read(t->pid);
    s = clock_now_s() - from_s;
    own = after.first_s - before.first_s;
    all = after.all_s - before.all_s;
    bench_report(own <= .005 * all, "the screen's thread, of the CPU time", "<= 0.5 %",
                 "%.2f %% (%.2f of %.1f s)", 100 * own / all, own, all);
    bench_report((double)(t->n_bytes - bytes) / s < 8192, "bytes while training",
                 "< 8 KiB/s", "%.2f KiB/s", (double)(t->n_bytes - bytes) / s / 1024);
}

/* Keys at times that have nothing to do with the redraws'. */
static void
press_keys(const struct bench *b, struct terminal *t)
{
    double *took = mem_new(b->keys, sizeof(*took));
    size_t n = 0, lost = 0;

    if (took == NULL)
        errx(1, "no memory");
    terminal_type(t, "2\033[H");
    terminal_read(t, .5);
    for (size_t i = 0; n < b->keys && !t->gone; i++) {
        const struct key *k = &keys[i % N_KEYS];
        double s;

        terminal_read(t, .01 + .04 * ((double)rand() / RAND_MAX));
        uint64_t before = vt_hash(&t->vt, k->first, k->last);
        terminal_type(t, k->bytes);
        s = terminal_changed(t, k->first, k->last, before, 2);
        lost += isnan(s);
        took[n++] = isnan(s) ? 2 : s;
    }
    bench_report(n == b->keys && bench_quantile(took, n, .99) < .05,
                 "key to changed screen while training", "< 50 ms",
                 "%.1f ms at 99 %%, %.1f at 50 %%, %.1f at most; %zu keys, %zu lost",
                 1e3 * bench_quantile(took, n, .99), 1e3 * bench_quantile(took, n, .5),
                 1e3 * bench_quantile(took, n, 1), n, lost);
    mem_free(took);
}

/* What `mltui train` has in memory at the same point: in its first epoch. */
static uint64_t
memory_of_line_face(const struct bench *b)
{
    char run[512], metrics[600];
    char *argv[] = {
        (char *)b->program, (char *)"train", (char *)b->data, (char *)"--out", run, NULL
    };
    struct terminal t;
    uint64_t bytes;

    snprintf(run, sizeof(run), "%s", bench_path(b, "line-face"));
    snprintf(metrics, sizeof(metrics), "%s/metrics.jsonl", run);
    terminal_start(&t, argv);
    terminal_until_file(&t, metrics, 120);
    terminal_read(&t, 1);
    bytes = threads_memory(t.pid);
    terminal_end(&t);
    return bytes;
}

static void
compare_memory(const struct bench *b, uint64_t screen)
{
    double line = (double)memory_of_line_face(b) / 1e6, own = (double)screen / 1e6;

    bench_report(own - line < 20, "memory beyond the line face's", "< 20 MB",
                 "%.1f MB (%.1f against %.1f, in the first epoch)", own - line, own,
                 line);
}

void
bench_training(const struct bench *b)
{
    char script[2048], marker[512];
    struct terminal t;
    uint64_t memory;

    snprintf(marker, sizeof(marker), "%s", bench_path(b, "training"));
    snprintf(script, sizeof(script), script_form, marker);
    bench_start(b, &t, b->data, script);
    if (isnan(terminal_until_file(&t, marker, 120)))
        warnx("the run has not begun");
    terminal_read(&t, 1);
    memory = threads_memory(t.pid);
    watch(&t);
    terminal_type(&t, "4");
    if (isnan(terminal_shows(&t, "films", 120)))
        warnx("no model after two minutes");
    press_keys(b, &t);
    terminal_type(&t, " ");
    if (isnan(terminal_shows(&t, "paused", 5)))
        warnx("no pause");
    bench_rest(&t, "paused for 10 s");
    terminal_stop(&t);
    compare_memory(b, memory);
}
