/* text.c - text that people type and read; see text.h. */
#include "config.h"

#include "src/base/text.h"

#include "src/base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#define MARKS_MAX 2 /* combining marks shown on one cell */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *
skip_digits(const char *s)
{
    while (is_digit(*s))
        s++;
    return s;
}

bool
text_u64(const char *s, uint64_t *ret)
{
    uint64_t v = 0;

    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++) {
        if (!is_digit(*s) || __builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(*s - '0'), &v))
            return false;
    }
    *ret = v;
    return true;
}

bool
text_i64(const char *s, int64_t *ret)
{
    bool negative = *s == '-';
    uint64_t v;

    if (!text_u64(s + negative, &v) || v > (uint64_t)INT64_MAX + negative)
        return false;
    *ret = negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

/* Is s all of -digits[.digits][e±digits], with a digit beside the point? */
static bool
is_decimal(const char *s)
{
    const char *from, *p;
    bool any;

    from = s + (*s == '-');
    p = skip_digits(from);
    any = p > from;
    if (*p == '.') {
        from = p + 1;
        p = skip_digits(from);
        any |= p > from;
    }
    if (!any)
        return false;
    if (*p == 'e' || *p == 'E') {
        from = p + 1;
        from += *from == '-' || *from == '+';
        p = skip_digits(from);
        if (p == from)
            return false;
    }
    return *p == '\0';
}

bool
text_double(const char *s, double *ret)
{
    double v;

    if (!is_decimal(s))
        return false;
    v = strtod(s, NULL);
    if (!isfinite(v))
        return false;
    *ret = v;
    return true;
}

bool
text_is_utf8(const char *s, size_t len)
{
    return memchr(s, '\0', len) == NULL && u8_check((const uint8_t *)s, len) == NULL;
}

size_t
text_from_latin1(const char *s, size_t len, char *out)
{
    char *at = out;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c < 0x80) {
            *at++ = (char)c;
        } else {
            *at++ = (char)(0xc0 | c >> 6);
            *at++ = (char)(0x80 | (c & 0x3f));
        }
    }
    *at = '\0';
    return (size_t)(at - out);
}

/* The character at s, which is not at its NUL: its bytes, or -1 for a byte that begins
 * none. */
static int
character_at(const char *s, ucs4_t *ret)
{
    int n = u8_strmbtouc(ret, (const uint8_t *)s);

    return n > 0 ? n : -1;
}

static bool
is_hidden(ucs4_t uc)
{
    uint32_t bad = UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl |
                   UC_CATEGORY_MASK_Zp;

    if (uc_is_general_category_withtable(uc, bad))
        return true;
    return uc_is_property_default_ignorable_code_point(uc) &&
           !uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Mn);
}

/* Cells of a character that is not hidden; 0 for one that joins the cell before. */
static unsigned
cells_of(ucs4_t uc)
{
    int w = uc_width(uc, "UTF-8");

    return w > 0 ? (unsigned)w : 0;
}

/* One piece of a display form: the bytes of s that it stands for and its own text. */
struct piece {
    size_t bytes;
    size_t len;
    char text[16];
    bool mark; /* joins the cell before */
};

static struct piece
next_piece(const char *s)
{
    struct piece p = { .bytes = 1 };
    ucs4_t uc;
    int n = character_at(s, &uc);

    if (n < 0) {
        p.len = (size_t)sprintf(p.text, "\\x%02x", (unsigned char)*s);
        return p;
    }
    p.bytes = (size_t)n;
    if (is_hidden(uc)) {
        const char *form = uc < 0x80 ? "\\x%02x" : uc < 0x10000 ? "\\u%04x" : "\\U%08x";

        p.len = (size_t)sprintf(p.text, form, (unsigned)uc);
        return p;
    }
    p.len = p.bytes;
    memcpy(p.text, s, p.len);
    p.mark = cells_of(uc) == 0;
    return p;
}

