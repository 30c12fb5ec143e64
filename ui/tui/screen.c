/*
 * screen.c - the terminal through curses; see screen.h.
 *
 * The cells that are shown are kept, and only those that differ are given to curses,
 * which sends what its own picture of the terminal lacks.
 */
#include "config.h"

#include "ui/tui/screen.h"

#include "src/base/clock.h"
#include "src/base/mem.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <unistr.h>

#define ESC_WAIT_MS    25 /* after ESC the rest of a key's sequence comes in this time */
#define DOUBLE_CLICK_S .4

struct screen {
    SCREEN *curses;
    struct canvas shown; /* what is on the terminal; its size is the terminal's */
    attr_t look[THEME_COUNT][STYLE_COUNT];
    short pair[THEME_COUNT][STYLE_COUNT];
    enum theme theme;
    bool utf8, colour;
    struct input click; /* the last one, and when it was */
    double click_s;
};

/* What a style is in each theme: an attribute and one of the terminal's colours (-1:
 * its own). */
static const struct {
    attr_t attr;
    short colour;
} looks[THEME_COUNT][STYLE_COUNT] = {
    [THEME_COLOUR] = {
        [STYLE_TEXT] = { A_NORMAL, -1 },
        [STYLE_DIM] = { A_DIM, -1 },
        [STYLE_HEAD] = { A_BOLD, -1 },
        [STYLE_KEY] = { A_BOLD, COLOR_CYAN },
        [STYLE_ACCENT] = { A_NORMAL, COLOR_CYAN },
        [STYLE_GOOD] = { A_NORMAL, COLOR_GREEN },
        [STYLE_BAD] = { A_NORMAL, COLOR_RED },
        [STYLE_WARN] = { A_NORMAL, COLOR_YELLOW },
        [STYLE_A] = { A_NORMAL, COLOR_CYAN },
        [STYLE_B] = { A_BOLD, COLOR_YELLOW },
        [STYLE_C] = { A_NORMAL, COLOR_MAGENTA },
        [STYLE_D] = { A_NORMAL, COLOR_GREEN },
    },
    [THEME_BRIGHT] = {
        [STYLE_TEXT] = { A_BOLD, -1 },
        [STYLE_DIM] = { A_NORMAL, -1 },
        [STYLE_HEAD] = { A_BOLD | A_UNDERLINE, -1 },
        [STYLE_KEY] = { A_BOLD | A_REVERSE, -1 },
        [STYLE_ACCENT] = { A_BOLD, COLOR_CYAN },
        [STYLE_GOOD] = { A_BOLD, COLOR_GREEN },
        [STYLE_BAD] = { A_BOLD, COLOR_RED },
        [STYLE_WARN] = { A_BOLD, COLOR_YELLOW },
        [STYLE_A] = { A_BOLD, COLOR_CYAN },
        [STYLE_B] = { A_BOLD, COLOR_YELLOW },
        [STYLE_C] = { A_BOLD, COLOR_MAGENTA },
        [STYLE_D] = { A_BOLD, COLOR_GREEN },
    },
    [THEME_MONO] = {
        [STYLE_TEXT] = { A_NORMAL, -1 },
        [STYLE_DIM] = { A_DIM, -1 },
        [STYLE_HEAD] = { A_BOLD, -1 },
        [STYLE_KEY] = { A_BOLD, -1 },
        [STYLE_ACCENT] = { A_BOLD, -1 },
        [STYLE_GOOD] = { A_BOLD, -1 },
        [STYLE_BAD] = { A_BOLD, -1 },
        [STYLE_WARN] = { A_UNDERLINE, -1 },
        [STYLE_A] = { A_NORMAL, -1 },
        [STYLE_B] = { A_BOLD, -1 },
        [STYLE_C] = { A_NORMAL, -1 },
        [STYLE_D] = { A_NORMAL, -1 },
    },
};

const char *
theme_name(enum theme t)
{
    static const char *const name[] = {
#define X(id, text) [THEME_##id] = text,
        THEME_LIST(X)
#undef X
    };

    return name[t];
}

/* ---- taking the terminal over --------------------------------------------------- */

