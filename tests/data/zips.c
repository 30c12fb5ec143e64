/* zips.c - small archives; see zips.h. */
#include "config.h"

#include "tests/data/zips.h"

#include "tests/scratch.h"
#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

char zips_dir[256];

const char *
zips_path(const char *name)
{
    return scratch_path(zips_dir, name);
}

enum err_code
zips_load(struct dataset **ret, const char *path, struct err *err)
{
    struct dataset_options opt = dataset_defaults();

    opt.valid_part = 0;
    return dataset_load(ret, path, &opt, NULL, err);
}

void
zips_check_refused(const struct made_member *m, size_t n, enum err_code code,
                   const char *words)
{
    struct dataset *d = NULL;
    struct err err = { 0 };

    made_zip_write(zips_path("ml.zip"), m, n);
    CU_ASSERT_EQUAL(zips_load(&d, zips_path("ml.zip"), &err), code);
    CU_ASSERT_PTR_NULL(d);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.msg, words));
    if (strstr(err.msg, words) == NULL)
        printf("\n  found: %s\n", err.msg);
    dataset_free(d);
}
