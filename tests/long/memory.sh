#!/bin/sh
# memory.sh - too little memory is said in one line with numbers, whatever the command
#
# Each command gets a little more address space (ulimit -v) at each try, from the least
# with which the program can be loaded to the first with which it ends well.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# An OpenBLAS with threads of its own starts them before main, and hangs or interrupts the
# process where it cannot.
OPENBLAS_NUM_THREADS=1
export OPENBLAS_NUM_THREADS

if ! (ulimit -v 4000000 && "$mltui" --version) >../out 2>../err; then
    echo 'the address space cannot be limited here'
    exit 77
fi

"$mltui" synth ../data --users 3000 --items 2000 --ratings 300000 --seed 1 -q >../out
"$mltui" train ../data --epochs 1 --factors 64 --out ../run -q >../out

least=40000
while ! (ulimit -v $least && "$mltui" --version) >../out 2>../err; do
    least=$((least + 4000))
done

# squeezed STEP WORD…: until it ends well it ends with status 1 and one line.
squeezed() {
    step=$1
    shift
    limit=$least
    ran="mltui $* with ulimit -v $limit"
    said=
    : >../all
    while :; do
        rm -rf ../squeezed
        (ulimit -v $limit && exec timeout 60 "$mltui" "$@") >../out 2>../err
        status=$?
        [ "$status" != 0 ] || break
        ran="mltui $* with ulimit -v $limit"
        if [ "$status" != 1 ] || [ "$(wc -l <../err)" != 1 ] ||
            ! grep -q '^mltui: .*[0-9]' ../err; then
            verdict 1 "too little memory is said in one line with numbers"
            return
        fi
        said=$(cat ../err)
        echo "$said" >>../all
        limit=$((limit + step))
    done
    [ $limit -lt 2000000 ]
    verdict $? "mltui $*: from $limit KiB; before it: $said"
}

squeezed 4000 data ../data
squeezed 4000 train ../data --epochs 1 --factors 200 --threads 2 -q --out ../squeezed
grep -q '^mltui: training needs [0-9]* MiB of memory more ' ../all
verdict $? "training says what it needs before it begins"
squeezed 20000 movies ../run
squeezed 20000 similar ../run id:1
squeezed 20000 factors ../run
squeezed 20000 recommend ../run --user 1
squeezed 20000 explain ../run --user 1 --movie id:1
squeezed 20000 evaluate ../run
squeezed 20000 history ../run

finish
