/* cmd_similar.c - `mltui similar`: the films that the model finds most alike. */
#include "config.h"

#include "src/base/mem.h"
#include "src/explore/filmfind.h"
#include "ui/cli/command.h"
#include "ui/cli/near.h"
#include "ui/cli/reading.h"

static const struct option options[] = {
    NEAR_OPTIONS("0"),
    { 0 },
};

static const struct column columns[] = {
    { .key = "rank", .head = "#", .form = FORM_INT },
    READING_FILM_COLUMNS,
    { .key = "similarity", .head = "similarity", .form = FORM_REAL, .digits = 3 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static enum err_code
similar_print(struct cli *cli, const struct near *s, const struct reading *r,
              struct err *err)
{
    struct similar *list = NULL;
    uint32_t row = 0;
    size_t n = 0;
    enum err_code rc = filmfind(&row, r->catalog, cli->operands[1], err);

    if (rc == ERR_OK)
        rc = near_films(&list, &n, cli, s, r, row, err);
    if (rc != ERR_OK)
        return rc;
    output_say(cli->out, "Films that divide people as %s does.",
               strtab_get(&r->catalog->title, row));
    output_gap(cli->out);
    output_table_begin(cli->out, NULL, columns, N_COLUMNS);
    for (size_t i = 0; i < n && !output_failed(cli->out); i++) {
        struct value v[N_COLUMNS] = { value_int((int64_t)i + 1) };

        reading_film(r, list[i].row, v + 1);
        v[N_COLUMNS - 1] = value_f32((float)list[i].cosine);
        output_row(cli->out, v);
    }
    output_table_end(cli->out);
    if (n == 0)
        output_say(cli->out, "No film passes; try it with fewer conditions.");
    mem_free(list);
    return ERR_OK;
}

static enum err_code
similar_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct near *s = settings;
    struct reading r = { 0 };
    enum err_code rc = reading_open_filtered(&r, cli, s->data, READING_WITHOUT_RATINGS,
                                             s->filter, err);

    if (rc == ERR_OK)
        rc = similar_print(cli, s, &r, err);
    reading_close(&r);
    return rc;
}

const struct command cmd_similar = {
    .name = "similar",
    .operands = "RUN MOVIE",
    .min_operands = 2,
    .max_operands = 2,
    .summary = "list the films most like one, by the model's factors",
    .about =
        "Similarity is the cosine of two films' factors: 1 where the same people like "
        "both more than others do, 0 where the one says nothing about the other, -1 "
        "where those who like the one dislike the other. How good a film is plays no "
        "part, nor do genres or titles: only who rated what. Every film is "
        "compared.\n\n"
        "MOVIE is an id of the data, a title, or a part of one title in upper or lower "
        "case; id:ID and title:TEXT force one of them. Where several films fit, they "
        "are listed. Films with few ratings have factors that mean little; "
        "--min-ratings leaves them out.",
    .examples =
        (const struct example[]){
            { "mltui similar latest 'toy story (1995)'", "ten films like it" },
            { "mltui similar latest id:1 -m 100 -f 'year<1980'",
              "older films that are well known" },
            { 0 } },
    .groups = GROUP_OUTPUT | GROUP_LIMIT_10 | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct near),
    .run = similar_run,
};
