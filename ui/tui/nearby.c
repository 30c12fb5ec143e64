/* nearby.c - what could be opened; see nearby.h. */
#include "config.h"

#include "ui/tui/nearby.h"

#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/data/download.h"
#include "src/data/locate.h"
#include "src/train/runfolder.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct finding_near {
    struct nearby *at;
    size_t n;
};

static struct nearby *
add(struct finding_near *f, enum nearby_kind kind, const char *word)
{
    struct nearby *one;

    if (f->n == NEARBY_MAX || strlen(word) >= sizeof(one->word))
        return NULL;
    one = &f->at[f->n++];
    *one = (struct nearby){ .kind = kind, .valid_loss = NAN };
    snprintf(one->word, sizeof(one->word), "%s", word);
    return one;
}

static void
add_run(struct finding_near *f, const char *path)
{
    struct nearby *one;
    struct run *r;

    if (run_open(&r, path, RUN_METRICS, NULL) != ERR_OK)
        return;
    one = add(f, NEARBY_RUN, path);
    if (one != NULL) {
        snprintf(one->state, sizeof(one->state), "%s", run_state_text(r->info.state));
        snprintf(one->data, sizeof(one->data), "%s",
                 r->info.data != NULL ? path_name(r->info.data) : "");
        one->lr = r->info.lr;
        one->epochs = r->info.epochs;
        one->factors = r->info.factors;
        one->started = r->info.started;
        for (size_t e = 0; e < r->n_epochs; e++)
            one->valid_loss = fmin(one->valid_loss, r->epochs[e].valid_loss);
    }
    run_free(r);
}

static void
add_runs(struct finding_near *f)
{
    char **path = NULL;
    size_t n = 0;

    if (runs_list(&path, &n, NULL) != ERR_OK)
        return;
    for (size_t i = 0; i < n && i < NEARBY_RUNS; i++)
        add_run(f, path[i]);
    runs_list_free(path);
}

static bool
size_of(const char *path, uint64_t *ret)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    *ret = (uint64_t)st.st_size;
    return true;
}

/* Does a folder hold ratings in a form that we know, or is it an archive of them? Then
 * *ret_bytes is the size of their file. */
static bool
looks_like_data(const char *folder, const char *name, uint64_t *ret_bytes)
{
    static const char *const files[] = { "ratings.csv", "u.data", "ratings.dat" };
    const char *dot = strrchr(name, '.');
    bool found = false;

    if (dot != NULL && strcmp(dot, ".zip") == 0 && strncmp(name, "ml-", 3) == 0) {
        char *zip = NULL;

        found =
            path_join(&zip, folder, name, NULL) == ERR_OK && size_of(zip, ret_bytes);
        mem_free(zip);
        return found;
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && !found; i++) {
        char *inside = NULL, *path = NULL;

        if (path_join(&inside, folder, name, NULL) == ERR_OK &&
            path_join(&path, inside, files[i], NULL) == ERR_OK)
            found = size_of(path, ret_bytes);
        mem_free(inside);
        mem_free(path);
    }
    return found;
}

/* The data sets in a folder; `bare`: a name alone opens them. */
static void
add_data(struct finding_near *f, const char *folder, bool bare)
{
    DIR *dir = opendir(folder);

    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        struct nearby *one = NULL;
        uint64_t bytes = 0;
        char *path = NULL;

        if (e->d_name[0] == '.' || !looks_like_data(folder, e->d_name, &bytes))
            continue;
        if (bare || strcmp(folder, ".") == 0)
            one = add(f, NEARBY_DATA, e->d_name);
        else if (path_join(&path, folder, e->d_name, NULL) == ERR_OK)
            one = add(f, NEARBY_DATA, path);
        if (one != NULL)
            one->bytes = bytes;
        mem_free(path);
    }
    if (dir != NULL)
        closedir(dir);
}

/* Archives that are not here and that this build can fetch. */
static void
add_archives(struct finding_near *f)
{
    for (const struct movielens *m = movielens_list; m->name != NULL; m++) {
        struct download_state state;
        struct nearby *one;

        if (download_check(m, NULL) != ERR_OK ||
            download_look(&state, m, NULL, NULL) != ERR_OK || state.here)
            continue;
        one = add(f, NEARBY_FETCH, m->name);
        if (one == NULL)
            return;
        one->bytes = m->bytes - (state.part_bytes < m->bytes ? state.part_bytes : 0);
        one->n_ratings = m->n_ratings;
    }
}

size_t
nearby_find(struct nearby ret[NEARBY_MAX])
{
    struct finding_near f = { .at = ret };
    char *folder = NULL;

    add_runs(&f);
    (void)add(&f, NEARBY_SAMPLE, "sample");
    if (path_exists("ratings.csv"))
        (void)add(&f, NEARBY_DATA, "ratings.csv");
    add_data(&f, ".", true);
    if (locate_data_folder(&folder, NULL) == ERR_OK)
        add_data(&f, folder, true);
    mem_free(folder);
    add_archives(&f);
    return f.n;
}
