/* rest.c - a program that has nothing to do: is it asleep? */
#include "config.h"

#include "tests/bench/sitting.h"
#include "tests/bench/threads.h"

#define IDLE_S   10
#define SETTLE_S 30 /* at most until what goes on in the background has ended */

void
bench_settle(struct terminal *t)
{
    for (int i = 0; i < SETTLE_S; i++) {
        struct threads before = threads_read(t->pid), after;

        terminal_read(t, 1);
        after = threads_read(t->pid);
        if (after.n == before.n && after.switches == before.switches)
            return;
    }
}

void
bench_rest(struct terminal *t, const char *what)
{
    struct threads before, after;
    uint64_t bytes;

    bench_settle(t);
    bytes = t->n_bytes;
    before = threads_read(t->pid);
    terminal_read(t, IDLE_S);
    after = threads_read(t->pid);
    bench_report(after.n == before.n && after.switches == before.switches &&
                     t->n_bytes == bytes,
                 what, "nothing", "%llu context switches of %u threads, %llu bytes",
                 (unsigned long long)(after.switches - before.switches), after.n,
                 (unsigned long long)(t->n_bytes - bytes));
}
