/*
 * looking.c - the screen while nothing trains: how soon it is there, how soon a panel
 * is, lists of all films, rest, memory.
 */
#include "config.h"

#include "src/base/clock.h"
#include "tests/bench/sitting.h"
#include "tests/bench/threads.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define REPEATS 5

/* ---- first screens ----------------------------------------------------------------
 */

static void
first_screen(const struct bench *b, const char *what, const char *open,
             const char *text)
{
    double took[REPEATS];

    for (int i = 0; i < REPEATS; i++) {
        struct terminal t;

        bench_start(b, &t, open, NULL);
        took[i] = terminal_shows(&t, text, 10);
        terminal_stop(&t);
    }
    bench_report(bench_quantile(took, REPEATS, .5) < .3, what, "< 0.3 s",
                 "%.3f s, at best %.3f", bench_quantile(took, REPEATS, .5),
                 bench_quantile(took, REPEATS, 0));
}

/* ---- panels and keys ---------------------------------------------------------------
 */

/* Seconds from keys to a change of the rows below the status. */
static double
key_time(struct terminal *t, const char *keys)
{
    uint64_t before;

    terminal_settle(t, .1);
    before = vt_hash(&t->vt, 2, VT_H - 2);
    terminal_type(t, keys);
    return terminal_changed(t, 2, VT_H - 2, before, 2);
}

static void
panels(struct terminal *t)
{
    static const char *const of[] = { "2", "3", "4", "5", "6", "7", "1" };
    char text[256] = "";
    double most = 0;

    for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        double s = key_time(t, of[i]);
        size_t n = strlen(text);

        snprintf(text + n, sizeof(text) - n, "%s%s: %.1f", i > 0 ? ", " : "", of[i],
                 1e3 * s);
        most = fmax(most, isnan(s) ? 2 : s);
    }
    bench_report(most < .3, "each panel for the first time", "< 300 ms", "%s ms", text);
}

/* Each word is one press; the time of each, and how much of it the screen's thread was
 * at work, which other programs on the machine do not change. */
static void
keys_of(struct terminal *t, const char *what, const char *const *press, size_t n)
{
    double took[64], work[64];

    for (size_t i = 0; i < n; i++) {
        double from_s = threads_read(t->pid).first_s, s = key_time(t, press[i]);

        took[i] = isnan(s) ? 2 : s;
        terminal_settle(t, .02);
        work[i] = threads_read(t->pid).first_s - from_s;
    }
    bench_report(
        bench_quantile(took, n, .5) < .02 && bench_quantile(work, n, 1) < .02, what,
        "< 20 ms", "%.1f ms at 50 %%, %.1f at most; at work %.1f, %.1f; %zu keys",
        1e3 * bench_quantile(took, n, .5), 1e3 * bench_quantile(took, n, 1),
        1e3 * bench_quantile(work, n, .5), 1e3 * bench_quantile(work, n, 1), n);
}

static void
lists(struct terminal *t)
{
    static const char *const sort[] = {
        "o", "o", "o", "o", "o", "O", "o", "O", "b", "b"
    };
    static const char *const search[] = { "/", "t", "h", "e", "a", "\177", "\177" };
    static const char *const filter[] = { "\\", "y", "e", "a", "r",    ">",
                                          "1",  "9", "9", "0", "\177", "\177" };
    static const char *const card[] = { "\033OB",  "\033OB",  "\033OB", "\033[6~",
                                        "\033[6~", "\033[6~", "\033OF", "\033OH" };

    terminal_type(t, "4");
    terminal_settle(t, .3);
    keys_of(t, "all films sorted", sort, sizeof(sort) / sizeof(sort[0]));
    keys_of(t, "a film's card with its nearest", card, sizeof(card) / sizeof(card[0]));
    keys_of(t, "films searched", search, sizeof(search) / sizeof(search[0]));
    terminal_type(t, "\033");
    terminal_settle(t, .3);
    keys_of(t, "films filtered", filter, sizeof(filter) / sizeof(filter[0]));
    terminal_type(t, "\033");
    terminal_settle(t, .3);
}

/* ---- rest ---------------------------------------------------------------------------
 */

void
bench_looking(const struct bench *b)
{
    char script[1024], marker[512];
    struct terminal t;

    first_screen(b, "start screen", NULL, "sample");
    first_screen(b, "first screen, with data", b->data, "Data");
    first_screen(b, "first screen, with a run", b->run, "Data");

    snprintf(marker, sizeof(marker), "%s", bench_path(b, "data"));
    snprintf(script, sizeof(script), "wait data\ndo save-screen %s\n", marker);
    bench_start(b, &t, b->data, script);
    terminal_until_file(&t, marker, 120);
    bench_rest(&t, "data open, at rest for 10 s");
    terminal_stop(&t);

    snprintf(marker, sizeof(marker), "%s", bench_path(b, "model"));
    snprintf(script, sizeof(script), "wait model\ndo save-screen %s\n", marker);
    bench_start(b, &t, b->run, script);
    terminal_until_file(&t, marker, 120);
    bench_report(true, "a run open, model and ratings read", "-", "%.2f s",
                 clock_now_s() - t.start_s);
    panels(&t);
    lists(&t);
    bench_rest(&t, "a run open, at rest for 10 s");
    terminal_stop(&t);
}
