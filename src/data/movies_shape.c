/* movies_shape.c - where the fields of a movies file are; see movies_shape.h. */
#include "config.h"

#include "src/data/movies_shape.h"

const char *const movies_flag[MOVIES_FLAGS] = {
    "unknown",   "Action",   "Adventure",   "Animation", "Children's",
    "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
    "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
    "Sci-Fi",    "Thriller", "War",         "Western"
};

/* id, title, two dates, an address, the flags */
static const struct movies_shape u_item = { .dialect.delim = "|",
                                            .at = { 0, 1, COLUMN_ABSENT },
                                            .first_flag = 5,
                                            .n_fields = 5 + MOVIES_FLAGS };

/* movies.dat */
static const struct movies_shape dat = {
    .dialect.delim = "::", .at = { 0, 1, 2 }, .first_flag = COLUMN_ABSENT, .n_fields = 3
};

static enum err_code
shape_from_header(struct movies_shape *ret, const char *s, size_t len, const char *file,
                  struct err *err)
{
    static const struct header_names names = { .name = { "movieId", "title", "genres" },
                                               .must = { true, true, false } };
    struct header h;
    enum err_code rc = header_find(&h, &names, s, len, err);

    if (rc != ERR_OK)
        return rc;
    if (h.missing != NULL)
        return header_fault(&h, s, len, file,
                            "expected movieId,title,genres; without the file titles "
                            "are ids",
                            err);
    *ret = (struct movies_shape){ .dialect = h.dialect,
                                  .has_header = true,
                                  .at = { h.at[0], h.at[1], h.at[2] },
                                  .first_flag = COLUMN_ABSENT,
                                  .n_fields = h.n_fields };
    return ERR_OK;
}

enum err_code
movies_shape_find(struct movies_shape *ret, struct source *src,
                  enum movies_format format, struct block *b, struct err *err)
{
    enum err_code rc;

    if (format != MOVIES_CSV) {
        *ret = format == MOVIES_U_ITEM ? u_item : dat;
        return ERR_OK;
    }
    rc = source_next(src, b, err);
    if (rc == ERR_OK)
        rc = shape_from_header(ret, b->text, b->len, source_name(src), err);
    source_rewind(src);
    if (rc == ERR_OK)
        source_set_quotes(src, dialect_quote_delim(&ret->dialect));
    return rc;
}
