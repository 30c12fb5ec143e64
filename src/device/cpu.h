/*
 * cpu.h - the fast CPU devices: dense Adam computed lazily, a row being caught up when
 * it is next touched (cpu_catchup.h), with the same numbers within rounding.
 *
 * One engine, built for three instruction sets. The numbers of one instruction set are
 * the same, bit for bit, for any number of threads and any division into calls.
 *
 * Sound while |gradients| stay below 1e8 (the square root of the largest v that the
 * rational form takes); beyond that training has long diverged.
 */
#ifndef MLT_DEVICE_CPU_H
#define MLT_DEVICE_CPU_H

#include "src/device/cpu_kernel.h"
#include "src/device/device.h"

extern const struct device_ops device_cpu_avx512;
extern const struct device_ops device_cpu_avx2;
extern const struct device_ops device_cpu_portable;

/* The members of their tables, all but probe and open; see device.h. */
uint64_t cpu_memory(uint32_t n_users, uint32_t n_items, unsigned k, size_t batch);
ERR_MUST_CHECK enum err_code cpu_open(struct device **ret, const struct problem *p,
                                      const struct device_ops *ops,
                                      const struct cpu_kernel *kernel, struct err *err);
void cpu_close(struct device *d);
/* Also ERR_STATE: batches of the epoch before are left. */
ERR_MUST_CHECK enum err_code cpu_begin_epoch(struct device *d, struct err *err);
ERR_MUST_CHECK enum err_code cpu_steps(struct device *d, size_t n,
                                       const struct hyper *h, double *ret_loss,
                                       size_t *ret_done, struct err *err);
ERR_MUST_CHECK enum err_code cpu_settle(struct device *d, struct model *into,
                                        struct err *err);
ERR_MUST_CHECK enum err_code cpu_evaluate(struct device *d, const struct model *m,
                                          struct eval *ret, struct err *err);

#endif
