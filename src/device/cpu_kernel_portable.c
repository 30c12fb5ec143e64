/* cpu_kernel_portable.c - the inner loops built for portable; see
 * cpu_kernel_template.h. */
#include "config.h"

#include "src/device/cpu_rows.h"
#include "src/device/cpu_simd_portable.h"

#define KERNEL cpu_kernel_portable
#include "src/device/cpu_kernel_template.h"
