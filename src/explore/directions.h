/*
 * directions.h - the directions of taste in a model's film table, with names.
 *
 * Letters: n films, k factors. Either the principal directions of the best-known films
 * (PCA of their rows of I, centred: the eigenvectors of their covariance), or the k
 * factors as they were trained. A film's value along direction d is
 * (I[film] - origin)·axis[d].
 */
#ifndef MLT_EXPLORE_DIRECTIONS_H
#define MLT_EXPLORE_DIRECTIONS_H

#include "src/base/err.h"
#include "src/data/catalog.h"
#include "src/explore/centre.h"
#include "src/explore/traits.h"
#include "src/model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIRECTIONS_WORDS 6 /* traits that go with a direction, its name among them */

enum directions_kind { DIRECTIONS_PCA, DIRECTIONS_RAW };

struct direction {
    unsigned factor; /* number of the raw factor, or of the component, from 1 */
    double share;    /* part of the films' variance along it, 0 … 1 */
    double sd;       /* standard deviation of the best-known films' values along it */
    struct trait_match match; /* over the best-known films; of a principal direction
                                 with a correlation >= 0: its sign is chosen so */
    struct trait_match word[DIRECTIONS_WORDS]; /* those beyond chance, the strongest
                                                  first */
    size_t n_words;
};

struct directions {
    unsigned k;
    enum directions_kind kind;
    double *origin;             /* (k) owned: the mean film, or zero for raw factors */
    double *axis;               /* (k, k) owned: a direction a row, of length 1 */
    struct direction *of;       /* (k) owned: by falling share */
    const struct centre *about; /* borrowed: the films that were looked at */
    struct traits *traits;      /* owned: what the names are taken from */
};

/* Find all k directions over the films of a centre, which is borrowed. ERR_NOMEM;
 * ERR_NUMERIC where the weights have no eigenvectors. Any thread. */
ERR_MUST_CHECK enum err_code
directions_init(struct directions *ret, const struct model *m, const struct catalog *c,
                const struct centre *about, enum directions_kind kind, struct err *err);
/* A zeroed struct is fine. */
void directions_done(struct directions *d);

/* "Sci-Fi", "newer", …; "unclear" where nothing goes with direction i. Borrowed. */
const char *directions_name(const struct directions *d, unsigned i);

/* What film `row` is by where it lies along direction i: its name, at the low end what
 * lacks it ("not Sci-Fi"); "" where nothing goes with i. Returns out, which has cap
 * bytes. */
const char *directions_side(const struct directions *d, const struct model *m,
                            uint32_t row, unsigned i, char *out, size_t cap);

/* Value of film `row` along direction i. */
double directions_value(const struct directions *d, const struct model *m, uint32_t row,
                        unsigned i);

/* What user row `user` makes of direction i: (U[user] - Ū)·axis, above 0 where films of
 * its high end please him more than they please the mean user. */
double directions_taste(const struct directions *d, const struct model *m,
                        uint32_t user, unsigned i);

/* The film rows at one end of direction i among the best-known films: the highest
 * values first, or the lowest. Returns how many, at most `room`; ERR_NOMEM. */
ERR_MUST_CHECK enum err_code directions_end(uint32_t *ret_row, size_t room,
                                            size_t *ret_n, const struct directions *d,
                                            const struct model *m,
                                            const struct catalog *c, unsigned i,
                                            bool high, struct err *err);

#endif
