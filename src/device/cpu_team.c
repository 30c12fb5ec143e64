/* cpu_team.c - barrier and shared lists of work; see cpu_team.h. */
#include "config.h"

#include "src/device/cpu_team.h"

#include "src/base/mem.h"

#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#else
#include <sched.h>
#endif

#define SPINS 4000 /* some 50 µs: longer than the threads of a batch are apart */

static inline void
spin_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* Sleep while *a is `seen`; may return early. */
static void
sleep_while(atomic_uint *a, unsigned seen)
{
#ifdef __linux__
    syscall(SYS_futex, a, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
#else
    (void)a, (void)seen;
    sched_yield();
#endif
}

static void
wake_all(atomic_uint *a)
{
#ifdef __linux__
    syscall(SYS_futex, a, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
#else
    (void)a;
#endif
}

/* The last one to come opens the next round. Either it sees the sleeper counted, or the
 * sleeper sees the new round: both are sequentially consistent. */
void
team_barrier_wait(struct team_barrier *b, unsigned n)
{
    unsigned round;

    if (n == 1)
        return;
    round = atomic_load_explicit(&b->round, memory_order_relaxed);
    if (atomic_fetch_add_explicit(&b->n_arrived, 1, memory_order_acq_rel) + 1 == n) {
        atomic_store_explicit(&b->n_arrived, 0, memory_order_relaxed);
        atomic_store(&b->round, round + 1);
        if (atomic_load(&b->n_asleep) > 0)
            wake_all(&b->round);
        return;
    }
    for (int i = 0; i < SPINS; i++) {
        if (atomic_load_explicit(&b->round, memory_order_acquire) != round)
            return;
        spin_pause();
    }
    atomic_fetch_add(&b->n_asleep, 1);
    while (atomic_load(&b->round) == round)
        sleep_while(&b->round, round);
    atomic_fetch_sub(&b->n_asleep, 1);
}

enum err_code
team_list_init(struct team_list *l, unsigned n, struct err *err)
{
    l->range = mem_new(n, sizeof(*l->range));
    if (l->range == NULL)
        return err_nomem(err, n * sizeof(*l->range), "the team's lists");
    return ERR_OK;
}

void
team_list_done(struct team_list *l)
{
    mem_free(l->range);
    l->range = NULL;
}

void
team_list_reset(struct team_list *l, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        atomic_store_explicit(&l->range[i].taken, 0, memory_order_relaxed);
}

bool
team_take(struct team_list *l, struct team_walk *w, struct team_chunk *ret)
{
    for (; w->n_done < w->n; w->n_done++) {
        unsigned q = (w->id + w->n_done) % w->n;
        uint32_t from = (uint32_t)((uint64_t)w->n_things * q / w->n);
        uint32_t end = (uint32_t)((uint64_t)w->n_things * (q + 1) / w->n);
        uint32_t at = from + atomic_fetch_add_explicit(&l->range[q].taken, w->chunk,
                                                       memory_order_relaxed);

        if (at >= end)
            continue;
        *ret =
            (struct team_chunk){ at, end - at < w->chunk ? end : at + w->chunk, end };
        return true;
    }
    return false;
}
