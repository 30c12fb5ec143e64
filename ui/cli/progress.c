/* progress.c - what a command says on stderr while it works; see progress.h. */
#include "config.h"

#include "ui/cli/progress.h"

#include "src/base/clock.h"
#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/cli/bars.h"
#include "ui/cli/wrap.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define REDRAW_S  0.1
#define BAR_CELLS 20 /* of a bar, where there is room */
#define BAR_LEAST 5
#define LINE_MAX  512

struct progress {
    FILE *to;
    struct term term;
    bool quiet;
    bool drawn; /* a line stands there that must be wiped */
    double drawn_at;
};

enum err_code
progress_new(struct progress **ret, FILE *to, const struct term *term, bool quiet,
             struct err *err)
{
    struct progress *p = mem_new(1, sizeof(*p));

    if (p == NULL)
        return err_nomem(err, sizeof(*p), "progress");
    *p = (struct progress){ .to = to, .term = *term, .quiet = quiet };
    p->drawn_at = -1e9;
    *ret = p;
    return ERR_OK;
}

bool
progress_due(const struct progress *p)
{
    return !p->quiet && p->term.cursor && clock_now_s() - p->drawn_at >= REDRAW_S;
}

/* "eta 3.4 s", "eta 2:05", "eta 1:02:05", or nothing. */
static void
write_eta(char *buf, size_t cap, double s)
{
    unsigned long n;

    buf[0] = '\0';
    if (!isfinite(s) || s < 0 || s > 1e7)
        return;
    n = (unsigned long)(s + .5);
    if (s < 60)
        snprintf(buf, cap, "eta %.1f s", s);
    else if (n < 3600)
        snprintf(buf, cap, "eta %lu:%02lu", n / 60, n % 60);
    else
        snprintf(buf, cap, "eta %lu:%02lu:%02lu", n / 3600, n / 60 % 60, n % 60);
}

/* "##########..........   50 %", or nothing. */
static void
write_part(char *buf, size_t cap, double part, unsigned cells, bool glyphs)
{
    buf[0] = '\0';
    if (!isfinite(part))
        return;
    bars_draw(buf, cap, part, cells, glyphs);
    snprintf(buf + strlen(buf), cap - strlen(buf), "  %3.0f %%",
             100 * fmin(fmax(part, 0), 1));
}

/* Append a piece after two blanks, unless it is empty. */
static void
add_piece(char *line, size_t cap, const char *piece)
{
    size_t used = strlen(line);

    if (piece != NULL && piece[0] != '\0')
        snprintf(line + used, cap - used, "  %s", piece);
}

/* What one line says; any of it but the label may be missing. */
struct shown {
    const char *label;
    double part; /* NaN: unknown */
    const char *rest, *eta;
};

/* The line with a bar of so many cells. */
static void
compose(char *line, size_t cap, const struct progress *p, const struct shown *s,
        unsigned cells)
{
    char bar[BAR_CELLS * 3 + 16], raw[LINE_MAX];

    write_part(bar, sizeof(bar), s->part, cells, p->term.glyphs);
    snprintf(raw, sizeof(raw), "%s", s->label);
    add_piece(raw, sizeof(raw), bar);
    add_piece(raw, sizeof(raw), s->rest);
    add_piece(raw, sizeof(raw), s->eta);
    term_text(&p->term, raw, line, cap);
}

/* The same in `most` cells: the bar gives way first, then the rest; the time left is
 * what people look for. */
static void
compose_within(char *line, size_t cap, const struct progress *p, struct shown s,
               unsigned most)
{
    unsigned over, bar = BAR_CELLS;

    compose(line, cap, p, &s, bar);
    if (text_width(line) > most && isfinite(s.part)) {
        over = text_width(line) - most;
        bar = over < BAR_CELLS - BAR_LEAST ? BAR_CELLS - over : BAR_LEAST;
        compose(line, cap, p, &s, bar);
    }
    if (text_width(line) > most && s.eta[0] != '\0') {
        s.rest = NULL;
        compose(line, cap, p, &s, bar);
    }
    text_cut(line, cap, most, p->term.cut);
}

void
progress_show(struct progress *p, const char *label, double part, double eta_s,
              const char *rest)
{
    char eta[40], line[2 * LINE_MAX];
    const struct shown s = { label, part, rest, eta };
    unsigned width;

    if (!progress_due(p))
        return;
    write_eta(eta, sizeof(eta), eta_s);
    width = term_width(p->to);
    if (width > 0)
        compose_within(line, sizeof(line), p, s, width - 1);
    else
        compose(line, sizeof(line), p, &s, BAR_CELLS);
    fprintf(p->to, "\r%s\033[K", line);
    fflush(p->to);
    p->drawn = true;
    p->drawn_at = clock_now_s();
}

void
progress_clear(struct progress *p)
{
    if (!p->drawn)
        return;
    fputs("\r\033[K", p->to);
    fflush(p->to);
    p->drawn = false;
}

/* One line, its text made fit for a terminal. */
static void
print_line(struct progress *p, const char *before, const char *fmt, va_list ap)
{
    char raw[1024], shown[2 * sizeof(raw)];
    unsigned width = term_width(p->to);

    vsnprintf(raw, sizeof(raw), fmt, ap);
    term_text(&p->term, raw, shown, sizeof(shown));
    progress_clear(p);
    fputs(before, p->to);
    if (width > 0 && strlen(before) + text_width(shown) > width)
        wrap_text(p->to, shown, 0, strlen(before), width);
    else
        fprintf(p->to, "%s\n", shown);
}

void
progress_say(struct progress *p, const char *fmt, ...)
{
    va_list ap;

    if (p->quiet)
        return;
    va_start(ap, fmt);
    print_line(p, "", fmt, ap);
    va_end(ap);
}

void
progress_hint(struct progress *p, const char *fmt, ...)
{
    va_list ap;

    if (p->quiet)
        return;
    va_start(ap, fmt);
    print_line(p, "next: ", fmt, ap);
    va_end(ap);
}

void
progress_warn(struct progress *p, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    print_line(p, "mltui: warning: ", fmt, ap);
    va_end(ap);
}

void
progress_free(struct progress *p)
{
    if (p == NULL)
        return;
    progress_clear(p);
    mem_free(p);
}
