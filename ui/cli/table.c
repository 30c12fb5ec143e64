/* table.c - a text table; see table.h. */
#include "config.h"

#include "ui/cli/table.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/cli/number.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define GAP      2
#define CELL_MAX 2048 /* bytes of one cell */

void
table_init(struct table *t, const struct column *columns, size_t n, bool headless)
{
    assert(n <= COLUMNS_MAX);
    *t = (struct table){ .columns = columns, .n_columns = n, .headless = headless };
    for (size_t i = 0; i < n; i++)
        if (!headless && columns[i].head != NULL)
            t->widest[i] = text_width(columns[i].head);
}

/* ---- cells -------------------------------------------------------------------- */

static void
real_cell(char *out, size_t cap, const struct column *c, double v)
{
    if (!isfinite(v))
        snprintf(out, cap, "-");
    else if (c->form == FORM_SIGNED)
        snprintf(out, cap, "%+.*f", c->digits, v);
    else if (c->form == FORM_REAL)
        snprintf(out, cap, "%.*f", c->digits, v);
    else if (c->form == FORM_BYTES)
        number_bytes(out, v);
    else
        snprintf(out, cap, "%.3g", v);
}

static void
int_cell(char *out, size_t cap, const struct column *c, int64_t v)
{
    if (c->form == FORM_COUNT)
        number_grouped(out, v);
    else if (c->form == FORM_TIME)
        number_time(out, v);
    else if (c->form == FORM_INT || c->form == FORM_TEXT)
        snprintf(out, cap, "%lld", (long long)v);
    else
        real_cell(out, cap, c, (double)v);
}

void
table_cell(char *out, size_t cap, const struct column *c, const struct value *v,
           const struct term *term)
{
    size_t used = 0;

    switch (v->type) {
    case VALUE_NULL:
        snprintf(out, cap, "-");
        break;
    case VALUE_INT:
        int_cell(out, cap, c, v->i);
        break;
    case VALUE_UINT:
        if (v->u <= INT64_MAX)
            int_cell(out, cap, c, (int64_t)v->u);
        else
            snprintf(out, cap, "%llu", (unsigned long long)v->u);
        break;
    case VALUE_REAL:
    case VALUE_F32:
        real_cell(out, cap, c, v->d);
        break;
    case VALUE_TEXT:
        term_text(term, v->s, out, cap);
        break;
    case VALUE_BOOL:
        snprintf(out, cap, "%s", v->b ? "yes" : "no");
        break;
    case VALUE_TERM:
        term_text(term, v->term.name, out, cap);
        snprintf(out + strlen(out), cap - strlen(out), "=%.3g", v->term.value);
        break;
    case VALUE_LIST:
        out[0] = '\0';
        for (size_t i = 0; i < v->list.n && used + NUMBER_MAX + 2 < cap; i++) {
            if (i > 0)
                out[used++] = ',';
            table_cell(out + used, cap - used, c, &v->list.item[i], term);
            used += strlen(out + used);
        }
        break;
    }
}

static enum err_code
reserve_looks(struct table *t, struct err *err)
{
    size_t need = (t->n_rows + 1) * t->n_columns;
    size_t cap = 2 * need + 64;
    unsigned char *looks;

    if (need <= t->looks_cap)
        return ERR_OK;
    looks = mem_resize(t->looks, cap, 1);
    if (looks == NULL)
        return err_nomem(err, cap, "a table");
    t->looks = looks;
    t->looks_cap = cap;
    return ERR_OK;
}

enum err_code
table_add(struct table *t, const struct value *values, const struct term *term,
          struct err *err)
{
    enum err_code rc = reserve_looks(t, err);

    for (size_t i = 0; i < t->n_columns && rc == ERR_OK; i++) {
        char cell[CELL_MAX] = "";
        size_t w;

        if (t->columns[i].head != NULL)
            table_cell(cell, sizeof(cell), &t->columns[i], &values[i], term);
        w = text_width(cell);
        if (w > t->widest[i])
            t->widest[i] = w;
        t->looks[t->n_rows * t->n_columns + i] =
            (unsigned char)(values[i].ink | (values[i].keep_end ? TABLE_KEEP_END : 0));
        rc = strtab_add(&t->cells, cell, strlen(cell), err);
    }
    if (rc == ERR_OK)
        t->n_rows++;
    return rc;
}

/* ---- layout ------------------------------------------------------------------- */

/* Cells that each column gets; 0: left out. */
struct layout {
    size_t width[COLUMNS_MAX];
};

static size_t
total_width(const struct table *t, const struct layout *l)
{
    size_t sum = 0, n = 0;

    for (size_t i = 0; i < t->n_columns; i++) {
        sum += l->width[i];
        n += l->width[i] > 0;
    }
    return sum + (n > 0 ? (n - 1) * GAP : 0);
}

