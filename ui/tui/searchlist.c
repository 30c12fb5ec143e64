/* searchlist.c - a list and the field that narrows it; see searchlist.h. */
#include "config.h"

#include "ui/tui/searchlist.h"

void
searchlist_open(struct searchlist *s)
{
    *s = (struct searchlist){ .list = { .n = 0 } };
    field_open(&s->field, "");
}

bool
searchlist_type(struct searchlist *s, const struct input *in, searchlist_take *take,
                const void *owner, struct wish *wish)
{
    enum field_said said = field_type(&s->field, in);

    s->field.open = true; /* it closes with the list */
    if (said == FIELD_TAKEN)
        take(owner, wish);
    if (said == FIELD_LEFT)
        wish->kind = WISH_CLOSE;
    if (said == FIELD_CHANGED)
        list_go(&s->list, 0);
    return said != FIELD_IGNORED;
}

bool
searchlist_act(struct searchlist *s, enum action a, const struct input *in,
               searchlist_take *take, const void *owner, struct wish *wish)
{
    if (list_act(&s->list, a, in))
        return true;
    if (a == ACTION_DOUBLE_CLICK)
        take(owner, wish);
    return a == ACTION_DOUBLE_CLICK;
}
