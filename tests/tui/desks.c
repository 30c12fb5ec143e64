/* desks.c - see desks.h. */
#include "config.h"

#include "tests/tui/desks.h"

#include "src/data/synth.h"

#include "tests/tui/home.h"
#include "tests/unit.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define PATIENT 2000 /* times 10 ms: only a deadlock takes longer */

static char data[512], other[512];

static void
write_data(char path[512], const char *name, uint64_t seed)
{
    struct synth_options so = {
        .n_users = 20, .n_items = 30, .n_ratings = 200, .seed = seed
    };

    snprintf(path, 512, "%s", home_path(name));
    CU_ASSERT_EQUAL_FATAL(synth_write(path, &so, NULL, NULL, NULL), ERR_OK);
}

void
desks_init(void)
{
    home_make();
    write_data(data, "data", 1);
    write_data(other, "other", 2);
}

void
desks_done(void)
{
    home_remove();
}

void
desks_begin(struct desk **ret, const struct world **ret_world)
{
    struct err err;

    desks_init();
    CU_ASSERT_EQUAL_FATAL(desk_new(ret, &err), ERR_OK);
    *ret_world = desk_world(*ret);
}

void
desks_end(struct desk *d)
{
    desk_free(d);
    desks_done();
}

const char *
desks_data(void)
{
    return data;
}

const char *
desks_other(void)
{
    return other;
}

bool
desks_is_idle(const struct world *w)
{
    return !w->busy && !w->loading.active && !w->preparing;
}

bool
desks_is_training(const struct world *w)
{
    return w->busy && w->now.state == SESSION_TRAINING && w->now.step > 0;
}

bool
desks_is_paused(const struct world *w)
{
    return w->busy && w->now.state == SESSION_PAUSED;
}

void
desks_wait(struct desk *d, desks_state *reached)
{
    for (int i = 0; i < PATIENT; i++) {
        struct pollfd p[4];
        int fd[4], n = desk_fds(d, fd, 4);

        (void)desk_listen(d);
        if (reached(desk_world(d)))
            return;
        for (int k = 0; k < n; k++)
            p[k] = (struct pollfd){ .fd = fd[k], .events = POLLIN };
        (void)poll(p, (nfds_t)n, 10);
    }
    CU_FAIL_FATAL("the state was not reached");
}

void
desks_open(struct desk *d, const char *path)
{
    struct err err;

    CU_ASSERT_EQUAL_FATAL(desk_open(d, path, &err), ERR_OK);
    desks_wait(d, desks_is_idle);
    CU_ASSERT_PTR_NULL(desk_world(d)->trouble);
}

void
desks_config(struct desk *d, unsigned epochs)
{
    struct train_config c = desk_world(d)->config;

    c.epochs = epochs;
    c.factors = 4;
    c.batch = 16;
    c.threads = 1;
    c.patience = 0;
    desk_set_config(d, &c);
    CU_ASSERT_PTR_NULL(desk_world(d)->wrong);
}
