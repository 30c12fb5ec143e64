#!/bin/sh
# run.sh - each fuzz target for some seconds (60) under address and undefined-behaviour
# sanitizers; what it finds stays in build-fuzz/.
set -eu
seconds=${1:-60}
command -v clang >/dev/null || { echo 'clang is not installed'; exit 77; }
echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 && n; }' |
    clang -fsanitize=fuzzer -xc - -o /dev/null 2>/dev/null ||
    { echo "clang's fuzzer runtime is not installed (libclang-rt-dev)"; exit 77; }
mkdir -p build-fuzz
cd build-fuzz
[ -f Makefile ] || ../configure -q CC=clang \
    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
for source in ../tests/fuzz/fuzz_*.c; do
    target=tests/fuzz/$(basename "$source" .c)
    make -s "$target"
    mkdir -p "corpus/$(basename "$target")"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -verbosity=0 "corpus/$(basename "$target")"
done
