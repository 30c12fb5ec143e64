/* shared.c - a model with a count of holders; see shared.h. */
#include "config.h"

#include "src/train/shared.h"

#include "src/base/mem.h"

#include <stdatomic.h>

struct shared_model {
    struct model *model; /* owned */
    atomic_uint holders;
};

enum err_code
shared_model_new(struct shared_model **ret, struct model *m, struct err *err)
{
    struct shared_model *s = mem_new(1, sizeof(*s));

    if (s == NULL) {
        model_free(m);
        return err_nomem(err, sizeof(*s), "a model");
    }
    s->model = m;
    atomic_init(&s->holders, 1);
    *ret = s;
    return ERR_OK;
}

const struct model *
shared_model_get(const struct shared_model *s)
{
    return s->model;
}

struct shared_model *
shared_model_hold(struct shared_model *s)
{
    if (s != NULL)
        atomic_fetch_add_explicit(&s->holders, 1, memory_order_relaxed);
    return s;
}

void
shared_model_drop(struct shared_model *s)
{
    /* Every holder's reads happen before the last one frees. */
    if (s == NULL ||
        atomic_fetch_sub_explicit(&s->holders, 1, memory_order_acq_rel) != 1)
        return;
    model_free(s->model);
    mem_free(s);
}
