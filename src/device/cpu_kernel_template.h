/*
 * cpu_kernel_template.h - the inner loops of the fast CPU devices, written once over
 * vectors of sixteen floats. cpu_kernel_*.c includes it after its cpu_simd_*.h and is
 * built with that instruction set's flags. The loops are in five parts, by what they
 * work on; here are the thread's mode and the table of all.
 */
#include "src/device/cpu_catchup_loops.h"
#include "src/device/cpu_kernel.h"
#include "src/device/cpu_kernel_evaluate.h"
#include "src/device/cpu_kernel_items.h"
#include "src/device/cpu_kernel_rows.h"
#include "src/device/cpu_kernel_tables.h"
#include "src/device/cpu_kernel_users.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#if defined(__x86_64__)
#define FLUSH_TINY 0x8040u /* flush results and take operands as 0 */

static unsigned
flush_tiny(void)
{
    unsigned mode = _mm_getcsr();

    _mm_setcsr(mode | FLUSH_TINY);
    return mode;
}

static void
restore(unsigned mode)
{
    _mm_setcsr(mode);
}
#else
static unsigned
flush_tiny(void)
{
    return 0;
}

static void
restore(unsigned mode)
{
    (void)mode;
}
#endif

const struct cpu_kernel KERNEL = {
    .user_pass = user_pass,
    .item_end = item_end,
    .item_begin = item_begin,
    .settle = settle,
    .sweep = sweep,
    .evaluate = evaluate,
    .advance = gap_table_advance,
    .flush_tiny = flush_tiny,
    .restore = restore,
};
