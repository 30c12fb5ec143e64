/*
 * test_sampler.c - batches: exact partitions, the same for any threads.
 *
 * Ratings made with float stars carry their position as stars, so that a batch tells
 * which ratings it holds.
 */
#include "config.h"

#include "src/data/sampler.h"

#include "src/base/mem.h"
#include "tests/data/drawn.h"
#include "tests/made.h"
#include "tests/unit.h"

#include <string.h>

/* Each epoch of a made data set: n_batches whole batches, each sorted, no rating
 * twice, none held out (r->item with the flag differs from any item). */
static void
check_partition(struct made want, size_t batch, unsigned epoch)
{
    struct ratings *r = made_ratings(&want);
    unsigned char *seen = mem_new(r->n, 1);
    struct drawn d;
    size_t bad = 0;

    drawn_open(&d, r, batch, SAMPLING_PERMUTATION, 7, NULL);
    CU_ASSERT_EQUAL(sampler_batch_size(d.s), batch);
    CU_ASSERT_EQUAL(sampler_n_batches(d.s), ratings_n_train(r) / batch);
    drawn_begin(&d, epoch);
    for (size_t b = 0; b < sampler_n_batches(d.s); b++) {
        size_t before = 0;

        sampler_get(d.s, b, &d.b);
        for (size_t j = 0; j < batch; j++) {
            size_t at = (size_t)d.b.stars[j];

            bad +=
                !drawn_is_rating(&d, r, j, at) || seen[at] || (j > 0 && at <= before);
            seen[at] = 1;
            before = at;
        }
    }
    CU_ASSERT_EQUAL(bad, 0);
    drawn_close(&d);
    mem_free(seen);
    ratings_free(r);
}

static void
an_epoch_is_an_exact_partition(void)
{
    static const size_t batch[] = { 1, 2, 3, 16, 64, 1000, 4096, 65536 };
    struct made want = { .n = 100000, .n_users = 3000, .n_items = 500, .held_out = 10 };

    for (size_t i = 0; i < sizeof(batch) / sizeof(*batch); i++)
        check_partition(want, batch[i], (unsigned)i);
    want.n_users = 1;
    check_partition(want, 512, 0);
    want = (struct made){ .n = 1, .n_users = 1, .n_items = 1 };
    check_partition(want, 1, 0);
    want = (struct made){ .n = 64, .n_users = 1000000, .n_items = 3, .held_out = 50 };
    check_partition(want, 5, 0);
}

/* Coded ratings take the narrow packing: compare with floats of the same positions. */
static void
codes_give_the_same_batches_as_floats(void)
{
    struct made want = { .n = 60000, .n_users = 5000, .n_items = 900, .held_out = 10 };
    struct ratings *plain = made_ratings(&want), *coded;
    struct drawn a, b;
    size_t bad = 0;

    want.coded = true;
    coded = made_ratings(&want);
    drawn_open(&a, plain, 512, SAMPLING_PERMUTATION, 3, NULL);
    drawn_open(&b, coded, 512, SAMPLING_PERMUTATION, 3, NULL);
    drawn_begin(&a, 2);
    drawn_begin(&b, 2);
    for (size_t i = 0; i < sampler_n_batches(a.s); i++) {
        sampler_get(a.s, i, &a.b);
        sampler_get(b.s, i, &b.b);
        for (size_t j = 0; j < 512; j++)
            bad += !drawn_is_rating(&b, coded, j, (size_t)a.b.stars[j]);
    }
    CU_ASSERT_EQUAL(bad, 0);
    drawn_close(&a);
    drawn_close(&b);
    ratings_free(plain);
    ratings_free(coded);
}

/* ---- reproducible ---------------------------------------------------------------- */

/* Fingerprint of an epoch: FNV-1a over all batches. */
static uint64_t
epoch_hash(struct drawn *d, unsigned epoch)
{
    uint64_t h = 0xcbf29ce484222325;

    drawn_begin(d, epoch);
    for (size_t b = 0; b < sampler_n_batches(d->s); b++) {
        sampler_get(d->s, b, &d->b);
        for (size_t j = 0; j < d->size; j++) {
            h = (h ^ d->b.user[j]) * 0x100000001b3;
            h = (h ^ d->b.item[j]) * 0x100000001b3;
            h = (h ^ (uint64_t)d->b.stars[j]) * 0x100000001b3;
        }
    }
    return h;
}

