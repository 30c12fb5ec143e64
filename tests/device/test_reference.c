/* test_reference.c - the dense loop in double: its Adam is fastai's, step by step. */
#include "config.h"

#include "src/device/cpu_reference.h"

#include "src/base/mem.h"
#include "tests/device/rig.h"
#include "tests/golden.h"
#include "tests/unit.h"

#include <math.h>

/* Follow a list of steps in adam.json from the start weights `w` (n). */
static void
follow_adam(const json_t *steps, double *w, size_t n, double wd, double tolerance)
{
    double m[6] = { 0 }, v[6] = { 0 }, g[6];

    for (size_t t = 0; t < json_array_size(steps); t++) {
        const json_t *s = json_array_get(steps, t);
        struct hyper h = { .lr = golden_number(golden_get(s, "lr")),
                           .mom = golden_number(golden_get(s, "mom")) };

        for (size_t i = 0; i < n; i++)
            g[i] = golden_at(s, "grad", i);
        reference_adam(w, m, v, g, n, &h, wd, t + 1);
        for (size_t i = 0; i < n; i++) {
            CU_ASSERT_DOUBLE_EQUAL(w[i] / golden_at(s, "w", i), 1, tolerance);
            CU_ASSERT_TRUE(fabs(m[i] - golden_at(s, "grad_avg", i)) <=
                           tolerance * fabs(golden_at(s, "grad_avg", i)) + 1e-12);
            CU_ASSERT_TRUE(fabs(v[i] - golden_at(s, "sqr_avg", i)) <=
                           tolerance * fabs(golden_at(s, "sqr_avg", i)) + 1e-18);
        }
    }
}

static void
adam_steps_as_fastais(void)
{
    json_t *file = golden_load("adam");
    const double spec_wd = golden_number(golden_get(file, "spec_check_wd"));
    const double long_wd = golden_number(golden_get(file, "long_wd"));
    double w = .01, six[6];

    follow_adam(golden_get(file, "spec_check_float64"), &w, 1, spec_wd, 1e-14);
    w = .01;
    follow_adam(golden_get(file, "spec_check_float32"), &w, 1, spec_wd, 1e-6);
    for (size_t i = 0; i < 6; i++)
        six[i] = golden_at(file, "long_w0", i);
    follow_adam(golden_get(file, "long_float64"), six, 6, long_wd, 1e-13);
    for (size_t i = 0; i < 6; i++)
        six[i] = golden_at(file, "long_w0", i);
    follow_adam(golden_get(file, "long_float32"), six, 6, long_wd, 1e-5);
    json_decref(file);
}

static void
opening_the_reference_survives_every_lack_of_memory(void)
{
    enum err_code rc = ERR_NOMEM;
    unsigned long n = 0;
    struct rig g;

    rig_prepare(&g, &device_cpu_reference, &rig_usual);
    while (rc != ERR_OK) {
        struct problem p = { .ratings = g.ratings,
                             .sampler = g.sampler,
                             .pool = g.pool,
                             .init = g.init,
                             .wd = 0 };

        mem_fail_at(++n, 0);
        rc = g.ops->open(&g.device, &p, NULL);
        CU_ASSERT_TRUE_FATAL(rc == ERR_OK || rc == ERR_NOMEM);
        CU_ASSERT_TRUE(rc == ERR_OK || g.device == NULL);
    }
    mem_fail_at(0, 0);
    CU_ASSERT_TRUE(n > 10);
    rig_close(&g);
}

CU_TestInfo tests_reference[] = {
    { "Adam steps as fastai's", adam_steps_as_fastais },
    { "opening the reference survives every lack of memory",
      opening_the_reference_survives_every_lack_of_memory },
    CU_TEST_INFO_NULL,
};
