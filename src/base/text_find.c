/* text_find.c - text in text, whatever its case, and the nearest of names; see text.h.
 */
#include "config.h"

#include "src/base/text.h"

#include "src/base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>

/* Two simple loops in one, so that the compiler takes many bytes at once. */
bool
text_fold_ascii(const char *s, size_t len, char *out)
{
    unsigned char all = 0;

    for (size_t i = 0; i <= len; i++) {
        unsigned char c = (unsigned char)s[i];

        all |= c;
        out[i] = (char)(c + ((unsigned char)(c - 'A') < 26 ? 'a' - 'A' : 0));
    }
    return all < 0x80;
}

static bool
is_ascii(const char *s, size_t len)
{
    unsigned char all = 0;

    for (size_t i = 0; i < len; i++)
        all |= (unsigned char)s[i];
    return all < 0x80;
}

char *
text_fold(const char *s)
{
    size_t len = strlen(s);
    uint8_t *folded;
    char *copy;

    if (is_ascii(s, len) || !text_is_utf8(s, len)) {
        copy = mem_new(len + 1, 1);
        if (copy != NULL)
            text_fold_ascii(s, len, copy);
        return copy;
    }
    folded = u8_casefold((const uint8_t *)s, len, NULL, NULL, NULL, &len);
    copy = folded != NULL ? mem_new(len + 1, 1) : NULL;
    if (copy != NULL)
        memcpy(copy, folded, len);
    free(folded);
    return copy;
}

bool
text_contains_folded(const char *hay, const char *folded)
{
    uint8_t buf[512];
    size_t hay_len = strlen(hay), len = sizeof(buf);
    uint8_t *h;
    bool found;

    if (hay_len < sizeof(buf) && text_fold_ascii(hay, hay_len, (char *)buf))
        return strstr((char *)buf, folded) != NULL;
    h = text_is_utf8(hay, hay_len)
            ? u8_casefold((const uint8_t *)hay, hay_len, NULL, NULL, buf, &len)
            : NULL;
    if (h == NULL)
        return strcasestr(hay, folded) != NULL;
    found = memmem(h, len, folded, strlen(folded)) != NULL;
    if (h != buf)
        free(h);
    return found;
}

bool
text_contains(const char *hay, const char *needle)
{
    char *folded = text_fold(needle);
    bool found = folded != NULL ? text_contains_folded(hay, folded)
                                : strcasestr(hay, needle) != NULL;

    mem_free(folded);
    return found;
}

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The same ASCII letter, whatever the case, or the same byte? */
static bool
same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

unsigned
text_distance(const char *a, const char *b, unsigned limit)
{
    enum { LONGEST = 255 };
    unsigned rows[3][LONGEST + 1];
    size_t na = strlen(a), nb = strlen(b);

    if (na > LONGEST || nb > LONGEST)
        return limit + 1;
    for (unsigned j = 0; j <= nb; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= na; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3],
                 *old = rows[(i + 1) % 3];

        now[0] = i;
        for (unsigned j = 1; j <= nb; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1,
                           last[j - 1] + !same_letter(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1]))
                now[j] = least(now[j], old[j - 2] + 1);
        }
    }
    return least(rows[na % 3][nb], limit + 1);
}

const char *
text_nearest(const char *word, const char *const *names, size_t n)
{
    size_t len = strlen(word);
    unsigned limit = (unsigned)least(len > 90 ? 30 : (unsigned)(len + 2) / 3, 30);
    unsigned best_cost = 2 * limit + 1;
    const char *best = NULL;

    /* A beginning of a name costs more than one edit and less than two. */
    for (size_t i = 0; i < n; i++) {
        unsigned cost = 2 * text_distance(word, names[i], limit);

        if (len >= 2 && strncasecmp(word, names[i], len) == 0)
            cost = least(cost, 3);
        if (cost < best_cost || (cost == 3 && best == NULL)) {
            best_cost = cost;
            best = names[i];
        }
    }
    return best;
}
