/* download_part.c - as much of an archive as has come; see download_part.h. */
#include "config.h"

#include "src/data/download_part.h"

#include "src/base/atomicfile.h"
#include "src/base/sysio.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FROM_MAX (DOWNLOAD_URL_MAX + HTTP_VALIDATOR_MAX + 2) /* "URL\nVALIDATOR\n" */

/* Lock what was opened; *ret_mine: it still has the part's name, so that of two who
 * come at once, and a third who has just finished, one goes on. */
static enum err_code
lock(struct download_part *p, int fd, const char *name, bool *ret_mine, struct err *err)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    struct stat mine, named;

    if (fstat(fd, &mine) != 0)
        return err_set(err, ERR_IO, "%s: %s", p->at->part, strerror(errno));
    if (!S_ISREG(mine.st_mode))
        return err_set(err, ERR_IO, "%s: not a regular file; remove it", p->at->part);
    if (fcntl(fd, F_OFD_SETLK, &whole) != 0)
        return errno == EAGAIN || errno == EACCES
                   ? err_set(err, ERR_STATE,
                             "%s: somebody else is fetching it now; wait for that",
                             name)
                   : err_set(err, ERR_IO, "%s: cannot lock: %s", p->at->part,
                             strerror(errno));
    *ret_mine = stat(p->at->part, &named) == 0 && named.st_ino == mine.st_ino &&
                named.st_dev == mine.st_dev;
    p->bytes = *ret_mine ? (uint64_t)mine.st_size : 0;
    return ERR_OK;
}

enum err_code
download_part_open(struct download_part *p, const char *name, struct err *err)
{
    bool mine = false;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && !mine) {
        int fd =
            sysio_open(p->at->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0666);

        if (fd < 0)
            return err_set(err, ERR_IO, "%s: %s", p->at->part, strerror(errno));
        rc = lock(p, fd, name, &mine, err);
        if (mine)
            p->fd = fd;
        else
            sysio_close(fd);
    }
    return rc;
}

enum err_code
download_part_recall(struct download_part *p, struct err *err)
{
    char text[FROM_MAX + 1] = "";
    size_t url_len = strlen(p->url);
    int fd = sysio_open(p->at->from, O_RDONLY | O_NONBLOCK, 0);
    ssize_t n = fd >= 0 ? sysio_read_all(fd, text, FROM_MAX, 0) : 0;
    const char *line;

    if (fd >= 0)
        sysio_close(fd);
    if (n <= 0 || strncmp(text, p->url, url_len) != 0 || text[url_len] != '\n')
        return p->bytes > 0 ? download_part_empty(p, err) : ERR_OK;
    line = text + url_len + 1;
    snprintf(p->validator, sizeof(p->validator), "%.*s", (int)strcspn(line, "\n"),
             line);
    p->from = p->bytes;
    return ERR_OK;
}

enum err_code
download_part_empty(struct download_part *p, struct err *err)
{
    if (sysio_truncate(p->fd, 0) != 0)
        return err_set(err, ERR_IO, "%s: %s", p->at->part, strerror(errno));
    p->bytes = p->from = 0;
    p->validator[0] = '\0';
    return ERR_OK;
}

enum err_code
download_part_begin(struct download_part *p, const char *validator, struct err *err)
{
    char text[FROM_MAX + 1];
    int n;

    snprintf(p->validator, sizeof(p->validator), "%s", validator);
    n = snprintf(text, sizeof(text), "%s\n%s\n", p->url, p->validator);
    return atomicfile_save(p->at->from, text, (size_t)n, err);
}

enum err_code
download_part_add(struct download_part *p, const void *bytes, size_t n, struct err *err)
{
    if (sysio_write_at(p->fd, bytes, n, p->bytes) != 0)
        return err_set(err, ERR_IO, "%s: cannot write: %s", p->at->part,
                       strerror(errno));
    p->bytes += n;
    return ERR_OK;
}

void
download_part_remove(const struct download_part *p)
{
    if (p->fd < 0)
        return;
    sysio_unlink(p->at->part);
    sysio_unlink(p->at->from);
}

void
download_part_close(struct download_part *p)
{
    if (p->fd >= 0)
        sysio_close(p->fd);
    p->fd = -1;
}
