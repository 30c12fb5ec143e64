/*
 * loader.h - reads a data set or a run in a thread of its own, one at a time, so that
 * the screen never waits for a file. All functions are called from the screen's thread.
 */
#ifndef MLT_UI_TUI_LOADER_H
#define MLT_UI_TUI_LOADER_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/data/movielens.h"
#include "src/explore/audience.h"
#include "src/explore/titlesearch.h"
#include "src/train/runfolder.h"

#include <stdbool.h>

struct loader;

ERR_MUST_CHECK enum err_code loader_new(struct loader **ret, struct err *err);
/* Cancels what is being read, joins its thread; NULL is fine. */
void loader_free(struct loader *l);

/* Begin to read what `word` means: a run's folder or model file, data, or the name of
 * a run (copied). `opt` says how data are read; its strings are borrowed. ERR_STATE
 * while something is being read. */
ERR_MUST_CHECK enum err_code loader_open(struct loader *l, const char *word,
                                         const struct dataset_options *opt,
                                         struct err *err);

/* The same for an archive that is fetched first; the caller has seen to it that its
 * terms were agreed to. */
ERR_MUST_CHECK enum err_code loader_fetch(struct loader *l, const struct movielens *m,
                                          const struct dataset_options *opt,
                                          struct err *err);

/* What it is at: "reading", "fetching", … */
const char *loader_phase(const struct loader *l);

/* Is something being read? Then *ret_part is how much of it (NaN: unknown). */
bool loader_busy(const struct loader *l, double *ret_part);

/* What was read: one of data and run, with what was counted of its ratings (NULL: it
 * has none), owned by the taker; or neither, and err. */
struct loaded {
    struct dataset *data;
    struct run *run;
    struct audience *audience;  /* of the ratings of either, or NULL */
    struct titlesearch *titles; /* of the catalog of either, or NULL */
    struct err err;
};

/* Readable when something has been read. */
int loader_fd(const struct loader *l);

/* Take it: false when there is nothing new. */
bool loader_take(struct loader *l, struct loaded *ret);

/* End the reading; what was read is dropped. Waits for the thread, which looks every
 * few milliseconds. */
void loader_cancel(struct loader *l);

#endif
