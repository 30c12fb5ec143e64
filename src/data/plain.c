/*
 * plain.c - plain rating lines, eight digits at a time; see plain.h.
 *
 * A number is found and read within one 64-bit word: its length from the first byte
 * that is no digit, its value by three multiplications (each joins neighbours: digits
 * to pairs, pairs to fours, fours to an eight). There is no branch on the length. The
 * same user as on the line before is recognised by its bytes, so that the processor can
 * guess where the next field starts and work on several fields at once.
 */
#include "config.h"

#include "src/data/plain.h"

#include <endian.h>
#include <string.h>

#define UNLIKELY(x) __builtin_expect(!!(x), 0)

bool
plain_applies(const struct layout *l)
{
    bool timed = l->at[COLUMN_TIME] == 3;

    return l->at[COLUMN_USER] == 0 && l->at[COLUMN_ITEM] == 1 &&
           l->at[COLUMN_RATING] == 2 &&
           (timed || l->at[COLUMN_TIME] == COLUMN_ABSENT) &&
           l->n_fields == (timed ? 4 : 3) && !l->text[COLUMN_USER] &&
           !l->text[COLUMN_ITEM] && !l->float_stars;
}

static inline uint64_t
load8(const char *s)
{
    uint64_t w;

    memcpy(&w, s, sizeof(w));
    return le64toh(w);
}

/* The 0 to 8 digits at s: their number, and their value in *ret. */
static inline unsigned
digits(const char *s, uint64_t *ret)
{
    uint64_t w = load8(s) ^ 0x3030303030303030; /* a digit is now a byte of 0 … 9 */
    uint64_t other = (((w & 0x7f7f7f7f7f7f7f7f) + 0x7676767676767676) | w) &
                     0x8080808080808080; /* high bit of a byte: no digit */
    unsigned len = other != 0 ? (unsigned)__builtin_ctzll(other) / 8 : 8;

    if (UNLIKELY(len == 0)) {
        *ret = 0;
        return 0;
    }
    w <<= 64 - 8 * len; /* zeroes in front */
    w = (w * 10 + (w >> 8)) & 0x00ff00ff00ff00ff;
    w = (w * 100 + (w >> 16)) & 0x0000ffff0000ffff;
    w = (w * 10000 + (w >> 32)) & 0x00000000ffffffff;
    *ret = w;
    return len;
}

/* The id at s: what follows it, or NULL when it is not plain. */
static inline const char *
take_id(const char *s, uint64_t *ret)
{
    unsigned len = digits(s, ret);

    return len == 0 || (s[0] == '0' && len > 1) ? NULL : s + len;
}

/* What follows the delimiter at s, or NULL when there is something else. */
static inline const char *
take_delim(const char *s, const char *delim, bool wide)
{
    if (UNLIKELY(s[0] != delim[0] || (wide && s[1] != delim[1])))
        return NULL;
    return s + 1 + wide;
}

static inline bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The stars at s in tenths: d or d.d */
static inline const char *
take_stars(const char *s, unsigned *ret_tenths)
{
    if (UNLIKELY(!is_digit(s[0])))
        return NULL;
    *ret_tenths = 10 * (unsigned)(s[0] - '0');
    if (s[1] != '.')
        return s + 1;
    if (UNLIKELY(!is_digit(s[2])))
        return NULL;
    *ret_tenths += (unsigned)(s[2] - '0');
    return s + 3;
}

/* The time at s: 1 to 16 digits. */
static inline const char *
take_time(const char *s, int64_t *ret)
{
    static const uint64_t power[9] = { 1,      10,      100,      1000,     10000,
                                       100000, 1000000, 10000000, 100000000 };
    uint64_t high, low;
    unsigned len = digits(s, &high);

    if (UNLIKELY(len == 0 || (s[0] == '0' && len > 1)))
        return NULL;
    s += len;
    if (len == 8) {
        len = digits(s, &low);
        high = high * power[len] + low;
        s += len;
    }
    *ret = (int64_t)high;
    return s;
}

/* What follows the end of line at s, or NULL. */
static inline const char *
take_end(const char *s)
{
    if (s[0] == '\n')
        return s + 1;
    return s[0] == '\r' && s[1] == '\n' ? s + 2 : NULL;
}

/* What a line says after its user. */
struct rest {
    uint64_t film;
    unsigned tenths;
    int64_t time;
};

