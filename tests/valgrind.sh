#!/bin/sh
# valgrind.sh - memcheck over the unit tests. It knows neither AVX-512 nor flush to
# zero: the program then chooses the kernels that it sees, and suites of equal bytes
# are not asked.
set -u
command -v valgrind >/dev/null || { echo 'valgrind is not installed'; exit 77; }
MLTUI_SRCDIR=$PWD MLTUI_VALGRIND=1 valgrind -q --error-exitcode=9 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect build/tests/unit
