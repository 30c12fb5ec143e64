/*
 * curves.h - the recorded losses of a run, for other programs and for looking at.
 *
 * Where a validation stands among the batches is computed: all epochs of a fit have
 * equally many batches.
 */
#ifndef MLT_TRAIN_CURVES_H
#define MLT_TRAIN_CURVES_H

#include "src/base/err.h"
#include "src/base/sink.h"
#include "src/train/runfolder.h"

/*
 * One CSV table by batch:
 *
 *   step,min,max,mean,last,smooth,lr,mom,epoch,train_loss,valid_loss,rmse,mae,seconds
 *
 * A row for each step_record and, at its last batch, for each epoch_record, in one row
 * where they meet; what a row does not have, and what is not finite, is empty.
 * ERR_STATE when nothing is recorded yet; errors of the sink.
 */
ERR_MUST_CHECK enum err_code curves_write_csv(const struct sink *to,
                                              const struct run *r, struct err *err);

/*
 * A drawing, for a page or a viewer, in light and in dark: the envelope of the raw
 * losses, the smoothed loss, the validations. Well-formed XML without script; `title`
 * may be any bytes. Errors as above, ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code curves_write_svg(const struct sink *to,
                                              const struct run *r, const char *title,
                                              struct err *err);

/* Last batch of epoch e, counted from 1; 0 where the run does not say. */
double curves_epoch_step(const struct run *r, unsigned e);

#endif
