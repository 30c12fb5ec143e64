/* userpage.c - one user of a run; see userpage.h. */
#include "config.h"

#include "ui/cli/userpage.h"

#include "src/base/mem.h"
#include "ui/cli/userpage_impl.h"

size_t
userpage_likes(struct value *names, struct users_liking *likes, const struct reading *r,
               uint32_t user)
{
    size_t n = users_likings(likes, r->catalog, r->ratings, user), liked = 0;

    while (liked < n && likes[liked].above >= USERS_LIKE) {
        names[liked] = value_text(strtab_get(&r->catalog->genre, likes[liked].genre));
        liked++;
    }
    return liked;
}

/* ---- held-out ratings ------------------------------------------------------------ */

static const struct column error_columns[] = {
    { .key = "user" },
    { .key = "held_out" },
    { .key = "rmse" },
    { .key = "rmse_all_users" },
};

static const struct column film_columns[] = {
    { .key = "item" },
    { .key = "title", .head = "title", .form = FORM_TEXT, .flex = 1 },
    { .key = "rating", .head = "given", .form = FORM_REAL, .digits = 1 },
    { .key = "predicted", .head = "predicted", .form = FORM_REAL, .digits = 2 },
    { .key = "error", .head = "off by", .form = FORM_SIGNED, .digits = 2 },
};

static void
print_films(struct output *o, const struct catalog *c,
            const struct users_held_out *list, size_t n)
{
    output_table_begin(o, "films", film_columns, 5);
    for (size_t i = 0; i < n && !output_failed(o); i++)
        output_row(o, (const struct value[]){
                          value_film_id(c, list[i].row),
                          value_text(strtab_get(&c->title, list[i].row)),
                          value_f32((float)list[i].given),
                          value_f32((float)list[i].predicted),
                          value_f32((float)(list[i].predicted - list[i].given)),
                      });
    output_table_end(o);
}

enum err_code
userpage_held_out(struct cli *cli, const struct reading *r, uint32_t user,
                  struct err *err)
{
    const struct catalog *c = r->catalog;
    const size_t n_ratings = (size_t)users_n_ratings(r->ratings, user);
    struct users_held_out *list = mem_new(n_ratings, sizeof(*list));
    size_t n, n_all = 0, n_own = 0;
    double own, all;
    char id[24];

    if (list == NULL)
        return err_nomem(err, n_ratings * sizeof(*list), "the ratings of a user");
    n = users_held_out(list, r->model, r->ratings, user);
    own = users_rmse(r->model, r->ratings, user, user, &n_own);
    all = users_rmse(r->model, r->ratings, 1, r->model->n_users, &n_all);
    if (n_all == 0) {
        mem_free(list);
        return err_set(err, ERR_STATE,
                       "%s held no ratings out (--valid 0, or bare weights)", r->name);
    }
    output_object_begin(cli->out, NULL);
    output_fields(cli->out, error_columns, 4,
                  (const struct value[]){ value_id(&c->user, user),
                                          value_int((int64_t)n), value_real(own),
                                          value_real(all) });
    output_say(cli->out, "User %s: %zu of %zu ratings %s held out.",
               idcol_text(&c->user, user, id), n, n_ratings, n == 1 ? "was" : "were");
    output_gap(cli->out);
    print_films(cli->out, c, list, n);
    if (n > 0) {
        output_gap(cli->out);
        output_say(cli->out, "RMSE %.3f; of all users' held-out ratings %.3f.", own,
                   all);
    }
    output_object_end(cli->out);
    mem_free(list);
    return ERR_OK;
}

/* ---- the card: what is on it ----------------------------------------------------- */

static void
page_done(struct userpage *p)
{
    mem_free(p->likes);
    directions_done(&p->d);
    centre_done(&p->about);
}

static void
find_numbers(struct userpage *p)
{
    const struct ratings *r = p->r->ratings;
    const float *bu = p->r->model->bu;
    const struct summary_part own = { r->start[p->user], r->start[p->user + 1], 0 };

    p->n_likes = users_likings(p->likes, p->r->catalog, r, p->user);
    p->n_bars = summary_histogram_of(r, &own, p->own, USERPAGE_BARS);
    summary_histogram(r, p->all, USERPAGE_BARS);
    for (uint32_t u = 1; u <= r->n_users; u++)
        p->rank += u == p->user || bu[u] > bu[p->user] ||
                   (bu[u] == bu[p->user] && u < p->user);
    p->rmse = users_rmse(p->r->model, r, p->user, p->user, &p->n_held_out);
}

