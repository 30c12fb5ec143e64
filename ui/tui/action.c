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

static bool
has_key(enum action a, const struct input *in)
{
    struct input key;

    for (unsigned i = 0; action_key(a, i, &key); i++)
        if (input_same(in, &key))
            return true;
    return false;
}

enum action
action_of(const struct input *in, enum panel_id panel)
{
    enum action everywhere = ACTION_NONE;

    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        enum action a = (enum action)i;

        if ((action_list[a].where & 1u << panel) == 0 || !has_key(a, in))
            continue;
        if (action_list[a].where != IN_ALL)
            return a;
        everywhere = a;
    }
    return everywhere;
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
