/* test_progress.c - what is said on stderr, on a terminal and elsewhere. */
#include "config.h"

#include "ui/cli/progress.h"

#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct term terminal = {
    .tty = true, .utf8 = true, .cursor = true, .cut = "~"
};
static const struct term pipe_end = { .utf8 = true, .cut = "~" };

/* Progress into memory. */
struct heard {
    struct progress *p;
    FILE *to;
    char *text;
    size_t len;
};

static void
begin(struct heard *h, const struct term *t, bool quiet)
{
    h->to = open_memstream(&h->text, &h->len);
    CU_ASSERT_EQUAL_FATAL(progress_new(&h->p, h->to, t, quiet, NULL), ERR_OK);
}

/* End it and compare. */
static void
said(struct heard *h, const char *expected)
{
    progress_free(h->p);
    fclose(h->to);
    CU_ASSERT_STRING_EQUAL(h->text, expected);
    free(h->text);
}

static void
a_terminal_gets_one_line_that_is_wiped(void)
{
    struct heard h;

    begin(&h, &terminal, false);
    progress_show(h.p, "epoch 1/2", .5, 65, "6.1 M ratings/s");
    progress_say(h.p, "epoch %d done", 1);
    said(&h, "\repoch 1/2  ##########..........   50 %  6.1 M ratings/s  eta 1:05\033[K"
             "\r\033[K"
             "epoch 1 done\n");
}

static void
ten_times_a_second_is_enough(void)
{
    struct heard h;

    begin(&h, &terminal, false);
    CU_ASSERT_TRUE(progress_due(h.p));
    for (int i = 0; i < 1000; i++)
        progress_show(h.p, "a", NAN, NAN, NULL);
    CU_ASSERT_FALSE(progress_due(h.p));
    said(&h, "\ra\033[K\r\033[K");
}

static void
elsewhere_only_whole_lines_are_said(void)
{
    struct heard h;

    begin(&h, &pipe_end, false);
    CU_ASSERT_FALSE(progress_due(h.p));
    progress_show(h.p, "epoch 1/2", .5, 65, NULL);
    progress_say(h.p, "epoch 1 done");
    progress_hint(h.p, "mltui movies %s", "latest");
    said(&h, "epoch 1 done\nnext: mltui movies latest\n");
}

static void
quiet_leaves_warnings(void)
{
    struct heard h;

    begin(&h, &terminal, true);
    progress_show(h.p, "epoch 1/2", .5, 65, NULL);
    progress_say(h.p, "epoch 1 done");
    progress_hint(h.p, "mltui movies latest");
    progress_warn(h.p, "3 ratings outside %s", "0.5 … 5.5");
    said(&h, "mltui: warning: 3 ratings outside 0.5 … 5.5\n");
}

static void
a_hostile_name_is_shown_as_an_escape(void)
{
    struct heard h;

    begin(&h, &pipe_end, false);
    progress_say(h.p, "reading %s", "a\nb\033[2J");
    said(&h, "reading a\\x0ab\\x1b[2J\n");
    begin(&h, &terminal, false);
    progress_show(h.p, "\033[2J", NAN, NAN, NULL);
    said(&h, "\r\\x1b[2J\033[K\r\033[K");
}

static void
times_left_are_readable(void)
{
    static const struct {
        double s;
        const char *line;
    } cases[] = {
        { 3.44, "\ra  eta 3.4 s\033[K\r\033[K" },
        { 59.6, "\ra  eta 59.6 s\033[K\r\033[K" },
        { 3599, "\ra  eta 59:59\033[K\r\033[K" },
        { 3725, "\ra  eta 1:02:05\033[K\r\033[K" },
        { -1, "\ra\033[K\r\033[K" },
        { INFINITY, "\ra\033[K\r\033[K" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct heard h;

        begin(&h, &terminal, false);
        progress_show(h.p, "a", NAN, cases[i].s, NULL);
        said(&h, cases[i].line);
    }
}

/* "epoch 1/2", 20 cells of bar, loss, speed and time left take 80. */
static void
the_bar_gives_way_to_the_time_left(void)
{
    static const struct {
        const char *columns, *line;
    } cases[] = {
        { "81", "epoch 1/2  ##########..........   50 %  loss 0.6171  3.53 M ratings/s"
                "  eta 5.3 s" },
        { "80", "epoch 1/2  ##########.........   50 %  loss 0.6171  3.53 M ratings/s"
                "  eta 5.3 s" },
        { "66", "epoch 1/2  ###..   50 %  loss 0.6171  3.53 M ratings/s  eta 5.3 s" },
        { "65", "epoch 1/2  ###..   50 %  eta 5.3 s" },
        { "35", "epoch 1/2  ###..   50 %  eta 5.3 s" },
        { "30", "epoch 1/2  ###..   50 %  eta~" },
        { "1", "" },
    };
    const char *columns = getenv("COLUMNS");

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char expected[256];
        struct heard h;

        setenv("COLUMNS", cases[i].columns, 1);
        begin(&h, &terminal, false);
        progress_show(h.p, "epoch 1/2", .5, 5.3, "loss 0.6171  3.53 M ratings/s");
        snprintf(expected, sizeof(expected), "\r%s\033[K\r\033[K", cases[i].line);
        said(&h, expected);
    }
    if (columns != NULL)
        setenv("COLUMNS", columns, 1);
    else
        unsetenv("COLUMNS");
}

CU_TestInfo tests_progress[] = {
    { "a terminal gets one line that is wiped",
      a_terminal_gets_one_line_that_is_wiped },
    { "ten times a second is enough", ten_times_a_second_is_enough },
    { "elsewhere only whole lines are said", elsewhere_only_whole_lines_are_said },
    { "quiet leaves warnings", quiet_leaves_warnings },
    { "a hostile name is shown as an escape", a_hostile_name_is_shown_as_an_escape },
    { "times left are readable", times_left_are_readable },
    { "the bar gives way to the time left", the_bar_gives_way_to_the_time_left },
    CU_TEST_INFO_NULL,
};