/* Colour pairs, one for each of the eight colours on the terminal's own background. */
static void
init_looks(struct screen *s)
{
    const char *no = getenv("NO_COLOR");

    s->colour = (no == NULL || no[0] == '\0') && has_colors() && start_color() == OK &&
                use_default_colors() == OK;
    for (short c = 0; s->colour && c < 8; c++)
        init_pair((short)(c + 1), c, -1);
    for (int t = 0; t < THEME_COUNT; t++)
        for (int i = 0; i < STYLE_COUNT; i++) {
            short colour = looks[t][i].colour;

            s->look[t][i] = looks[t][i].attr;
            s->pair[t][i] = s->colour && colour >= 0 ? (short)(colour + 1) : 0;
        }
}

static void
init_modes(void)
{
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESC_WAIT_MS);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    mouseinterval(0); /* presses are told at once; double clicks are ours to see */
}

enum err_code
screen_open(struct screen **ret, enum theme theme, struct err *err)
{
    const char *term = getenv("TERM");
    struct screen *s;

    if (!isatty(0) || !isatty(1))
        return err_set(err, ERR_UNAVAILABLE,
                       "the screen needs a terminal for standard input and output; "
                       "'mltui help' shows the commands that do not");
    s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_nomem(err, sizeof(*s), "the screen");
    s->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    s->theme = theme;
    s->curses = newterm(NULL, stdout, stdin);
    if (s->curses == NULL || cursor_address == NULL) {
        screen_close(s);
        return err_set(err, ERR_UNAVAILABLE,
                       "TERM is '%s', a terminal whose cursor cannot be moved; set it "
                       "to what yours is (xterm-256color), or use the commands: 'mltui "
                       "help'",
                       term != NULL ? term : "");
    }
    init_looks(s);
    init_modes();
    *ret = s;
    return ERR_OK;
}

void
screen_close(struct screen *s)
{
    if (s == NULL)
        return;
    if (s->curses != NULL) {
        endwin();
        delscreen(s->curses);
    }
    canvas_done(&s->shown);
    mem_free(s);
}

void
screen_leave(struct screen *s)
{
    (void)s;
    endwin();
}

void
screen_return(struct screen *s)
{
    canvas_done(&s->shown); /* everything is to be drawn again */
    refresh();
}

bool
screen_utf8(const struct screen *s)
{
    return s->utf8;
}

int
screen_fd(const struct screen *s)
{
    (void)s;
    return STDIN_FILENO;
}

void
screen_size(struct screen *s, int *ret_w, int *ret_h)
{
    struct winsize ws;

    (void)s;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 && ws.ws_row > 0 &&
        (ws.ws_col != COLS || ws.ws_row != LINES))
        resizeterm(ws.ws_row, ws.ws_col);
    *ret_w = COLS > 0 ? COLS : 1;
    *ret_h = LINES > 0 ? LINES : 1;
}

void
screen_set_theme(struct screen *s, enum theme t)
{
    s->theme = t;
    canvas_done(&s->shown);
}

/* ---- showing -------------------------------------------------------------------- */

static void
show_cell(const struct screen *s, int x, int y, const struct cell *c)
{
    unsigned style = c->style & ~(unsigned)STYLE_SELECTED;
    attr_t attr = s->look[s->theme][style];

    if ((c->style & STYLE_SELECTED) != 0)
        attr = (attr & ~(attr_t)A_DIM) | A_REVERSE;
    attr_set(attr, s->pair[s->theme][style], NULL);
    mvaddstr(y, x, c->text);
}

static bool
same_cell(const struct cell *a, const struct cell *b)
{
    return a->style == b->style && strcmp(a->text, b->text) == 0;
}

/* Make `shown` a canvas of this size, with nothing known to be on the terminal. */
static enum err_code
fit_shown(struct screen *s, const struct canvas *cv, struct err *err)
{
    struct canvas fresh;
    enum err_code rc = canvas_init(&fresh, cv->w, cv->h, cv->glyphs, cv->utf8, err);

    if (rc != ERR_OK)
        return rc;
    canvas_done(&s->shown);
    s->shown = fresh;
    clearok(stdscr, TRUE);
    erase();
    return ERR_OK;
}

