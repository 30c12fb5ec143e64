/* field.c - a line of text that is typed; see field.h. */
#include "config.h"

#include "ui/tui/field.h"

#include "src/base/text.h"

#include <string.h>
#include <unistr.h>

void
field_open(struct field *f, const char *text)
{
    size_t n = strlen(text);

    while (n >= FIELD_MAX || !text_is_utf8(text, n)) /* whole characters */
        n--;
    memmove(f->text, text, n); /* it may be its own */
    f->text[n] = '\0';
    f->len = f->at = n;
    f->open = true;
}

/* Bytes of the character before and at the cursor; 0 at the ends. Marks go with what
 * they stand on. */
static size_t
bytes_at(const struct field *f)
{
    unsigned cells;

    return text_next(f->text + f->at, &cells);
}

static size_t
bytes_before(const struct field *f)
{
    size_t at = 0, last = 0;
    unsigned cells;

    while (at < f->at) {
        last = at;
        at += text_next(f->text + at, &cells);
    }
    return f->at - last;
}

static void
cut(struct field *f, size_t from, size_t to)
{
    memmove(f->text + from, f->text + to, f->len + 1 - to);
    f->len -= to - from;
    f->at = from;
}

static bool
insert(struct field *f, uint32_t ch)
{
    uint8_t bytes[6];
    int n = u8_uctomb(bytes, ch, sizeof(bytes));

    if (n <= 0 || f->len + (size_t)n >= FIELD_MAX)
        return false;
    memmove(f->text + f->at + n, f->text + f->at, f->len + 1 - f->at);
    memcpy(f->text + f->at, bytes, (size_t)n);
    f->len += (size_t)n;
    f->at += (size_t)n;
    return true;
}

/* Where the word before the cursor begins. */
static size_t
word_start(const struct field *f)
{
    size_t at = f->at;

    while (at > 0 && f->text[at - 1] == ' ')
        at--;
    while (at > 0 && f->text[at - 1] != ' ')
        at--;
    return at;
}

static enum field_said
type_ctrl(struct field *f, uint32_t ch)
{
    size_t from = f->at, to = f->at;

    switch (ch) {
    case 'a':
        f->at = 0;
        return FIELD_MOVED;
    case 'e':
        f->at = f->len;
        return FIELD_MOVED;
    case 'b':
        f->at -= bytes_before(f);
        return FIELD_MOVED;
    case 'f':
        f->at += bytes_at(f);
        return FIELD_MOVED;
    case 'w':
        from = word_start(f);
        break;
    case 'u':
        from = 0;
        break;
    case 'k':
        to = f->len;
        break;
    default:
        return FIELD_IGNORED;
    }
    if (from == to)
        return FIELD_MOVED;
    cut(f, from, to);
    return FIELD_CHANGED;
}

static enum field_said
close_field(struct field *f, enum field_said how)
{
    f->open = false;
    return how;
}

enum field_said
field_type(struct field *f, const struct input *in)
{
    size_t n;

    switch (in->kind) {
    case INPUT_CHAR:
        return insert(f, in->ch) ? FIELD_CHANGED : FIELD_MOVED;
    case INPUT_CTRL:
        return type_ctrl(f, in->ch);
    case INPUT_LEFT:
        f->at -= bytes_before(f);
        return FIELD_MOVED;
    case INPUT_RIGHT:
        f->at += bytes_at(f);
        return FIELD_MOVED;
    case INPUT_HOME:
        f->at = 0;
        return FIELD_MOVED;
    case INPUT_END:
        f->at = f->len;
        return FIELD_MOVED;
    case INPUT_BACKSPACE:
        if (f->len == 0)
            return close_field(f, FIELD_LEFT);
        n = bytes_before(f);
        cut(f, f->at - n, f->at);
        return n > 0 ? FIELD_CHANGED : FIELD_MOVED;
    case INPUT_DELETE:
        n = bytes_at(f);
        cut(f, f->at, f->at + n);
        return n > 0 ? FIELD_CHANGED : FIELD_MOVED;
    case INPUT_ENTER:
        return close_field(f, FIELD_TAKEN);
    case INPUT_ESC:
        return close_field(f, FIELD_LEFT);
    default:
        return FIELD_IGNORED;
    }
}

bool
field_ask(struct field *f, const struct input *in, bool *stale)
{
    enum field_said said = f->open ? field_type(f, in) : FIELD_IGNORED;

    if (said == FIELD_LEFT)
        *f = (struct field){ .open = false };
    if (said == FIELD_LEFT || said == FIELD_CHANGED)
        *stale = true;
    return said != FIELD_IGNORED;
}

/* Cells of the first `bytes` bytes of the text. */
static int
cells_to(const struct field *f, size_t bytes)
{
    char part[FIELD_MAX];

    memcpy(part, f->text, bytes);
    part[bytes] = '\0';
    return (int)text_width(part);
}

void
field_draw(const struct field *f, const struct canvas *cv, int x, int y, int cells,
           const char *prompt)
{
    int used = canvas_text(cv, x, y, cells, STYLE_KEY, prompt);
    int room = cells - used, cursor = cells_to(f, f->at);
    struct canvas part = canvas_part(cv, (struct rect){ x + used, y, room, 1 });
    int shift = cursor >= room && room > 0 ? cursor - room + 1 : 0;

    canvas_text(&part, -shift, 0, (int)text_width(f->text) + 1, STYLE_TEXT, f->text);
    if (f->open)
        canvas_show_cursor(&part, cursor - shift, 0);
}
