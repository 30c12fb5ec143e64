/* cpu_catchup.c - tables of Adam's missed steps; see cpu_catchup.h. */
#include "config.h"

#include "src/device/cpu_catchup.h"

#include "src/base/mem.h"

#include <assert.h>
#include <math.h>

/* Stages end at these steps. */
static const uint32_t stage_ends[] = {
    2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 37, 48, 64, 90, 128, 184, 270, CATCHUP_EARLY
};

/* Over steps s … 1.45 s the nodes differ by a sixth, and two points are off by 5e-6 of
 * what the missed steps moved, at most: so far no stage need be left. */
static void
set_stage_ends(struct catchup *c)
{
    uint32_t s = 1;

    for (size_t i = 0; i < sizeof(stage_ends) / sizeof(stage_ends[0]); i++)
        for (; s < CATCHUP_EARLY && s < stage_ends[i]; s++) {
            uint32_t far = s * 145 / 100;

            c->stage_end[s] = stage_ends[i];
            c->good_until[s] = far > stage_ends[i] ? far : stage_ends[i];
        }
}

/* Before step 1 a row was "stepped at 0" and lost nothing: gap 0 leaves it alone. */
static void
set_first_table(struct gap_table *t)
{
    t->moments.mu[0] = t->moments.root[0] = t->moments.D[0] = 1;
    t->gap[0] = (struct coef){ .mu = 1, .rho = 1, .lost_v = 1 - ADAM_BETA2 };
    t->n_gaps = 1;
}

enum err_code
catchup_new(struct catchup **ret, double wd, gap_table_fn *advance, struct err *err)
{
    struct catchup *c = mem_new(1, sizeof(*c));

    if (c == NULL)
        return err_nomem(err, sizeof(*c), "the tables of missed steps");
    c->wd = wd;
    c->advance = advance;
    set_stage_ends(c);
    set_first_table(&c->table[1]);
    for (uint32_t n = 0; n < CATCHUP_FROZEN; n++)
        c->rho[n] = (float)pow(ADAM_BETA2, n);
    *ret = c;
    return ERR_OK;
}

/* Step t ends a stage: rows of the stage that are not in batch t go from their last
 * step to t, which they take with no gradient. */
static void
end_stage(struct catchup *c, uint32_t t, double mom)
{
    for (uint32_t s = t - 1; s > 0 && c->stage_end[s] == t; s--) {
        struct coef *e = &c->early[s];

        *e = c->table[t & 1].gap[t - 1 - s];
        e->mu *= (float)mom;
        e->rho *= (float)ADAM_BETA2;
    }
}

static void
freeze(struct catchup *c, uint32_t t, const struct gap_table *after)
{
    struct coef *f = &c->frozen[(t - CATCHUP_GAP) % CATCHUP_FROZEN];

    *f = after->gap[CATCHUP_GAP];
    f->log_decay = after->log_decay;
    f->n_flips = after->n_flips;
}

void
catchup_step(struct catchup *c, uint32_t t, const struct hyper *h)
{
    const struct gap_table *before = &c->table[t & 1];
    struct gap_table *after = &c->table[(t + 1) & 1];
    struct adam_step step = {
        .decay = 1 - h->lr * c->wd,
        .c = h->lr / (1 - pow(h->mom, t)),
        .mom = h->mom,
        .d2 = 1 - pow(ADAM_BETA2, t),
    };

    assert(t >= 1 && h->mom >= 0 && h->mom < 0.96);
    c->advance(before, &step, after);
    /* A decay of exactly 0 wipes out every row: log 0 as a number that exp() takes to
     * 0 and that leaves differences of later sums exact enough. */
    after->log_decay =
        before->log_decay + (step.decay != 0 ? log(fabs(step.decay)) : -1e4);
    after->n_flips = before->n_flips + (step.decay < 0);
    if (t <= CATCHUP_EARLY)
        end_stage(c, t, h->mom);
    if (t >= CATCHUP_GAP)
        freeze(c, t, after);
}

const struct coef *
catchup_frozen(const struct catchup *c, uint32_t t, uint32_t s, struct coef *ret)
{
    const struct gap_table *now = &c->table[t & 1];
    const struct coef *f = &c->frozen[s % CATCHUP_FROZEN];
    uint32_t n = t - 1 - s;
    double log_D = now->log_decay - f->log_decay, D = exp(log_D), lost = -expm1(log_D);

    assert(n > CATCHUP_GAP && n < CATCHUP_FROZEN);
    if ((now->n_flips - f->n_flips) % 2 != 0) {
        D = -D;
        lost = 1 - D;
    }
    *ret = *f;
    ret->lost = (float)(f->lost * D + lost);
    ret->n0 *= (float)D;
    ret->n1 *= (float)D;
    ret->n2 *= (float)D;
    ret->mu = 0;
    ret->rho *= c->rho[n - CATCHUP_GAP];
    ret->lost_v = 1 - (float)ADAM_BETA2 * ret->rho;
    return ret;
}