/* Delimiter, film, delimiter, stars and perhaps delimiter, time; then the line's end.
 */
static inline const char *
take_rest(const char *p, const char *delim, bool wide, bool timed, struct rest *ret)
{
    if ((p = take_delim(p, delim, wide)) == NULL ||
        (p = take_id(p, &ret->film)) == NULL ||
        (p = take_delim(p, delim, wide)) == NULL ||
        (p = take_stars(p, &ret->tenths)) == NULL)
        return NULL;
    if (timed && ((p = take_delim(p, delim, wide)) == NULL ||
                  (p = take_time(p, &ret->time)) == NULL))
        return NULL;
    return take_end(p);
}

/* The user of the line before, as bytes to compare with the next line's. */
struct same {
    uint64_t word, mask; /* its id and the byte after it; mask 0: nothing to compare */
    unsigned len;        /* of the id */
};

static inline bool
same_user(const struct same *u, const char *s)
{
    return u->mask != 0 && ((load8(s) ^ u->word) & u->mask) == 0;
}

/* Begin the run of a user whose line starts at s. */
static bool
begin_run(struct rows *r, struct same *u, uint64_t id, const char *s, unsigned len)
{
    uint32_t user;

    if (ids_add_num(&r->user, (int64_t)id, &user, NULL) != ERR_OK)
        return false;
    if (r->n_runs == 0 || r->run[r->n_runs - 1].user != user)
        r->run[r->n_runs++] = (struct run){ .user = user };
    u->len = len;
    u->mask = len < 8 ? UINT64_MAX >> (56 - 8 * len) : 0;
    u->word = load8(s);
    return true;
}

static inline bool
film_number(struct rows *r, uint64_t film, uint32_t *ret)
{
    if (film < r->item.n_direct && r->item.direct[film] != 0) {
        *ret = r->item.direct[film] - 1;
        return true;
    }
    return ids_add_num(&r->item, (int64_t)film, ret, NULL) == ERR_OK;
}

static inline bool
code_of_tenths(struct rows *r, unsigned tenths, uint8_t *ret)
{
    int16_t *known = &r->palette.tenth[tenths];

    if (UNLIKELY(*known == 0)) {
        if (!rows_code(r, (float)(tenths / 10.0), ret))
            return false;
        *known = (int16_t)(*ret + 1);
    }
    *ret = (uint8_t)(*known - 1);
    return true;
}

/* The loop, compiled once for each width of the delimiter, with times and without. A
 * line for which there is no memory is left to the other way, which says so. */
static inline __attribute__((always_inline)) size_t
read_lines(struct rows *r, const char *s, size_t n, bool wide, bool timed)
{
    const char *delim = r->layout->dialect.delim;
    const char *p = s, *end = s + n;
    int64_t first = r->first_time, last = r->last_time;
    uint32_t *film = r->film;
    uint8_t *code = r->code;
    size_t at = r->n;
    struct same u = { 0 };

    while (p < end) {
        uint64_t user = 0;
        struct rest rest;
        bool same = same_user(&u, p);
        const char *id_end = same ? p + u.len : take_id(p, &user);
        const char *next =
            id_end != NULL ? take_rest(id_end, delim, wide, timed, &rest) : NULL;

        if (UNLIKELY(next == NULL))
            break;
        if (!film_number(r, rest.film, &film[at]) ||
            !code_of_tenths(r, rest.tenths, &code[at]) ||
            (!same && !begin_run(r, &u, user, p, (unsigned)(id_end - p))))
            break;
        if (timed) {
            first = rest.time < first ? rest.time : first;
            last = rest.time > last ? rest.time : last;
        }
        r->run[r->n_runs - 1].n++;
        at++;
        p = next;
    }
    r->n_lines += (uint32_t)(at - r->n);
    r->n_rows += (uint32_t)(at - r->n);
    r->n = at;
    r->first_time = first;
    r->last_time = last;
    return (size_t)(p - s);
}

size_t
plain_read(struct rows *r, const char *s, size_t n)
{
    bool wide = r->layout->dialect.delim[1] != '\0';

    if (r->layout->at[COLUMN_TIME] != COLUMN_ABSENT)
        return wide ? read_lines(r, s, n, true, true)
                    : read_lines(r, s, n, false, true);
    return wide ? read_lines(r, s, n, true, false) : read_lines(r, s, n, false, false);
}
