/* manual_run.c - mltui-run(5) in mdoc, tables from the code; see manual.h. */
#include "config.h"

#include "ui/cli/manual.h"

#include "src/model/modelfile.h"
#include "src/model/npz.h"
#include "src/model/ratingsfile.h"
#include "src/train/record.h"
#include "src/train/runformat.h"
#include "ui/cli/mdoc.h"

#include <string.h>

#define TEXT_OF_(x) #x
#define TEXT_OF(x)  TEXT_OF_(x)

static const char page_head[] =
    ".\\\" Made by `mltui help --man-run` from the tables of the file formats.\n"
    ".Dd November 26, 2026\n"
    ".Dt MLTUI-RUN 5\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm mltui-run\n"
    ".Nd files that mltui keeps of a training run\n"
    ".Sh DESCRIPTION\n"
    "A run is a folder that\n"
    ".Xr mltui 1\n"
    "makes when it trains.\n"
    "It holds:\n"
    ".Bl -tag -width Ds\n"
    ".It Pa " RUN_INFO_FILE "\n"
    "All settings, and what became of the run; a folder without it is no run.\n"
    ".It Pa " RUN_METRICS_FILE "\n"
    "The losses.\n"
    ".It Pa " RUN_MODEL_FILE "\n"
    "The model of the best epoch, with titles, ids and all else that is needed to\n"
    "read it.\n"
    "It can be taken away and used alone.\n"
    ".It Pa " RUN_RATINGS_FILE "\n"
    "The ratings by user, so that films one has seen can be left out.\n"
    ".El\n"
    ".Pp\n"
    "The last two are there when training has ended.\n"
    "All but the losses are replaced whole, by a file that is written beside them and\n"
    "renamed; losses are appended in whole lines.\n"
    "So everything may be read at any time, also while the run trains.\n"
    "What is not a finite number is\n"
    ".Ql null .\n"
    "Letters below: m users, n films, k factors, R ratings.\n"
    "A film is what has a title of its own, unless\n"
    ".Fl -item Ns = Ns Cm id\n"
    "was given.\n";

static const char page_metrics[] =
    "A JSON object a line, of two kinds.\n"
    "There is one for every " TEXT_OF(STEP_RECORD_SPAN) " batches:\n";

static const char page_epochs[] =
    ".Pp\n"
    "and one for every epoch, which is the kind with the key\n"
    ".Ql epoch :\n";

static const char page_after_metrics[] =
    ".Pp\n"
    "A last line that does not end in a newline was never finished\n"
    "and does not count.\n";

static const char page_safetensors[] =
    "Both tensor files have the form of\n"
    ".Lk https://github.com/huggingface/safetensors safetensors :\n"
    "the length of a JSON header in 8 bytes, the header, the elements, little-endian.\n"
    "Texts are two tensors: text i is the bytes from\n"
    ".Ql start[i]\n"
    "to\n"
    ".Ql start[i + 1] ,\n"
    "the last of which is a NUL; they are UTF-8.\n"
    "Lists are two tensors in the same way.\n"
    ".Pp\n"
    "The metadata hold\n"
    ".Ql " SAFETENSORS_OURS " ,\n"
    "the version of the tensors called\n"
    ".Ql mltui.* ,\n"
    "which is " SAFETENSORS_VERSION ", and\n"
    ".Ql " SAFETENSORS_CHECKSUM " ,\n"
    "the XXH3-128 sum of all elements as the file has them, in hexadecimal.\n"
    "Nothing in them changes from run to run: equal training gives equal files.\n";

static const char page_model[] =
    "Row 0 of users and of films is #na#, as in fastai: it stands for what is unknown\n"
    "and was never trained on a rating.\n"
    "The predicted stars of user u for film i are\n"
    ".Bd -literal -offset indent\n"
    "x = u_weight[u] . i_weight[i] + u_bias[u] + i_bias[i]\n"
    "stars = lo + (hi - lo) / (1 + exp(-x))\n"
    ".Ed\n"
    ".Pp\n"
    "with lo and hi of\n"
    ".Ql mltui.y_range .\n";

static const char page_ratings[] =
    "What users and films the rows are is said by " RUN_MODEL_FILE ".\n";

static const char page_npz[] = ".Sh ARRAYS OF EXPORT\n"
                               ".Ql mltui export --format npz\n"
                               "writes the model as arrays for\n"
                               ".Ql numpy.load ,\n"
                               "with the same rows; texts are numpy's own.\n";

