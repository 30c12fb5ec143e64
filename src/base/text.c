/*
 * text.c - numbers, UTF-8 and the display form; see text.h. Looking for text in text is
 * text_find.c's.
 */
#include "config.h"

#include "src/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

size_t
text_next(const char *s, unsigned *ret_cells)
{
    size_t at = 0;
    unsigned cells = 0;

    while (s[at] != '\0') {
        ucs4_t uc;
        int n = character_at(s + at, &uc);
        unsigned w = n < 0 ? 1 : cells_of(uc);

        if (at > 0 && w > 0)
            break;
        cells += w;
        at += n < 0 ? 1 : (size_t)n;
    }
    *ret_cells = cells;
    return at;
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

void
text_cut_front(char *s, size_t cap, size_t cells, const char *mark)
{
    size_t left = text_width(s), at = 0, room = strlen(mark), n;

    if (left <= cells)
        return;
    while (left > 0 && left >= cells) {
        unsigned gone;

        at += text_next(s + at, &gone);
        left -= gone;
    }
    n = strlen(s + at) + 1;
    if (cells == 0 || room + n > cap)
        room = 0;
    memmove(s + room, s + at, n);
    memcpy(s, mark, room);
}

size_t
text_head(const char *s, size_t most)
{
    size_t at = 0;

    while (s[at] != '\0') {
        ucs4_t uc;
        int n = character_at(s + at, &uc);
        size_t bytes = n < 0 ? 1 : (size_t)n;

        if (at + bytes > most)
            break;
        at += bytes;
    }
    return at;
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
    if (uc == 0x2605) /* ★ */
        return '*';
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
