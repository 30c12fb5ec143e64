#!/bin/sh
# train.sh - train and lr-find on a small planted data set.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

run synth ../data --users 400 --items 300 --ratings 20000 --seed 3 --quiet
exits 0 "the data are made"

# ---- what it says

run train ../data --dry-run --json
exits 0 "a dry run ends well"
has '"train":18000,$' "a dry run counts the ratings to train on"
has '"batches_per_epoch":281,$' "a dry run counts batches of 64"
[ ! -e "$HOME/.local/state/mltui/runs" ]
verdict $? "a dry run leaves no run"

run train ../data --json
exits 0 "train ends well"
for key in run batch lr steps epochs best_epoch stopped load_seconds train_seconds \
    total_seconds ratings_per_second peak_rss_bytes device threads seed; do
    has "^\"$key\":" "train --json has $key"
done
has '"stopped":null' "a run of all epochs was not stopped"
grep -q '^batches of 64 (auto), 281 an epoch; ' ../err
verdict $? "an automatic batch is announced"
[ "$(grep -c '^    [12]  ' ../err)" = 2 ]
verdict $? "two epochs are two lines on standard error"
grep -q '^next: mltui movies latest$' ../err
verdict $? "train says what to type next"

run train ../data --json --quiet
exits 0 "train --quiet ends well"
[ ! -s ../err ]
verdict $? "train --quiet is quiet"

run train ../data --valid 0 --epochs 1 --json
has '"valid_loss":null' "--valid 0 validates nothing"
has '"best_epoch":null' "--valid 0 has no best epoch"

run train ../data --epochs 40 --lr 0.03 --wd 0 --patience 1 --json -q
has '"stopped":"early"' "patience ends a run that gets worse"

# ---- the same bytes for any number of threads

for threads in 1 2 3 7; do
    run train ../data --epochs 2 --seed 5 --threads "$threads" --out "../t$threads" -q
    [ "$status" = 0 ] && cmp -s ../t1/model.safetensors "../t$threads/model.safetensors"
    verdict $? "the model of $threads threads is that of one"
done
run train ../data --epochs 2 --seed 6 --threads 1 --out ../other -q
! cmp -s ../t1/model.safetensors ../other/model.safetensors
verdict $? "another seed gives another model"

# ---- mistakes

run train ../data --batch 20000
[ "$status" = 2 ] && grep -q 'more than the 18000 training ratings.*try --batch ' ../err
verdict $? "a batch that is too large: exit 2 and a proposal"
run train ../data --valid 0.1 --split ../split
[ "$status" = 2 ] && grep -q '^mltui: --split and --valid: ' ../err
verdict $? "--split with --valid: exit 2"
run train ../data --out ../t1 -q
[ "$status" = 1 ] && grep -q '^mltui: ../t1: the folder is not empty: ' ../err
verdict $? "a folder that is not empty: exit 1"
run train ../data --device abacus
exits 2 "a device that does not exist: exit 2"

# ---- signals

# Run COMMAND..., send it a signal once it has said a first epoch, keep its status.
signalled() {
    sig=$1
    shift
    "$mltui" "$@" >../out 2>../err </dev/null &
    pid=$!
    ran="mltui $* (SIG$sig)"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        sleep 0.1
        ! grep -q ' best so far$' ../err || break
    done
    kill -s "$sig" "$pid"
    wait "$pid"
    status=$?
}

signalled TERM train ../data --epochs 10000 --patience 0 --out ../stopped --json
exits 143 "SIGTERM is died by when the run has ended"
has '"stopped":"by signal"' "a run that was stopped says so"
grep -q '"state":"stopped"' ../stopped/run.json
verdict $? "its folder is marked stopped"
[ -s ../stopped/model.safetensors ] && [ -s ../stopped/ratings.safetensors ]
verdict $? "its folder has a model and the ratings"

# ---- the range test

run lr-find ../data --json -q
exits 0 "lr-find ends well"
for key in points suggestions valley slide minimum steep; do
    grep -q "\"$key\"" ../out
    verdict $? "lr-find --json has $key"
done
run lr-find ../data --csv -q
has '^lr,loss,smoothed,suggestion$' "lr-find --csv is one table"
awk -F, 'NR > 1 && $2 != "" { if ($3 == "" || $1 <= last) exit 1; last = $1 }' ../out
verdict $? "a line a rate, rising"
[ "$(awk -F, '$4 != "" && NR > 1 { print $4 }' ../out | tr '\n' ' ')" = "valley slide minimum steep " ]
verdict $? "then one a suggestion"
run lr-find ../data --plain
exits 0 "lr-find --plain ends well"
LC_ALL=C grep -q '[^ -~]' ../out
[ $? = 1 ]
verdict $? "lr-find --plain is ASCII"
[ "$(grep -c '^mltui: warning: with batches of 64 the range test is noisy' ../err)" = 1 ]
verdict $? "lr-find warns where batches are small"
grep -q '^next: mltui train ../data --lr 3e-3$' ../err
verdict $? "and proposes the default rate"
run lr-find ../data --batch 256
! grep -q 'warning' ../err
verdict $? "lr-find does not warn with batches of 256"
grep -q '^next: mltui train ../data --lr 0[.0-9]*$' ../err
verdict $? "and says what to type next"
run train ../data --lr auto --epochs 1
grep -q '^learning rate .* (auto, ' ../err
verdict $? "an automatic rate is announced"
grep -q '^mltui: warning: with batches of 64 the range test is noisy' ../err
verdict $? "and warned of where batches are small"

finish
