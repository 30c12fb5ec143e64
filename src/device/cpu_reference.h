/*
 * cpu_reference.h - the plain dense loop: fastai's training in the clearest form.
 *
 * Every element of every row is stepped in every batch, as PyTorch does it; the fast
 * devices must give the same numbers. State and sums are double, so that what differs
 * is the fast devices' rounding. Any k, any batch size.
 */
#ifndef MLT_DEVICE_CPU_REFERENCE_H
#define MLT_DEVICE_CPU_REFERENCE_H

#include "src/device/device.h"

extern const struct device_ops device_cpu_reference;

/*
 * Step t (from 1) of Adam with decoupled weight decay (Loshchilov & Hutter 2019,
 * arXiv:1711.05101) on n elements, as fastai has it:
 *
 *   w ← w·(1 - lr·wd),   m ← mom·m + (1 - mom)·g,   v ← .99·v + .01·g²
 *   w ← w - lr/(1 - mom^t)·m / (√(v/(1 - .99^t)) + 1e-5)
 *
 * Decay comes first; mom is the step's own, in the power too; eps stands outside the
 * root, after debiasing.
 */
void reference_adam(double *w, double *m, double *v, const double *g, size_t n,
                    const struct hyper *h, double wd, size_t t);

#endif
