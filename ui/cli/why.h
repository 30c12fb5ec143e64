/* why.h - why a film stands in a list: the terms of its logit beside it. */
#ifndef MLT_UI_CLI_WHY_H
#define MLT_UI_CLI_WHY_H

#include "src/base/err.h"
#include "src/explore/explain.h"
#include "ui/cli/output.h"

#include <stddef.h>
#include <stdint.h>

#define WHY_NAME_MAX 64

/* What explains films: the directions of a model with their names, and room for the
 * terms of one film. All owned; a zeroed struct is fine to close. */
struct why {
    struct centre about;
    struct directions directions;
    size_t n;                   /* terms: base, user, film, then each taste */
    char (*name)[WHY_NAME_MAX]; /* (n) "base", …, "taste 1: Sci-Fi" */
    double *value;              /* (n) of the film last explained, logit */
    struct value *terms;        /* (n) both, for output */
    const struct model *model;  /* borrowed: of the film last explained */
    uint32_t row;
};

/* ERR_NOMEM, ERR_NUMERIC as directions_init. */
ERR_MUST_CHECK enum err_code why_init(struct why *ret, const struct model *m,
                                      const struct catalog *c, struct err *err);
void why_done(struct why *w);

/* Explain film `row` to user `user` of m, which has the films' rows of the model that
 * why_init was given: fills value and terms. */
void why_explain(struct why *w, const struct model *m, uint32_t user, uint32_t row);

/* The film's own term, the two largest tastes and the sum of the others, as in
 * "film +0.31, taste 1: not Drama +0.22, rest -0.05" for a film that is none; what is
 * +0.00 is left out. */
void why_text(const struct why *w, char *out, size_t cap);

#endif
