/* cmd_export.c - `mltui export`: a run's model and curves for other programs. */
#include "config.h"

#include "src/base/atomicfile.h"
#include "src/base/mem.h"
#include "src/model/modelcsv.h"
#include "src/model/modelfile.h"
#include "src/model/npz.h"
#include "src/train/curves.h"
#include "ui/cli/command.h"
#include "ui/cli/number.h"
#include "ui/cli/reading.h"
#include "ui/cli/signals.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum format { FORMAT_SAFETENSORS, FORMAT_NPZ, FORMAT_CSV };
enum curve { CURVE_SVG, CURVE_CSV };

struct export
{
    enum format format;
    enum curve curve;
    const char *out; /* or NULL: stdout */
    const char *data;
};

static const char *const format_words[] = { "safetensors", "npz", "csv", NULL };
static const char *const curve_words[] = { "svg", "csv", NULL };

static const struct option options[] = {
    { .name = "format",
      OPTION_CHOICE(struct export, format),
      .arg = "FORM",
      .def = "safetensors",
      .choices = format_words,
      .help = "the model as safetensors, npz or csv" },
    { .name = "curve",
      OPTION_CHOICE(struct export, curve),
      .arg = "FORM",
      .choices = curve_words,
      .help = "the losses instead, as svg or csv" },
    { .name = "out",
      .letter = 'o',
      OPTION_TEXT(struct export, out),
      .arg = "FILE",
      .help = "where to write; else standard output" },
    READING_OPTION_DATA(struct export),
    { 0 },
};

/* ---- where it goes ----------------------------------------------------------------
 */

/* Either a file or stdout. */
struct target {
    struct sink to;
    struct progress *progress; /* borrowed */
    struct atomicfile *file;   /* owned; NULL: stdout */
    const char *path;
    bool terminal;
    uint64_t bytes; /* written so far */
};

static enum err_code
write_stdout(void *arg, const void *p, size_t n, struct err *err)
{
    (void)arg;
    if (fwrite(p, 1, n, stdout) != n)
        return err_set(err, ERR_IO, "standard output: %s", strerror(errno));
    return ERR_OK;
}

/* A signal ends it here, so that nothing half done is left. */
static enum err_code
write_file(void *arg, const void *p, size_t n, struct err *err)
{
    struct target *t = arg;
    char size[NUMBER_MAX];

    if (*signals_stop())
        return err_set(err, ERR_STATE, "%s: stopped, nothing was written", t->path);
    t->bytes += n;
    if (progress_due(t->progress)) {
        number_bytes(size, (double)t->bytes);
        progress_show(t->progress, t->path, NAN, NAN, size);
    }
    return atomicfile_write(t->file, p, n, err);
}

