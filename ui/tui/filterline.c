/* filterline.c - a filter as it is typed; see filterline.h. */
#include "config.h"

#include "ui/tui/filterline.h"

#include "src/explore/filter.h"

#include <string.h>

#define PROMPT "filter: "

int
filterline_height(const struct field *f, const struct err *wrong)
{
    return f->open && wrong->code != ERR_OK ? 2 : 1;
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
filterline_draw(const struct field *f, const struct err *wrong, const struct canvas *cv)
{
    const char *what;
    int place;

    field_draw(f, cv, 1, 0, cv->w - 2, PROMPT);
    if (filterline_height(f, wrong) == 1)
        return;
    place = (int)filter_mistake(wrong->msg, &what);
    draw_mistake(cv, place > 0 ? (int)strlen(PROMPT) + place : -1, what);
}

enum field_said
filterline_type(struct field *f, const struct err *wrong, const struct input *in)
{
    enum field_said said = field_type(f, in);

    if (said == FIELD_TAKEN && wrong->code != ERR_OK)
        f->open = true;
    return said;
}
