/* ununzip_none.c - unzip.h for a build without libarchive: a zip is known, not opened.
 */
#include "config.h"

#include "src/data/unzip.h"

#include <string.h>
#include <strings.h>

bool
unzip_is_one(const char *path)
{
    size_t len = strlen(path);

    return len > 4 && strcasecmp(path + len - 4, ".zip") == 0;
}

enum err_code
unzip_open(struct unzip **ret, const char *path, struct err *err)
{
    (void)ret;
    return err_set(err, ERR_UNAVAILABLE,
                   "%s: this mltui was built without libarchive and opens no zip; "
                   "unpack it and name the folder",
                   path);
}

void
unzip_close(struct unzip *z)
{
    (void)z;
}

void
unzip_rewind(struct unzip *z)
{
    (void)z;
}

enum err_code
unzip_next(struct unzip *z, struct unzip_member *ret, struct err *err)
{
    (void)z, (void)ret;
    return err_set(err, ERR_UNAVAILABLE, "built without libarchive");
}

enum err_code
unzip_find(struct unzip *z, const char *name, uint64_t *ret_size, struct err *err)
{
    (void)z, (void)name, (void)ret_size;
    return err_set(err, ERR_UNAVAILABLE, "built without libarchive");
}

enum err_code
unzip_read(struct unzip *z, void *to, size_t n, size_t *ret_n, struct err *err)
{
    (void)z, (void)to, (void)n, (void)ret_n;
    return err_set(err, ERR_UNAVAILABLE, "built without libarchive");
}
