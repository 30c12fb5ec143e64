/* layout.c - columns of a ratings file; see layout.h. */
#include "config.h"

#include "src/data/layout.h"

#include "src/base/mem.h"
#include "src/base/text.h"
#include "src/data/source.h"

#include <stdio.h>
#include <string.h>

static const char *const keys[N_COLUMNS] = { "user", "item", "rating", "time" };

struct layout
layout_u_data(void)
{
    return (struct layout){ .dialect = { .delim = "\t" },
                            .at = { 0, 1, 2, 3 },
                            .n_fields = 4 };
}

struct layout
layout_dat(void)
{
    return (struct layout){ .dialect = { .delim = "::" },
                            .at = { 0, 1, 2, 3 },
                            .n_fields = 4 };
}

static enum err_code
bad_columns(const char *columns, struct err *err)
{
    return err_set(err, ERR_ARG,
                   "--columns \"%s\": expected user=NAME,item=NAME,rating=NAME and, "
                   "where there is one, time=NAME",
                   columns);
}

/* "key=name" into the table; the text is cut in place. */
static bool
set_name(struct header_names *names, char *word)
{
    char *equals = strchr(word, '=');

    if (equals == NULL || equals[1] == '\0')
        return false;
    *equals = '\0';
    for (int c = 0; c < N_COLUMNS; c++)
        if (strcmp(word, keys[c]) == 0 && names->name[c] == NULL) {
            names->name[c] = equals + 1;
            return true;
        }
    return false;
}

/* The names of the columns; *ret_spec is the text they point into, owned. */
static enum err_code
names_parse(struct header_names *ret, char **ret_spec, const char *columns,
            struct err *err)
{
    char *save = NULL;

    *ret =
        (struct header_names){ .name = { "userId", "movieId", "rating", "timestamp" },
                               .must = { true, true, true, false } };
    if (columns == NULL)
        return ERR_OK;
    memset(ret->name, 0, sizeof(ret->name));
    *ret_spec = mem_strdup(columns);
    if (*ret_spec == NULL)
        return err_nomem(err, strlen(columns), "names of columns");
    for (char *w = strtok_r(*ret_spec, ",", &save); w != NULL;
         w = strtok_r(NULL, ",", &save))
        if (!set_name(ret, w))
            return bad_columns(columns, err);
    for (int c = 0; c < COLUMN_TIME; c++)
        if (ret->name[c] == NULL)
            return bad_columns(columns, err);
    ret->must[COLUMN_TIME] = ret->name[COLUMN_TIME] != NULL;
    return ERR_OK;
}

/* Places of the names among the fields. */
static void
find_names(struct header *h, const struct header_names *names,
           const struct csv_field *field, size_t n)
{
    h->n_fields = (unsigned)n;
    h->missing = NULL;
    for (int c = 0; c < HEADER_NAMES; c++) {
        const char *name = names->name[c];

        h->at[c] = COLUMN_ABSENT;
        for (size_t i = 0; name != NULL && i < n; i++) {
            if (strcmp(field[i].s, name) != 0)
                continue;
            h->twice = h->at[c] != COLUMN_ABSENT;
            h->at[c] = (int)i;
            if (h->twice)
                h->missing = name;
        }
        if (h->at[c] == COLUMN_ABSENT && names->must[c])
            h->missing = name;
        if (h->missing != NULL)
            return;
    }
}

static enum err_code
try_delimiter(struct header *h, const struct header_names *names, const char *s,
              size_t len, struct err *err)
{
    struct csvread *csv = NULL;
    const struct csv_field *field;
    struct csv_fault fault;
    size_t n;
    enum err_code rc = csvread_new(&csv, &h->dialect, err);

    if (rc != ERR_OK)
        return rc;
    h->missing = names->name[0];
    rc = csvread_record(csv, s, source_record_end(s, len, h->dialect.delim[0], true),
                        &field, &n, &fault, err);
    if (rc == ERR_OK)
        find_names(h, names, field, n);
    csvread_free(csv);
    return rc == ERR_DATA ? ERR_OK : rc;
}

enum err_code
header_find(struct header *ret, const struct header_names *names, const char *s,
            size_t len, struct err *err)
{
    static const char delimiters[] = ",\t;|";
    struct header best = { .missing = names->name[0] };

    for (const char *d = delimiters; *d != '\0' && len > 0; d++) {
        struct header h = { .dialect = { .delim = { *d }, .quoted = true } };
        enum err_code rc = try_delimiter(&h, names, s, len, err);

        if (rc != ERR_OK)
            return rc;
        if (h.missing == NULL || h.n_fields > best.n_fields)
            best = h;
        if (h.missing == NULL)
            break;
    }
    *ret = best;
    return ERR_OK;
}

enum err_code
header_fault(const struct header *h, const char *s, size_t len, const char *file,
             const char *advice, struct err *err)
{
    char first[200], shown[200];

    if (len == 0)
        return err_set(err, ERR_DATA, "%s:1:1: the file is empty, expected a header",
                       file);
    snprintf(first, sizeof(first), "%.*s", (int)strcspn(s, "\r\n"), s);
    text_display(first, shown, sizeof(shown));
    return err_set(err, ERR_DATA, "%s:1:1: %s column \"%s\" in the header \"%s\"; %s",
                   file, h->twice ? "more than one" : "no", h->missing, shown, advice);
}

static enum err_code
find_layout(struct layout *ret, const struct header_names *names, const char *columns,
            const char *s, size_t len, const char *file, struct err *err)
{
    bool named = columns != NULL;
    struct header h;
    enum err_code rc = header_find(&h, names, s, len, err);

    if (rc != ERR_OK)
        return rc;
    if (h.missing != NULL)
        return header_fault(&h, s, len, file,
                            named ? "give --columns the names as the header has them"
                                  : "say where the columns are with --columns "
                                    "user=NAME,item=NAME,rating=NAME",
                            err);
    *ret = (struct layout){ .dialect = h.dialect,
                            .has_header = true,
                            .n_fields = h.n_fields,
                            .text_allowed = { named, named } };
    memcpy(ret->at, h.at, sizeof(ret->at));
    return ERR_OK;
}

enum err_code
layout_from_header(struct layout *ret, const char *columns, const char *s, size_t len,
                   const char *file, struct err *err)
{
    struct header_names names;
    char *spec = NULL;
    enum err_code rc = names_parse(&names, &spec, columns, err);

    if (rc == ERR_OK)
        rc = find_layout(ret, &names, columns, s, len, file, err);
    mem_free(spec);
    return rc;
}
