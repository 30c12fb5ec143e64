/* action.c - the table of actions; see action.h. */
#include "config.h"

#include "ui/tui/action.h"

#include "src/base/text.h"

#include <string.h>

const struct action_info action_list[ACTION_COUNT] = {
#define X(id, name, keys, where, hint, help) \
    [ACTION_##id] = { name, keys, where, hint, help },
    ACTION_LIST(X)
#undef X
};

bool
action_key(enum action a, unsigned i, struct input *ret)
{
    const char *at = action_list[a].keys;

    if (at == NULL)
        return false;
    for (;;) {
        size_t len;

        at += strspn(at, " ");
        len = strcspn(at, " ");
        if (len == 0)
            return false;
        if (i-- == 0)
            return input_parse(ret, at, len);
        at += len;
    }
}

enum action
action_of(const struct input *in, enum panel_id panel)
{
    for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
        struct input key;

        if ((action_list[a].where & 1u << panel) == 0)
            continue;
        for (unsigned i = 0; action_key((enum action)a, i, &key); i++)
            if (input_same(in, &key))
                return (enum action)a;
    }
    return ACTION_NONE;
}

enum action
action_find(const char *name)
{
    for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
        if (strcmp(action_list[a].name, name) == 0)
            return (enum action)a;
    return ACTION_NONE;
}

const char *
action_nearest(const char *name)
{
    const char *names[ACTION_COUNT];

    for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
        names[a - 1] = action_list[a].name;
    return text_nearest(name, names, ACTION_COUNT - 1);
}
