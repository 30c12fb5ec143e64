/* cpu_x86.c - the fast CPU device for AVX-512 and for AVX2; see cpu.h. Built without
 * their flags: it runs on every processor to ask whether they can. */
#include "config.h"

#include "src/device/cpu.h"

static bool
probe_avx512(const char **ret_why)
{
    if (__builtin_cpu_supports("avx512f"))
        return true;
    *ret_why = "this processor or system has no AVX-512";
    return false;
}

static bool
probe_avx2(const char **ret_why)
{
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return true;
    *ret_why = "this processor or system has no AVX2 with FMA";
    return false;
}

static enum err_code
open_avx512(struct device **ret, const struct problem *p, struct err *err)
{
    return cpu_open(ret, p, &device_cpu_avx512, &cpu_kernel_avx512, err);
}

static enum err_code
open_avx2(struct device **ret, const struct problem *p, struct err *err)
{
    return cpu_open(ret, p, &device_cpu_avx2, &cpu_kernel_avx2, err);
}

const struct device_ops device_cpu_avx512 = {
    .name = "cpu-avx512",
    .summary = "16 floats at a time (AVX-512)",
    .probe = probe_avx512,
    .memory = cpu_memory,
    .open = open_avx512,
    .close = cpu_close,
    .begin_epoch = cpu_begin_epoch,
    .steps = cpu_steps,
    .settle = cpu_settle,
    .evaluate = cpu_evaluate,
};

const struct device_ops device_cpu_avx2 = {
    .name = "cpu-avx2",
    .summary = "8 floats at a time (AVX2, FMA)",
    .probe = probe_avx2,
    .memory = cpu_memory,
    .open = open_avx2,
    .close = cpu_close,
    .begin_epoch = cpu_begin_epoch,
    .steps = cpu_steps,
    .settle = cpu_settle,
    .evaluate = cpu_evaluate,
};
