/*
 * foldin_table.c - the users of a run folded in from their own training ratings, beside
 * what training made of them: `foldin_table RUN`, for tests/long/foldin.sh.
 *
 * Prints a line a class of users by number of training ratings: users, RMSE in stars
 * between both predictions of all films, held-out ratings, RMSE of the trained and of
 * the folded-in vectors against them.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/foldin.h"
#include "src/train/runfolder.h"
#include "tests/explore/foldin_apart.h"

#include <math.h>
#include <stdio.h>

static const size_t from_n[] = { 1, 20, 50, 200, SIZE_MAX };
#define N_CLASSES (sizeof(from_n) / sizeof(from_n[0]) - 1)

static enum err_code
fold_users(struct foldin_apart line[N_CLASSES], const struct run *run, struct err *err)
{
    const struct ratings *r = run->ratings;
    struct foldin_prior p = { 0 };
    struct foldin_rating *rating = mem_new(r->n, sizeof(*rating));
    double z[MODEL_MAX_FACTORS + 1];
    enum err_code rc = rating != NULL ? foldin_prior_init(&p, run->model, r, err)
                                      : err_nomem(err, r->n, "ratings");

    for (uint32_t u = 1; rc == ERR_OK && u <= r->n_users; u++) {
        size_t n = foldin_apart_ratings(r, u, rating), c = 0;

        if (n == 0)
            continue;
        while (n >= from_n[c + 1])
            c++;
        rc = foldin_fit(z, NULL, run->model, &p, rating, n, NULL, err);
        if (rc == ERR_OK)
            foldin_apart_add(&line[c], run->model, r, u, z);
    }
    if (rc == ERR_OK)
        printf("prior: %zu users, noise %.3f, shrinkage %.3f\n", p.n_users, p.noise,
               p.shrinkage);
    foldin_prior_done(&p);
    mem_free(rating);
    return rc;
}

int
main(int argc, char **argv)
{
    struct foldin_apart line[N_CLASSES] = { { 0 } };
    struct run *run = NULL;
    struct err err = { 0 };

    if (argc != 2 || run_open(&run, argv[1], RUN_MODEL | RUN_RATINGS, &err) != ERR_OK ||
        run->model == NULL || run->ratings == NULL ||
        fold_users(line, run, &err) != ERR_OK) {
        fprintf(stderr, "foldin_table RUN: %s\n", err.msg);
        run_free(run);
        return 1;
    }
    printf("from users apart held-out trained folded\n");
    for (size_t c = 0; c < N_CLASSES; c++)
        printf("%zu %zu %.4f %zu %.4f %.4f\n", from_n[c], line[c].users,
               sqrt(line[c].apart / (double)line[c].films), line[c].held_out,
               sqrt(line[c].trained / (double)line[c].held_out),
               sqrt(line[c].folded / (double)line[c].held_out));
    run_free(run);
    return 0;
}
