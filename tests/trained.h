/* trained.h - a model that a session trained to the end. */
#ifndef MLT_TESTS_TRAINED_H
#define MLT_TESTS_TRAINED_H

#include "src/train/session.h"

#include <stddef.h>

/* Train on d; any failure ends the test. The first `max` epochs go into ret_epoch
 * (max), which may be NULL when max is 0; returns how many of them there were. *ret is
 * the model that was kept, to be given back by shared_model_drop. */
size_t trained_fit(struct shared_model **ret, struct epoch_record *ret_epoch,
                   size_t max, const struct dataset *d,
                   const struct train_config *config);

#endif
