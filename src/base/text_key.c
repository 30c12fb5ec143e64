/* text_key.c - what is left of a text that people write in different ways; see text.h.
 */
#include "config.h"

#include "src/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters that Unicode does not take apart, and what people without them type. */
static const struct {
    ucs4_t from;
    const char *to;
} plain[] = {
    { 0xe6, "ae" }, { 0xf0, "d" },  { 0xf8, "o" },  { 0xfe, "th" },
    { 0x111, "d" }, { 0x131, "i" }, { 0x142, "l" }, { 0x153, "oe" },
};

/* Letters and digits alone? */
static bool
counts(ucs4_t uc)
{
    return uc_is_general_category_withtable(uc,
                                            UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

/* The bytes of a character's part of the key: into out (6), 0 where it has none. */
static size_t
put_character(ucs4_t uc, char *out)
{
    int n;

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (plain[i].from == uc) {
            memcpy(out, plain[i].to, strlen(plain[i].to));
            return strlen(plain[i].to);
        }
    if (uc == '&') {
        memcpy(out, "and", 3);
        return 3;
    }
    if (!counts(uc))
        return 0;
    n = u8_uctomb((uint8_t *)out, uc, 6);
    return n > 0 ? (size_t)n : 0;
}

/* The same of len bytes of folded, decomposed text. */
static size_t
put_text(const uint8_t *s, size_t len, char *out, size_t cap)
{
    size_t used = 0;

    while (len > 0) {
        ucs4_t uc;
        int n = u8_mbtouc(&uc, s, len);
        char part[6];
        size_t n_part = put_character(uc, part);

        if (used + n_part + 1 > cap)
            break;
        memcpy(out + used, part, n_part);
        used += n_part;
        s += n;
        len -= (size_t)n;
    }
    out[used] = '\0';
    return used;
}

/* A key of ASCII text; false where it is not. */
static bool
key_ascii(const char *s, size_t len, char *out, size_t cap, size_t *ret_len)
{
    size_t used = 0, room = cap - 1;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c >= 0x80)
            return false;
        c = (unsigned char)(c + ((unsigned char)(c - 'A') < 26 ? 'a' - 'A' : 0));
        if (c == '&' && room - used < 3)
            room = used; /* full: what follows would stand in the wrong place */
        if (c == '&' && room > used) {
            memcpy(out + used, "and", 3);
            used += 3;
        } else if (((unsigned char)(c - 'a') < 26 || (unsigned char)(c - '0') < 10) &&
                   used < room)
            out[used++] = (char)c;
    }
    out[used] = '\0';
    *ret_len = used;
    return true;
}

size_t
text_key(const char *s, size_t len, char *out, size_t cap)
{
    uint8_t buf[1024];
    size_t folded_len = sizeof(buf), used = 0;
    uint8_t *folded;

    if (key_ascii(s, len, out, cap, &used))
        return used;
    folded = u8_casefold((const uint8_t *)s, len, NULL, UNINORM_NFKD, buf, &folded_len);
    if (folded == NULL) {
        out[0] = '\0';
        return 0;
    }
    used = put_text(folded, folded_len, out, cap);
    if (folded != buf)
        free(folded);
    return used;
}
