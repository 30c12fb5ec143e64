/*
 * make_run.c - writes a run with weights that one can work out by hand, for the
 * scripts.
 *
 *     make_run DATA RUN
 *
 * and the weights alone, as fastai has them, as RUN.safetensors.
 * Letters: u, i rows of users and films, from 1. One factor: U[u] is 1 for odd u and -1
 * for even u, I[i] = i / 8, bi[i] = i / 10 for even i and -i / 10 for odd i, bu[u] = 0;
 * stars from 0.5 to 5.5. So the logit of an odd user is i (1/8 ± 1/10).
 */
#include "config.h"

#include "src/data/dataset.h"
#include "src/model/safetensors.h"
#include "src/train/runfolder.h"
#include "tests/made_run.h"

#include <stdio.h>

static enum err_code
make_model(struct model **ret, const struct catalog *c, struct err *err)
{
    struct model *m = NULL;
    enum err_code rc = model_new(&m, c->n_users, c->n_items, 1, 0.5f, 5.5f, err);

    if (rc != ERR_OK)
        return rc;
    for (uint32_t u = 1; u <= c->n_users; u++)
        m->U[u] = u % 2 == 1 ? 1 : -1;
    for (uint32_t i = 1; i <= c->n_items; i++) {
        m->I[i] = (float)i / 8;
        m->bi[i] = (float)i / (i % 2 == 0 ? 10 : -10);
    }
    *ret = m;
    return ERR_OK;
}

static enum err_code
write_weights(const char *run, const struct model *m, struct err *err)
{
    uint64_t m1 = (uint64_t)m->n_users + 1, n1 = (uint64_t)m->n_items + 1;
    struct tensor t[] = {
        { "u_weight.weight", TENSOR_F32, 2, { m1, 1 }, m->U, NULL, 0, 0 },
        { "i_weight.weight", TENSOR_F32, 2, { n1, 1 }, m->I, NULL, 0, 0 },
        { "u_bias.weight", TENSOR_F32, 2, { m1, 1 }, m->bu, NULL, 0, 0 },
        { "i_bias.weight", TENSOR_F32, 2, { n1, 1 }, m->bi, NULL, 0, 0 },
    };
    char path[1024];

    snprintf(path, sizeof(path), "%s.safetensors", run);
    return safetensors_save(path, t, sizeof(t) / sizeof(t[0]), NULL, 0, err);
}

static enum err_code
write_run(const char *dir, const struct dataset *d, struct err *err)
{
    const struct run_info info = {
        MADE_RUN_DONE,
        .data = d->path,
        .fingerprint = d->fingerprint,
        .device = "cpu-reference",
        .factors = 1,
        .n_ratings = d->ratings->n,
        .n_users = d->catalog->n_users,
        .n_items = d->catalog->n_items,
    };
    struct run_writer *w = NULL;
    struct model *m = NULL;
    enum err_code rc = make_model(&m, d->catalog, err);

    if (rc == ERR_OK)
        rc = run_writer_new(&w, dir, &info, err);
    if (rc == ERR_OK)
        rc = run_writer_model(w, m, d->catalog, err);
    if (rc == ERR_OK)
        rc = run_writer_ratings(w, d->ratings, err);
    if (rc == ERR_OK)
        rc = write_weights(dir, m, err);
    run_writer_free(w);
    model_free(m);
    return rc;
}

int
main(int argc, char **argv)
{
    struct dataset_options opt = dataset_defaults();
    struct dataset *d = NULL;
    struct err err = { 0 };
    enum err_code rc;

    if (argc != 3) {
        fputs("usage: make_run DATA RUN\n", stderr);
        return 2;
    }
    opt.valid_part = 0;
    rc = dataset_load(&d, argv[1], &opt, NULL, &err);
    if (rc == ERR_OK)
        rc = write_run(argv[2], d, &err);
    dataset_free(d);
    if (rc != ERR_OK)
        fprintf(stderr, "make_run: %s\n", err.msg);
    return rc != ERR_OK;
}
