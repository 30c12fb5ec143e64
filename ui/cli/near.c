/* near.c - the films near one; see near.h. */
#include "config.h"

#include "ui/cli/near.h"

enum err_code
near_films(struct similar **ret, size_t *ret_n, const struct cli *cli,
           const struct near *s, const struct reading *r, uint32_t film,
           struct err *err)
{
    const struct similar_query q = { .limit = cli->limit,
                                     .min_ratings = s->min_ratings,
                                     .filter = r->filter };
    struct similar_index *index = NULL;
    enum err_code rc = similar_index_new(&index, r->model, err);

    if (rc == ERR_OK)
        rc = similar_films(ret, ret_n, index, r->catalog, film, &q, err);
    similar_index_free(index);
    return rc;
}
