/*
 * cpu_kernel_sigmoid.h - the sigmoid of sixteen logits. Part of cpu_kernel_template.h.
 */
#ifndef MLT_DEVICE_CPU_KERNEL_SIGMOID_H
#define MLT_DEVICE_CPU_KERNEL_SIGMOID_H

#include "src/device/cpu_kernel_rows.h"

/* e^x for |x| <= 80: 2^n e^f with |f| <= ln 2 / 2 and the polynomial of Cephes's expf
 * (Moshier 1989, https://www.netlib.org/cephes/); 2 ulp. */
INLINE vec
v_exp(vec x)
{
    vec n = v_round(v_mul(x, v_set1(1.44269504f)));
    vec f = v_fnma(n, v_set1(-2.12194440e-4f), v_fnma(n, v_set1(0.693359375f), x));
    vec p = v_set1(1.9875691500e-4f);

    p = v_fma(p, f, v_set1(1.3981999507e-3f));
    p = v_fma(p, f, v_set1(8.3334519073e-3f));
    p = v_fma(p, f, v_set1(4.1665795894e-2f));
    p = v_fma(p, f, v_set1(1.6666665459e-1f));
    p = v_fma(p, f, v_set1(0.5f));
    p = v_fma(v_mul(f, f), p, v_add(f, v_set1(1)));
    return v_scale(p, n);
}

INLINE vec
v_sigmoid(vec x)
{
    vec y = v_at_least(-80, v_at_most(80, v_sub(v_set1(0), x)));

    return v_div(v_set1(1), v_add(v_set1(1), v_exp(y)));
}

#endif