static void
check_threads(const struct ratings *r, size_t batch, enum sampling how)
{
    static const unsigned threads[] = { 2, 3, 7 };
    uint64_t want;
    struct drawn d;

    drawn_open(&d, r, batch, how, 11, NULL);
    want = epoch_hash(&d, 1);
    drawn_close(&d);
    for (size_t i = 0; i < sizeof(threads) / sizeof(*threads); i++) {
        struct pool *pool = NULL;

        CU_ASSERT_EQUAL_FATAL(pool_new(&pool, threads[i], NULL), ERR_OK);
        drawn_open(&d, r, batch, how, 11, pool);
        CU_ASSERT_EQUAL(epoch_hash(&d, 1), want);
        drawn_close(&d);
        pool_free(pool);
    }
}

static void
threads_do_not_change_an_epoch(void)
{
    struct made want = {
        .n = 50000, .n_users = 4000, .n_items = 300, .coded = true, .held_out = 10
    };
    struct ratings *r = made_ratings(&want);

    check_threads(r, 1024, SAMPLING_PERMUTATION);
    check_threads(r, 33, SAMPLING_PERMUTATION);
    check_threads(r, 1024, SAMPLING_BOOTSTRAP);
    check_threads(r, 33, SAMPLING_BOOTSTRAP);
    ratings_free(r);
}

static void
an_epoch_depends_on_seed_and_number_alone(void)
{
    struct made want = { .n = 5000, .n_users = 100, .n_items = 300, .coded = true };
    struct ratings *r = made_ratings(&want);
    uint64_t first, second, other;
    struct drawn d;

    for (int how = SAMPLING_PERMUTATION; how <= SAMPLING_BOOTSTRAP; how++) {
        drawn_open(&d, r, 64, (enum sampling)how, 1, NULL);
        second = epoch_hash(&d, 1);
        first = epoch_hash(&d, 0);
        CU_ASSERT_NOT_EQUAL(first, second);
        sampler_end_epoch(d.s);
        CU_ASSERT_EQUAL(epoch_hash(&d, 1), second);
        drawn_close(&d);
        drawn_open(&d, r, 64, (enum sampling)how, 2, NULL);
        other = epoch_hash(&d, 0);
        CU_ASSERT_NOT_EQUAL(other, first);
        drawn_close(&d);
    }
    ratings_free(r);
}

static void
the_finder_draws_from_streams_of_its_own(void)
{
    struct made want = { .n = 500, .n_users = 100, .n_items = 300, .coded = true };
    struct ratings *r = made_ratings(&want);
    struct drawn fit, finder;

    for (int how = SAMPLING_PERMUTATION; how <= SAMPLING_BOOTSTRAP; how++) {
        drawn_open(&fit, r, 64, (enum sampling)how, 1, NULL);
        drawn_open(&finder, r, 64, (enum sampling)how, 1, NULL);
        sampler_free(finder.s);
        CU_ASSERT_EQUAL_FATAL(
            sampler_new(&finder.s, r, 64, (enum sampling)how, 1, true, NULL, NULL),
            ERR_OK);
        CU_ASSERT_NOT_EQUAL(epoch_hash(&fit, 0), epoch_hash(&finder, 0));
        drawn_close(&fit);
        drawn_close(&finder);
    }
    ratings_free(r);
}

/* ---- the rest -------------------------------------------------------------------- */

