/*
 * cpu_reference.h - the plain dense loop: fastai's training in the clearest form.
 *
 * Every element of every row is stepped in every batch, as PyTorch does it; the fast
 * devices must give the same numbers. Any k, any batch size.
 */
#ifndef MLT_DEVICE_CPU_REFERENCE_H
#define MLT_DEVICE_CPU_REFERENCE_H

#include "src/device/device.h"

extern const struct device_ops device_cpu_reference;

#endif
