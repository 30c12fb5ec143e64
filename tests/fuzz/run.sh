#!/bin/sh
# run.sh - each fuzz target for some seconds (60) under address and undefined-behaviour
# sanitizers; what it finds stays in build-fuzz/. The corpus begins with files that the
# program in build/ makes, the bad ratings files of the tests, and filters as one types.
set -eu
seconds=${1:-60}
command -v clang >/dev/null || { echo 'clang is not installed'; exit 77; }
echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 && n; }' |
    clang -fsanitize=fuzzer -xc - -o /dev/null 2>/dev/null ||
    { echo "clang's fuzzer runtime is not installed (libclang-rt-dev)"; exit 77; }
[ -x build/mltui ] || { echo 'build/mltui is missing; run ./demo --build'; exit 1; }
top=$PWD
mkdir -p build-fuzz
cd build-fuzz
[ -f Makefile ] || ../configure -q CC=clang \
    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'

work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR="$work" HOME="$work" XDG_STATE_HOME="$work/state"

seeds_filter() {
    number=0
    while read -r filter; do
        number=$((number + 1))
        printf %s "$filter" >"$1/$number"
    done <"$top/tests/fuzz/filters.txt"
}

# The first two bytes are the layout and the size of the blocks.
seeds_rows() {
    for file in "$top"/tests/data/bad/*.csv "$top"/tests/data/bad/bad.dat \
        "$top"/tests/data/bad/bad_u_data/u.data; do
        case $file in
        *.dat) start='\004\100' ;;
        *.data) start='\003\100' ;;
        *) start='\000\100' ;;
        esac
        # shellcheck disable=SC2059 # the start is a format
        { printf "$start" && head -c 400 "$file"; } >"$1/$(basename "$file")"
    done
}

# One of each form.
seeds_ownratings() {
    printf 'title,rating\nHeat (1995),4\n"Seven",3.5\ntitle:47,2\n' >"$1/own"
    printf 'Heat, 4\nid:300, 5\ntt0113277, 1\n' >"$1/lines"
    printf 'Const,Your Rating,Title,Year\ntt0113277,7,Heat,1995\n' >"$1/imdb"
    printf 'Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Se7en,1995,u,4.5\n' \
        >"$1/letterboxd"
    printf '\357\273\277rating;title\n4;\303\205ngstr\303\266m\n' >"$1/marked"
}

# The first byte is the format.
seeds_tags() {
    printf '\000userId,movieId,tag,timestamp\n1,1,"a ""b""",5\n2,1, A ,6\n3,2,,7\n' >"$1/csv"
    printf '\001 1::1::a::5\n1::2::caf\351::6\n1::3\n' >"$1/dat"
    { printf '\000movieId,tag\n' && for film in 1 2 3 4 5 6; do
        printf '%s,a\n%s,b\n' $film $film
    done; } >"$1/kept"
}

# Three ratings and their films in a zip, whole and spoilt, where `make check` has built
# what makes it.
seeds_zip() {
    make_zip=$top/build/tests/cli/make_zip
    [ -x "$make_zip" ] || return 0
    printf 'userId,movieId,rating,timestamp\n1,1,4,5\n1,2,3,6\n2,2,1,7\n' >"$work/r.csv"
    printf 'movieId,title,genres\n1,Heat (1995),Crime\n2,Alien,\n' >"$work/m.csv"
    "$make_zip" "$1/both" "a/ratings.csv=$work/r.csv" "a/movies.csv=$work/m.csv"
    "$make_zip" "$1/damaged" damaged "ratings.csv=$work/r.csv"
    "$make_zip" "$1/encrypted" encrypted "ratings.csv=$work/r.csv"
}

# A run of one factor on some tens of ratings, made once.
a_run() {
    [ -d "$work/run" ] ||
        { "$top/build/mltui" synth "$work/data" --users 6 --items 9 --ratings 30 --quiet &&
            "$top/build/mltui" train "$work/data" --factors 1 --batch 8 --epochs 2 \
                --out "$work/run" --quiet; } >/dev/null
}

seeds_safetensors() {
    a_run
    cp "$work/run/model.safetensors" "$work/run/ratings.safetensors" "$1"
}

# Each kind of line, and each state that can be waited for.
seeds_script() {
    printf '# a sitting\n\npress 4 down ctrl-l\ntype a \303\251\ndo open ml-25m\n' >"$1/keys"
    printf 'wait %s\n' data model training paused finding idle 'epoch 3' >"$1/waits"
    printf 'press esc\ndo quit' >"$1/quit"
    printf 'press entre\n' >"$1/wrong"
}

# run.json is one line; the metrics follow it.
seeds_runfolder() {
    a_run
    cat "$work/run/run.json" "$work/run/metrics.jsonl" >"$1/run"
    cp "$work/run/run.json" "$1/without-metrics"
}

for source in ../tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    make -s -j"$(nproc)" "tests/fuzz/$name"
    mkdir -p "corpus/$name" "$work/$name"
    # A target without seeds begins with nothing.
    if command -v "seeds_${name#fuzz_}" >/dev/null; then
        "seeds_${name#fuzz_}" "$work/$name"
    fi
    echo "== $name, $(find "$work/$name" -type f | wc -l) seeds"
    "tests/fuzz/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=4000 -print_final_stats=1 -verbosity=0 "corpus/$name" "$work/$name"
done