/* Does column i give a cell before column k does? */
static bool
gives_before(const struct table *t, const struct layout *l, size_t i, size_t k)
{
    if (t->columns[i].flex != t->columns[k].flex)
        return t->columns[i].flex > t->columns[k].flex;
    return l->width[i] > l->width[k];
}

/* Take a cell from the flexible column that gives first; false when none has any to
 * give. */
static bool
squeeze(const struct table *t, struct layout *l)
{
    size_t giver = t->n_columns;

    for (size_t i = 0; i < t->n_columns; i++)
        if (t->columns[i].flex > 0 && l->width[i] > TABLE_FLEX_MIN &&
            (giver == t->n_columns || gives_before(t, l, i, giver)))
            giver = i;
    if (giver == t->n_columns)
        return false;
    l->width[giver]--;
    return true;
}

/* The column to leave out next: lowest drop first, then the rightmost; -1 when one is
 * left. */
static int
next_to_drop(const struct table *t, const struct layout *l)
{
    int found = -1, left = 0;

    for (size_t i = 0; i < t->n_columns; i++) {
        const struct column *c = &t->columns[i];

        if (l->width[i] == 0)
            continue;
        left++;
        if (found < 0 ||
            (c->drop > 0 &&
             (t->columns[found].drop == 0 || c->drop <= t->columns[found].drop)) ||
            (c->drop == 0 && t->columns[found].drop == 0))
            found = (int)i;
    }
    return left > 1 ? found : -1;
}

static struct layout
lay_out(const struct table *t, size_t limit)
{
    bool dropped[COLUMNS_MAX] = { false };
    struct layout l;

    for (;;) {
        int victim;

        for (size_t i = 0; i < t->n_columns; i++)
            l.width[i] = t->columns[i].head != NULL && !dropped[i] ? t->widest[i] : 0;
        while (limit > 0 && total_width(t, &l) > limit)
            if (!squeeze(t, &l))
                break;
        if (limit == 0 || total_width(t, &l) <= limit)
            return l;
        victim = next_to_drop(t, &l);
        if (victim < 0)
            break;
        dropped[victim] = true;
    }
    for (size_t i = 0; i < t->n_columns; i++)
        if (l.width[i] > limit)
            l.width[i] = limit;
    return l;
}

/* ---- printing ----------------------------------------------------------------- */

static void
pad(FILE *to, size_t n)
{
    for (; n > 0; n--)
        fputc(' ', to);
}

/* Take blanks from the end: a bar at the end of a line has many. */
static void
trim(char *s)
{
    size_t n = strlen(s);

    while (n > 0 && s[n - 1] == ' ')
        n--;
    s[n] = '\0';
}

static void
print_cell(FILE *to, const struct term *term, const char *text, unsigned look,
           size_t width, bool right, bool last)
{
    const enum ink ink = (enum ink)(look & ~(unsigned)TABLE_KEEP_END);
    char cell[CELL_MAX];
    size_t w;

    snprintf(cell, sizeof(cell), "%s", text);
    if (last)
        trim(cell);
    if ((look & TABLE_KEEP_END) != 0)
        text_cut_front(cell, sizeof(cell), width, term->cut);
    else
        text_cut(cell, sizeof(cell), width, term->cut);
    w = text_width(cell);
    if (right)
        pad(to, width - w);
    fprintf(to, "%s%s%s", term_ink(term, ink), cell, term_ink_end(term, ink));
    if (!right && !last)
        pad(to, width - w);
}

/* A cell of a row, or of the headings. */
static const char *
text_of(const struct table *t, size_t row, size_t column, bool heads)
{
    return heads ? t->columns[column].head
                 : strtab_get(&t->cells, row * t->n_columns + column);
}

/* One line: of a row, or of the headings. Nothing stands behind its last text. */
static void
print_line(const struct table *t, const struct layout *l, FILE *to,
           const struct term *term, size_t row, bool heads)
{
    size_t last = t->n_columns;

    while (last > 0 &&
           (l->width[last - 1] == 0 || text_of(t, row, last - 1, heads)[0] == '\0'))
        last--;
    for (size_t i = 0, printed = 0; i < last; i++) {
        size_t cell = row * t->n_columns + i;

        if (l->width[i] == 0)
            continue;
        if (printed++ > 0)
            pad(to, GAP);
        print_cell(to, term, text_of(t, row, i, heads),
                   heads ? (unsigned)INK_HEAD : t->looks[cell], l->width[i],
                   t->columns[i].form != FORM_TEXT, i + 1 == last);
    }
    fputc('\n', to);
}

void
table_print(const struct table *t, FILE *to, const struct term *term)
{
    struct layout l = lay_out(t, term->width);

    if (t->n_rows == 0)
        return;
    if (!t->headless)
        print_line(t, &l, to, term, 0, true);
    for (size_t i = 0; i < t->n_rows; i++)
        print_line(t, &l, to, term, i, false);
}

void
table_done(struct table *t)
{
    strtab_done(&t->cells);
    mem_free(t->looks);
    *t = (struct table){ 0 };
}
