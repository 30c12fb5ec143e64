/* synth_load.c - a synthetic data set in memory, loaded without a disk; see synth.h. */
#include "config.h"

#include "src/base/mem.h"
#include "src/data/synth.h"
#include "src/data/synth_file.h"

#include <string.h>

static enum err_code
put_in_memory(void *arg, uint64_t offset, const char *bytes, size_t n, struct err *err)
{
    (void)err;
    memcpy((char *)arg + offset, bytes, n);
    return ERR_OK;
}

/* The bytes of a file, the caller's to free. */
static enum err_code
render(char **ret, size_t *ret_n, const struct synth_file *file,
       const struct synth_world *w, struct pool *pool, const struct synth_watch *watch,
       struct err *err)
{
    uint64_t bound = synth_file_bound(file, w), n = 0;
    char *bytes = mem_new(bound, 1);
    enum err_code rc;

    if (bytes == NULL)
        return err_nomem(err, bound, file->name);
    rc = synth_file_render(file, w, pool, watch, put_in_memory, bytes, &n, err);
    if (rc != ERR_OK) {
        mem_free(bytes);
        return rc;
    }
    *ret = bytes;
    *ret_n = n;
    return ERR_OK;
}

enum err_code
synth_load(struct dataset **ret, const struct synth_options *so,
           const struct dataset_options *opt, struct pool *pool, struct err *err)
{
    struct synth_watch watch = { .cancel = opt->cancel };
    struct dataset_bytes b = { .name = "sample" };
    struct synth_world *w = NULL;
    char *ratings = NULL, *movies = NULL;
    enum err_code rc = synth_world_new(&w, so, err);

    if (rc == ERR_OK)
        rc =
            render(&ratings, &b.ratings_len, &synth_ratings_file, w, pool, &watch, err);
    if (rc == ERR_OK)
        rc = render(&movies, &b.movies_len, &synth_movies_file, w, pool, &watch, err);
    synth_world_free(w);
    b.ratings = ratings;
    b.movies = movies;
    if (rc == ERR_OK)
        rc = dataset_load_bytes(ret, &b, opt, pool, err);
    mem_free(ratings);
    mem_free(movies);
    return rc;
}