static void
a_listed_batch_comes_back_by_user_and_else_in_order(void)
{
    static const uint32_t user[] = { 3, 1, 3, 0, 2, 2, 1, 1 };
    static const uint32_t item[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    static const float stars[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    static const uint32_t want[] = { 4, 2, 1, 3, 7, 8, 5, 6 };
    uint32_t u[4], i[4];
    float x[4];
    struct batch b = { u, i, x };
    struct sampler *s = NULL;
    struct err err;

    CU_ASSERT_EQUAL_FATAL(sampler_new_listed(&s, user, item, stars, 2, 4, 1, NULL),
                          ERR_OK);
    CU_ASSERT_EQUAL(sampler_n_batches(s), 1);
    for (unsigned e = 0; e < 2; e++) {
        CU_ASSERT_EQUAL_FATAL(sampler_begin_epoch(s, e, NULL), ERR_OK);
        sampler_get(s, 0, &b);
        for (size_t j = 0; j < 4; j++) {
            CU_ASSERT_EQUAL(i[j], want[4 * e + j]);
            CU_ASSERT_EQUAL(x[j], (float)i[j]);
            CU_ASSERT_EQUAL(u[j], user[i[j] - 1]);
        }
    }
    CU_ASSERT_EQUAL(sampler_begin_epoch(s, 2, &err), ERR_ARG);
    sampler_free(s);
}

static void
a_batch_that_cannot_be_is_refused_with_a_proposal(void)
{
    struct made want = { .n = 2000, .n_users = 10, .n_items = 9, .held_out = 10 };
    struct ratings *r = made_ratings(&want);
    struct sampler *s = NULL;
    struct err err;

    CU_ASSERT_EQUAL(
        sampler_new(&s, r, 4096, SAMPLING_PERMUTATION, 1, false, NULL, &err), ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "try --batch 64"));
    CU_ASSERT_EQUAL(sampler_new(&s, r, 0, SAMPLING_PERMUTATION, 1, false, NULL, &err),
                    ERR_ARG);
    CU_ASSERT_EQUAL(sampler_new(&s, r, SAMPLER_MAX_BATCH + 1, SAMPLING_PERMUTATION, 1,
                                false, NULL, &err),
                    ERR_ARG);
    r->n_held_out = r->n;
    CU_ASSERT_EQUAL(sampler_new(&s, r, 1, SAMPLING_PERMUTATION, 1, false, NULL, &err),
                    ERR_ARG);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, "held out"));
    CU_ASSERT_PTR_NULL(s);
    ratings_free(r);
}

/* Make a sampler and draw an epoch; the code of whatever failed. */
static enum err_code
make_and_draw(const struct ratings *r, enum sampling how)
{
    struct sampler *s = NULL;
    enum err_code rc = sampler_new(&s, r, 64, how, 1, false, NULL, NULL);

    if (rc == ERR_OK)
        rc = sampler_begin_epoch(s, 0, NULL);
    sampler_free(s);
    return rc;
}

static void
every_lack_of_memory_is_reported(void)
{
    struct made want = { .n = 1000, .n_users = 10, .n_items = 9, .coded = true };
    struct ratings *r = made_ratings(&want);

    for (int how = SAMPLING_PERMUTATION; how <= SAMPLING_BOOTSTRAP; how++) {
        unsigned long n = 0;

        for (enum err_code rc = ERR_NOMEM; rc != ERR_OK;) {
            mem_fail_at(++n, 0);
            rc = make_and_draw(r, (enum sampling)how);
            CU_ASSERT_TRUE(rc == ERR_NOMEM || rc == ERR_OK);
        }
        mem_fail_at(0, 0);
        CU_ASSERT_TRUE(n > 2);
    }
    ratings_free(r);
}

CU_TestInfo tests_sampler[] = {
    { "an epoch is an exact partition", an_epoch_is_an_exact_partition },
    { "codes give the same batches as floats", codes_give_the_same_batches_as_floats },
    { "threads do not change an epoch", threads_do_not_change_an_epoch },
    { "an epoch depends on seed and number alone",
      an_epoch_depends_on_seed_and_number_alone },
    { "the finder draws from streams of its own",
      the_finder_draws_from_streams_of_its_own },
    { "a listed batch comes back by user and else in order",
      a_listed_batch_comes_back_by_user_and_else_in_order },
    { "a batch that cannot be is refused with a proposal",
      a_batch_that_cannot_be_is_refused_with_a_proposal },
    { "every lack of memory is reported", every_lack_of_memory_is_reported },
    CU_TEST_INFO_NULL,
};
