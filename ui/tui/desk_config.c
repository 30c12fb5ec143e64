/* desk_config.c - settings and data; see desk_config.h. */
#include "config.h"

#include "ui/tui/desk_config.h"

#include <string.h>

bool
desk_config_data_fit(const struct train_config *a, const struct train_config *b)
{
    return a->item == b->item && a->valid_part == b->valid_part && a->seed == b->seed &&
           a->split_file == b->split_file && a->y_lo == b->y_lo && a->y_hi == b->y_hi;
}

struct dataset_options
desk_config_options(const struct train_config *c)
{
    struct dataset_options o = dataset_defaults();

    o.item = c->item;
    o.valid_part = c->valid_part;
    o.seed = c->seed;
    o.split_file = c->split_file;
    o.y_lo = c->y_lo;
    o.y_hi = c->y_hi;
    return o;
}

struct train_config
desk_config_of(const struct run_info *info)
{
    struct train_config c = train_config_defaults();

    c.factors = info->factors;
    c.epochs = info->epochs;
    c.lr = info->lr;
    c.wd = info->wd;
    c.batch = info->batch;
    c.y_lo = info->y_lo;
    c.y_hi = info->y_hi;
    c.seed = info->seed;
    c.patience = info->patience;
    c.valid_part = info->valid_part;
    c.item = info->item != NULL && strcmp(info->item, "id") == 0 ? DATASET_ITEM_ID
                                                                 : DATASET_ITEM_TITLE;
    c.sampling = info->sampling != NULL && strcmp(info->sampling, "bootstrap") == 0
                     ? SAMPLING_BOOTSTRAP
                     : SAMPLING_PERMUTATION;
    return c;
}
