/* test_events.c - signals as events of the screen's loop. */
#include "config.h"

#include "ui/tui/events.h"

#include "tests/unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void
what_came_is_told_once(void)
{
    struct err err;

    CU_ASSERT_EQUAL_FATAL(events_open(&err), ERR_OK);
    raise(SIGWINCH);
    raise(SIGWINCH);
    CU_ASSERT_EQUAL(events_take(), EVENT_RESIZED);
    CU_ASSERT_EQUAL(events_take(), 0);
    events_close();
}

/* A process whose session has no shell in it, as in a terminal of its own, must not
 * stop: nobody could make it go on. */
static void
nobody_is_left_stopped_whom_no_shell_would_continue(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct err err;

        setsid();
        signal(SIGTSTP, SIG_DFL);
        if (events_open(&err) != ERR_OK)
            _exit(1);
        events_suspend();
        _exit(0);
    }
    CU_ASSERT_FATAL(child > 0);
    CU_ASSERT_EQUAL(waitpid(child, &status, WUNTRACED), child);
    CU_ASSERT_FALSE(WIFSTOPPED(status));
    if (WIFSTOPPED(status)) {
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
    }
}

/* In a group that its parent's session holds it stops, and hears the signal again when
 * it goes on. */
static void
a_job_of_a_shell_stops_and_goes_on(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct err err;

        setpgid(0, 0);
        signal(SIGTSTP, SIG_DFL);
        if (events_open(&err) != ERR_OK)
            _exit(1);
        events_suspend();
        raise(SIGTSTP);
        _exit((events_take() & EVENT_SUSPEND) != 0 ? 42 : 2);
    }
    CU_ASSERT_FATAL(child > 0);
    CU_ASSERT_EQUAL(waitpid(child, &status, WUNTRACED), child);
    CU_ASSERT_TRUE_FATAL(WIFSTOPPED(status));
    kill(child, SIGCONT);
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

CU_TestInfo tests_events[] = {
    { "what came is told once", what_came_is_told_once },
    { "nobody is left stopped whom no shell would continue",
      nobody_is_left_stopped_whom_no_shell_would_continue },
    { "a job of a shell stops and goes on", a_job_of_a_shell_stops_and_goes_on },
    CU_TEST_INFO_NULL,
};
