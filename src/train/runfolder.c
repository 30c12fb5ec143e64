/* runfolder.c - names, keys and the lock of a run on disk; see runfolder.h. */
#include "config.h"

#include "src/train/runfolder.h"

#include "src/base/mem.h"
#include "src/base/sysio.h"
#include "src/train/runfolder_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

const char *const run_files[] = { RUN_METRICS_FILE,
                                  RUN_MODEL_FILE,
                                  RUN_RATINGS_FILE,
                                  "checkpoint-a.safetensors",
                                  "checkpoint-b.safetensors",
                                  RUN_INFO_FILE,
                                  NULL };

static const char *const state_texts[] = {
#define X(name, text) [RUN_##name] = text,
    RUN_STATE_LIST(X)
#undef X
        [RUN_STATES] = NULL,
};

const char *
run_state_text(enum run_state state)
{
    return state_texts[state];
}

#define FIELD(s, kind, field, what)                                      \
    {                                                                    \
        .key = #field, .type = JSONFIELD_##kind, JSONFIELD_AT(s, field), \
        .about = (what)                                                  \
    }
#define COUNT(table) (sizeof(table) / sizeof(*(table)))

const struct jsonfield run_info_fields[] = {
    { .key = "state",
      .type = JSONFIELD_WORD,
      JSONFIELD_AT(run_info, state),
      .words = state_texts,
      .about = "what became of it" },
    FIELD(run_info, TEXT, message, "why it failed or was stopped"),
    FIELD(run_info, INT, started, "when training began, in Unix seconds"),
    FIELD(run_info, INT, ended, "when it ended; 0 while it runs"),
    FIELD(run_info, UINT, best_epoch, "the epoch whose model was kept; 0: none yet"),
    FIELD(run_info, TEXT, data, "the data as they were named, a path or 'sample'"),
    FIELD(run_info, TEXT, fingerprint, "XXH3-128 of the files of the data"),
    FIELD(run_info, TEXT, item, "what a film is: 'title' or 'id'"),
    FIELD(run_info, UINT, n_ratings, "R, held-out ones included"),
    FIELD(run_info, UINT, n_held_out, "how many of them were not trained on"),
    FIELD(run_info, UINT, n_users, "users, m"),
    FIELD(run_info, UINT, n_items, "films, n"),
    FIELD(run_info, REAL, valid_part, "part of the ratings that was to be held out"),
    FIELD(run_info, TEXT, split_file,
          "the file that said which were held out, where one did"),
    FIELD(run_info, UINT, seed,
          "where random numbers began; above 2^63 - 1 a text of digits"),
    FIELD(run_info, TEXT, sampling, "'permutation' or 'bootstrap'"),
    FIELD(run_info, UINT, factors, "factors, k"),
    FIELD(run_info, UINT, epochs, "epochs that were asked for"),
    FIELD(run_info, UINT, batch, "ratings in a batch"),
    FIELD(run_info, UINT, n_steps, "batches in all epochs"),
    FIELD(run_info, REAL, lr, "peak learning rate"),
    FIELD(run_info, REAL, wd, "weight decay"),
    FIELD(run_info, REAL, y_lo, "least prediction"),
    FIELD(run_info, REAL, y_hi, "greatest prediction"),
    FIELD(run_info, UINT, patience,
          "epochs without improvement after which to stop; 0: never"),
    FIELD(run_info, TEXT, device, "what it was trained on"),
    FIELD(run_info, UINT, threads, "threads in use"),
};
const size_t run_info_n_fields = COUNT(run_info_fields);

const struct jsonfield run_step_fields[] = {
    FIELD(step_record, UINT, step,
          "the last batch that it covers, from 1 over the whole run"),
    FIELD(step_record, REAL, min,
          "least loss of the batches that it covers: mean squared error, in stars "
          "squared"),
    FIELD(step_record, REAL, max, "the greatest"),
    FIELD(step_record, REAL, mean, "their mean"),
    FIELD(step_record, REAL, last, "loss of the last batch"),
    FIELD(step_record, REAL, smooth,
          "moving average over all batches so far, as fastai shows it"),
    FIELD(step_record, REAL, lr, "learning rate of the last batch"),
    FIELD(step_record, REAL, mom, "its momentum"),
};
const size_t run_step_n_fields = COUNT(run_step_fields);

const struct jsonfield run_epoch_fields[] = {
    FIELD(epoch_record, UINT, epoch, "from 1"),
    FIELD(epoch_record, REAL, train_loss, "the moving average at its end"),
    FIELD(epoch_record, REAL, valid_loss, "mean squared error of the held-out ratings"),
    FIELD(epoch_record, REAL, rmse, "its root"),
    FIELD(epoch_record, REAL, mae, "mean absolute error of the held-out ratings"),
    FIELD(epoch_record, REAL, seconds, "how long it took, validation included"),
    FIELD(epoch_record, BOOL, best, "true where it was the best so far"),
};
const size_t run_epoch_n_fields = COUNT(run_epoch_fields);

bool
run_is_there(const char *dir)
{
    char *path = NULL;
    bool there;

    if (path_join(&path, dir, RUN_INFO_FILE, NULL) != ERR_OK)
        return false;
    there = path_exists(path);
    mem_free(path);
    return there;
}

int
run_lock(int metrics_fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(metrics_fd, F_OFD_SETLK, &whole);
}

bool
run_is_locked(const char *dir)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    char *path = NULL;
    bool locked = false;
    int fd;

    if (path_join(&path, dir, RUN_METRICS_FILE, NULL) != ERR_OK)
        return false;
    fd = sysio_open(path, O_RDONLY | O_NONBLOCK, 0);
    if (fd >= 0) {
        locked = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
        sysio_close(fd);
    }
    mem_free(path);
    return locked;
}
