/*
 * synth_choose.h - which films a synthetic user rates, with how many stars, and when.
 *
 * A user's films are drawn without replacement, with probabilities proportional to
 * popularity times liking, so that people rate what is well known and what they like.
 */
#ifndef MLT_DATA_SYNTH_CHOOSE_H
#define MLT_DATA_SYNTH_CHOOSE_H

#include "src/base/err.h"
#include "src/data/synth_world.h"

#include <stdint.h>

struct synth_arrival;

/* Room to work in, one a thread. */
struct synth_choice {
    uint64_t *chosen; /* (n / 64 + 1) owned: a bit a film; clear before each user */
    struct synth_arrival *race; /* (n) owned */
};

/* Room for a world of n_items films. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code synth_choice_init(struct synth_choice *c, uint32_t n_items,
                                               struct err *err);
void synth_choice_done(struct synth_choice *c);

/* Set the bits of user u's films, exactly as many as the plan says. */
void synth_choose(const struct synth_world *w, uint32_t u, const struct synth_user *who,
                  struct synth_choice *c);

struct synth_rating {
    unsigned halves; /* stars doubled, 1 … 10 */
    uint32_t time;   /* Unix seconds */
};

/* What user u says of film i. A pure function; any thread. */
struct synth_rating synth_rate(const struct synth_world *w, uint32_t u,
                               const struct synth_user *who, uint32_t i);

#endif
