/*
 * main.c - what the screen costs: drives the real program on a pty and measures it.
 * HACKING.md says what for; `make screen-bench` runs it.
 */
#include "config.h"

#include "tests/bench/sitting.h"

#include <err.h>
#include <ftw.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int missed;

const char *
bench_path(const struct bench *b, const char *name)
{
    static char path[4][PATH_MAX];
    static unsigned turn;
    char *at = path[turn++ % 4];

    snprintf(at, PATH_MAX, "%s/%s", b->folder, name);
    return at;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void
bench_remove(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
bench_start(const struct bench *b, struct terminal *t, const char *open,
            const char *script)
{
    char file[PATH_MAX];
    char *argv[6] = { (char *)b->program, (char *)"screen" };
    int n = 2;

    if (script != NULL) {
        FILE *f;

        snprintf(file, sizeof(file), "%s", bench_path(b, "script"));
        f = fopen(file, "w");
        if (f == NULL || fputs(script, f) < 0 || fclose(f) != 0)
            err(1, "%s", file);
        argv[n++] = (char *)"--script";
        argv[n++] = file;
    }
    if (open != NULL)
        argv[n++] = (char *)open;
    terminal_start(t, argv);
}

void
bench_report(bool met, const char *what, const char *wanted, const char *fmt, ...)
{
    char text[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    printf("%-6s  %-38s  %-10s  %s\n", met ? "ok" : "MISSED", what, wanted, text);
    fflush(stdout);
    missed += !met;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double
bench_quantile(double *at, size_t n, double part)
{
    qsort(at, n, sizeof(*at), ascending);
    return n > 0 ? at[(size_t)(part * (double)(n - 1) + .5)] : 0;
}

/* ---- what to measure ---------------------------------------------------------------
 */

static const struct {
    const char *name;
    void (*measure)(const struct bench *b);
} parts[] = {
    { "looking", bench_looking },
    { "training", bench_training },
    { "pairs", bench_pairs },
};

#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

static void
use(void)
{
    fputs("use: screen PROGRAM DATA RUN SMALL [looking|training|pairs]...\n"
          "DATA: ratings of MovieLens 25M's shape (mltui synth DATA); RUN: a run on "
          "them;\nSMALL: data that train in some seconds (mltui synth -r 2000000 "
          "SMALL)\n",
          stderr);
    exit(2);
}

static void
own_folder(struct bench *b)
{
    const char *tmp = getenv("TMPDIR");

    if (snprintf(b->folder, sizeof(b->folder), "%s/screen-bench-XXXXXX",
                 tmp != NULL ? tmp : "/tmp") >= (int)sizeof(b->folder) ||
        mkdtemp(b->folder) == NULL)
        err(1, "%s", b->folder);
    setenv("XDG_STATE_HOME", bench_path(b, "state"), 1);
    setenv("XDG_DATA_HOME", bench_path(b, "data-home"), 1);
    setenv("XDG_CONFIG_HOME", bench_path(b, "config"), 1);
}

static bool
is_wanted(int argc, char **argv, const char *name)
{
    for (int i = 5; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc <= 5;
}

int
main(int argc, char **argv)
{
    struct bench b = { .keys = 1000, .pairs = 20 };

    if (argc < 5)
        use();
    setenv("LC_ALL", "C.UTF-8", 1);
    setlocale(LC_CTYPE, "C.UTF-8");
    b.program = argv[1];
    b.data = argv[2];
    b.run = argv[3];
    b.small = argv[4];
    own_folder(&b);
    for (size_t i = 0; i < N_PARTS; i++)
        if (is_wanted(argc, argv, parts[i].name))
            parts[i].measure(&b);
    bench_remove(b.folder);
    return missed > 0;
}