static const char page_tail[] =
    ".Sh VERSIONS\n"
    "Keys and tensors may be added; those that are here keep their meaning.\n"
    "A reader should ignore what it does not know, and refuse another version of the\n"
    "tensors than it knows.\n"
    ".Sh LOCKING\n"
    "The process that trains has an exclusive lock on all of\n"
    ".Pa " RUN_METRICS_FILE "\n"
    "(an open file description lock,\n"
    ".Dv F_OFD_SETLK\n"
    "of\n"
    ".Fn fcntl ) ,\n"
    "which ends with it however it ends.\n"
    "A run whose state is\n"
    ".Ql training\n"
    "or\n"
    ".Ql paused\n"
    "and whose lock nobody has is one whose process was killed:\n"
    ".Nm mltui\n"
    "calls it\n"
    ".Ql crashed .\n"
    ".Sh FILES\n"
    ".Bl -tag -width Ds\n"
    ".It Pa $XDG_STATE_HOME/mltui/runs\n"
    "The runs, or links to those that were written elsewhere;\n"
    ".Pa ~/.local/state/mltui/runs\n"
    "by default.\n"
    ".El\n"
    ".Sh EXAMPLES\n"
    "What user 1 should watch, in Python with\n"
    ".Ql numpy\n"
    "and\n"
    ".Ql safetensors ;\n"
    ".Pa my-run\n"
    "is the folder:\n"
    ".Bd -literal\n"
    "import numpy as np\n"
    "from safetensors.numpy import load_file\n"
    "\n"
    "m = load_file(\"my-run/model.safetensors\")\n"
    "start = m[\"mltui.title_start\"]\n"
    "text = m[\"mltui.title_bytes\"].tobytes()\n"
    "titles = [text[a:b - 1].decode() for a, b in zip(start, start[1:])]\n"
    "\n"
    "u = int(np.flatnonzero(m[\"mltui.user_id\"] == 1)[0])\n"
    "x = m[\"i_weight.weight\"] @ m[\"u_weight.weight\"][u]\n"
    "x += m[\"i_bias.weight\"][:, 0] + m[\"u_bias.weight\"][u, 0]\n"
    "lo, hi = m[\"mltui.y_range\"]\n"
    "stars = lo + (hi - lo) / (1 + np.exp(-x))\n"
    "\n"
    "r = load_file(\"my-run/ratings.safetensors\")\n"
    "first, end = r[\"mltui.start\"][u:u + 2]\n"
    "seen = r[\"mltui.item\"][first:end] & 0x7fffffff\n"
    "stars[seen] = 0\n"
    "stars[m[\"mltui.count\"] == 0] = 0  # nothing is known of these\n"
    "for i in np.argsort(-stars)[:10]:\n"
    "    print(f\"{stars[i]:.2f} {titles[i]}\")\n"
    ".Ed\n"
    ".Pp\n"
    "In fastai, with a learner of as many users, films and factors:\n"
    ".Bd -literal\n"
    "from safetensors.torch import load_file\n"
    "learn.model.load_state_dict(load_file(\"my-run/model.safetensors\"),\n"
    "                            strict=False)\n"
    ".Ed\n"
    ".Sh SEE ALSO\n"
    ".Xr mltui 1\n";

static const char *const json_types[] = {
    [JSONFIELD_UINT] = "whole number", [JSONFIELD_INT] = "whole number",
    [JSONFIELD_REAL] = "number",       [JSONFIELD_BOOL] = "true or false",
    [JSONFIELD_TEXT] = "text",         [JSONFIELD_WORD] = "one of",
};

/* "text", or "one of training, paused, done". */
static void
put_type(FILE *to, const struct jsonfield *f)
{
    fprintf(to, " Pq %s", json_types[f->type]);
    if (f->type != JSONFIELD_WORD)
        return;
    for (const char *const *w = f->words; *w != NULL; w++)
        fprintf(to, "%s %s", w == f->words ? "" : ",", *w);
}

static void
put_keys(FILE *to, const struct jsonfield *f, size_t n)
{
    fputs(".Bl -tag -width Ds\n", to);
    for (size_t i = 0; i < n; i++) {
        fprintf(to, ".It Li %s", f[i].key);
        put_type(to, &f[i]);
        fputc('\n', to);
        mdoc_sentence(to, f[i].about);
    }
    fputs(".El\n", to);
}

static void
put_tensors(FILE *to, const struct tensor_about *t)
{
    fputs(".Bl -tag -width Ds\n", to);
    for (; t->name != NULL; t++) {
        fprintf(to, ".It Li %s %s Pq %s\n", t->name, t->dtype, t->shape);
        mdoc_sentence(to, t->about);
    }
    fputs(".El\n", to);
}

void
manual_print_run(FILE *to)
{
    fputs(page_head, to);
    fputs(".Sh KEYS OF RUN.JSON\n", to);
    put_keys(to, run_info_fields, run_info_n_fields);
    fputs(".Sh LINES OF METRICS.JSONL\n", to);
    fputs(page_metrics, to);
    put_keys(to, run_step_fields, run_step_n_fields);
    fputs(page_epochs, to);
    put_keys(to, run_epoch_fields, run_epoch_n_fields);
    fputs(page_after_metrics, to);
    fputs(".Sh TENSORS\n", to);
    fputs(page_safetensors, to);
    fputs(".Ss model.safetensors\n", to);
    fputs(page_model, to);
    put_tensors(to, modelfile_tensors);
    fputs(".Ss ratings.safetensors\n", to);
    fputs(page_ratings, to);
    put_tensors(to, ratingsfile_tensors);
    fputs(page_npz, to);
    put_tensors(to, npz_arrays);
    fputs(page_tail, to);
}