/* Replacing what is no file, a device say, would be a disaster. */
static enum err_code
check_path(const char *path, struct err *err)
{
    struct stat st;

    if (path != NULL && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(err, ERR_IO,
                       "%s: %s; expected the name of a file (without --out it "
                       "goes to standard output)",
                       path, S_ISDIR(st.st_mode) ? "a folder" : "not a file");
    return ERR_OK;
}

static enum err_code
target_open(struct target *t, const struct cli *cli, const char *path, struct err *err)
{
    enum err_code rc = check_path(path, err);

    *t = (struct target){
        .to = { .write = path != NULL ? write_file : write_stdout, .arg = t },
        .progress = cli->progress,
        .path = path,
        .terminal = path == NULL && output_term(cli->out)->tty,
    };
    if (rc == ERR_OK && path != NULL)
        rc = signals_catch(err);
    return rc == ERR_OK && path != NULL ? atomicfile_open(&t->file, path, err) : rc;
}

static enum err_code
target_end(struct target *t, struct err *err)
{
    char size[NUMBER_MAX];
    enum err_code rc;

    if (t->file == NULL)
        return ERR_OK;
    rc = atomicfile_commit(t->file, err);
    number_bytes(size, (double)t->bytes);
    if (rc == ERR_OK)
        progress_say(t->progress, "%s: %s", t->path, size);
    return rc;
}

/* ---- what goes there --------------------------------------------------------------
 */

static enum err_code
write_model(const struct target *t, const struct export *s, const struct reading *r,
            struct err *err)
{
    switch (s->format) {
    case FORMAT_NPZ:
        return npz_write(&t->to, r->model, r->catalog, err);
    case FORMAT_CSV:
        return modelcsv_write(&t->to, r->model, r->catalog,
                              t->terminal ? MODELCSV_DISPLAY : MODELCSV_BYTES, err);
    default:
        return modelfile_write(&t->to, r->run->path, r->model, r->catalog, err);
    }
}

static enum err_code
export_model(struct cli *cli, const struct export *s, struct err *err)
{
    struct reading r = { 0 };
    struct target t = { 0 };
    enum err_code rc = reading_open(&r, cli, s->data, READING_WITHOUT_RATINGS, err);

    if (rc == ERR_OK)
        rc = target_open(&t, cli, s->out, err);
    if (rc == ERR_OK)
        rc = write_model(&t, s, &r, err);
    if (rc == ERR_OK)
        rc = target_end(&t, err);
    atomicfile_close(t.file);
    reading_close(&r);
    return rc;
}

static enum err_code
write_curve(const struct target *t, const struct export *s, const struct run *r,
            struct err *err)
{
    const char *slash = strrchr(r->path, '/');

    if (s->curve == CURVE_CSV)
        return curves_write_csv(&t->to, r, err);
    return curves_write_svg(&t->to, r, slash != NULL ? slash + 1 : r->path, err);
}

static enum err_code
export_curve(struct cli *cli, const struct export *s, struct err *err)
{
    struct target t = { 0 };
    struct run *r = NULL;
    char *path = NULL;
    enum err_code rc = runs_resolve(&path, cli->operands[0], err);

    if (rc == ERR_OK)
        rc = run_open(&r, path, RUN_METRICS, err);
    if (rc == ERR_OK)
        rc = target_open(&t, cli, s->out, err);
    if (rc == ERR_OK)
        rc = write_curve(&t, s, r, err);
    if (rc == ERR_OK)
        rc = target_end(&t, err);
    atomicfile_close(t.file);
    run_free(r);
    mem_free(path);
    return rc;
}

static enum err_code
export_run(struct cli *cli, const void *settings, struct err *err)
{
    const struct export *s = settings;
    bool curve = option_given(cli->parsed, "curve");

    if (curve && option_given(cli->parsed, "format"))
        return err_set(err, ERR_ARG,
                       "--format is the model, --curve the losses; give one of them");
    if (curve && s->data != NULL)
        return err_set(err, ERR_ARG,
                       "--data is for weights without titles; --curve needs none");
    if (!curve && s->format != FORMAT_CSV && s->out == NULL &&
        output_term(cli->out)->tty)
        return err_set(err, ERR_ARG,
                       "%s is binary and standard output is a terminal; add --out "
                       "FILE, or send it to a file or a program",
                       format_words[s->format]);
    return curve ? export_curve(cli, s, err) : export_model(cli, s, err);
}

const struct command cmd_export = {
    .name = "export",
    .operands = "RUN",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "write a run's model or curves for other programs",
    .about =
        "--format safetensors writes what a run keeps as model.safetensors: fastai's "
        "four tensors, which its EmbeddingDotBias loads with strict=False, and titles, "
        "ids and counts as tensors named mltui.*. Bare weights get these from "
        "--data.\n\n"
        "npz writes arrays for numpy.load: u_weight, i_weight, u_bias, i_bias, "
        "y_range, user_id, item_id, title, year, ratings, mean, genre, has_genre. Row "
        "0 of users and of films is #na#, a stand-in for what is unknown.\n\n"
        "csv writes one table: kind (user or item), id, title, bias, f1, f2 and so on. "
        "Texts keep their bytes in it; on a terminal they are shown in a harmless "
        "form.\n\n"
        "--curve writes the recorded losses: svg a drawing for a web page or a viewer, "
        "csv a row per 64 batches and per epoch.\n\n"
        "FILE is replaced only when the new one is whole. mltui-run(5) describes the "
        "files.",
    .examples =
        (const struct example[]){
            { "mltui export latest --format npz --out model.npz", "for numpy" },
            { "mltui export latest --format csv | head", "a look at the factors" },
            { "mltui export latest --curve svg -o losses.svg", "a picture" },
            { 0 } },
    .groups = GROUP_PROGRESS | GROUP_THREADS | GROUP_DATA,
    .options = options,
    .settings_size = sizeof(struct export),
    .run = export_run,
};
