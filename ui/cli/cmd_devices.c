/* cmd_devices.c - `mltui devices`: what can train here, and why the others can't. */
#include "config.h"

#include "src/device/device.h"
#include "ui/cli/command.h"

/* The sizes that memory is stated for: MovieLens 25M, as `mltui train` has it. */
#define USERS   162541
#define ITEMS   62423
#define FACTORS 100
#define BATCH   4096

static const struct column columns[] = {
    { .key = "name", .head = "device", .form = FORM_TEXT },
    { .key = "usable", .form = FORM_TEXT },
    { .key = "why", .form = FORM_TEXT },
    { .key = "memory_bytes", .head = "memory", .form = FORM_BYTES },
    { .head = "what it is, or why it cannot be used", .form = FORM_TEXT, .flex = 1 },
};

#define N_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void
print_device(struct output *out, const struct device_ops *ops)
{
    const char *why = NULL;
    bool usable = ops->probe(&why);
    uint64_t bytes = ops->memory(USERS, ITEMS, FACTORS, BATCH);

    output_row(out, (const struct value[N_COLUMNS]){
                        value_text(ops->name), value_bool(usable),
                        value_text(usable ? NULL : why), value_int((int64_t)bytes),
                        value_text(usable ? ops->summary : why) });
}

static enum err_code
devices_run(struct cli *cli, const void *settings, struct err *err)
{
    (void)settings;
    (void)err;
    output_table_begin(cli->out, NULL, columns, N_COLUMNS);
    for (size_t i = 0; device_list[i] != NULL; i++)
        print_device(cli->out, device_list[i]);
    output_table_end(cli->out);
    output_gap(cli->out);
    output_say(cli->out, "Best first: --device auto takes the first that can be used. "
                         "Memory is what training MovieLens 25M with 100 factors takes "
                         "beside the ratings.");
    return ERR_OK;
}

const struct command cmd_devices = {
    .name = "devices",
    .operands = "",
    .summary = "show what can train here, and why the others can't",
    .about = "Lists what --device of train and lr-find can name, best first, and asks "
             "each whether it can be used on this machine. All give the same losses "
             "within rounding; a device gives the same bytes on each run, whatever the "
             "number of threads.",
    .examples = (const struct example[]){ { "mltui devices", "all, best first" },
                                          { "mltui devices --json", "for a script" },
                                          { 0 } },
    .groups = GROUP_OUTPUT,
    .run = devices_run,
};
