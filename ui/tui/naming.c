/* naming.c - what films and directions are called on the screen; see naming.h. */
#include "config.h"

#include "ui/tui/naming.h"

#include "src/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
naming_film(char out[NAMING_MAX], const struct catalog *c, uint32_t row)
{
    const char *title = strtab_get(&c->title, row), *year;
    size_t n = strlen(title);

    if (c->year[row] != 0) { /* movies_year found it in the last parenthesis */
        year = strrchr(title, '(');
        n = (size_t)(year - title);
        while (n > 0 && title[n - 1] == ' ')
            n--;
    }
    if (n == 0) /* it is called after its year alone */
        n = strlen(title);
    if (n >= NAMING_MAX)
        n = text_head(title, NAMING_MAX - 1);
    memcpy(out, title, n);
    out[n] = '\0';
    return out;
}

const char *
naming_direction(char out[NAMING_MAX], const struct directions *d, unsigned i)
{
    if (d->of[i].match.clear)
        snprintf(out, NAMING_MAX, "%s", directions_name(d, i));
    else
        snprintf(out, NAMING_MAX, "no. %u", d->of[i].factor);
    return out;
}

const char *
naming_side(char out[NAMING_MAX], const struct directions *d, const struct model *m,
            uint32_t row, unsigned i)
{
    directions_side(d, m, row, i, out, NAMING_MAX);
    return out[0] != '\0' ? out : naming_direction(out, d, i);
}

/* ", 2 epochs", without the comma at the beginning. */
static size_t
add_count(char *out, size_t len, unsigned n, const char *what)
{
    if (n == 0)
        return len;
    return len + (size_t)snprintf(out + len, NAMING_MAX - len, "%s%u %s%s",
                                  len > 0 ? ", " : "", n, what, n == 1 ? "" : "s");
}

const char *
naming_settings(char out[NAMING_MAX], double lr, unsigned epochs, unsigned factors)
{
    size_t n = 0;

    out[0] = '\0';
    if (lr > 0)
        n = (size_t)snprintf(out, NAMING_MAX, "rate %.3g", lr);
    n = add_count(out, n, epochs, "epoch");
    (void)add_count(out, n, factors, "factor");
    return out;
}

const char *
naming_term(char out[NAMING_MAX], double v)
{
    snprintf(out, NAMING_MAX, "%+.2f", v);
    if (out[1] == '0') /* ".45" */
        memmove(out + 1, out + 2, strlen(out + 1));
    return out;
}

const char *
naming_rise(char out[NAMING_MAX], int places, bool utf8)
{
    const char *up = utf8 ? "▲" : "+", *down = utf8 ? "▼" : "-";

    out[0] = '\0';
    if (places != 0)
        snprintf(out, NAMING_MAX, "%s%d", places > 0 ? up : down, abs(places));
    return out;
}
