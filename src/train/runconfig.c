/* runconfig.c - settings, data and runs; see runconfig.h. */
#include "config.h"

#include "src/train/runconfig.h"

#include <string.h>

struct dataset_options
runconfig_reading(const struct train_config *c)
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

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
runconfig_reads_alike(const struct train_config *a, const struct train_config *b)
{
    return a->item == b->item && a->valid_part == b->valid_part && a->seed == b->seed &&
           same_text(a->split_file, b->split_file) && a->y_lo == b->y_lo &&
           a->y_hi == b->y_hi;
}

static bool
is_word(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

struct train_config
runconfig_of(const struct run_info *info)
{
    struct train_config c = train_config_defaults();

    c.factors = info->factors;
    if (info->epochs == 0) /* a model file alone */
        return c;
    c.epochs = info->epochs;
    c.lr = info->lr;
    c.wd = info->wd;
    c.batch = info->batch;
    c.y_lo = info->y_lo;
    c.y_hi = info->y_hi;
    c.seed = info->seed;
    c.patience = info->patience;
    c.valid_part = info->valid_part;
    c.item = is_word(info->item, "id") ? DATASET_ITEM_ID : DATASET_ITEM_TITLE;
    c.sampling = is_word(info->sampling, "bootstrap") ? SAMPLING_BOOTSTRAP
                                                      : SAMPLING_PERMUTATION;
    return c;
}
