/* screen_input.c - keys and the mouse, as curses tells of them; see screen.h. */
#include "config.h"

#include "ui/tui/screen_impl.h"

#include "src/base/clock.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DOUBLE_CLICK_S .4

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
