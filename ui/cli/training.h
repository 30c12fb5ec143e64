/*
 * training.h - what `train` and `lr-find` share: options, reading the data, following a
 * session until it ends.
 */
#ifndef MLT_UI_CLI_TRAINING_H
#define MLT_UI_CLI_TRAINING_H

#include "src/data/dataset.h"
#include "src/train/session.h"
#include "ui/cli/command.h"

#include <stdint.h>

struct training_options {
    unsigned factors;
    uint64_t batch; /* 0: auto */
    double valid;
    struct option_pair y_range;
    const char *split; /* or NULL */
    enum sampling sampling;
    const char *device;
};

extern const char *const training_sampling_words[];

/* Rows of an option table whose settings are struct s with a struct training_options
 * named `field`. */
#define TRAINING_OPTIONS(s, field)                                                     \
    { .name = "factors",                                                               \
      .letter = 'k',                                                                   \
      OPTION_UNSIGNED(s, field.factors),                                               \
      .arg = "N",                                                                      \
      .def = "100",                                                                    \
      .lo = 1,                                                                         \
      .hi = 1024,                                                                      \
      .help = "factors of a user and of a film" },                                     \
        { .name = "batch",                                                             \
          .letter = 'b',                                                               \
          OPTION_U64(s, field.batch),                                                  \
          .arg = "N",                                                                  \
          .def = "auto",                                                               \
          .lo = 1,                                                                     \
          .hi = 65536,                                                                 \
          .word = "auto",                                                              \
          .word_value = 0,                                                             \
          .help = "ratings of a batch; auto: by their number, 64 to 4096" },           \
        { .name = "valid",                                                             \
          OPTION_DOUBLE(s, field.valid),                                               \
          .arg = "PART",                                                               \
          .def = "0.1",                                                                \
          .lo = 0,                                                                     \
          .hi = 1,                                                                     \
          .below_hi = true,                                                            \
          .help = "part of the ratings held out for validation; 0: none" },            \
        { .name = "split",                                                             \
          OPTION_TEXT(s, field.split),                                                 \
          .arg = "FILE",                                                               \
          .help = "what is held out: a line of 0 or 1 a rating, or user,item,valid" }, \
        { .name = "y-range",                                                           \
          OPTION_PAIR(s, field.y_range),                                               \
          .arg = "LO,HI",                                                              \
          .def = "0.5,5.5",                                                            \
          .help = "predictions lie between these" },                                   \
        { .name = "sampling",                                                          \
          OPTION_CHOICE(s, field.sampling),                                            \
          .arg = "HOW",                                                                \
          .def = "permutation",                                                        \
          .choices = training_sampling_words,                                          \
          .help = "permutation: every rating once an epoch; bootstrap: drawn with "    \
                  "replacement" },                                                     \
    {                                                                                  \
        .name = "device", OPTION_TEXT(s, field.device), .arg = "DEVICE",               \
        .def = "auto", .help = "where to train; 'mltui devices' lists them"            \
    }

/* Groups of shared options that go with them. */
#define TRAINING_GROUPS \
    (GROUP_DATA | GROUP_SEED | GROUP_THREADS | GROUP_OUTPUT | GROUP_PROGRESS)

/* Read the data that `word` means, with progress, and warn of what is odd. From here on
 * signals are caught (signals.h): ERR_STATE when one came. */
ERR_MUST_CHECK enum err_code training_load(struct dataset **ret, struct cli *cli,
                                           const struct training_options *o,
                                           const char *word, struct err *err);

/* The engine's settings for these options; epochs, rate, decay and patience are the
 * defaults. */
struct train_config training_config(const struct cli *cli,
                                    const struct training_options *o);

/* Warn, and return true, where batches are so small that what the range test finds is
 * mostly noise. */
bool training_warn_of_finder(struct cli *cli, const struct session *s);

/*
 * Show `heard` every snapshot until the worker has nothing to do; *ret is the last.
 * SIGINT and SIGTERM (signals.h, catching) stop the work after its batch.
 */
void training_follow(struct cli *cli, struct session *s, struct snapshot *ret,
                     void (*heard)(void *arg, const struct snapshot *now), void *arg);

#endif
