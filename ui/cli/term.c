/* term.c - what a stream can show; see term.h. */
#include "config.h"

#include "ui/cli/term.h"

#include "src/base/text.h"

#include <langinfo.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The terminal's own sixteen colours, so that its theme decides. */
static const char *const inks[INK_COUNT] = {
    [INK_NONE] = "",        [INK_HEAD] = "\033[1m", [INK_GOOD] = "\033[32m",
    [INK_BAD] = "\033[31m", [INK_DIM] = "\033[2m",  [INK_ACCENT] = "\033[36m",
};

static bool
is_set(const char *name)
{
    const char *v = getenv(name);

    return v != NULL && *v != '\0';
}

static bool
is_dumb(void)
{
    const char *v = getenv("TERM");

    return v == NULL || *v == '\0' || strcmp(v, "dumb") == 0;
}

unsigned
term_width(FILE *f)
{
    const char *columns = getenv("COLUMNS");
    struct winsize ws;
    uint64_t n;

    if (columns != NULL && text_u64(columns, &n) && n > 0 && n <= 100000)
        return (unsigned)n;
    if (ioctl(fileno(f), TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
        return ws.ws_col;
    return isatty(fileno(f)) ? 80 : 0;
}

struct term
term_of(FILE *f, bool plain, enum color_when when)
{
    struct term t = { .tty = isatty(fileno(f)) == 1 };
    bool shows_escapes = t.tty && !is_dumb();

    t.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    t.glyphs = t.utf8 && !plain;
    t.cursor = shows_escapes && !plain;
    t.colour = !plain && when != COLOR_NEVER &&
               (when == COLOR_ALWAYS || (shows_escapes && !is_set("NO_COLOR")));
    t.width = term_width(f);
    t.cut = t.glyphs ? "…" : "~";
    return t;
}

void
term_text(const struct term *t, const char *s, char *out, size_t cap)
{
    bool cut = text_display(s, out, cap) >= cap;

    if (t->tty && !t->utf8)
        text_to_ascii(out);
    if (cut && text_width(out) > 1)
        text_cut(out, cap, text_width(out) - 1, t->cut);
}

const char *
term_ink(const struct term *t, enum ink ink)
{
    return t->colour ? inks[ink] : "";
}

const char *
term_ink_end(const struct term *t, enum ink ink)
{
    return t->colour && ink != INK_NONE ? "\033[0m" : "";
}
