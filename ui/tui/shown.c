/* shown.c - the model that the panels show; see shown.h. */
#include "config.h"

#include "ui/tui/shown.h"

#include "src/base/mem.h"
#include "src/model/modelfile_check.h"

/* A fit whose loss ran away may keep weights that no question can be asked of. */
static enum err_code
check_numbers(const struct model *m, struct err *err)
{
    if (modelfile_check_weights(m, "the model", NULL) == ERR_OK)
        return ERR_OK;
    return err_set(err, ERR_NUMERIC,
                   "the model's weights are no numbers: its loss ran away; train with "
                   "a lower rate");
}

enum err_code
shown_new(struct shown **ret, const struct model *m, const struct catalog *c,
          const struct ratings *r, const struct audience *a, struct shared_model *hold,
          struct err *err)
{
    static uint64_t version; /* of one thread, the screen's */
    struct shown *s = mem_new(1, sizeof(*s));
    enum err_code rc;

    if (s == NULL) {
        shared_model_drop(hold);
        return err_nomem(err, sizeof(*s), "a model to show");
    }
    *s = (struct shown){ .version = ++version,
                         .model = m,
                         .catalog = c,
                         .ratings = r,
                         .audience = a,
                         .hold = hold };
    rc = check_numbers(m, err);
    if (rc == ERR_OK)
        rc = recommender_new(&s->recommender, m, c, r, err);
    if (rc == ERR_OK)
        rc = similar_index_new(&s->similar, m, err);
    if (rc == ERR_OK)
        rc = centre_init(&s->centre, m, c, CENTRE_FILMS, err);
    if (rc == ERR_OK)
        rc = directions_init(&s->directions, m, c, &s->centre, DIRECTIONS_PCA, err);
    if (rc != ERR_OK) {
        shown_free(s);
        return rc;
    }
    *ret = s;
    return ERR_OK;
}

void
shown_free(struct shown *s)
{
    if (s == NULL)
        return;
    recommender_free(s->recommender);
    similar_index_free(s->similar);
    directions_done(&s->directions);
    centre_done(&s->centre);
    shared_model_drop(s->hold);
    mem_free(s);
}
