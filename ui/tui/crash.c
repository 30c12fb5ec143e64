/* crash.c - giving the terminal back in a crash; see crash.h. */
#include "config.h"

#include "ui/tui/crash.h"

#include <assert.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define STACK_BYTES 65536

static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT };

#define N_FATAL (sizeof(fatal) / sizeof(fatal[0]))

/* Written before a handler is set, and read by handlers alone. */
static struct {
    char bytes[CRASH_BYTES]; /* (n) */
    size_t n;
    struct termios modes;
    struct sigaction before[N_FATAL];
} farewell;

static atomic_bool held;
static bool guarding;
static char stack[STACK_BYTES]; /* of the handler: the thread's own may be full */
static stack_t stack_before;

static void
give_back(void)
{
    size_t at = 0;
    ssize_t n;

    while (at < farewell.n &&
           (n = write(STDOUT_FILENO, farewell.bytes + at, farewell.n - at)) > 0)
        at += (size_t)n;
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &farewell.modes);
}

/* Async-signal-safe: sigaction, a lock-free atomic, write, tcsetattr and raise. */
static void
handle(int sig)
{
    for (size_t i = 0; i < N_FATAL; i++)
        if (fatal[i] == sig)
            sigaction(sig, &farewell.before[i], NULL);
    if (atomic_exchange(&held, false))
        give_back();
    raise(sig); /* it is not blocked here (SA_NODEFER) */
}

void
crash_guard(const char *bytes, size_t n, const struct termios *modes)
{
    struct sigaction now = { .sa_handler = handle,
                             .sa_flags = SA_ONSTACK | SA_NODEFER };
    const stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };

    assert(n <= CRASH_BYTES && !guarding);
    memcpy(farewell.bytes, bytes, n);
    farewell.n = n;
    farewell.modes = *modes;
    sigemptyset(&now.sa_mask);
    (void)sigaltstack(&own, &stack_before);
    for (size_t i = 0; i < N_FATAL; i++) {
        sigaction(fatal[i], NULL, &farewell.before[i]);
        if (farewell.before[i].sa_handler != SIG_IGN)
            sigaction(fatal[i], &now, NULL);
    }
    guarding = true;
    crash_hold(true);
}

void
crash_hold(bool taken)
{
    atomic_store(&held, taken);
}

void
crash_release(void)
{
    if (!guarding)
        return;
    crash_hold(false);
    for (size_t i = 0; i < N_FATAL; i++)
        sigaction(fatal[i], &farewell.before[i], NULL);
    (void)sigaltstack(&stack_before, NULL);
    guarding = false;
}
