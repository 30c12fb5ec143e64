/* mine.c - the person's own ratings; see mine.h. */
#include "config.h"

#include "ui/tui/mine.h"

#include "src/base/atomicfile.h"
#include "src/base/folder.h"
#include "src/base/mem.h"
#include "src/base/path.h"
#include "src/base/shortest.h"
#include "src/base/sysio.h"
#include "src/data/titles.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FILE_NAME "mltui/me.csv"

/* ---- the list
 * ------------------------------------------------------------------------ */

static void
forget(struct mine *m)
{
    for (size_t i = 0; i < m->n; i++)
        mem_free(m->rating[i].title);
    mem_free(m->rating);
    m->rating = NULL;
    m->n = 0;
}

void
mine_done(struct mine *m)
{
    forget(m);
    mem_free(m->undo);
    mem_free(m->path);
    *m = (struct mine){ .n = 0 };
}

/* The place of a film's rating, or n. */
static size_t
place_of(const struct mine *m, uint32_t row)
{
    size_t i = 0;

    while (i < m->n && m->rating[i].row != row)
        i++;
    return i;
}

float
mine_stars(const struct mine *m, uint32_t row)
{
    size_t i = place_of(m, row);

    return i < m->n ? m->rating[i].stars : NAN;
}

static enum err_code
append(struct mine *m, const char *title, float stars, uint32_t row, struct err *err)
{
    struct mine_rating *more = mem_resize(m->rating, m->n + 1, sizeof(*more));
    char *copy = mem_strdup(title);

    if (more != NULL)
        m->rating = more;
    if (more == NULL || copy == NULL) {
        mem_free(copy);
        return err_nomem(err, (m->n + 1) * sizeof(*more), "your ratings");
    }
    more[m->n++] = (struct mine_rating){ copy, stars, row };
    return ERR_OK;
}

static void
take_out(struct mine *m, size_t at)
{
    mem_free(m->rating[at].title);
    memmove(&m->rating[at], &m->rating[at + 1], (m->n - at - 1) * sizeof(m->rating[0]));
    m->n--;
}

/* Set, change or remove without a trace. */
static enum err_code
set(struct mine *m, const struct catalog *c, uint32_t row, float stars, struct err *err)
{
    size_t i = place_of(m, row);

    if (isnan(stars) && i < m->n)
        take_out(m, i);
    else if (i < m->n)
        m->rating[i].stars = stars;
    else if (!isnan(stars))
        return append(m, strtab_get(&c->title, row), stars, row, err);
    return ERR_OK;
}

/* ---- the file
 * ------------------------------------------------------------------------ */

/* One line: the title forced to be one, its quotes doubled. Returns its bytes. */
static size_t
format_line(char *out, const struct mine_rating *r)
{
    char stars[SHORTEST_MAX], *at = stpcpy(out, "\"title:");

    for (const char *s = r->title; *s != '\0'; s++) {
        if (*s == '"')
            *at++ = '"';
        *at++ = *s;
    }
    shortest_f32(stars, r->stars);
    at += sprintf(at, "\",%s\n", stars);
    return (size_t)(at - out);
}

/* The folder that the file lies in. */
static enum err_code
make_folder(const char *path, struct err *err)
{
    char *folder = mem_strdup(path);
    enum err_code rc;

    if (folder == NULL)
        return err_nomem(err, strlen(path), "a path");
    folder[path_folder_len(path)] = '\0';
    rc = folder_make(folder, err);
    mem_free(folder);
    return rc;
}

/* Without a rating there is no file: one that holds none would be refused. */
static enum err_code
remove_file(const struct mine *m, struct err *err)
{
    if (sysio_unlink(m->path) == 0 || errno == ENOENT)
        return ERR_OK;
    return err_set(err, ERR_IO, "%s: %s", m->path, strerror(errno));
}

static enum err_code
save(const struct mine *m, struct err *err)
{
    static const char head[] = "title,rating\n";
    size_t cap = sizeof(head), n;
    char *text;
    enum err_code rc;

    if (m->path == NULL)
        return ERR_OK;
    if (m->n == 0)
        return remove_file(m, err);
    for (size_t i = 0; i < m->n; i++)
        cap += 2 * strlen(m->rating[i].title) + SHORTEST_MAX + 16;
    text = mem_new(cap, 1);
    if (text == NULL)
        return err_nomem(err, cap, "your ratings");
    n = (size_t)(stpcpy(text, head) - text);
    for (size_t i = 0; i < m->n; i++)
        n += format_line(text + n, &m->rating[i]);
    rc = make_folder(m->path, err);
    if (rc == ERR_OK)
        rc = atomicfile_save(m->path, text, n, err);
    mem_free(text);
    return rc;
}

