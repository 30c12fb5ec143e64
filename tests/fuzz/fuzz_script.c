/*
 * fuzz_script.c - any text is a script or an error with a message, and a script that
 * was taken plays to its end: every state it waits for can come, and it has at most as
 * many steps as bytes.
 */
#include "config.h"

#include "ui/tui/action.h"
#include "ui/tui/script.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <unistr.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool ok)
{
    if (!ok)
        abort();
}

/* Each state that a script can wait for is reached in one of them. */
static const struct shown any_model;
static const struct world worlds[] = {
    { .name = "data", .shown = &any_model, .curve = { .n_epochs = SIZE_MAX } },
    { .name = "data", .busy = true, .now = { .state = SESSION_TRAINING, .step = 1 } },
    { .name = "data", .busy = true, .now = { .state = SESSION_PAUSED } },
    { .name = "data", .busy = true, .now = { .state = SESSION_FINDING } },
};

#define N_WORLDS (sizeof(worlds) / sizeof(worlds[0]))

/* The script, or NULL: an error, which says something. */
static struct script *
read_bytes(const uint8_t *data, size_t len)
{
    static int fd = -1;
    struct script *s = NULL;
    struct err err = { 0 };
    char path[64];

    if (fd < 0)
        fd = memfd_create("script", 0);
    must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, len, 0) == (ssize_t)len);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (script_read(&s, path, &err) != ERR_OK)
        must(s == NULL && err.code == ERR_ARG && err.msg[0] != '\0');
    return s;
}

static void
check_step(const struct script_step *step)
{
    char word[64];
    uint8_t bytes[6];

    if (step->what == SCRIPT_COMMAND) {
        must(sscanf(step->command, "%63s", word) == 1);
        must(action_find(word) != ACTION_NONE);
    } else if (step->in.kind == INPUT_CHAR) {
        must(u8_uctomb(bytes, step->in.ch, sizeof(bytes)) > 0);
    } else {
        must(step->in.kind != INPUT_NONE && step->in.kind < INPUT_KINDS);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct script *s = read_bytes(data, len);
    size_t n_steps = 0, n_waits = 0, at = 0;

    while (s != NULL) {
        struct script_step step = script_next(s, &worlds[at % N_WORLDS]);

        if (step.what == SCRIPT_ENDED)
            break;
        if (step.what == SCRIPT_WAITS) {
            at++;
            must(++n_waits <= N_WORLDS * len);
            continue;
        }
        must(++n_steps <= len);
        check_step(&step);
    }
    script_free(s);
    return 0;
}
