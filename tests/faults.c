/* faults.c - system calls that fail on purpose; see faults.h. */
#include "config.h"

#include "tests/faults.h"

#include "src/base/sysio.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#define DIED 137

/* Calls are counted from any thread; the rest is set while there is one. */
static struct {
    atomic_ulong count;
    unsigned long fail_at, die_at;
    bool persistent;
    int why;
    unsigned most; /* bytes a call moves; 0: all */
    atomic_bool interrupted;
} faults;

static int
fault(void *arg, enum sysio_call call, size_t *bytes)
{
    unsigned long n = ++faults.count;

    (void)arg, (void)call;
    if (n == faults.die_at)
        _exit(DIED);
    if (faults.fail_at != 0 &&
        (n == faults.fail_at || (faults.persistent && n > faults.fail_at)))
        return faults.why;
    if (faults.most == 0)
        return 0;
    faults.interrupted = !faults.interrupted && call != SYSIO_CLOSE;
    if (*bytes > faults.most)
        *bytes = faults.most;
    return faults.interrupted ? EINTR : 0;
}

static void
start(void)
{
    faults.count = faults.fail_at = faults.die_at = 0;
    faults.persistent = false;
    faults.interrupted = false;
    faults.most = 0;
    sysio_set_hook(fault, NULL);
}

void
faults_fail_at(unsigned long n, bool persistent, int why)
{
    start();
    faults.fail_at = n;
    faults.persistent = persistent;
    faults.why = why;
}

void
faults_dribble(unsigned bytes)
{
    start();
    faults.most = bytes;
}

void
faults_die_at(unsigned long n)
{
    start();
    faults.die_at = n;
}

unsigned long
faults_count(void)
{
    return faults.count;
}

void
faults_off(void)
{
    sysio_set_hook(NULL, NULL);
}
