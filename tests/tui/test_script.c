/* test_script.c - keys and commands from a file. */
#include "config.h"

#include "ui/tui/script.h"

#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static enum err_code
read_text(struct script **ret, const char *text, struct err *err)
{
    char dir[256];
    enum err_code rc;

    scratch_make(dir);
    scratch_write(scratch_path(dir, "s"), text, strlen(text));
    rc = script_read(ret, scratch_path(dir, "s"), err);
    scratch_remove(dir);
    return rc;
}

/* The names of all steps that are ready, blanks between. */
static void
play(struct script *s, const struct world *w, char out[256])
{
    out[0] = '\0';
    for (;;) {
        struct script_step step = script_next(s, w);
        char name[INPUT_NAME_MAX];

        if (step.what == SCRIPT_INPUT)
            snprintf(out + strlen(out), 256 - strlen(out), "%s ",
                     input_name(&step.in, name));
        else if (step.what == SCRIPT_COMMAND)
            snprintf(out + strlen(out), 256 - strlen(out), "<%s> ", step.command);
        else
            return;
    }
}

static void
a_script_is_played_line_by_line(void)
{
    struct world w = { .name = "sample" };
    struct script *s;
    char out[256];

    CU_ASSERT_EQUAL_FATAL(read_text(&s,
                                    "# a sitting\n\npress 4 down ctrl-l\ntype a é\n"
                                    "do open ml-25m\nwait data\npress enter",
                                    NULL),
                          ERR_OK);
    play(s, &w, out);
    CU_ASSERT_STRING_EQUAL(out, "4 down ctrl-l a space é <open ml-25m> enter ");
    script_free(s);
}

static void
it_waits_for_states(void)
{
    struct world w = { .name = NULL, .busy = true };
    struct script *s;
    char out[256];

    CU_ASSERT_EQUAL_FATAL(
        read_text(&s, "press a\nwait data\npress b\nwait epoch 2\npress c\n", NULL),
        ERR_OK);
    play(s, &w, out);
    CU_ASSERT_STRING_EQUAL(out, "a ");
    w.name = "sample";
    w.loading.active = true;
    play(s, &w, out);
    CU_ASSERT_STRING_EQUAL(out, "");
    w.loading.active = false;
    play(s, &w, out);
    CU_ASSERT_STRING_EQUAL(out, "b ");
    w.curve.n_epochs = 2;
    play(s, &w, out);
    CU_ASSERT_STRING_EQUAL(out, "c ");
    CU_ASSERT_EQUAL(script_next(s, &w).what, SCRIPT_ENDED);
    script_free(s);
}

/* What a script that says only `wait STATE` and `press a` has ready in a world. */
static bool
goes_on(const char *state, const struct world *w)
{
    char text[64], out[256];
    struct script *s;

    snprintf(text, sizeof(text), "wait %s\npress a\n", state);
    CU_ASSERT_EQUAL_FATAL(read_text(&s, text, NULL), ERR_OK);
    play(s, w, out);
    script_free(s);
    return strcmp(out, "a ") == 0;
}

static void
a_state_that_has_passed_counts(void)
{
    struct world w = { .name = "sample", .busy = true };

    w.now.state = SESSION_SAVING; /* the first thing one hears of a short run */
    CU_ASSERT_FALSE(goes_on("training", &w));
    CU_ASSERT_FALSE(goes_on("finding", &w));
    w.has_trained = true;
    CU_ASSERT_TRUE(goes_on("training", &w));
    CU_ASSERT_FALSE(goes_on("finding", &w));
    w.has_tried = true;
    CU_ASSERT_TRUE(goes_on("finding", &w));
}

static void
nobody_waits_for_a_run_that_is_over(void)
{
    static const char *const states[] = { "training", "finding", "paused", "epoch 3" };
    struct world w = { .name = "sample", .busy = true };

    w.curve.n_epochs = 2;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        w.busy = true;
        CU_ASSERT_FALSE(goes_on(states[i], &w));
        w.busy = false;
        w.loading.active = true; /* a run that begins when its data have been read */
        CU_ASSERT_FALSE(goes_on(states[i], &w));
        w.loading.active = false;
        CU_ASSERT_TRUE(goes_on(states[i], &w));
    }
    CU_ASSERT_FALSE(goes_on("model", &w)); /* somebody may train one yet */
}

static void
mistakes_are_told_with_their_line(void)
{
    static const char *const bad[] = {
        "press 4\npush 5\n",     "press 4\npress entre\n", "press 4\nwait model 3\n",
        "press 4\nwait epoch\n", "press 4\ndo jump\n",     "press 4\ntype \xff\n",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct script *s;
        struct err err;

        CU_ASSERT_EQUAL(read_text(&s, bad[i], &err), ERR_ARG);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "s:2: "));
        CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "expected "));
    }
}

static void
a_file_that_is_none_is_told(void)
{
    struct script *s;
    struct err err;

    CU_ASSERT_EQUAL(script_read(&s, "/nonexistent/s", &err), ERR_NOTFOUND);
    CU_ASSERT_EQUAL(script_read(&s, "/", &err), ERR_IO);
}

CU_TestInfo tests_script[] = {
    { "a script is played line by line", a_script_is_played_line_by_line },
    { "it waits for states", it_waits_for_states },
    { "a state that has passed counts", a_state_that_has_passed_counts },
    { "nobody waits for a run that is over", nobody_waits_for_a_run_that_is_over },
    { "mistakes are told with their line", mistakes_are_told_with_their_line },
    { "a file that is none is told", a_file_that_is_none_is_told },
    CU_TEST_INFO_NULL,
};
