/* cpu_portable.c - the fast CPU device for any processor; see cpu.h. */
#include "config.h"

#include "src/device/cpu.h"

static bool
probe_portable(const char **ret_why)
{
    (void)ret_why;
    return true;
}

static enum err_code
open_portable(struct device **ret, const struct problem *p, struct err *err)
{
    return cpu_open(ret, p, &device_cpu_portable, &cpu_kernel_portable, err);
}

const struct device_ops device_cpu_portable = {
    .name = "cpu-portable",
    .summary = "plain C for any processor",
    .probe = probe_portable,
    .memory = cpu_memory,
    .open = open_portable,
    .close = cpu_close,
    .begin_epoch = cpu_begin_epoch,
    .steps = cpu_steps,
    .settle = cpu_settle,
    .evaluate = cpu_evaluate,
};
