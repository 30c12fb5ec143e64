/*
 * recorder.c - records and envelopes of losses; see recorder.h.
 *
 * A record of one batch has min = max = mean = last; two neighbouring records join into
 * one, so records of 64 batches and points of any span grow by the same function. A
 * NaN loss leaves min and max alone (fmin and fmax pass it over) and shows in mean and
 * last.
 */
#include "config.h"

#include "src/train/recorder.h"

#include <math.h>

static struct step_record
record_of(const struct step *s, size_t step)
{
    return (struct step_record){
        .step = step,
        .min = s->loss,
        .max = s->loss,
        .mean = s->loss,
        .last = s->loss,
        .smooth = s->smooth,
        .lr = s->lr,
        .mom = s->mom,
    };
}

/* What `a`, of n_a batches, and the n_b batches of `b` that follow them are together.
 */
static struct step_record
record_join(const struct step_record *a, size_t n_a, const struct step_record *b,
            size_t n_b)
{
    struct step_record both = *b;

    both.min = fmin(a->min, b->min);
    both.max = fmax(a->max, b->max);
    both.mean = a->mean + (b->mean - a->mean) * ((double)n_b / (double)(n_a + n_b));
    return both;
}

bool
recorder_add(struct recorder *r, struct step *s, struct step_record *ret)
{
    struct step_record one;

    s->smooth = smooth_add(&r->smooth, s->loss);
    one = record_of(s, ++r->n_steps);
    r->open = r->n_open == 0 ? one : record_join(&r->open, r->n_open, &one, 1);
    r->n_open++;
    return r->n_open == STEP_RECORD_SPAN && recorder_flush(r, ret);
}

bool
recorder_flush(struct recorder *r, struct step_record *ret)
{
    if (r->n_open == 0)
        return false;
    *ret = r->open;
    r->n_open = 0;
    return true;
}

/* Merge neighbours; every point is full when this is called. */
static void
history_halve(struct history *h)
{
    for (size_t i = 0; i < HISTORY_POINTS / 2; i++)
        h->at[i] = record_join(&h->at[2 * i], h->span, &h->at[2 * i + 1], h->span);
    h->n = HISTORY_POINTS / 2;
    h->span *= 2;
}

void
history_add(struct history *h, const struct step *s)
{
    size_t in_last; /* batches that the last point has */
    struct step_record one;

    if (h->span == 0)
        h->span = 1;
    if (h->n_steps == HISTORY_POINTS * h->span)
        history_halve(h);
    in_last = h->n_steps % h->span;
    one = record_of(s, ++h->n_steps);
    if (in_last == 0)
        h->at[h->n++] = one;
    else
        h->at[h->n - 1] = record_join(&h->at[h->n - 1], in_last, &one, 1);
}
