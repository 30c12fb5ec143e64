/* bars.h - horizontal bars of block glyphs, or of ASCII. Pure. */
#ifndef MLT_UI_CLI_BARS_H
#define MLT_UI_CLI_BARS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A bar that fills `part` (cut to 0 … 1, NaN is 0) of `cells` cells, padded to all of
 * them: eighths of a block with glyphs, else "####....". Needs 3 * cells + 1 bytes.
 */
void bars_draw(char *out, size_t cap, double part, unsigned cells, bool glyphs);

#endif
