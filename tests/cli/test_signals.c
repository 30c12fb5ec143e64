/* test_signals.c - a signal is a wish first, then the death it would have been. */
#include "config.h"

#include "ui/cli/signals.h"

#include "tests/unit.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child process ended that ran `fn`. A shell's job in the background inherits
 * SIGINT as ignored: the child begins as one in the foreground does. */
static int
ending_of(void (*fn)(void))
{
    int status = 0;
    pid_t child = fork();

    CU_ASSERT_FATAL(child >= 0);
    if (child == 0) {
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        fn();
        _exit(99);
    }
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    return status;
}

static void
expect(bool held)
{
    if (!held)
        _exit(1);
}

static void
work_and_die(void)
{
    struct pollfd p = { .events = POLLIN };

    expect(signals_catch(NULL) == ERR_OK);
    p.fd = signals_fd();
    expect(!atomic_load(signals_stop()) && signals_caught() == 0 &&
           poll(&p, 1, 0) == 0);
    raise(SIGINT);
    expect(atomic_load(signals_stop()) && signals_caught() == SIGINT);
    expect(poll(&p, 1, 0) == 1);
    raise(SIGTERM);
    raise(SIGTERM);
    expect(signals_caught() == SIGINT);
    signals_release();
    signals_reraise();
}

static void
the_first_signal_is_a_wish_and_then_the_death(void)
{
    int status = ending_of(work_and_die);

    CU_ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void
interrupt_twice(void)
{
    expect(signals_catch(NULL) == ERR_OK);
    raise(SIGINT);
    raise(SIGINT);
}

static void
the_second_sigint_kills_at_once(void)
{
    int status = ending_of(interrupt_twice);

    CU_ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void
lose_the_terminal(void)
{
    signal(SIGINT, SIG_IGN);
    expect(signals_catch(NULL) == ERR_OK);
    raise(SIGINT);
    raise(SIGHUP);
    raise(SIGPIPE);
    expect(!atomic_load(signals_stop()));
    signals_release();
    signals_reraise();
    _exit(0);
}

static void
what_was_ignored_stays_so_and_hangups_do_nothing(void)
{
    int status = ending_of(lose_the_terminal);

    CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
break_a_pipe_after_the_work(void)
{
    expect(signals_catch(NULL) == ERR_OK);
    signals_release();
    raise(SIGPIPE);
}

static void
after_the_work_a_broken_pipe_kills_again(void)
{
    int status = ending_of(break_a_pipe_after_the_work);

    CU_ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}

CU_TestInfo tests_signals[] = {
    { "the first signal is a wish and then the death",
      the_first_signal_is_a_wish_and_then_the_death },
    { "the second SIGINT kills at once", the_second_sigint_kills_at_once },
    { "what was ignored stays so and hangups do nothing",
      what_was_ignored_stays_so_and_hangups_do_nothing },
    { "after the work a broken pipe kills again",
      after_the_work_a_broken_pipe_kills_again },
    CU_TEST_INFO_NULL,
};
