/*
 * runformat.h - the keys of a run's files, each said once: for the writer, the reader
 * and the manual.
 */
#ifndef MLT_TRAIN_RUNFORMAT_H
#define MLT_TRAIN_RUNFORMAT_H

#include "src/base/jsonfields.h"

#include <stddef.h>

#define RUN_INFO_FILE    "run.json"
#define RUN_METRICS_FILE "metrics.jsonl"
#define RUN_MODEL_FILE   "model.safetensors"
#define RUN_RATINGS_FILE "ratings.safetensors"

/* run.json and the two kinds of line in metrics.jsonl. */
extern const struct jsonfield run_info_fields[];
extern const size_t run_info_n_fields;
extern const struct jsonfield run_step_fields[];
extern const size_t run_step_n_fields;
extern const struct jsonfield run_epoch_fields[];
extern const size_t run_epoch_n_fields;

#endif
