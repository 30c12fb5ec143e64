# long.sh - the part of ./check --long that ./check leaves out; sourced by ./check.
# shellcheck shell=sh

if command -v clang >/dev/null; then
    make_check build-clang --enable-werror CC=clang
else
    step 'clang build' sh -c 'echo "clang is not installed"; exit 77'
fi
step 'the thread sanitizer finds no race' sh tests/thread.sh
# Each thing that configure can leave out, left out.
for without in $(./configure --help | sed -n 's/^ *\(--without-[a-z][a-z0-9-]*\).*/\1/p'); do
    make_check "build-${without#--}" "$without" CFLAGS=-O1
done
step 'the sources are formatted' sh -c '
    clang-format --version 2>/dev/null | grep -q "version 14" || {
        echo "clang-format 14 is not installed"; exit 77; }
    find src ui tests -name "*.[ch]" -exec clang-format --dry-run -Werror {} +'
step 'make distcheck' make -s -C build distcheck
# What says SKIP elsewhere for its length: fits of the sample, ten seeds instead of two.
step 'the unit tests at full length' sh -c '
    make -s -C build tests/unit && MLTUI_LONG=1 MLTUI_SRCDIR=. build/tests/unit'
step 'valgrind: the unit tests leak and misuse nothing' sh tests/valgrind.sh
step 'fuzzing, a minute a target' sh tests/fuzz/run.sh 60
MLTUI_SRCDIR=$top MLTUI_BUILDDIR=$top/build
export MLTUI_SRCDIR MLTUI_BUILDDIR
for script in tests/long/*.sh; do
    step "$(sed -n '2s/^# [^ ]* - //p' "$script")" sh "$script"
done
step 'a fresh machine: ./demo and ./check in a bare chroot' sh tests/chroot.sh