size_t
text_display(const char *s, char *out, size_t cap)
{
    size_t whole = 0, used = 0;
    unsigned marks = 0;
    bool full = cap == 0;

    while (*s != '\0') {
        struct piece p = next_piece(s);

        s += p.bytes;
        marks = p.mark ? marks + 1 : 0;
        if (marks > MARKS_MAX)
            continue;
        whole += p.len;
        full = full || used + p.len >= cap;
        if (!full) {
            memcpy(out + used, p.text, p.len);
            used += p.len;
        }
    }
    if (cap > 0)
        out[used] = '\0';
    return whole;
}

size_t
text_width(const char *s)
{
    size_t cells = 0;

    while (*s != '\0') {
        ucs4_t uc;
        int n = character_at(s, &uc);

        cells += n < 0 ? 1 : cells_of(uc);
        s += n < 0 ? 1 : n;
    }
    return cells;
}

/* Bytes of the longest beginning of s that takes at most `cells` cells. */
static size_t
bytes_in(const char *s, size_t cells)
{
    size_t at = 0, used = 0;

    while (s[at] != '\0') {
        ucs4_t uc;
        int n = character_at(s + at, &uc);
        size_t w = n < 0 ? 1 : cells_of(uc);

        if (used + w > cells)
            break;
        used += w;
        at += n < 0 ? 1 : (size_t)n;
    }
    return at;
}

void
text_cut(char *s, size_t cap, size_t cells, const char *mark)
{
    size_t room = strlen(mark) + 1;
    size_t at;

    if (text_width(s) <= cells)
        return;
    at = bytes_in(s, cells > 0 ? cells - 1 : 0);
    if (cells > 0 && at + room <= cap)
        memcpy(s + at, mark, room);
    else
        s[at] = '\0';
}

/* The ASCII character that is most like uc, or 0 for a mark that can be left out. */
static char
ascii_of(ucs4_t uc)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int kind;

    if (uc < 0x80)
        return (char)uc;
    if (uc == 0x2026) /* … */
        return '.';
    if (uc >= 0x2010 && uc <= 0x2015) /* hyphens and dashes */
        return '-';
    if (uc == 0x2018 || uc == 0x2019)
        return '\'';
    if (uc_decomposition(uc, &kind, parts) > 0)
        return ascii_of(parts[0]);
    return cells_of(uc) == 0 ? '\0' : '?';
}

void
text_to_ascii(char *s)
{
    char *out = s;

    while (*s != '\0') {
        ucs4_t uc;
        int n = character_at(s, &uc);
        char c = n < 0 ? '?' : ascii_of(uc);

        s += n < 0 ? 1 : n;
        if (c != '\0')
            *out++ = c;
    }
    *out = '\0';
}

/* Write the len bytes of s and their NUL with the case of ASCII letters folded; were
 * they all ASCII? Two simple loops in one, so that the compiler takes many at once. */
static bool
fold_ascii(const char *s, size_t len, char *out)
{
    unsigned char all = 0;

    for (size_t i = 0; i <= len; i++) {
        unsigned char c = (unsigned char)s[i];

        all |= c;
        out[i] = (char)(c + ((unsigned char)(c - 'A') < 26 ? 'a' - 'A' : 0));
    }
    return all < 0x80;
}

char *
text_fold(const char *s)
{
    size_t len = 0;
    uint8_t *folded;
    char *copy;

    if (*s == '\0')
        return mem_strdup(s);
    folded = u8_casefold((const uint8_t *)s, strlen(s), NULL, NULL, NULL, &len);
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

    if (hay_len < sizeof(buf) && fold_ascii(hay, hay_len, (char *)buf))
        return strstr((char *)buf, folded) != NULL;
    h = u8_casefold((const uint8_t *)hay, hay_len, NULL, NULL, buf, &len);
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
        return strcasecmp(a, b) == 0 ? 0 : limit + 1;
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
