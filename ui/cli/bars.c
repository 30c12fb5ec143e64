/* bars.c - horizontal bars; see bars.h. */
#include "config.h"

#include "ui/cli/bars.h"

#include <string.h>

static size_t
add(char *out, size_t cap, size_t at, const char *s)
{
    size_t n = strlen(s);

    if (at + n >= cap)
        return at;
    memcpy(out + at, s, n + 1);
    return at + n;
}

void
bars_draw(char *out, size_t cap, double part, unsigned cells, bool glyphs)
{
    static const char *const eighth[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
    double filled = part > 0 ? (part < 1 ? part : 1) * cells : 0;
    size_t at = 0;

    if (cap > 0)
        out[0] = '\0';
    for (unsigned i = 0; i < cells; i++) {
        double here = filled - i;
        int n = here >= 1 ? 8 : here > 0 ? (int)(here * 8 + .5) : 0;

        if (glyphs)
            at = add(out, cap, at, eighth[n]);
        else
            at = add(out, cap, at, n >= 4 ? "#" : ".");
    }
}
