/*
 * pairs.c - the speed of training with the screen and without: pairs of one run each,
 * the second of a pair `mltui train` on a pty whose output is only read. What an epoch
 * took is in the run's metrics.jsonl.
 */
#include "config.h"

#include "tests/bench/sitting.h"

#include <err.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seconds of all epochs of a run. */
static double
seconds_of(const char *metrics)
{
    FILE *f = fopen(metrics, "r");
    char line[4096];
    double sum = 0;

    if (f == NULL)
        err(1, "%s", metrics);
    while (fgets(line, sizeof(line), f) != NULL) {
        const char *at = strstr(line, "\"seconds\":");

        if (at != NULL)
            sum += strtod(at + strlen("\"seconds\":"), NULL);
    }
    fclose(f);
    return sum;
}

/* Of the only run in the runs folder, which is removed. */
static double
take_run(const struct bench *b)
{
    char *slash;
    glob_t found;
    double s;

    if (glob(bench_path(b, "state/mltui/runs/*/metrics.jsonl"), 0, NULL, &found) != 0)
        errx(1, "no run was written below %s", b->folder);
    s = seconds_of(found.gl_pathv[0]);
    slash = strrchr(found.gl_pathv[0], '/');
    *slash = '\0';
    bench_remove(found.gl_pathv[0]);
    globfree(&found);
    return s;
}

/* The run begins when what the screen does once data are open has been done, and is
 * watched on the training panel. */
static double
with_screen(const struct bench *b)
{
    struct terminal t;

    bench_start(b, &t, b->small,
                "wait data\nwait idle\npress T\nwait training\nwait idle\ndo quit\n");
    while (terminal_read(&t, 1))
        ;
    terminal_end(&t);
    return take_run(b);
}

static double
without(const struct bench *b)
{
    char *argv[] = { (char *)b->program, (char *)"train", (char *)b->small, NULL };
    struct terminal t;

    terminal_start(&t, argv);
    while (terminal_read(&t, 1))
        ;
    terminal_end(&t);
    return take_run(b);
}

/* The mean of n logarithms of ratios, and the half width of its 95 % interval. */
static void
mean_ratio(const double *log_ratio, size_t n, double *ret_mean, double *ret_half)
{
    double sum = 0, squares = 0;

    for (size_t i = 0; i < n; i++)
        sum += log_ratio[i];
    *ret_mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += pow(log_ratio[i] - *ret_mean, 2);
    *ret_half = 2.093 * sqrt(squares / (double)(n - 1) / (double)n); /* t, n = 20 */
}

void
bench_pairs(const struct bench *b)
{
    double log_ratio[64], with[64], bare[64], mean, half;

    for (size_t i = 0; i < b->pairs; i++) {
        if (i % 2 == 0)
            with[i] = with_screen(b);
        bare[i] = without(b);
        if (i % 2 != 0)
            with[i] = with_screen(b);
        log_ratio[i] = log(bare[i] / with[i]);
    }
    mean_ratio(log_ratio, b->pairs, &mean, &half);
    bench_report(
        exp(mean + half) >= .99, "training speed beside the line face", ">= .99",
        "%.3f (%.3f to %.3f at 95 %%); epochs %.2f s, bare %.2f, %zu pairs", exp(mean),
        exp(mean - half), exp(mean + half), bench_quantile(with, b->pairs, .5),
        bench_quantile(bare, b->pairs, .5), b->pairs);
}