enum err_code
screen_show(struct screen *s, const struct canvas *cv, bool whole, struct err *err)
{
    if (whole || s->shown.cell == NULL || s->shown.w != cv->w || s->shown.h != cv->h) {
        enum err_code rc = fit_shown(s, cv, err);

        if (rc != ERR_OK)
            return rc;
    }
    for (int i = 0; i < cv->w * cv->h; i++) {
        const struct cell *c = &cv->cell[i];

        if (c->width > 0 && !same_cell(c, &s->shown.cell[i]))
            show_cell(s, i % cv->w, i / cv->w, c);
    }
    memcpy(s->shown.cell, cv->cell, (size_t)cv->w * (size_t)cv->h * sizeof(*cv->cell));
    curs_set(cv->cursor->shown ? 1 : 0);
    if (cv->cursor->shown)
        move(cv->cursor->y, cv->cursor->x);
    refresh();
    return ERR_OK;
}

/* ---- input ---------------------------------------------------------------------- */

static const struct {
    int code;
    enum input_kind kind;
} keys[] = {
    { KEY_UP, INPUT_UP },
    { KEY_DOWN, INPUT_DOWN },
    { KEY_LEFT, INPUT_LEFT },
    { KEY_RIGHT, INPUT_RIGHT },
    { KEY_PPAGE, INPUT_PAGE_UP },
    { KEY_NPAGE, INPUT_PAGE_DOWN },
    { KEY_HOME, INPUT_HOME },
    { KEY_END, INPUT_END },
    { KEY_FIND, INPUT_HOME },
    { KEY_SELECT, INPUT_END },
    { KEY_ENTER, INPUT_ENTER },
    { KEY_BTAB, INPUT_BACKTAB },
    { KEY_BACKSPACE, INPUT_BACKSPACE },
    { KEY_DC, INPUT_DELETE },
};

/* A second click on the same cell, soon after the first, is a double one. */
static struct input
click_input(struct screen *s, struct input in)
{
    double now_s = clock_now_s();
    bool again = s->click.kind == INPUT_CLICK && s->click.x == in.x &&
                 s->click.y == in.y && now_s - s->click_s < DOUBLE_CLICK_S;

    in.kind = again ? INPUT_DOUBLE_CLICK : INPUT_CLICK;
    s->click = in;
    s->click_s = now_s;
    return in;
}

static struct input
mouse_input(struct screen *s)
{
    MEVENT e;
    struct input in = { 0 };

    if (getmouse(&e) != OK)
        return in;
    in.x = e.x;
    in.y = e.y;
    if ((e.bstate & BUTTON4_PRESSED) != 0)
        in.kind = INPUT_WHEEL_UP;
    else if ((e.bstate & BUTTON5_PRESSED) != 0)
        in.kind = INPUT_WHEEL_DOWN;
    else if ((e.bstate & BUTTON1_PRESSED) != 0)
        return click_input(s, in);
    return in;
}

static struct input
key_input(struct screen *s, int code)
{
    if (code == KEY_MOUSE)
        return mouse_input(s);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (keys[i].code == code)
            return (struct input){ .kind = keys[i].kind };
    return (struct input){ 0 };
}

static struct input
char_input(wint_t c)
{
    switch (c) {
    case '\r':
    case '\n':
        return (struct input){ .kind = INPUT_ENTER };
    case '\t':
        return (struct input){ .kind = INPUT_TAB };
    case 0x1b:
        return (struct input){ .kind = INPUT_ESC };
    case 0x7f:
    case '\b':
        return (struct input){ .kind = INPUT_BACKSPACE };
    default:
        if (c < 0x20) /* ctrl-@, ctrl-a … ctrl-z, ctrl-\ … ctrl-_ */
            return (struct input){ .kind = INPUT_CTRL,
                                   .ch = c | (c >= 1 && c <= 26 ? 0x60 : 0x40) };
        return (struct input){ .kind = INPUT_CHAR, .ch = (uint32_t)c };
    }
}

/* Is the terminal gone? With SIGHUP ignored, reading then fails at once for ever. */
static bool
is_gone(void)
{
    struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
    int waiting = 0;

    if (poll(&p, 1, 0) < 0)
        return false;
    if ((p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
        return true;
    return (p.revents & POLLIN) != 0 && ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 &&
           waiting == 0;
}

struct input
screen_read(struct screen *s, bool *ret_gone)
{
    wint_t c;
    int what;

    while ((what = get_wch(&c)) != ERR) {
        struct input in = what == KEY_CODE_YES ? key_input(s, (int)c) : char_input(c);

        if (in.kind != INPUT_NONE)
            return in;
    }
    if (is_gone())
        *ret_gone = true;
    return (struct input){ 0 };
}
