/*
 * fit.h - the training loop: epochs of batches on a device, a validation after each,
 * the best weights kept.
 *
 * Runs in the calling thread and returns when the fit has ended. What happens is told
 * to a watch, which also says, between calls into the device, whether to go on.
 * Letters: N batches in the whole fit.
 */
#ifndef MLT_TRAIN_FIT_H
#define MLT_TRAIN_FIT_H

#include "src/base/err.h"
#include "src/data/sampler.h"
#include "src/device/device.h"
#include "src/train/record.h"
#include "src/train/recorder.h"
#include "src/train/shared.h"

#include <stdbool.h>
#include <stddef.h>

struct fit_setup {
    struct device *device;   /* just opened; borrowed */
    struct sampler *sampler; /* the device's; borrowed */
    unsigned epochs;         /* >= 1 */
    double lr;               /* peak of the one-cycle over all epochs */
    unsigned patience;       /* epochs without improvement; 0: never stop early */
    bool validate;           /* are there held-out ratings? */
};

enum fit_wish {
    FIT_GO_ON,
    FIT_STOP,   /* validate once, keep the better of best and current, end */
    FIT_ABANDON /* end at once */
};

/* Batches that one call into the device has run. */
struct fit_stepped {
    unsigned epoch;           /* from 1 */
    size_t step;              /* batches done in the whole fit */
    const struct step *steps; /* (n) the last of them */
    size_t n;
    double seconds; /* that it took; an epoch's first call includes its shuffle */
};

/* Who looks on. Everything is called from the fit's thread; an error ends the fit. */
struct fit_watch {
    void *arg;
    /* Asked after every call into the device and every validation. May block: that is
     * a pause, whose time counts nowhere. */
    enum fit_wish (*wish)(void *arg);
    void (*stepped)(void *arg, const struct fit_stepped *s);
    /* optional: does somebody want to look at the weights as they are in mid-epoch?
     * Asked after every call into the device; then `seen` gets them, settled, and takes
     * them over. That costs a settling and a model's memory, and changes no number; for
     * want of memory it is left out. */
    bool (*looks)(void *arg);
    void (*seen)(void *arg, struct shared_model *now);
    /* Full records, and at the end the one that is not full. */
    ERR_MUST_CHECK enum err_code (*recorded)(void *arg, const struct step_record *r,
                                             size_t n, struct err *err);
    void (*validating)(void *arg);
    /* An epoch has ended, or was stopped; `kept` is what the fit would return now. The
     * callee takes its own hold if it keeps that. */
    ERR_MUST_CHECK enum err_code (*epoch)(void *arg, const struct epoch_record *e,
                                          struct shared_model *kept, struct err *err);
};

enum fit_end { FIT_DONE, FIT_EARLY, FIT_STOPPED, FIT_ABANDONED };

struct fit_result {
    enum fit_end end;
    unsigned best_epoch; /* whose weights were kept; 0: the last ones, or the initial */
    bool no_number;      /* it validated, and not one loss was a number */
};

/*
 * Train. *kept holds the initial weights and is replaced by the best so far whenever an
 * epoch improves on them (by the last ones while no validation has given a number), so
 * that it is valid however the fit ends. *ret is valid on failure, too, as far as the
 * fit came.
 * ERR_NUMERIC: a batch's loss was not finite; the message names batch, epoch, loss,
 * what was kept and what to try. Else what device, sampler or watch returned.
 */
ERR_MUST_CHECK enum err_code fit_run(struct fit_result *ret,
                                     const struct fit_setup *setup,
                                     const struct fit_watch *watch,
                                     struct shared_model **kept, struct err *err);

#endif
