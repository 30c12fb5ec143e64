/* factors_find.c - what the factors' panel shows of a model: the films of the map, and
 * those at both ends of a direction. */
#include "config.h"

#include "src/base/text.h"
#include "ui/tui/factors_panel.h"
#include "ui/tui/naming.h"

#include <math.h>
#include <stdio.h>

size_t
factors_film_at(const struct factors *f, uint32_t film)
{
    size_t i = 0;

    while (i < f->n && f->film[i] != film)
        i++;
    return i;
}

/* The part of an axis that x was of the axis before. */
static struct axis
same_part(const struct axis *x, const struct axis *before, const struct axis *all)
{
    struct axis part = *all;

    part.lo = axis_value(all, axis_part(before, x->lo));
    part.hi = axis_value(all, axis_part(before, x->hi));
    return part;
}

/* The films with their places; `again`: the same map of a newer model, which stays as
 * far zoomed as it was. */
static void
take_points(struct factors *f, const struct shown *s, const struct directions *d,
            bool again)
{
    struct axis before_x = f->all_x, before_y = f->all_y;
    uint32_t film = f->marked < f->n ? f->film[f->marked] : 0;

    f->n = s->centre.n;
    f->all_x = f->all_y = (struct axis){ .lo = INFINITY, .hi = -INFINITY };
    for (size_t i = 0; i < f->n; i++) {
        uint32_t row = s->centre.row[i];
        char name[NAMING_MAX];

        snprintf(f->label[i], FACTORS_LABEL, "%.*s",
                 (int)text_head(naming_film(name, s->catalog, row), FACTORS_LABEL - 1),
                 name);
        f->film[i] = row;
        f->point[i] = (struct scatter_point){
            .x = directions_value(d, s->model, row, (unsigned)f->across),
            .y = directions_value(d, s->model, row, (unsigned)f->up),
            .label = f->label[i],
        };
        axis_hold(&f->all_x, f->point[i].x);
        axis_hold(&f->all_y, f->point[i].y);
    }
    axis_settle(&f->all_x, .04);
    axis_settle(&f->all_y, .06);
    f->x = again ? same_part(&f->x, &before_x, &f->all_x) : f->all_x;
    f->y = again ? same_part(&f->y, &before_y, &f->all_y) : f->all_y;
    f->marked = film != 0 ? factors_film_at(f, film) : 0;
    if (f->marked == f->n)
        f->marked = 0;
}

static enum err_code
take_ends(struct factors *f, const struct shown *s, const struct directions *d,
          struct err *err)
{
    for (int low = 0; low < 2; low++) {
        enum err_code rc =
            directions_end(f->end[low], FACTORS_END, &f->n_end[low], d, s->model,
                           s->catalog, (unsigned)f->across, low == 0, err);

        if (rc != ERR_OK)
            return rc;
    }
    return ERR_OK;
}

/* The factors as trained are looked for when they are asked for. */
static enum err_code
find_as_trained(struct factors *f, const struct shown *s, struct err *err)
{
    directions_done(&f->as_trained);
    f->as_trained = (struct directions){ 0 };
    if (!f->raw)
        return ERR_OK;
    return directions_init(&f->as_trained, s->model, s->catalog, &s->centre,
                           DIRECTIONS_RAW, err);
}

enum err_code
factors_find(struct factors *f, const struct shown *s, struct err *err)
{
    bool fresh = f->version != s->version, again = fresh && f->n > 0;
    const struct directions *d;
    struct factors_places at;
    enum err_code rc = ERR_OK;

    if (fresh)
        rc = find_as_trained(f, s, err);
    if (rc != ERR_OK)
        return rc;
    d = factors_directions(f, s);
    f->version = s->version;
    if (d->k == 0) { /* weights that are all alike have no directions */
        f->n = 0;
        return ERR_OK;
    }
    at = factors_place(f, f->w, f->h);
    list_fit(&f->list, d->k, at.list.h);
    list_fit(&f->films, s->centre.n, at.map.h);
    again &= f->list.cursor == f->across;
    if (!fresh && f->list.cursor == f->across)
        return ERR_OK;
    f->across = f->list.cursor;
    f->up = d->k > 1 ? (f->across + 1) % d->k : f->across;
    take_points(f, s, d, again);
    return take_ends(f, s, d, err);
}
