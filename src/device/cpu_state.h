/*
 * cpu_state.h - what a fast CPU device holds between calls, for its three files: cpu.c
 * opens and closes it, cpu_step.c trains, cpu_tables.c reads the whole of it.
 */
#ifndef MLT_DEVICE_CPU_STATE_H
#define MLT_DEVICE_CPU_STATE_H

#include "src/device/cpu.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CPU_EVAL_CHUNK 256 /* users whose errors are summed together */

/* What the threads of one pool_run do; the caller's, written by it alone but for what
 * is said. */
struct cpu_job {
    size_t n;              /* batches */
    const struct hyper *h; /* (n) */
    double *loss;          /* (n) by thread 0 */
    size_t n_done;         /* by thread 0 */
    size_t at;             /* first batch, of the epoch */
    uint32_t t;            /* its step */
    bool held;             /* is it ready? */
};

struct cpu {
    struct device base; /* first: this is a struct device */
    const struct cpu_kernel *kernel;
    struct problem problem;
    struct row_shape shape;
    float *users; /* (m + 1) records */
    float *items; /* (n + 1) records */
    struct catchup *past;
    struct cpu_batcher batcher;
    struct cpu_batch batch[2]; /* of step t: batch[t & 1] */
    float *error, *sq;         /* (B) */
    uint32_t t;                /* step to come, from 1 */
    size_t next;               /* batch to come, of the epoch */
    bool held;                 /* it is ready and its items have begun */

    struct team_barrier barrier;
    struct team_list user_work, end_work, begin_work;
    struct cpu_job job;

    struct cpu_settle settle[2]; /* users, items; while whole tables are walked */
    const struct model *judged;  /* while evaluating */
    struct eval *sums;           /* (chunks of EVAL_CHUNK users) */
};

static inline struct cpu *
cpu_of(struct device *d)
{
    return (struct cpu *)d;
}

/* Chunks of users that evaluation sums by. */
static inline size_t
cpu_eval_chunks(uint32_t n_users)
{
    return (size_t)n_users / CPU_EVAL_CHUNK + 1;
}

/* Bring rows with a frozen gap up to the last step; between calls of steps only. */
void cpu_sweep(struct cpu *d);

#endif
