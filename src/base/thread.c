/* thread.c - starting threads; see thread.h. */
#include "config.h"

#include "src/base/thread.h"

#include <signal.h>

static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP };

int
thread_start(pthread_t *ret, void *(*run)(void *arg), void *arg)
{
    sigset_t blocked, old;
    int bad;

    sigfillset(&blocked);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        sigdelset(&blocked, faults[i]);
    pthread_sigmask(SIG_SETMASK, &blocked, &old);
    bad = pthread_create(ret, NULL, run, arg);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return bad;
}
