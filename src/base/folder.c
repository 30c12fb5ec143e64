/* folder.c - folders with those above them; see folder.h. */
#include "config.h"

#include "src/base/folder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Make one folder that lasts; 0, or errno, and then there is none of ours. */
static int
make_one(const char *path)
{
    struct stat st;
    int why;

    if (sysio_mkdir(path, 0777) != 0) {
        why = errno;
        return stat(path, &st) != 0 ? why : S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    }
    why = sysio_fsync_parent(path) == 0 ? 0 : errno;
    if (why != 0)
        sysio_rmdir(path);
    return why;
}

enum err_code
folder_make(const char *dir, struct err *err)
{
    char *path;
    int why = 0;

    if (dir[0] == '\0')
        return err_set(err, ERR_ARG, "'' names no folder; expected a path");
    path = mem_strdup(dir);
    if (path == NULL)
        return err_nomem(err, strlen(dir) + 1, "a path");
    for (char *p = path; why == 0 && (p = strchr(p + 1, '/')) != NULL; *p = '/') {
        *p = '\0';
        why = make_one(path);
    }
    if (why == 0)
        why = make_one(path);
    mem_free(path);
    return why == 0 ? ERR_OK
                    : err_set(err, ERR_IO, "%s: cannot make the folder: %s", dir,
                              strerror(why));
}
