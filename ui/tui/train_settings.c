/* train_settings.c - the settings of a run as rows of a form. */
#include "config.h"

#include "ui/tui/train_settings.h"

#include "src/device/device.h"
#include "src/train/plan.h"
#include "ui/cli/training.h"

#include <math.h>

#define DEVICES_MAX 16

static const char *devices[DEVICES_MAX + 2];
static const char *const item_words[] = { "title", "id", NULL };

static const struct option rows[] = {
    { .name = "factors",
      OPTION_UNSIGNED(struct train_config, factors),
      .lo = 1,
      .hi = MODEL_MAX_FACTORS,
      .help = "numbers that describe a film and a user; more can say more and overfit "
              "sooner" },
    { .name = "epochs",
      OPTION_UNSIGNED(struct train_config, epochs),
      .lo = 1,
      .hi = TRAIN_MAX_EPOCHS,
      .help = "passes over the ratings" },
    { .name = "rate",
      OPTION_DOUBLE(struct train_config, lr),
      .lo = 0,
      .hi = 100,
      .above_lo = true,
      .word = "auto",
      .help = "the one-cycle's highest learning rate; auto: the finder's valley" },
    { .name = "decay",
      OPTION_DOUBLE(struct train_config, wd),
      .lo = 0,
      .hi = 100,
      .help = "weight decay: pulls all weights to zero against overfitting" },
    { .name = "batch",
      OPTION_U64(struct train_config, batch),
      .lo = 1,
      .hi = 65536,
      .word = "auto",
      .help = "ratings of one step; auto: by how many there are" },
    { .name = "valid",
      OPTION_DOUBLE(struct train_config, valid_part),
      .lo = 0,
      .hi = 1,
      .below_hi = true,
      .help = "part of the ratings held out to validate with; 0: none" },
    { .name = "lowest",
      OPTION_DOUBLE(struct train_config, y_lo),
      .lo = -INFINITY,
      .hi = INFINITY,
      .help = "predictions lie above this: a little below the fewest stars" },
    { .name = "highest",
      OPTION_DOUBLE(struct train_config, y_hi),
      .lo = -INFINITY,
      .hi = INFINITY,
      .help = "predictions lie below this: a little above the most stars" },
    { .name = "patience",
      OPTION_UNSIGNED(struct train_config, patience),
      .lo = 0,
      .hi = TRAIN_MAX_EPOCHS,
      .help = "epochs without a better validation that end it early; 0: never" },
    { .name = "seed",
      OPTION_U64(struct train_config, seed),
      .help = "another one: another split, other first weights, another order" },
    { .name = "sampling",
      OPTION_CHOICE(struct train_config, sampling),
      .choices = training_sampling_words,
      .help = "permutation: each rating once an epoch; bootstrap: as fastai draws" },
    { .name = "films by",
      OPTION_CHOICE(struct train_config, item),
      .choices = item_words,
      .help = "title: ids of one title are one film, as in the recipe" },
    { .name = "device",
      OPTION_TEXT(struct train_config, device),
      .choices = devices,
      .help = "where to train; auto: the fastest here" },
    { .name = "threads",
      OPTION_UNSIGNED(struct train_config, threads),
      .lo = 1,
      .hi = TRAIN_MAX_THREADS,
      .word = "auto",
      .help = "the result is the same for any number of them" },
};

const struct option *
train_settings(void)
{
    size_t n = 0;

    if (devices[0] != NULL)
        return rows;
    devices[n++] = "auto";
    for (size_t i = 0; device_list[i] != NULL && n <= DEVICES_MAX; i++) {
        const char *why;

        if (device_list[i]->probe(&why))
            devices[n++] = device_list[i]->name;
    }
    return rows;
}

size_t
train_settings_count(void)
{
    return sizeof(rows) / sizeof(rows[0]);
}
