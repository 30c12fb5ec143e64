/* input.c - keys and their names; see input.h. */
#include "config.h"

#include "ui/tui/input.h"

#include <stdio.h>
#include <string.h>
#include <unistr.h>

static const char *const names[INPUT_KINDS] = {
#define X(id, name) [INPUT_##id] = name,
    INPUT_LIST(X)
#undef X
};

const char *
input_name(const struct input *in, char out[INPUT_NAME_MAX])
{
    int n = 0;

    if (in->kind == INPUT_CHAR && in->ch == ' ')
        n = snprintf(out, INPUT_NAME_MAX, "space");
    else if (in->kind == INPUT_CHAR)
        n = u8_uctomb((uint8_t *)out, in->ch, INPUT_NAME_MAX - 1);
    else if (in->kind == INPUT_CTRL)
        n = snprintf(out, INPUT_NAME_MAX, "ctrl-%c", (int)in->ch);
    else if (in->kind > INPUT_CTRL && in->kind < INPUT_KINDS)
        n = snprintf(out, INPUT_NAME_MAX, "%s", names[in->kind]);
    out[n > 0 ? n : 0] = '\0';
    return out;
}

bool
input_parse(struct input *ret, const char *name, size_t len)
{
    ucs4_t uc;

    if (len == 5 && memcmp(name, "space", 5) == 0) {
        *ret = (struct input){ .kind = INPUT_CHAR, .ch = ' ' };
        return true;
    }
    if (len == 6 && memcmp(name, "ctrl-", 5) == 0) {
        *ret = (struct input){ .kind = INPUT_CTRL, .ch = (unsigned char)name[5] };
        return true;
    }
    for (int k = INPUT_CTRL + 1; k < INPUT_KINDS; k++) {
        if (strlen(names[k]) == len && memcmp(names[k], name, len) == 0) {
            *ret = (struct input){ .kind = (enum input_kind)k };
            return true;
        }
    }
    if (len == 0 || u8_mbtoucr(&uc, (const uint8_t *)name, len) != (int)len)
        return false;
    *ret = (struct input){ .kind = INPUT_CHAR, .ch = uc };
    return true;
}

bool
input_same(const struct input *a, const struct input *b)
{
    bool has_ch = a->kind == INPUT_CHAR || a->kind == INPUT_CTRL;

    return a->kind == b->kind && (!has_ch || a->ch == b->ch);
}

bool
input_is_mouse(const struct input *in)
{
    return in->kind == INPUT_CLICK || in->kind == INPUT_DOUBLE_CLICK ||
           in->kind == INPUT_WHEEL_UP || in->kind == INPUT_WHEEL_DOWN;
}
