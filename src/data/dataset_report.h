/*
 * dataset_report.h - what was found in the files of a data set, and whether that is
 * enough to go on with; a module of dataset.h.
 */
#ifndef MLT_DATA_DATASET_REPORT_H
#define MLT_DATA_DATASET_REPORT_H

#include "src/base/err.h"
#include "src/data/dataset.h"
#include "src/data/intake.h"
#include "src/data/links.h"
#include "src/data/movies.h"
#include "src/data/tags.h"

/* What was read of each file; borrowed, the last three NULL where there is none. */
struct dataset_parts {
    const struct intake *ratings;
    const struct movies *movies;
    const struct tags *tags;
    const struct links *links;
};

/* Fill the counts, the times and the rejects of d, whose paths are set. ERR_NOMEM. */
ERR_MUST_CHECK enum err_code
dataset_report(struct dataset *d, const struct dataset_parts *p, struct err *err);

/* ERR_DATA: too many rejects (dataset_check_rejects), or not one rating. */
ERR_MUST_CHECK enum err_code dataset_check_content(const struct dataset *d,
                                                   const struct intake *ratings,
                                                   long max_rejects, struct err *err);

#endif
