/*
 * screen.c - the terminal through curses: taking it over, showing; see screen.h. What
 * comes from it is screen_input.c's.
 *
 * The cells that are shown are kept, and only those that differ are given to curses,
 * which sends what its own picture of the terminal lacks.
 */
#include "config.h"

#include "ui/tui/screen_impl.h"

#include "src/base/mem.h"
#include "ui/tui/crash.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#define ESC_WAIT_MS 25 /* after ESC the rest of a key's sequence comes in this time */

/* What a style is in each theme: an attribute and one of the terminal's colours (-1:
 * its own). Yellow cannot be read on a light background, nor blue on a dark one. */
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
        [STYLE_WARN] = { A_BOLD, COLOR_MAGENTA },
        [STYLE_A] = { A_NORMAL, COLOR_CYAN },
        [STYLE_B] = { A_BOLD, COLOR_MAGENTA },
        [STYLE_C] = { A_NORMAL, COLOR_GREEN },
        [STYLE_D] = { A_NORMAL, -1 },
    },
    [THEME_BRIGHT] = {
        [STYLE_TEXT] = { A_BOLD, -1 },
        [STYLE_DIM] = { A_NORMAL, -1 },
        [STYLE_HEAD] = { A_BOLD | A_UNDERLINE, -1 },
        [STYLE_KEY] = { A_BOLD | A_REVERSE, -1 },
        [STYLE_ACCENT] = { A_BOLD, COLOR_CYAN },
        [STYLE_GOOD] = { A_BOLD, COLOR_GREEN },
        [STYLE_BAD] = { A_BOLD, COLOR_RED },
        [STYLE_WARN] = { A_BOLD, COLOR_MAGENTA },
        [STYLE_A] = { A_BOLD, COLOR_CYAN },
        [STYLE_B] = { A_BOLD, COLOR_MAGENTA },
        [STYLE_C] = { A_BOLD, COLOR_GREEN },
        [STYLE_D] = { A_BOLD, -1 },
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

/* ---- giving it back in a crash --------------------------------------------------- */

static char farewell[CRASH_BYTES];
static size_t n_farewell;

static int
keep_byte(int c)
{
    if (n_farewell < CRASH_BYTES)
        farewell[n_farewell++] = (char)c;
    return c;
}

/* A capability as terminfo has it, or nothing. */
static void
keep(const char *capability)
{
    if (capability != NULL && capability != (const char *)-1)
        (void)tputs(capability, 1, keep_byte);
}

/* What endwin() would write, which a handler cannot call. */
static void
guard(const struct termios *modes)
{
    char *mouse = tigetstr("XM"); /* as curses has turned it on */
    bool has_mouse = mouse != NULL && mouse != (char *)-1;

    n_farewell = 0;
    if (has_mouse)
        keep(tiparm(mouse, 0));
    else if (key_mouse != NULL)
        keep("\033[?1000l");
    keep(exit_attribute_mode);
    keep(orig_pair);
    keep(keypad_local);
    keep(cursor_normal);
    if (exit_ca_mode != NULL)
        keep(exit_ca_mode);
    else /* there is one screen only: below what is on it */
        keep(tiparm(cursor_address, LINES - 1, 0));
    keep("\r\n");
    crash_guard(farewell, n_farewell, modes);
}

/* ---- opening and closing --------------------------------------------------------- */

enum err_code
screen_open(struct screen **ret, enum theme theme, struct err *err)
{
    const char *term = getenv("TERM");
    struct termios modes;
    struct screen *s;

    if (!isatty(1) || tcgetattr(0, &modes) != 0)
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
    guard(&modes);
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
        crash_release();
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
    crash_hold(false);
}

void
screen_return(struct screen *s)
{
    canvas_done(&s->shown); /* everything is to be drawn again */
    crash_hold(true);
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
