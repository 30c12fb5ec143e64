/* events.c - signals as events; see events.h. */
#include "config.h"

#include "ui/tui/events.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const struct {
    int sig;
    enum event event;
} caught[] = {
    { SIGWINCH, EVENT_RESIZED },  { SIGTSTP, EVENT_SUSPEND },
    { SIGCONT, EVENT_RESUMED },   { SIGINT, EVENT_INTERRUPT },
    { SIGTERM, EVENT_TERMINATE }, { SIGHUP, EVENT_HANGUP },
};

#define N_CAUGHT (sizeof(caught) / sizeof(caught[0]))

static atomic_uint pending;
static int wake[2] = { -1, -1 };
static struct sigaction before[N_CAUGHT], pipe_before;

/* Async-signal-safe: a lock-free atomic and write(2) alone. */
static void
handle(int sig)
{
    int saved = errno;

    for (size_t i = 0; i < N_CAUGHT; i++)
        if (caught[i].sig == sig)
            atomic_fetch_or(&pending, (unsigned)caught[i].event);
    (void)!write(wake[1], "", 1);
    errno = saved;
}

enum err_code
events_open(struct err *err)
{
    struct sigaction now = { .sa_handler = handle, .sa_flags = SA_RESTART };
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    sigemptyset(&now.sa_mask);
    sigemptyset(&ignore.sa_mask);
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return err_set(err, ERR_IO, "a pipe for signals: %s", strerror(errno));
    for (size_t i = 0; i < N_CAUGHT; i++) {
        sigaction(caught[i].sig, NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN || caught[i].sig == SIGWINCH)
            sigaction(caught[i].sig, &now, NULL);
    }
    sigaction(SIGPIPE, &ignore, &pipe_before);
    return ERR_OK;
}

void
events_close(void)
{
    if (wake[0] < 0)
        return;
    for (size_t i = 0; i < N_CAUGHT; i++)
        sigaction(caught[i].sig, &before[i], NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
    close(wake[0]);
    close(wake[1]);
    wake[0] = wake[1] = -1;
}

int
events_fd(void)
{
    return wake[0];
}

unsigned
events_take(void)
{
    char bytes[64];

    while (read(wake[0], bytes, sizeof(bytes)) > 0)
        ;
    return atomic_exchange(&pending, 0);
}

void
events_suspend(void)
{
    struct sigaction stop = { .sa_handler = SIG_DFL }, ours;

    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, NULL, &ours);
    if (ours.sa_handler == SIG_IGN)
        return;
    sigaction(SIGTSTP, &stop, NULL);
    raise(SIGTSTP); /* unlike SIGSTOP it stops only who can be continued */
    sigaction(SIGTSTP, &ours, NULL);
}
