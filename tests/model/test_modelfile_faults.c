/* test_modelfile_faults.c - a model file under faults: it is whole, or it is said. */
#include "config.h"

#include "src/model/modelfile.h"

#include "src/base/mem.h"
#include "tests/faults.h"
#include "tests/model/small.h"
#include "tests/scratch.h"
#include "tests/unit.h"

#include <errno.h>

static struct small_shelf s;

static void
every_failing_allocation_of_a_load_is_reported(void)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    enum err_code rc = ERR_NOMEM;
    const char *path;
    unsigned long n;

    small_shelf_fill(&s, false);
    path = scratch_path(s.dir, "a");
    CU_ASSERT_EQUAL(modelfile_save(path, s.model, s.catalog, NULL), ERR_OK);
    for (n = 1; rc != ERR_OK && n < 10000; n++) {
        mem_fail_at(n, n % 2 != 0);
        rc = modelfile_load(&m, &c, path, NULL);
        CU_ASSERT(rc == ERR_NOMEM || (rc == ERR_OK && m != NULL && c != NULL));
        if (rc != ERR_OK)
            CU_ASSERT(m == NULL && c == NULL);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    CU_ASSERT(n > 20);
    model_free(m);
    catalog_free(c);
    small_shelf_clear(&s);
}

static void
every_failing_allocation_of_a_save_is_reported(void)
{
    enum err_code rc = ERR_NOMEM;

    small_shelf_fill(&s, true);
    for (unsigned long n = 1; rc != ERR_OK && n < 1000; n++) {
        mem_fail_at(n, 0);
        rc = modelfile_save(scratch_path(s.dir, "a"), s.model, s.catalog, NULL);
        CU_ASSERT(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_EQUAL(scratch_count(s.dir), rc == ERR_OK);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_EQUAL(rc, ERR_OK);
    small_shelf_clear(&s);
}

/* Is the file a whole model, and is it the old one (bi[1] 0) or the new one (1)? */
static bool
whole(const char *path, enum err_code rc)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    bool good = modelfile_load(&m, &c, path, NULL) == ERR_OK &&
                (m->bi[1] == 1 || (rc != ERR_OK && m->bi[1] == 0));

    model_free(m);
    catalog_free(c);
    return good;
}

static void
every_failing_call_of_a_save_leaves_a_whole_model(void)
{
    const char *path;
    enum err_code rc;

    small_shelf_fill(&s, true);
    path = scratch_path(s.dir, "a");
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 0;

        do {
            s.model->bi[1] = 0;
            CU_ASSERT_EQUAL(modelfile_save(path, s.model, s.catalog, NULL), ERR_OK);
            s.model->bi[1] = 1;
            faults_fail_at(++n, persistent, ENOSPC);
            rc = modelfile_save(path, s.model, s.catalog, NULL);
            faults_off();
            CU_ASSERT_EQUAL(rc, n <= faults_count() ? ERR_IO : ERR_OK);
            CU_ASSERT(whole(path, rc));
            CU_ASSERT(persistent || scratch_count(s.dir) == 1);
        } while (rc != ERR_OK && n < 100);
        CU_ASSERT(n > 20);
    }
    small_shelf_clear(&s);
}

static void
every_failing_call_of_a_load_is_reported(void)
{
    struct model *m = NULL;
    struct catalog *c = NULL;
    const char *path;
    unsigned long n = 0;

    small_shelf_fill(&s, true);
    path = scratch_path(s.dir, "a");
    CU_ASSERT_EQUAL(modelfile_save(path, s.model, s.catalog, NULL), ERR_OK);
    do {
        faults_fail_at(++n, false, EIO);
        /* A failing close(2) of what was only read takes nothing away. */
        if (modelfile_load(&m, &c, path, NULL) == ERR_OK)
            break;
        CU_ASSERT(m == NULL && c == NULL);
    } while (n < 100);
    CU_ASSERT_EQUAL(n, faults_count());
    faults_dribble(3);
    model_free(m);
    catalog_free(c);
    CU_ASSERT_EQUAL(modelfile_load(&m, &c, path, NULL), ERR_OK);
    faults_off();
    model_free(m);
    catalog_free(c);
    small_shelf_clear(&s);
}

CU_TestInfo tests_modelfile_faults[] = {
    { "every failing allocation of a load is reported",
      every_failing_allocation_of_a_load_is_reported },
    { "every failing allocation of a save is reported",
      every_failing_allocation_of_a_save_is_reported },
    { "every failing call of a save leaves a whole model",
      every_failing_call_of_a_save_leaves_a_whole_model },
    { "every failing call of a load is reported",
      every_failing_call_of_a_load_is_reported },
    CU_TEST_INFO_NULL,
};
