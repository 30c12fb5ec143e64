/* home.c - see home.h. */
#include "config.h"

#include "tests/tui/home.h"

#include "tests/scratch.h"

#include <stdlib.h>

static char dir[256];

void
home_make(void)
{
    scratch_make_in_memory(dir);
    setenv("XDG_STATE_HOME", dir, 1);
    setenv("XDG_DATA_HOME", dir, 1);
}

void
home_remove(void)
{
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    scratch_remove(dir);
}

const char *
home_path(const char *name)
{
    return scratch_path(dir, name);
}
