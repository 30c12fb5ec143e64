/* ownratings_form.c - how a file of own ratings is written; see ownratings_form.h. */
#include "config.h"

#include "src/data/ownratings_form.h"

#include "src/base/text.h"
#include "src/data/layout.h"

#include <string.h>

/* Headers that are known: the first whose columns are all there. */
static const struct known {
    const char *form;
    const char *column[OWN_COLUMNS]; /* by enum ownratings_column */
    bool title_only, may_lack;
    double lo, hi;
} known[] = {
    { "an IMDb export",
      { "Your Rating", "Title", "Year", "Const" },
      true,
      true,
      1,
      10 },
    { "an IMDb export", { "You rated", "Title", "Year", "const" }, true, true, 1, 10 },
    { "a Letterboxd export", { "Rating", "Name", "Year", NULL }, true, true, .5, 5 },
    { "ratings by title", { "rating", "title", NULL, NULL }, false, false, 0, 0 },
    { "ratings by title", { "Rating", "Title", NULL, NULL }, false, false, 0, 0 },
    { "ratings by id", { "rating", "movieId", NULL, NULL }, false, false, 0, 0 },
    { "ratings by id", { "rating", "id", NULL, NULL }, false, false, 0, 0 },
    { "ratings by title or id",
      { "rating", "title-or-id", NULL, NULL },
      false,
      false,
      0,
      0 },
    { "ratings by film", { "rating", "film", NULL, NULL }, false, false, 0, 0 },
    { "ratings by film", { "rating", "movie", NULL, NULL }, false, false, 0, 0 },
};

static enum err_code
try_known(struct ownratings_form *ret, bool *ret_found, const struct known *k,
          const char *s, size_t len, struct err *err)
{
    struct header_names names = { { NULL }, { false } };
    struct header h;
    enum err_code rc;

    for (int c = 0; c < OWN_COLUMNS; c++) {
        names.name[c] = k->column[c];
        names.must[c] = k->column[c] != NULL;
    }
    rc = header_find(&h, &names, s, len, err);
    if (rc != ERR_OK || h.missing != NULL)
        return rc;
    *ret_found = true;
    *ret = (struct ownratings_form){ .name = k->form,
                                     .dialect = h.dialect,
                                     .has_header = true,
                                     .title_only = k->title_only,
                                     .user = COLUMN_ABSENT,
                                     .may_lack = k->may_lack,
                                     .n_fields = h.n_fields,
                                     .lo = k->lo,
                                     .hi = k->hi };
    for (int c = 0; c < OWN_COLUMNS; c++)
        ret->at[c] = k->column[c] != NULL ? h.at[c] : COLUMN_ABSENT;
    return ERR_OK;
}

/* The column that says whose rating it is, if there is one. */
static enum err_code
find_user(struct ownratings_form *f, const char *s, size_t len, struct err *err)
{
    static const char *const names[] = { "userId", "user_id", "user", "UserID" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct header_names one = { { names[i] }, { true } };
        struct header h;
        enum err_code rc = header_find(&h, &one, s, len, err);

        if (rc != ERR_OK)
            return rc;
        if (h.missing == NULL && h.n_fields == f->n_fields) {
            f->user = h.at[0];
            break;
        }
    }
    return ERR_OK;
}

/* Does a number stand behind the last delimiter of the first of the lines? */
static bool
number_follows(const char *s, size_t len, char delim)
{
    const char *end = memchr(s, '\n', len);
    size_t n = end != NULL ? (size_t)(end - s) : len;
    const char *at;
    char word[32];
    double x;

    n -= n > 0 && s[n - 1] == '\r';
    at = memrchr(s, delim, n);
    if (at == NULL || (size_t)(s + n - at) > sizeof(word))
        return false;
    memcpy(word, at + 1, (size_t)(s + n - at) - 1);
    word[s + n - at - 1] = '\0';
    return text_double(word, &x);
}

enum err_code
ownratings_form_find(struct ownratings_form *ret, const char *s, size_t len,
                     struct err *err)
{
    static const char delims[] = ",;\t";
    bool found = false;
    enum err_code rc = ERR_OK;

    for (size_t k = 0; k < sizeof(known) / sizeof(known[0]) && !found; k++) {
        rc = try_known(ret, &found, &known[k], s, len, err);
        if (rc != ERR_OK)
            return rc;
    }
    if (found)
        return ret->title_only ? ERR_OK : find_user(ret, s, len, err);
    *ret = (struct ownratings_form){ .name = "lines of film,rating",
                                     .dialect = { .delim = ",", .quoted = true },
                                     .at = { COLUMN_ABSENT, COLUMN_ABSENT,
                                             COLUMN_ABSENT, COLUMN_ABSENT },
                                     .user = COLUMN_ABSENT };
    for (const char *d = delims; *d != '\0'; d++)
        if (number_follows(s, len, *d)) {
            ret->dialect.delim[0] = *d;
            break;
        }
    return ERR_OK;
}
