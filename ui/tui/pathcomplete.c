/* pathcomplete.c - the rest of a path; see pathcomplete.h. */
#include "config.h"

#include "ui/tui/pathcomplete.h"

#include "src/base/path.h"
#include "src/base/text.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define KEPT 32 /* names that can be listed */

/* The names that fit, as they are found. */
struct found {
    size_t n;
    char common[NAME_MAX + 1];
    char first[KEPT][NAME_MAX + 1]; /* (min(n, KEPT)) rising */
};

static bool
fits(const char *name, const char *part)
{
    return strncmp(name, part, strlen(part)) == 0 &&
           (name[0] != '.' || part[0] == '.') && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0 && text_is_utf8(name, strlen(name));
}

/* Keep a name among the first ones. */
static void
keep(struct found *f, const char *name)
{
    size_t n = f->n < KEPT ? f->n : KEPT, at = n;

    while (at > 0 && strcmp(name, f->first[at - 1]) < 0)
        at--;
    if (at == KEPT)
        return;
    memmove(f->first[at + 1], f->first[at],
            ((n < KEPT ? n : KEPT - 1) - at) * sizeof(f->first[0]));
    snprintf(f->first[at], sizeof(f->first[at]), "%s", name);
}

static void
take(struct found *f, const char *name)
{
    size_t same = 0;

    keep(f, name);
    if (f->n++ == 0) {
        snprintf(f->common, sizeof(f->common), "%s", name);
        return;
    }
    while (name[same] != '\0' && name[same] == f->common[same])
        same++;
    f->common[text_head(f->common, same)] = '\0';
}

static void
look(struct found *f, const char *folder, const char *part)
{
    DIR *dir = opendir(folder);
    struct dirent *one;

    if (dir == NULL)
        return;
    while ((one = readdir(dir)) != NULL)
        if (fits(one->d_name, part))
            take(f, one->d_name);
    closedir(dir);
}

static void
list_names(const struct found *f, char out[PATHCOMPLETE_NAMES])
{
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < f->n; i++) {
        size_t n = i < KEPT ? strlen(f->first[i]) : PATHCOMPLETE_NAMES;

        if (at + n + 6 > PATHCOMPLETE_NAMES) { /* no room for it and what follows */
            snprintf(out + at, PATHCOMPLETE_NAMES - at, "…");
            return;
        }
        at += (size_t)snprintf(out + at, PATHCOMPLETE_NAMES - at, "%s%s", f->first[i],
                               i + 1 < f->n ? "  " : "");
    }
}

void
pathcomplete(char *path, size_t cap, struct pathcomplete *ret)
{
    char *slash = strrchr(path, '/'), *part = slash != NULL ? slash + 1 : path;
    char folder[PATH_MAX], home[PATH_MAX];
    struct found f = { .n = 0 };
    struct stat st;
    size_t room = cap - (size_t)(part - path);

    *ret = (struct pathcomplete){ .n = 0 };
    if (snprintf(folder, sizeof(folder), "%.*s", (int)(part - path), path) >= PATH_MAX)
        return;
    look(&f, folder[0] != '\0' ? path_typed(folder, home) : ".", part);
    ret->n = f.n;
    list_names(&f, ret->names);
    if (f.n == 0 || strlen(f.common) + 2 > room)
        return;
    snprintf(part, room, "%s", f.common);
    if (f.n == 1 && stat(path_typed(path, home), &st) == 0 && S_ISDIR(st.st_mode))
        snprintf(part, room, "%s/", f.common);
}

void
pathcomplete_field(struct field *f, size_t from, struct wish *wish)
{
    struct pathcomplete c;
    char text[FIELD_MAX];

    snprintf(text, sizeof(text), "%s", f->text);
    pathcomplete(text + from, sizeof(text) - from, &c);
    if (c.n == 0)
        wish_say(wish, "no file here begins so");
    if (c.n > 1)
        wish_say(wish, "%s", c.names);
    field_open(f, text);
}
