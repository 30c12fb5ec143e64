/* test_gradients.c - every usable device's gradients are those of central differences.
 */
#include "config.h"

#include "src/base/mem.h"
#include "src/device/device.h"

#include "tests/device/rig.h"
#include "tests/unit.h"

#include <math.h>

/* Loss of the first batch for parameters in double. */
static double
loss_of(const struct model *m, const double *arena, const struct batch *b, size_t B)
{
    const double *U = arena, *I = arena + (m->I - m->U);
    const double *bu = arena + (m->bu - m->U), *bi = arena + (m->bi - m->U);
    double sum = 0;

    for (size_t j = 0; j < B; j++) {
        double x = bu[b->user[j]] + bi[b->item[j]], miss;

        for (unsigned f = 0; f < m->k; f++)
            x += U[b->user[j] * m->k + f] * I[b->item[j] * m->k + f];
        miss = m->y_lo + ((double)m->y_hi - m->y_lo) / (1 + exp(-x)) - b->stars[j];
        sum += miss * miss;
    }
    return sum / (double)B;
}

/* Gradient of element i by central differences. */
static double
slope_of(const struct model *m, double *arena, const struct batch *b, size_t B,
         size_t i)
{
    const double step = 1e-4;
    double at = arena[i], up, down;

    arena[i] = at + step;
    up = loss_of(m, arena, b, B);
    arena[i] = at - step;
    down = loss_of(m, arena, b, B);
    arena[i] = at;
    return (up - down) / (2 * step);
}

/*
 * Adam's first step is lr·g/(|g| + eps), so the gradient can be read off it where |g|
 * is not far above eps; hence the narrow y-range, and a rate beside which the weights'
 * own digits do not matter. Weights are made larger so that products count.
 */
static void
check_gradient(const struct device_ops *ops)
{
    const double lr = 1e5;
    struct shape s = rig_usual;
    struct hyper h = { .lr = lr, .mom = .9 };
    uint32_t user[64], item[64];
    float stars[64];
    struct batch b = { user, item, stars };
    double loss, *arena, worst = 0, size = 0;
    struct rig g;

    s.y_lo = 0;
    s.y_hi = .05f;
    rig_prepare(&g, ops, &s);
    arena = mem_new(g.init->len, sizeof(*arena));
    for (size_t i = 0; i < g.init->len; i++)
        arena[i] = g.init->arena[i] *= 50;
    rig_start(&g, 0);
    CU_ASSERT_EQUAL(rig_run(&g, 1, &h, &loss), 1);
    rig_settle(&g);
    sampler_get(g.sampler, 0, &b);
    CU_ASSERT_DOUBLE_EQUAL(loss / loss_of(g.init, arena, &b, s.batch), 1, 1e-5);
    for (size_t i = 0; i < g.init->len; i++) {
        double x = ((double)g.init->arena[i] - g.now->arena[i]) / lr;
        double got = x * ADAM_EPS / (1 - fabs(x));
        double want = slope_of(g.init, arena, &b, s.batch, i);

        worst = fmax(worst, fabs(got - want));
        size = fmax(size, fabs(want));
    }
    CU_ASSERT_TRUE(size > 1e-6);
    CU_ASSERT_TRUE(worst < 1e-4 * size);
    mem_free(arena);
    rig_close(&g);
}

static void
gradients_are_those_of_central_differences(void)
{
    rig_every_device(check_gradient);
}

CU_TestInfo tests_gradients[] = {
    { "gradients are those of central differences",
      gradients_are_those_of_central_differences },
    CU_TEST_INFO_NULL,
};
