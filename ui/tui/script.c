/* script.c - keys and commands from a file; see script.h. */
#include "config.h"

#include "ui/tui/script.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "ui/tui/action.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#define SCRIPT_MAX_BYTES (1 << 20)

struct script {
    char *text; /* owned; its lines end in NUL */
    size_t len;
    char *line; /* the present one, or NULL: the next is to be begun */
    char *at;   /* what is left of it */
    char *next;
};

/* ---- states that can be waited for ------------------------------------------------
 */

static bool
has_data(const struct world *w, uint64_t n)
{
    (void)n;
    return w->name != NULL && !w->loading.active;
}

static bool
has_model(const struct world *w, uint64_t n)
{
    (void)n;
    return w->shown != NULL && !w->preparing;
}

static bool
is_idle(const struct world *w, uint64_t n)
{
    (void)n;
    return !w->busy && !w->loading.active && !w->preparing;
}

/* What a run passes through is not waited for any more when none is left. */

static bool
has_trained(const struct world *w, uint64_t n)
{
    return w->has_trained || is_idle(w, n);
}

static bool
is_paused(const struct world *w, uint64_t n)
{
    return (w->busy && w->now.state == SESSION_PAUSED) || is_idle(w, n);
}

static bool
has_tried(const struct world *w, uint64_t n)
{
    return w->has_tried || is_idle(w, n);
}

static bool
has_epoch(const struct world *w, uint64_t n)
{
    bool reached = w->curve.n_epochs >= n && !w->preparing && !w->loading.active;

    return reached || is_idle(w, n);
}

static const struct {
    struct script_word word;
    bool (*reached)(const struct world *w, uint64_t n);
    bool counts; /* a number comes after it */
} states[] = {
    { { "data", "", "what was opened has been read" }, has_data, false },
    { { "model", "", "there is a model to look at" }, has_model, false },
    { { "training", "", "the run that was begun or resumed last has done a batch" },
      has_trained,
      false },
    { { "paused", "", "the run is paused" }, is_paused, false },
    { { "finding", "", "what was begun last has tried a learning rate" },
      has_tried,
      false },
    { { "idle", "", "nothing is read, trained or tried" }, is_idle, false },
    { { "epoch", "N", "N epochs of the run have ended" }, has_epoch, true },
};

#define N_STATES (sizeof(states) / sizeof(states[0]))

/* Cut the first word off *at: it ends in NUL, *at goes to what follows; NULL: none. */
static char *
take_word(char **at)
{
    char *word = *at + strspn(*at, " \t");
    size_t n = strcspn(word, " \t");

    if (n == 0)
        return NULL;
    *at = word + n;
    if (**at != '\0')
        *(*at)++ = '\0';
    return word;
}

/* The state of "NAME [N]": its place in the table, or N_STATES. */
static size_t
parse_state(const char *words, uint64_t *ret_n)
{
    size_t len = strcspn(words, " \t");
    const char *rest = words + len + strspn(words + len, " \t");

    *ret_n = 0;
    for (size_t i = 0; i < N_STATES; i++) {
        if (strlen(states[i].word.name) != len ||
            strncmp(states[i].word.name, words, len) != 0)
            continue;
        if (states[i].counts ? text_u64(rest, ret_n) : rest[0] == '\0')
            return i;
    }
    return N_STATES;
}

/* ---- reading -----------------------------------------------------------------------
 */

static const char *
check_press(const char *keys)
{
    struct input in;

    for (;;) {
        size_t n;

        keys += strspn(keys, " \t");
        n = strcspn(keys, " \t");
        if (n == 0)
            return NULL;
        if (!input_parse(&in, keys, n))
            return "expected names of keys: enter, up, ctrl-l, a";
        keys += n;
    }
}

static const char *
check_type(const char *text)
{
    return text_is_utf8(text, strlen(text)) ? NULL : "expected UTF-8";
}

static const char *
check_do(const char *words)
{
    char name[64];

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(words, " \t"), words);
    return action_find(name) != ACTION_NONE ? NULL : "expected the name of an action";
}

static const char *
check_wait(const char *words)
{
    uint64_t n;

    if (parse_state(words, &n) < N_STATES)
        return NULL;
    return "expected data, model, training, paused, finding, idle, or epoch N";
}

static const struct verb {
    struct script_word word;
    const char *(*check)(const char *rest); /* what is wrong with it, or NULL */
} verbs[] = {
    { { "press", "KEY ...", "keys by their names" }, check_press },
    { { "type", "TEXT", "the characters of the rest of the line, blanks included" },
      check_type },
    { { "do", "ACTION [WORD]", "an action by its name, as after :" }, check_do },
    { { "wait", "STATE [N]", "until that state is reached, however long it takes" },
      check_wait },
};

#define N_VERBS (sizeof(verbs) / sizeof(verbs[0]))

const struct script_word *
script_verb(unsigned i)
{
    return i < N_VERBS ? &verbs[i].word : NULL;
}

const struct script_word *
script_state(unsigned i)
{
    return i < N_STATES ? &states[i].word : NULL;
}

