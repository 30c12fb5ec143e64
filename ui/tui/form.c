/* form.c - settings as rows of a table; see form.h. */
#include "config.h"

#include "ui/tui/form.h"

#include "src/base/shortest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define NAME_CELLS  11
#define VALUE_MAX   128
#define SCRATCH_MAX 4096 /* bytes of the settings of any form */

/* ---- values ------------------------------------------------------------------------
 */

static void
format_number(const struct option *o, double v, char *out, size_t cap)
{
    char text[SHORTEST_MAX];

    if (o->word != NULL && v == o->word_value) {
        snprintf(out, cap, "%s", o->word);
        return;
    }
    shortest_f64(text, v);
    snprintf(out, cap, "%s", text);
}

void
form_value(const struct option *o, const void *settings, char *out, size_t cap)
{
    const void *at = (const char *)settings + o->at;
    int choice;

    out[0] = '\0';
    switch (o->kind) {
    case OPTION_KIND_FLAG:
        snprintf(out, cap, "%s", *(const bool *)at ? "yes" : "no");
        break;
    case OPTION_KIND_UNSIGNED:
        format_number(o, *(const unsigned *)at, out, cap);
        break;
    case OPTION_KIND_U64:
        if (o->word != NULL && (double)*(const uint64_t *)at == o->word_value)
            snprintf(out, cap, "%s", o->word);
        else
            snprintf(out, cap, "%llu", (unsigned long long)*(const uint64_t *)at);
        break;
    case OPTION_KIND_DOUBLE:
        format_number(o, *(const double *)at, out, cap);
        break;
    case OPTION_KIND_CHOICE:
        memcpy(&choice, at, sizeof(choice));
        snprintf(out, cap, "%s", o->choices[choice]);
        break;
    case OPTION_KIND_TEXT:
        if (*(const char *const *)at != NULL)
            snprintf(out, cap, "%s", *(const char *const *)at);
        break;
    default: /* pairs, lists and longs have no row of a form */
        break;
    }
}

/* The next or the one before of the words a value can be. */
static bool
step_choice(const struct option *o, void *settings, int by)
{
    char now[VALUE_MAX];
    int n = 0, at = 0;

    if (o->choices == NULL)
        return false;
    form_value(o, settings, now, sizeof(now));
    while (o->choices[n] != NULL) {
        if (strcmp(o->choices[n], now) == 0)
            at = n;
        n++;
    }
    return option_set(o, settings, o->choices[(at + by + n) % n], NULL) == ERR_OK;
}

/* The words of a text option come from its choices; any other is refused. */
static const char *
own_word(const struct option *o, const char *text)
{
    for (size_t i = 0; o->choices != NULL && o->choices[i] != NULL; i++)
        if (strcmp(o->choices[i], text) == 0)
            return o->choices[i];
    return NULL;
}

static enum err_code
set(const struct option *o, void *settings, const char *text, struct err *err)
{
    char expected[256];
    const char *word = own_word(o, text);

    if (o->kind == OPTION_KIND_TEXT && word == NULL)
        return err_set(err, ERR_ARG, "no %s '%s'; ← and → show what there is", o->name,
                       text);
    if (option_set(o, settings, word != NULL ? word : text, NULL) == ERR_OK)
        return ERR_OK;
    return err_set(err, ERR_ARG, "expected %s",
                   option_expects(o, expected, sizeof(expected)));
}

/* Is what is typed a value? The settings stay as they are. */
static void
check(struct form *f)
{
    _Alignas(max_align_t) char scratch[SCRATCH_MAX];

    f->wrong = set(&f->rows[f->cursor], scratch, f->field.text, &f->err) != ERR_OK;
}

/* ---- inputs ------------------------------------------------------------------------
 */

static void
begin_edit(struct form *f, const void *settings)
{
    char value[VALUE_MAX];

    form_value(&f->rows[f->cursor], settings, value, sizeof(value));
    field_open(&f->field, value);
    f->wrong = false;
}

/* Lines for rows in a height: the sentence goes where there is no room for both. */
static int
room_for_rows(int height)
{
    return height > FORM_LINES + 2 ? height - FORM_LINES - 1 : height;
}

