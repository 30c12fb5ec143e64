/* download_none.c - download.h for a build that lacks what it takes. */
#include "config.h"

#include "src/data/download.h"

enum err_code
download_check(const struct movielens *m, struct err *err)
{
    return err_set(
        err, ERR_UNAVAILABLE,
        "this mltui was built without %s and cannot fetch; get " MOVIELENS_BASE
        "/%s.zip with another program, unpack it and name the folder",
        DOWNLOAD_LACKS, m->name);
}

enum err_code
download_run(struct download_result *ret, const struct movielens *m,
             const struct download_options *opt, struct err *err)
{
    (void)ret, (void)opt;
    return download_check(m, err);
}
