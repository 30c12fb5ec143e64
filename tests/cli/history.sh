#!/bin/sh
# history.sh - the recorded curves of runs, in every form.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# A run with a history that one can work out by hand: 2 epochs of 100 batches, so
# records of batches 64, 128, 192 and 200.
make_run() {
    mkdir -p "$1"
    cat >"$1/run.json" <<END
{"state":"$2","message":null,"started":1800000000,"ended":1800000009,"best_epoch":1,
"data":"films","fingerprint":"00","item":"title","n_ratings":7000,"n_held_out":600,
"n_users":50,"n_items":40,"valid_part":0.1,"split_file":null,"seed":42,
"sampling":"permutation","factors":4,"epochs":2,"batch":64,"n_steps":200,"lr":0.003,
"wd":0.001,"y_lo":0.5,"y_hi":5.5,"patience":2,"device":"cpu-reference","threads":1}
END
    cat >"$1/metrics.jsonl" <<END
{"step":64,"min":1,"max":2,"mean":1.5,"last":1.25,"smooth":1.375,"lr":0.001,"mom":0.95}
{"epoch":1,"train_loss":1.25,"valid_loss":1,"rmse":1,"mae":0.75,"seconds":0.5,"best":true}
{"step":128,"min":0.5,"max":1,"mean":0.75,"last":0.75,"smooth":1,"lr":0.003,"mom":0.85}
{"step":192,"min":0.5,"max":1,"mean":0.75,"last":null,"smooth":0.875,"lr":0.001,"mom":0.9}
{"step":200,"min":0.5,"max":1,"mean":0.75,"last":0.5,"smooth":0.75,"lr":0.0001,"mom":0.95}
{"epoch":2,"train_loss":0.75,"valid_loss":null,"rmse":null,"mae":null,"seconds":0.25,"best":false}
END
}

make_run one "done"
make_run two stopped
sed -i '/"step":200/d; s/"step":192/"step":150/' two/metrics.jsonl

# ---- text

run history ./one
exits 0 "a history is shown"
has '^run  *one$' "it names the run"
has '^state  *done$' "and its state"
has '^    1    1.250000    1.000000  1.000000  0.750000     0.50$' "a line an epoch"
has '^    2    0.750000           -         -         -     0.25$' "what is no number is a dash"
has '^Loss by batch: smoothed training (line), validation (●)$' "a plot with its legend"
has '●' "validations are points"
run history ./one --plain
LC_ALL=C grep -q '[^ -~]' ../out
[ $? = 1 ]
verdict $? "--plain is ASCII"
for width in 20 40 80 200; do
    COLUMNS=$width
    export COLUMNS
    run history ./one --plain
    [ "$status" = 0 ] && ! awk -v w=$width 'length($0) > w { exit 0 } END { exit 1 }' ../out
    verdict $? "it fits $width columns"
done
unset COLUMNS

# ---- JSON

run history ./one --json
prints '[
{"run":"one","epochs":[{"epoch":1,"train_loss":1.25,"valid_loss":1,"rmse":1,"mae":0.75,"seconds":0.5,"best":true},{"epoch":2,"train_loss":0.75,"valid_loss":null,"rmse":null,"mae":null,"seconds":0.25,"best":false}],"steps":[{"step":64,"min":1,"max":2,"mean":1.5,"last":1.25,"smooth":1.375,"lr":0.001,"mom":0.95},{"step":128,"min":0.5,"max":1,"mean":0.75,"last":0.75,"smooth":1,"lr":0.003,"mom":0.85},{"step":192,"min":0.5,"max":1,"mean":0.75,"last":null,"smooth":0.875,"lr":0.001,"mom":0.9},{"step":200,"min":0.5,"max":1,"mean":0.75,"last":0.5,"smooth":0.75,"lr":0.0001,"mom":0.95}]}
]' "--json has all that was recorded"
run history ./one ./two --json
[ "$(grep -c '"run":' ../out)" = 2 ]
verdict $? "two runs are two objects"

# ---- CSV: a line per record, for a spreadsheet

header=run,step,min,max,mean,last,smooth,lr,mom,epoch,train_loss,valid_loss,rmse,mae,seconds,best
run history ./one --csv
prints "$header
one,64,1,2,1.5,1.25,1.375,0.001,0.95,,,,,,,
one,100,,,,,,,,1,1.25,1,1,0.75,0.5,true
one,128,0.5,1,0.75,0.75,1,0.003,0.85,,,,,,,
one,192,0.5,1,0.75,,0.875,0.001,0.9,,,,,,,
one,200,0.5,1,0.75,0.5,0.75,0.0001,0.95,,,,,,,
one,200,,,,,,,,2,0.75,,,,0.25,false" "--csv has a line per record, in the order of the batches"
run history ./two ./one --csv
[ "$(grep -c '^run,' ../out)" = 1 ] && [ "$(cut -d, -f1 ../out | uniq | tr '\n' ' ')" = "run two one " ]
verdict $? "two runs are one table"
has '^two,150,,,,,,,,2,' "the epoch in which a run was stopped ends at its last batch"

# ---- whatever there is

sed -i 's/"state":"done"/"state":"training"/' one/run.json
run history ./one
[ "$status" = 0 ] && grep -q '^state  *crashed$' ../out
verdict $? "a run that crashed has a history"
printf '{"step":999' >>one/metrics.jsonl
run history ./one --csv
[ "$status" = 0 ] && [ "$(wc -l <../out)" = 7 ]
verdict $? "its torn last line is left out"
: >one/metrics.jsonl
run history ./one
[ "$status" = 0 ] && [ "$(wc -l <../out)" -le 4 ]
verdict $? "a run that recorded nothing has no table and no plot"
run history ./one --csv
prints "$header" "and only the header in CSV"
run history ./one --json
prints '[
{"run":"one","epochs":[],"steps":[]}
]' "and empty lists in JSON"
rm one/metrics.jsonl
run history ./one
exits 0 "nor is a missing file a mistake"

# ---- latest

run history latest
complains 1 "mltui: there are no runs yet: 'mltui train sample' makes one"
mkdir -p "$HOME/.local/state/mltui/runs"
ln -s "$PWD/two" "$HOME/.local/state/mltui/runs/linked"
run history latest --csv
has '^linked,64,' "a link is a run under its own name"

# ---- mistakes: one line, nothing on stdout

run history
complains 2 "mltui: history: expected RUN...; 'mltui help history' says more"
for form in --json --csv --plain; do
    run history ./two nosuch $form
    complains 1 "mltui: no run 'nosuch'; 'mltui runs' lists what there is"
done
make_run bad "done"
sed -i '3s/"min":0.5,//' bad/metrics.jsonl
run history ./bad
complains 1 'mltui: ./bad/metrics.jsonl:3: key "min" is missing'
make_run bad "done"
sed -i 's/"state":"done"/"state":"resting"/' bad/run.json
run history ./bad
complains 1 'mltui: ./bad/run.json: key "state" is not one of training, paused, done, stopped, crashed, failed'
rm bad/run.json
run history ./bad
complains 1 "mltui: ./bad: no run there: neither a folder with run.json nor a .safetensors file"

finish
