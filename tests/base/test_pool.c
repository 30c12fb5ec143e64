/* test_pool.c - the team of threads. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/pool.h"

#include "tests/unit.h"

#include <stdatomic.h>

#define MAX_WORKERS 7

struct roll {
    atomic_uint calls[MAX_WORKERS];
    atomic_uint n_seen;
    unsigned plain[MAX_WORKERS]; /* not atomic: pool_run itself orders it */
};

static void
answer(void *arg, unsigned id, unsigned n)
{
    struct roll *r = arg;

    atomic_fetch_add(&r->calls[id], 1);
    atomic_store(&r->n_seen, n);
    r->plain[id]++;
}

static void
every_worker_runs_every_job_once(void)
{
    for (unsigned n = 1; n <= MAX_WORKERS; n++) {
        struct roll r = { 0 };
        struct pool *p = NULL;

        CU_ASSERT_EQUAL_FATAL(pool_new(&p, n, NULL), ERR_OK);
        CU_ASSERT_EQUAL(pool_size(p), n);
        for (unsigned job = 1; job <= 200; job++) {
            pool_run(p, answer, &r);
            for (unsigned i = 0; i < n; i++)
                CU_ASSERT_EQUAL_FATAL(r.plain[i], job);
        }
        CU_ASSERT_EQUAL(r.n_seen, n);
        for (unsigned i = 0; i < n; i++)
            CU_ASSERT_EQUAL(r.calls[i], 200);
        pool_free(p);
    }
}

static void
without_a_pool_the_caller_works_alone(void)
{
    struct roll r = { 0 };

    CU_ASSERT_EQUAL(pool_size(NULL), 1);
    pool_run(NULL, answer, &r);
    CU_ASSERT_EQUAL(r.calls[0], 1);
    CU_ASSERT_EQUAL(r.n_seen, 1);
    pool_free(NULL);
}

static void
a_team_without_memory_is_an_error(void)
{
    for (unsigned long at = 1; at <= 3; at++) {
        struct pool *p = NULL;
        struct err err;

        mem_fail_at(at, 0);
        CU_ASSERT_EQUAL(pool_new(&p, 3, &err), ERR_NOMEM);
        mem_fail_at(0, 0);
        CU_ASSERT_PTR_NULL(p);
    }
}

CU_TestInfo tests_pool[] = {
    { "every worker runs every job once", every_worker_runs_every_job_once },
    { "without a pool the caller works alone", without_a_pool_the_caller_works_alone },
    { "a team without memory is an error", a_team_without_memory_is_an_error },
    CU_TEST_INFO_NULL,
};
