/*
 * fuzz_rows.c - whatever a ratings file holds, the short way through plain lines gives
 * what libcsv's way gives.
 *
 * The first byte of the input picks the layout, the second the size of the blocks in
 * which the file is read; the file follows.
 */
#include "config.h"

#include "tests/data/rows_agree.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct layout
csv_layout(const char *delim, unsigned n_fields, bool has_header)
{
    struct layout l = { .dialect.quoted = true,
                        .has_header = has_header,
                        .at = { 0, 1, 2, n_fields > 3 ? 3 : COLUMN_ABSENT },
                        .n_fields = n_fields };

    l.dialect.delim[0] = delim[0];
    return l;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const struct layout layouts[] = { csv_layout(",", 4, true),
                                      csv_layout(",", 3, false),
                                      csv_layout(";", 4, false), layout_u_data(),
                                      layout_dat() };
    size_t n = sizeof(layouts) / sizeof(layouts[0]);

    if (len < 2)
        return 0;
    if (!rows_agree(&layouts[data[0] % n], (const char *)data + 2, len - 2,
                    (size_t)data[1] + 1, NULL))
        abort();
    return 0;
}
