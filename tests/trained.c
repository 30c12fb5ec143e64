/* trained.c - a model that a session trained to the end; see trained.h. */
#include "config.h"

#include "tests/trained.h"

#include "tests/unit.h"

size_t
trained_fit(struct shared_model **ret, struct epoch_record *ret_epoch, size_t max,
            const struct dataset *d, const struct train_config *config)
{
    struct session *s = NULL;
    size_t n = 0;

    CU_ASSERT_EQUAL_FATAL(session_new(&s, d, config, NULL), ERR_OK);
    CU_ASSERT_EQUAL_FATAL(session_train(s, NULL, NULL), ERR_OK);
    CU_ASSERT(session_wait(s, -1));
    if (max > 0)
        n = session_epochs(s, 0, ret_epoch, max);
    *ret = session_model(s);
    session_free(s);
    return n;
}
