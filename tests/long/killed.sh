#!/bin/sh
# killed.sh - training killed at any write to the disk leaves a run that can be told
#
# strace kills the program before its n-th call of a kind that changes a file, for
# n = 1, 2 … until it gets through. Calls are counted by kind and by thread: the worker's
# come first; a run written elsewhere is for those with which the main thread links it.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

if ! strace -f -qq -o ../trace -e trace=write -e inject=write:signal=KILL:when=1 true \
    2>../err; then
    echo "strace cannot inject signals here: $(tail -n 1 ../err)"
    exit 77
fi

runs=$HOME/.local/state/mltui/runs
"$mltui" synth ../data --users 20 --items 30 --ratings 200 --seed 1 --quiet >../out
settings='--factors 2 --batch 64 --epochs 2 --threads 1 --quiet'
# shellcheck disable=SC2086 # the settings are words
"$mltui" train ../data $settings --out ../whole >../out

# killed_at N CALL WORD…: train and kill it there; false when it ended otherwise.
killed_at() {
    at=$1
    call=$2
    shift 2
    # shellcheck disable=SC2086 # the settings are words
    strace -f -qq -o ../trace -e trace="$call" -e inject="$call:signal=KILL:when=$at" \
        "$mltui" train ../data $settings "$@" >../out 2>../err
    status=$?
    ran="mltui train, killed at $call $at"
    [ "$status" = 137 ]
}

# The run in $run opens, and the files that are there are those of the whole one.
is_whole() {
    "$mltui" history "$run" >../out 2>../err || return 1
    for file in model.safetensors ratings.safetensors; do
        [ ! -e "$run/$file" ] || cmp -s "$run/$file" "../whole/$file" || return 1
    done
    [ ! -e "$run/model.safetensors" ] || "$mltui" movies "$run" >../out 2>../err
}

# lists PATTERN: `runs` has such a line and nothing to complain about.
lists() {
    "$mltui" runs --json --quiet >../out 2>../err && [ ! -s ../err ] && grep -q "$1" ../out
}

# Look at what the killed program left in $run.
inspect() {
    if [ -e "$run/run.json" ]; then
        is_whole
        verdict $? "$ran: the run opens, and its files are whole"
    else
        "$mltui" history "$run" >../out 2>../err
        [ $? = 1 ] && [ "$(wc -l <../err)" = 1 ]
        verdict $? "$ran: one line says that there is no run"
    fi
}

# ---- in the runs folder

for kind in mkdir write pwrite64 fsync rename ftruncate unlink rmdir; do
    n=1
    while killed_at $n $kind; do
        run=$(find "$runs" -mindepth 1 -maxdepth 1 2>/dev/null)
        if [ -n "$run" ]; then
            inspect
            if [ -e "$run/run.json" ]; then
                lists '"state":"\(crashed\|done\)"'
                verdict $? "$ran: it is listed as crashed or done"
            fi
            "$mltui" runs --prune >../out 2>../err
            rmdir "$run" 2>/dev/null # nothing was in it yet
            [ ! -e "$run" ] || lists '"state":"done"'
            verdict $? "$ran: runs --prune leaves nothing of a crash"
        fi
        rm -rf "$runs"
        n=$((n + 1))
    done
    lists '"state":"done"'
    verdict $? "it got through with $((n - 1)) times $kind"
    rm -rf "$runs"
done

# ---- elsewhere, with a link from the runs folder

run=../elsewhere
for kind in mkdir symlink fsync; do
    n=1
    while killed_at $n $kind --out $run; do
        inspect
        lists '[][]'
        verdict $? "$ran: what is left of the link does not disturb the list"
        rm -rf $run "$runs"
        n=$((n + 1))
    done
    lists '"state":"done"'
    verdict $? "it got through with $((n - 1)) times $kind and a link"
    rm -rf $run "$runs"
done

finish
