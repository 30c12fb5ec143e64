/* cpu_kernel_avx2.c - the inner loops built for AVX2; see cpu_kernel_template.h. */
#include "config.h"

#include "src/device/cpu_rows.h"
#include "src/device/cpu_simd_avx2.h"

#define KERNEL cpu_kernel_avx2
#include "src/device/cpu_kernel_template.h"
