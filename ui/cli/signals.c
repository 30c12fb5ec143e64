/* signals.c - SIGINT and SIGTERM as a wish; see signals.h. */
#include "config.h"

#include "ui/cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static atomic_bool stop;
static atomic_int caught;
static int wake[2] = { -1, -1 };

static const int quiet[] = { SIGHUP, SIGPIPE };
static struct sigaction quiet_before[2];

/* Async-signal-safe: lock-free atomics and write(2) alone. */
static void
handle(int sig)
{
    int saved = errno, none = 0;

    atomic_compare_exchange_strong(&caught, &none, sig);
    atomic_store(&stop, true);
    (void)!write(wake[1], "", 1);
    errno = saved;
}

/* Catch one signal unless it is ignored. */
static int
catch_one(int sig, int flags)
{
    struct sigaction before, now = { .sa_handler = handle, .sa_flags = flags };

    sigemptyset(&now.sa_mask);
    if (sigaction(sig, NULL, &before) != 0)
        return -1;
    return before.sa_handler == SIG_IGN ? 0 : sigaction(sig, &now, NULL);
}

enum err_code
signals_catch(struct err *err)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    sigemptyset(&ignore.sa_mask);
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return err_set(err, ERR_IO, "a pipe for signals: %s", strerror(errno));
    for (int i = 0; i < 2; i++)
        sigaction(quiet[i], &ignore, &quiet_before[i]);
    if (catch_one(SIGINT, SA_RESETHAND) != 0 || catch_one(SIGTERM, 0) != 0)
        return err_set(err, ERR_IO, "cannot catch signals: %s", strerror(errno));
    return ERR_OK;
}

const atomic_bool *
signals_stop(void)
{
    return &stop;
}

int
signals_fd(void)
{
    return wake[0];
}

int
signals_caught(void)
{
    return atomic_load(&caught);
}

void
signals_release(void)
{
    if (wake[0] < 0)
        return;
    for (int i = 0; i < 2; i++)
        sigaction(quiet[i], &quiet_before[i], NULL);
}

void
signals_reraise(void)
{
    int sig = signals_caught();

    if (sig == 0)
        return;
    signal(sig, SIG_DFL);
    raise(sig);
}
