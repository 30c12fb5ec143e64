/* past.c - the curves of earlier runs; see past.h. */
#include "config.h"

#include "ui/tui/past.h"

#include "src/base/path.h"
#include "src/train/runfolder.h"

#include <string.h>

static struct curve
curve_of(const struct run *r)
{
    const char *name = strrchr(r->path, '/');

    return (struct curve){
        .at = r->steps,
        .n = r->n_steps,
        .n_steps = r->info.n_steps,
        .epochs = r->epochs,
        .n_epochs = r->n_epochs,
        .n_epochs_all = r->info.epochs,
        .name = name != NULL ? name + 1 : r->path,
    };
}

static bool
is_wanted(const struct run *r, const char *data, const char *but)
{
    return (but == NULL || strcmp(path_name(r->path), but) != 0) && r->n_steps > 0 &&
           r->info.data != NULL && strcmp(r->info.data, data) == 0 &&
           r->info.state != RUN_TRAINING && r->info.state != RUN_PAUSED;
}

enum err_code
past_read(struct past *ret, const char *data, const char *but, struct err *err)
{
    struct past p = { .n = 0 };
    char **path = NULL;
    size_t n = 0;
    enum err_code rc = runs_list(&path, &n, err);

    for (size_t i = 0; rc == ERR_OK && i < n && p.n < PAST_MAX; i++) {
        struct run *r;

        if (run_open(&r, path[i], RUN_METRICS, NULL) != ERR_OK)
            continue;
        if (is_wanted(r, data, but)) {
            naming_settings(p.settings[p.n], r->info.lr, r->info.epochs,
                            r->info.factors);
            p.curve[p.n] = curve_of(r);
            p.run[p.n++] = r;
        } else {
            run_free(r);
        }
    }
    runs_list_free(path);
    if (rc != ERR_OK)
        return rc;
    *ret = p;
    for (size_t i = 0; i < p.n; i++)
        ret->curve[i].settings = ret->settings[i];
    return ERR_OK;
}

void
past_done(struct past *p)
{
    for (size_t i = 0; i < p->n; i++)
        run_free(p->run[i]);
    *p = (struct past){ .n = 0 };
}