/* The verb a line begins with, and what follows it and one blank; NULL: none. */
static const struct verb *
verb_of(char *line, char **ret_rest)
{
    size_t n = strcspn(line, " \t");

    for (size_t i = 0; i < N_VERBS; i++) {
        if (strlen(verbs[i].word.name) != n ||
            strncmp(verbs[i].word.name, line, n) != 0)
            continue;
        *ret_rest = line + n + (line[n] != '\0');
        return &verbs[i];
    }
    return NULL;
}

static bool
is_nothing(const char *line)
{
    return line[0] == '\0' || line[0] == '#';
}

/* Cut the text into lines and check each. */
static enum err_code
check(struct script *s, const char *path, struct err *err)
{
    unsigned number = 1;
    char *end = s->text + s->len;

    for (char *line = s->text; line < end; line += strlen(line) + 1, number++) {
        char *newline = strchr(line, '\n'), *rest;
        const struct verb *v;
        const char *why = "expected press, type, do or wait";

        if (newline != NULL)
            *newline = '\0';
        if (is_nothing(line))
            continue;
        v = verb_of(line, &rest);
        if (v != NULL)
            why = v->check(rest);
        if (why != NULL)
            return err_set(err, ERR_ARG, "%s:%u: '%.60s': %s", path, number, line, why);
    }
    return ERR_OK;
}

static enum err_code
read_all(struct script *s, const char *path, struct err *err)
{
    FILE *f = fopen(path, "r");
    enum err_code rc = ERR_OK;

    if (f == NULL)
        return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path,
                       strerror(errno));
    s->text = mem_new(SCRIPT_MAX_BYTES + 1, 1);
    if (s->text == NULL)
        rc = err_nomem(err, SCRIPT_MAX_BYTES, "a script");
    else
        s->len = fread(s->text, 1, SCRIPT_MAX_BYTES + 1, f);
    if (rc == ERR_OK && ferror(f))
        rc = err_set(err, ERR_IO, "%s: cannot be read", path);
    if (rc == ERR_OK && s->len > SCRIPT_MAX_BYTES)
        rc = err_set(err, ERR_ARG, "%s: longer than %d bytes", path, SCRIPT_MAX_BYTES);
    if (rc == ERR_OK && memchr(s->text, '\0', s->len) != NULL)
        rc = err_set(err, ERR_ARG, "%s: has a NUL: is it a text?", path);
    fclose(f);
    return rc;
}

enum err_code
script_read(struct script **ret, const char *path, struct err *err)
{
    struct script *s = mem_new(1, sizeof(*s));
    enum err_code rc;

    if (s == NULL)
        return err_nomem(err, sizeof(*s), "a script");
    rc = read_all(s, path, err);
    if (rc == ERR_OK)
        rc = check(s, path, err);
    if (rc != ERR_OK) {
        script_free(s);
        return rc;
    }
    s->next = s->text;
    *ret = s;
    return ERR_OK;
}

void
script_free(struct script *s)
{
    if (s == NULL)
        return;
    mem_free(s->text);
    mem_free(s);
}

/* ---- playing -----------------------------------------------------------------------
 */

/* Go to the next line that says something; false at the end. */
static bool
next_line(struct script *s)
{
    while (s->next < s->text + s->len) {
        s->line = s->next;
        s->next += strlen(s->next) + 1;
        if (!is_nothing(s->line)) {
            (void)verb_of(s->line, &s->at);
            return true;
        }
    }
    s->line = NULL;
    return false;
}

static struct script_step
next_key(struct script *s)
{
    char *word = take_word(&s->at);
    struct script_step step = { .what = SCRIPT_INPUT };

    if (word == NULL || !input_parse(&step.in, word, strlen(word)))
        step.what = SCRIPT_ENDED;
    return step;
}

static struct script_step
next_character(struct script *s)
{
    ucs4_t uc;
    int n = u8_strmbtouc(&uc, (const uint8_t *)s->at);

    if (n <= 0)
        return (struct script_step){ .what = SCRIPT_ENDED };
    s->at += n;
    return (struct script_step){ .what = SCRIPT_INPUT,
                                 .in = { .kind = INPUT_CHAR, .ch = uc } };
}

/* The next step of the present line; SCRIPT_ENDED when it has none left. */
static struct script_step
step_of_line(struct script *s, const struct world *w)
{
    uint64_t n;
    char *rest = s->at;

    switch (s->line[0]) {
    case 'p':
        return next_key(s);
    case 't':
        return next_character(s);
    case 'd':
        s->at += strlen(s->at);
        return (struct script_step){ .what =
                                         *rest != '\0' ? SCRIPT_COMMAND : SCRIPT_ENDED,
                                     .command = rest };
    default:
        return (struct script_step){ .what =
                                         states[parse_state(s->at, &n)].reached(w, n)
                                             ? SCRIPT_ENDED
                                             : SCRIPT_WAITS };
    }
}

struct script_step
script_next(struct script *s, const struct world *w)
{
    struct script_step step = { .what = SCRIPT_ENDED };

    while (s->line != NULL || next_line(s)) {
        step = step_of_line(s, w);
        if (step.what != SCRIPT_ENDED)
            return step;
        s->line = NULL;
    }
    return (struct script_step){ .what = SCRIPT_ENDED };
}
