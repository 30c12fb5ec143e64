/* shortest.c - numbers in the fewest digits; see shortest.h. */
#include "config.h"

#include "src/base/shortest.h"

#include <stdio.h>
#include <stdlib.h>

void
shortest_f64(char out[SHORTEST_MAX], double v)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, SHORTEST_MAX, "%.*g", digits, v);
        if (strtod(out, NULL) == v)
            return;
    }
}

void
shortest_f32(char out[SHORTEST_MAX], float v)
{
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(out, SHORTEST_MAX, "%.*g", digits, (double)v);
        if (strtof(out, NULL) == v)
            return;
    }
}
