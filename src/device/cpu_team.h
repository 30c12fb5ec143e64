/*
 * cpu_team.h - what the threads of one training call share: a barrier, and lists of
 * work that are taken in chunks.
 *
 * Used inside pool_run only. Which thread does a chunk never changes a number: every
 * row has one owner at a time and is computed in one order.
 */
#ifndef MLT_DEVICE_CPU_TEAM_H
#define MLT_DEVICE_CPU_TEAM_H

#include "src/base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Waiting spins for a bounded time, then sleeps on a futex. */
struct team_barrier {
    _Alignas(64) atomic_uint n_arrived;
    _Alignas(64) atomic_uint round; /* what the sleepers sleep on */
    atomic_uint n_asleep;
};

/* Wait until all n threads are here; what each wrote before is seen by all after. */
void team_barrier_wait(struct team_barrier *b, unsigned n);

/* One list of work, cut into a range for each thread; each range has a counter of the
 * things taken from it. */
struct team_counter {
    _Alignas(64) atomic_uint taken;
};

struct team_list {
    struct team_counter *range; /* (n threads) owned */
};

ERR_MUST_CHECK enum err_code team_list_init(struct team_list *l, unsigned n,
                                            struct err *err);
void team_list_done(struct team_list *l);

/* Nothing is taken; by one thread, a barrier away from every take. */
void team_list_reset(struct team_list *l, unsigned n);

/* Things [from, to); `end` is where their range ends, for looking ahead. */
struct team_chunk {
    uint32_t from, to, end;
};

/* A thread's walk over the list: its own range first, then the others'. */
struct team_walk {
    unsigned id, n;    /* thread, threads */
    unsigned n_done;   /* ranges seen to their end */
    uint32_t n_things; /* on the list */
    uint32_t chunk;    /* things taken at once */
};

/* The next chunk; false when nothing is left. */
bool team_take(struct team_list *l, struct team_walk *w, struct team_chunk *ret);

#endif
