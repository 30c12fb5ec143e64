/*
 * cpu_kernel.h - the inner loops of the fast CPU devices, one table of them for each
 * instruction set (cpu_kernel_template.h says what each does).
 */
#ifndef MLT_DEVICE_CPU_KERNEL_H
#define MLT_DEVICE_CPU_KERNEL_H

#include "src/data/ratings.h"
#include "src/device/cpu_batch.h"
#include "src/device/cpu_catchup.h"
#include "src/device/cpu_rows.h"
#include "src/device/cpu_team.h"
#include "src/device/device.h"
#include "src/model/model.h"

#include <stdint.h>

/* One batch at one step; all borrowed. */
struct cpu_pass {
    struct row_shape shape;
    float *users;               /* (m + 1) records */
    float *items;               /* (n + 1) records */
    const struct catchup *past; /* ready for t; for t + 1 too in the item passes */
    const struct cpu_batch *batch;
    uint32_t t; /* the step, from 1 */
    float mom;  /* its momentum; unknown while items begin */
    float y_lo, y_range;
    float grad_scale; /* 2/B (hi - lo) */
    float *error;     /* (B) e_j, by user_pass */
    float *sq;        /* (B) squared error, by user_pass */
};

/* Rows of one table and where their settled weights go. */
struct cpu_settle {
    struct row_shape shape;
    const struct catchup *past;
    uint32_t t;                     /* the next step */
    const float *rows;              /* records */
    const struct cpu_batcher *held; /* items begun for the next batch, or NULL */
    float *weight;                  /* (rows, k) */
    float *bias;                    /* (rows) */
};

struct cpu_kernel {
    /* Rows of users of the batch: the step before and what was missed since, ŷ, the
     * errors, then m and v with this step's gradient. */
    void (*user_pass)(const struct cpu_pass *p, struct team_chunk users);
    /* Items of the batch: m and v with this step's gradient; w for the next step where
     * the item stays. */
    void (*item_end)(const struct cpu_pass *p, struct team_chunk items);
    /* Entering items of the batch: the step before and what was missed since. */
    void (*item_begin)(const struct cpu_pass *p, struct team_chunk entering);
    /* Settled weights of rows [from, to). */
    void (*settle)(const struct cpu_settle *s, uint32_t from, uint32_t to);
    /* Bring rows [from, to) with a frozen gap up to step t - 1, as if they had been
     * stepped then. */
    void (*sweep)(const struct cpu_settle *s, float *rows, uint32_t from, uint32_t to);
    /* Errors over the held-out ratings of users [from, to). */
    void (*evaluate)(const struct model *m, const struct ratings *r, uint32_t from,
                     uint32_t to, struct eval *ret);
    gap_table_fn *advance;
    /* Let results too small for a normal float be 0 on this thread, and undo it: what
     * is left of m after many steps would otherwise be hundreds of times slower. */
    unsigned (*flush_tiny)(void);
    void (*restore)(unsigned mode);
};

extern const struct cpu_kernel cpu_kernel_avx512;
extern const struct cpu_kernel cpu_kernel_avx2;
extern const struct cpu_kernel cpu_kernel_portable;

#endif
