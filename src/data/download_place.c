/* download_place.c - what of an archive is in the data folder; see download.h. */
#include "config.h"

#include "src/data/download_place.h"

#include "src/base/mem.h"
#include "src/data/download.h"
#include "src/data/files.h"
#include "src/data/locate.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* FOLDER/ + before + NAME + after, owned. */
static char *
format_path(const char *folder, const char *before, const char *name, const char *after)
{
    size_t n = strlen(folder) + strlen(before) + strlen(name) + strlen(after) + 2;
    char *path = mem_new(n, 1);

    if (path != NULL)
        snprintf(path, n, "%s/%s%s%s", folder, before, name, after);
    return path;
}

enum err_code
download_place_init(struct download_place *ret, const struct movielens *m,
                    const char *folder, struct err *err)
{
    struct download_place p = { 0 };
    enum err_code rc = ERR_OK;

    if (folder == NULL)
        rc = locate_data_folder(&p.folder, err);
    else if ((p.folder = mem_strdup(folder)) == NULL)
        rc = err_nomem(err, strlen(folder), "a path");
    if (rc != ERR_OK)
        return rc;
    p.data = format_path(p.folder, "", m->name, "");
    p.part = format_path(p.folder, ".", m->name, ".zip.part");
    p.from = format_path(p.folder, ".", m->name, ".zip.from");
    p.unpacking = format_path(p.folder, ".", m->name, ".unpacking");
    if (p.data == NULL || p.part == NULL || p.from == NULL || p.unpacking == NULL) {
        rc = err_nomem(err, strlen(p.folder), "a path");
        download_place_done(&p);
        return rc;
    }
    *ret = p;
    return ERR_OK;
}

void
download_place_done(struct download_place *p)
{
    mem_free(p->folder);
    mem_free(p->data);
    mem_free(p->part);
    mem_free(p->from);
    mem_free(p->unpacking);
    *p = (struct download_place){ 0 };
}

bool
download_is_here(const struct download_place *p)
{
    struct data_files files = { 0 };
    struct stat st;
    bool here = stat(p->data, &st) == 0 && S_ISDIR(st.st_mode) &&
                data_files_find(&files, p->data, false, NULL) == ERR_OK;

    data_files_done(&files);
    return here;
}

enum err_code
download_look(struct download_state *ret, const struct movielens *m, const char *folder,
              struct err *err)
{
    struct download_place p = { 0 };
    struct stat st;
    enum err_code rc = download_place_init(&p, m, folder, err);

    if (rc != ERR_OK)
        return rc;
    ret->here = download_is_here(&p);
    ret->part_bytes = stat(p.part, &st) == 0 ? (uint64_t)st.st_size : 0;
    download_place_done(&p);
    return ERR_OK;
}
