/* request.c - how a list of recommendations is asked for; see request.h. */
#include "config.h"

#include "ui/tui/request.h"

#include "ui/tui/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SLIDER_CELLS 9
#define VALUE_MAX    16

/* What can be asked for more or less of. */
static const struct slider {
    enum action more, less;
    const char *name;
    size_t at; /* of its value in a query */
    double lo; /* to 1 */
    double step;
    const char *means; /* its ends */
} sliders[] = {
    { ACTION_MORE_DIVERSE, ACTION_LESS_DIVERSE, "diversity",
      offsetof(struct recommend_query, diversity), 0, .1,
      "0: the best alone, 1: the most varied" },
    { ACTION_MORE_POPULAR, ACTION_LESS_POPULAR, "popularity",
      offsetof(struct recommend_query, popularity), -1, .2,
      "-1: films that few know, 1: well-known ones" },
};

#define N_SLIDERS (sizeof(sliders) / sizeof(sliders[0]))

enum err_code
request_find(struct request *r, const struct recommender *of, const struct catalog *c,
             const struct model *m, uint32_t user, recommend_fn *fn, void *arg,
             struct err *err)
{
    struct recommend_query query = r->query;
    struct filter *filter = NULL;
    enum err_code rc =
        filterline_make(&r->filter, c, m, FILTER_WITH_SEEN, &filter, err);

    query.filter = filter;
    if (rc == ERR_OK)
        rc = recommend_users(of, &user, 1, &query, NULL, fn, arg, err);
    filter_free(filter);
    return rc;
}

static double
value_of(const struct request *r, const struct slider *s)
{
    return *(const double *)((const char *)&r->query + s->at);
}

static void
move(struct request *r, const struct slider *s, double by)
{
    double *value = (double *)((char *)&r->query + s->at);

    *value = round(fmin(fmax(*value + by, s->lo), 1) * 10) / 10;
}

/* "+0.4": with a sign where it goes both ways. */
static void
print_value(char out[VALUE_MAX], const struct request *r, const struct slider *s)
{
    snprintf(out, VALUE_MAX, s->lo < 0 ? "%+.1f" : "%.1f", value_of(r, s));
}

bool
request_act(struct request *r, enum action a, bool *stale, struct wish *wish)
{
    if (a == ACTION_FILTER) {
        field_open(&r->filter.field, r->filter.field.text);
        return true;
    }
    for (size_t i = 0; i < N_SLIDERS; i++) {
        const struct slider *s = &sliders[i];
        char value[VALUE_MAX];

        if (a != s->more && a != s->less)
            continue;
        move(r, s, a == s->more ? s->step : -s->step);
        *stale = true;
        print_value(value, r, s);
        wish_say(wish, "%s %s; %s", s->name, value, s->means);
        return true;
    }
    return false;
}

bool
request_type(struct request *r, const struct input *in, bool *stale)
{
    return filterline_type(&r->filter, in, stale);
}

int
request_height(const struct request *r)
{
    return filterline_height(&r->filter);
}

/* "d diversity ●────────  .0": a value as a place on a line. */
static int
draw_slider(const struct request *r, const struct slider *s, const char *key,
            const struct canvas *cv, int x)
{
    double value = value_of(r, s);
    int at = (int)lrint((value - s->lo) / (1 - s->lo) * (SLIDER_CELLS - 1));
    unsigned style = value != 0 ? STYLE_ACCENT : STYLE_DIM;
    char text[VALUE_MAX];

    x += canvas_text(cv, x, 0, cv->w - x, STYLE_KEY, key) + 1;
    x += canvas_text(cv, x, 0, cv->w - x, STYLE_DIM, s->name) + 1;
    for (int i = 0; i < SLIDER_CELLS; i++)
        canvas_glyph(cv, x + i, 0, STYLE_DIM, "─", "-");
    canvas_glyph(cv, x + at, 0, value != 0 ? STYLE_ACCENT : STYLE_TEXT, "●", "o");
    x += SLIDER_CELLS + 1;
    print_value(text, r, s);
    return x + canvas_text(cv, x, 0, cv->w - x, style, text);
}

void
request_draw(const struct request *r, const char *what, const struct canvas *cv)
{
    const char *filter = r->filter.field.text;
    int x = 1;

    if (filterline_is_shown(&r->filter)) {
        filterline_draw(&r->filter, cv);
        return;
    }
    x += canvas_text(cv, x, 0, cv->w - x, STYLE_DIM, what);
    if (filter[0] != '\0')
        x += 1 + canvas_text(cv, x + 1, 0, cv->w - x - 2, STYLE_ACCENT, filter);
    for (size_t i = 0; i < N_SLIDERS; i++) {
        const struct slider *s = &sliders[i];
        char key[INPUT_NAME_MAX] = "", value[VALUE_MAX];
        struct input in;
        size_t cells;

        if (action_key(s->more, 0, &in))
            input_name(&in, key);
        print_value(value, r, s);
        cells = strlen(key) + strlen(s->name) + SLIDER_CELLS + strlen(value) + 3;
        if (x + 2 + (int)cells < cv->w)
            x = draw_slider(r, s, key, cv, x + 2);
        else if (value_of(r, s) != 0)
            x += canvas_printf(cv, x, 0, STYLE_ACCENT, "  %s %s", s->name, value);
    }
}