static enum err_code
page_make(struct userpage *p, struct err *err)
{
    const struct reading *r = p->r;
    enum err_code rc;

    p->likes = mem_new(r->catalog->genre.n, sizeof(*p->likes));
    if (p->likes == NULL)
        return err_nomem(err, r->catalog->genre.n * sizeof(*p->likes), "a user's card");
    rc = usercard_make(&p->card, r->catalog, r->ratings, p->user, err);
    if (rc == ERR_OK)
        rc = centre_init(&p->about, r->model, r->catalog, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&p->d, r->model, r->catalog, &p->about, DIRECTIONS_PCA,
                             err);
    if (rc == ERR_OK)
        find_numbers(p);
    return rc;
}

/* ---- the card in JSON and CSV ---------------------------------------------------- */

static const struct column fields[] = {
    { .key = "user" },  { .key = "ratings" },  { .key = "mean" },
    { .key = "bias" },  { .key = "likes" },    { .key = "rank_by_bias" },
    { .key = "users" }, { .key = "held_out" }, { .key = "rmse" },
};
static const struct column genre_columns[] = {
    { .key = "name" }, { .key = "ratings" }, { .key = "mean" }, { .key = "above" }
};
static const struct column bar_columns[] = { { .key = "rating" }, { .key = "count" } };
static const struct column factor_columns[] = { { .key = "name" },
                                                { .key = "value" },
                                                { .key = "component" } };
static const struct column favourite_columns[] = { { .key = "item" },
                                                   { .key = "title" } };

static enum err_code
print_fields(struct output *o, const struct userpage *p, struct err *err)
{
    const struct catalog *c = p->r->catalog;
    struct value *names = mem_new(c->genre.n, sizeof(*names));
    size_t n;

    if (names == NULL)
        return err_nomem(err, c->genre.n * sizeof(*names), "what a user likes");
    n = userpage_likes(names, p->likes, p->r, p->user);
    output_fields(o, fields, sizeof(fields) / sizeof(fields[0]),
                  (const struct value[]){
                      value_id(&c->user, p->user),
                      value_int((int64_t)p->card.n_ratings),
                      value_f32((float)p->card.mean),
                      value_f32(p->r->model->bu[p->user]),
                      value_list(names, n),
                      value_int(p->rank),
                      value_int(c->n_users),
                      value_int((int64_t)p->n_held_out),
                      value_real(p->rmse),
                  });
    mem_free(names);
    return ERR_OK;
}

static void
print_lists(struct output *o, const struct userpage *p)
{
    const struct catalog *c = p->r->catalog;

    output_table_begin(o, "genres", genre_columns, 4);
    for (size_t i = 0; i < p->n_likes; i++)
        output_row(o, (const struct value[]){
                          value_text(strtab_get(&c->genre, p->likes[i].genre)),
                          value_int(p->likes[i].n), value_f32((float)p->likes[i].mean),
                          value_f32((float)p->likes[i].above) });
    output_table_end(o);
    output_table_begin(o, "histogram", bar_columns, 2);
    for (size_t i = 0; i < p->n_bars; i++)
        output_row(o, (const struct value[]){ value_f32((float)p->own[i].rating),
                                              value_int((int64_t)p->own[i].count) });
    output_table_end(o);
    output_table_begin(o, "factors", factor_columns, 3);
    for (unsigned i = 0; i < p->d.k; i++)
        if (userpage_is_named(p, i))
            output_row(o, (const struct value[]){ value_text(directions_name(&p->d, i)),
                                                  value_f32((float)directions_taste(
                                                      &p->d, p->r->model, p->user, i)),
                                                  value_int(i + 1) });
    output_table_end(o);
    output_table_begin(o, "favourites", favourite_columns, 2);
    for (size_t i = 0; i < p->card.n_favourites; i++) {
        const uint32_t row = p->card.favourite[i];

        output_row(o, (const struct value[]){ value_film_id(c, row),
                                              value_text(strtab_get(&c->title, row)) });
    }
    output_table_end(o);
}

/* ---- the card ------------------------------------------------------------------- */

enum err_code
userpage_card(struct cli *cli, const struct reading *r, uint32_t user, struct err *err)
{
    struct userpage p = { .r = r, .user = user };
    enum err_code rc = page_make(&p, err);

    if (rc == ERR_OK && output_form(cli->out) == OUTPUT_TEXT) {
        rc = userpage_print_text(cli->out, &p, err);
    } else if (rc == ERR_OK) {
        output_object_begin(cli->out, NULL);
        rc = print_fields(cli->out, &p, err);
        print_lists(cli->out, &p);
        output_object_end(cli->out);
    }
    page_done(&p);
    return rc;
}
