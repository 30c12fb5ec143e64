/* filterline.c - a filter as it is typed; see filterline.h. */
#include "config.h"

#include "ui/tui/filterline.h"

#include <string.h>

#define PROMPT "filter: "

enum err_code
filterline_make(struct filterline *f, const struct catalog *c, const struct model *m,
                enum filter_seen seen, struct filter **ret, struct err *err)
{
    enum err_code rc;

    *ret = NULL;
    f->wrong.code = ERR_OK;
    if (f->field.text[0] == '\0')
        return ERR_OK;
    rc = filter_new(ret, f->field.text, c, m, seen, &f->wrong);
    if (rc == ERR_ARG)
        return ERR_OK;
    if (rc != ERR_OK)
        *err = f->wrong;
    return rc;
}

bool
filterline_type(struct filterline *f, const struct input *in, bool *stale)
{
    bool used = field_ask(&f->field, in, stale);

    if (used && in->kind == INPUT_ENTER && f->wrong.code != ERR_OK)
        f->field.open = true;
    return used;
}

bool
filterline_is_shown(const struct filterline *f)
{
    return f->field.open || f->wrong.code != ERR_OK;
}

int
filterline_height(const struct filterline *f)
{
    return f->wrong.code != ERR_OK ? 2 : 1;
}

/* What is wrong, beside a mark below the place (column x; < 0: it names none). */
static void
draw_mistake(const struct canvas *cv, int x, const char *what)
{
    if (x < 0 || x >= cv->w) {
        canvas_text(cv, 1, 1, cv->w - 2, STYLE_BAD, what);
        return;
    }
    canvas_restyle(cv, (struct rect){ x, 0, cv->w - x, 1 }, STYLE_BAD);
    canvas_glyph(cv, x, 1, STYLE_BAD, "▲", "^");
    if (x <= cv->w / 2)
        canvas_text(cv, x + 2, 1, cv->w - x - 3, STYLE_BAD, what);
    else
        canvas_text_right(cv, 1, 1, x - 2, STYLE_BAD, what);
}

void
filterline_draw(const struct filterline *f, const struct canvas *cv)
{
    const char *what;
    int place;

    field_draw(&f->field, cv, 1, 0, cv->w - 2, PROMPT);
    if (f->wrong.code == ERR_OK)
        return;
    place = (int)filter_mistake(f->wrong.msg, &what);
    draw_mistake(cv, place > 0 ? (int)strlen(PROMPT) + place : -1, what);
}