void
form_fit(struct form *f, int height)
{
    size_t room = height > 0 ? (size_t)room_for_rows(height) : 0;

    if (f->cursor < f->top)
        f->top = f->cursor;
    if (room > 0 && f->cursor >= f->top + room)
        f->top = f->cursor - room + 1;
    if (f->top + room > f->n)
        f->top = f->n > room ? f->n - room : 0;
}

void
form_leave(struct form *f)
{
    f->field.open = f->wrong = false;
}

bool
form_act(struct form *f, void *settings, enum action a, const struct input *in,
         bool *ret_changed)
{
    switch (a) {
    case ACTION_UP:
        f->cursor -= f->cursor > 0;
        return true;
    case ACTION_DOWN:
        f->cursor += f->cursor + 1 < f->n;
        return true;
    case ACTION_FIRST:
        f->cursor = 0;
        return true;
    case ACTION_LAST:
        f->cursor = f->n - 1;
        return true;
    case ACTION_CLICK:
        if (in->y < 0 || f->top + (size_t)in->y >= f->n)
            return false;
        f->cursor = f->top + (size_t)in->y;
        form_leave(f);
        return true;
    case ACTION_LEFT:
    case ACTION_RIGHT:
        *ret_changed =
            step_choice(&f->rows[f->cursor], settings, a == ACTION_LEFT ? -1 : 1);
        return *ret_changed;
    case ACTION_SELECT:
    case ACTION_DOUBLE_CLICK:
        begin_edit(f, settings);
        return true;
    default:
        return false;
    }
}

bool
form_type(struct form *f, void *settings, const struct input *in, bool *ret_changed)
{
    if (!f->field.open)
        return false;
    switch (field_type(&f->field, in)) {
    case FIELD_TAKEN:
        f->wrong = set(&f->rows[f->cursor], settings, f->field.text, &f->err) != ERR_OK;
        f->field.open = f->wrong; /* until it is right, or left with esc */
        *ret_changed = !f->wrong;
        return true;
    case FIELD_LEFT:
        form_leave(f);
        return true;
    case FIELD_CHANGED:
        check(f);
        return true;
    case FIELD_MOVED:
        return true;
    default:
        return in->kind != INPUT_CLICK; /* which leaves the field for another row */
    }
}

/* ---- drawing -----------------------------------------------------------------------
 */

static void
draw_row(const struct form *f, const void *settings, const struct canvas *cv, int y,
         size_t row)
{
    const struct option *o = &f->rows[row];
    bool here = row == f->cursor;
    char value[VALUE_MAX];
    int room = cv->w - NAME_CELLS - 3;

    canvas_text(cv, 2, y, NAME_CELLS, here ? STYLE_HEAD : STYLE_DIM, o->name);
    if (here)
        canvas_glyph(cv, 0, y, STYLE_ACCENT, "▏", ">");
    if (here && f->field.open) {
        field_draw(&f->field, cv, NAME_CELLS + 3, y, room, "");
        return;
    }
    form_value(o, settings, value, sizeof(value));
    canvas_text(cv, NAME_CELLS + 3, y, room, here ? STYLE_ACCENT : STYLE_TEXT, value);
    if (here && o->choices != NULL)
        canvas_text(cv, NAME_CELLS + 4 + (int)strlen(value), y, 3, STYLE_DIM,
                    cv->utf8 ? "←→" : "<>");
}

void
form_draw(const struct form *f, const void *settings, const struct canvas *cv)
{
    const struct option *o = &f->rows[f->cursor];
    int room = room_for_rows(cv->h);
    char expected[256];

    for (int y = 0; y < room && f->top + (size_t)y < f->n; y++)
        draw_row(f, settings, cv, y, f->top + (size_t)y);
    if (room == cv->h)
        return;
    if ((size_t)room > f->n)
        room = (int)f->n;
    if (f->wrong)
        canvas_words(cv, 2, room + 1, STYLE_BAD, f->err.msg);
    else if (f->field.open)
        canvas_words(cv, 2, room + 1, STYLE_DIM,
                     option_expects(o, expected, sizeof(expected)));
    else
        canvas_words(cv, 2, room + 1, STYLE_DIM, o->help);
}
