/* screenfile.c - the screen as a file; see screenfile.h. */
#include "config.h"

#include "ui/tui/screenfile.h"

#include "src/base/atomicfile.h"
#include "src/base/mem.h"
#include "src/base/sink.h"
#include "ui/draw/picture.h"

#include <string.h>

static bool
is_picture(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL && strcmp(dot, ".svg") == 0;
}

static enum err_code
write_text(struct atomicfile *f, const struct canvas *cv, struct err *err)
{
    char *text = canvas_print(cv);
    enum err_code rc = text != NULL
                           ? atomicfile_write(f, text, strlen(text), err)
                           : err_set(err, ERR_NOMEM, "no memory for the screen's text");

    mem_free(text);
    return rc;
}

enum err_code
screenfile_write(const struct canvas *cv, const char *path, struct err *err)
{
    struct atomicfile *f = NULL;
    struct sink to;
    enum err_code rc = atomicfile_open(&f, path, err);

    if (rc != ERR_OK)
        return rc;
    to = atomicfile_sink(f);
    rc = is_picture(path) ? picture_write(cv, &to, err) : write_text(f, cv, err);
    if (rc == ERR_OK)
        rc = atomicfile_commit(f, err);
    atomicfile_close(f);
    return rc;
}
