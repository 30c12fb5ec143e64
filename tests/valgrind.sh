#!/bin/sh
# valgrind.sh - memcheck over the unit tests.
#
# Left out: what counts a million draws of the generator, and the suites of the kernels.
# Valgrind knows no AVX-512 and ignores flush to zero, so that they are not the kernels
# that train, and equal bytes are not to be had from them; the address sanitizer runs them
# all. The suites of fit and session train through the kernels that valgrind does know.
# Nor does valgrind stop a program that stops itself, which the suite of events waits for.
set -u
command -v valgrind >/dev/null || { echo 'valgrind is not installed'; exit 77; }
MLTUI_SRCDIR=$PWD valgrind -q --error-exitcode=9 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect --show-leak-kinds=definite,indirect \
    build/tests/unit -cpu -device -device_threads -events -gradients -ml_small -planted \
    -synth_choose -synth_tables
