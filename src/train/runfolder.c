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

#define FIELD(s, kind, field)                                           \
    {                                                                   \
        .key = #field, .type = JSONFIELD_##kind, JSONFIELD_AT(s, field) \
    }
#define COUNT(table) (sizeof(table) / sizeof(*(table)))

const struct jsonfield run_info_fields[] = {
    { .key = "state",
      .type = JSONFIELD_WORD,
      JSONFIELD_AT(run_info, state),
      .words = state_texts },
    FIELD(run_info, TEXT, message),
    FIELD(run_info, INT, started),
    FIELD(run_info, INT, ended),
    FIELD(run_info, UINT, best_epoch),
    FIELD(run_info, TEXT, data),
    FIELD(run_info, TEXT, fingerprint),
    FIELD(run_info, TEXT, item),
    FIELD(run_info, UINT, n_ratings),
    FIELD(run_info, UINT, n_held_out),
    FIELD(run_info, UINT, n_users),
    FIELD(run_info, UINT, n_items),
    FIELD(run_info, REAL, valid_part),
    FIELD(run_info, TEXT, split_file),
    FIELD(run_info, UINT, seed),
    FIELD(run_info, TEXT, sampling),
    FIELD(run_info, UINT, factors),
    FIELD(run_info, UINT, epochs),
    FIELD(run_info, UINT, batch),
    FIELD(run_info, UINT, n_steps),
    FIELD(run_info, REAL, lr),
    FIELD(run_info, REAL, wd),
    FIELD(run_info, REAL, y_lo),
    FIELD(run_info, REAL, y_hi),
    FIELD(run_info, UINT, patience),
    FIELD(run_info, TEXT, device),
    FIELD(run_info, UINT, threads),
};
const size_t run_info_n_fields = COUNT(run_info_fields);

const struct jsonfield run_step_fields[] = {
    FIELD(step_record, UINT, step), FIELD(step_record, REAL, min),
    FIELD(step_record, REAL, max),  FIELD(step_record, REAL, mean),
    FIELD(step_record, REAL, last), FIELD(step_record, REAL, smooth),
    FIELD(step_record, REAL, lr),   FIELD(step_record, REAL, mom),
};
const size_t run_step_n_fields = COUNT(run_step_fields);

const struct jsonfield run_epoch_fields[] = {
    FIELD(epoch_record, UINT, epoch),      FIELD(epoch_record, REAL, train_loss),
    FIELD(epoch_record, REAL, valid_loss), FIELD(epoch_record, REAL, rmse),
    FIELD(epoch_record, REAL, mae),        FIELD(epoch_record, REAL, seconds),
    FIELD(epoch_record, BOOL, best),
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

/* Make one folder that lasts; 0, or errno, and then there is none of ours. */
static int
make_one(const char *path)
{
    struct stat st;
    int why;

    if (sysio_mkdir(path, 0777) != 0) {
        why = errno;
        return stat(path, &st) != 0 ? why : S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    }
    why = sysio_fsync_parent(path) == 0 ? 0 : errno;
    if (why != 0)
        sysio_rmdir(path);
    return why;
}

enum err_code
run_make_folders(const char *dir, struct err *err)
{
    char *path = mem_strdup(dir);
    int why = 0;

    if (path == NULL)
        return err_nomem(err, strlen(dir) + 1, "a path");
    for (char *p = path; why == 0 && (p = strchr(p + 1, '/')) != NULL; *p = '/') {
        *p = '\0';
        why = make_one(path);
    }
    if (why == 0)
        why = make_one(path);
    mem_free(path);
    return why == 0 ? ERR_OK
                    : err_set(err, ERR_IO, "%s: cannot make the folder: %s", dir,
                              strerror(why));
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