/* Replace the list by what the file says. A film that it calls by an id is known by its
 * title from then on. */
static enum err_code
take_file(struct mine *m, const struct catalog *c, const struct ownratings *own,
          struct err *err)
{
    enum err_code rc = ERR_OK;

    forget(m);
    for (size_t i = 0; rc == ERR_OK && i < own->n; i++) {
        const char *film = strtab_get(&own->film, i);
        uint32_t row = own->rating[i].found.row;

        if (strncmp(film, "title:", 6) == 0)
            film += 6;
        else if (row != 0)
            film = strtab_get(&c->title, row);
        rc = append(m, film, own->rating[i].stars, row, err);
    }
    return rc;
}

/* Stars may be of another scale than that of the data at hand: all are kept. */
static enum err_code
read_file(struct mine *m, const struct catalog *c, struct err *err)
{
    const struct ownratings_scale any = { -1000, 1000 };
    struct ownratings *own = NULL;
    enum err_code rc =
        path_xdg(&m->path, "XDG_DATA_HOME", ".local/share", FILE_NAME, err);

    if (rc != ERR_OK || !path_exists(m->path))
        return rc;
    rc = ownratings_read(&own, m->path, c, any, err);
    if (rc == ERR_OK)
        rc = take_file(m, c, own, err);
    ownratings_free(own);
    return rc;
}

static enum err_code
match_titles(struct mine *m, const struct catalog *c, struct err *err)
{
    struct titles *titles;
    struct titles_found found;
    enum err_code rc = titles_new(&titles, c, err);

    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < m->n; i++) {
        titles_find(titles, m->rating[i].title, 0, &found);
        m->rating[i].row = found.row;
    }
    titles_free(titles);
    return ERR_OK;
}

enum err_code
mine_match(struct mine *m, const struct catalog *c, struct err *err)
{
    enum err_code rc;

    m->n_undo = 0; /* of rows of another catalog */
    if (m->read)
        return match_titles(m, c, err);
    mem_free(m->path);
    m->path = NULL;
    rc = read_file(m, c, err);
    m->read = rc == ERR_OK || rc == ERR_NOTFOUND;
    return rc;
}

/* ---- changes
 * ------------------------------------------------------------------------- */

/* Room to remember n more ratings, so that a change is made whole or not at all. */
static enum err_code
make_room(struct mine *m, size_t n, struct err *err)
{
    struct mine_before *more = mem_resize(m->undo, m->n_undo + n, sizeof(*more));

    if (more == NULL)
        return err_nomem(err, (m->n_undo + n) * sizeof(*more), "what can be undone");
    m->undo = more;
    return ERR_OK;
}

/* Change a rating and remember what it was; there is room. */
static enum err_code
change(struct mine *m, const struct catalog *c, uint32_t row, float stars, bool first,
       struct err *err)
{
    struct mine_before before = { row, mine_stars(m, row), first };
    enum err_code rc = set(m, c, row, stars, err);

    if (rc == ERR_OK)
        m->undo[m->n_undo++] = before;
    return rc;
}

enum err_code
mine_rate(struct mine *m, const struct catalog *c, uint32_t row, float stars,
          struct err *err)
{
    enum err_code rc = make_room(m, 1, err);

    if (rc == ERR_OK)
        rc = change(m, c, row, stars, true, err);
    return rc == ERR_OK ? save(m, err) : rc;
}

enum err_code
mine_import(struct mine *m, const struct catalog *c, const struct ownratings *from,
            size_t *ret_n, struct err *err)
{
    enum err_code rc = make_room(m, from->n_matched, err);
    size_t n = 0;

    for (size_t i = 0; rc == ERR_OK && i < from->n; i++) {
        const struct ownrating *r = &from->rating[i];

        if (r->found.row != 0)
            rc = change(m, c, r->found.row, r->stars, n++ == 0, err);
    }
    *ret_n = n;
    return rc == ERR_OK && n > 0 ? save(m, err) : rc;
}

enum err_code
mine_undo(struct mine *m, const struct catalog *c, struct mine_undone *ret,
          struct err *err)
{
    struct mine_before last = { .first = false };
    enum err_code rc = ERR_OK;

    *ret = (struct mine_undone){ .n = 0 };
    while (m->n_undo > 0 && !last.first) {
        last = m->undo[m->n_undo - 1];
        rc = set(m, c, last.row, last.stars, err);
        if (rc != ERR_OK)
            return rc;
        m->n_undo--;
        *ret = (struct mine_undone){ ret->n + 1, last.row };
    }
    return ret->n > 0 ? save(m, err) : ERR_OK;
}
