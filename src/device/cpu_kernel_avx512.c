/* cpu_kernel_avx512.c - the inner loops built for AVX-512; see cpu_kernel_template.h.
 */
#include "config.h"

#include "src/device/cpu_rows.h"
#include "src/device/cpu_simd_avx512.h"

#define KERNEL cpu_kernel_avx512
#include "src/device/cpu_kernel_template.h"
