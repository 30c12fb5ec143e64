#!/bin/sh
# export.sh - a run's model and curves as files for other programs. That Python reads
# them is shown by python.sh.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# is_xml FILE SENTENCE
is_xml() {
    if command -v xmllint >/dev/null; then
        xmllint --noout "$1" 2>../err
    elif command -v python3 >/dev/null; then
        python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$1" 2>../err
    else
        skip "neither xmllint nor python3 here: $2"
        return
    fi
    verdict $? "$2"
}

"$mltui" synth films -q -u 300 -i 200 -r 6000 >/dev/null
"$mltui" train films -q --epochs 2 --factors 3 --out run >/dev/null 2>&1

# ---- the model

run export ./run
exits 0 "a model goes to standard output"
cmp ../out run/model.safetensors >../err 2>&1
verdict $? "as the very bytes of model.safetensors"
run export ./run --out model.safetensors
[ "$status" = 0 ] && [ ! -s ../out ] && grep -q '^model.safetensors: [0-9.]* kB$' ../err
verdict $? "--out says what was written"
run movies ./model.safetensors --limit 1
exits 0 "and what was written is a RUN"

run export ./run --format csv
has '^kind,id,title,bias,f1,f2,f3$' "CSV has a header"
[ "$(grep -c '^user,' ../out)" = 300 ]
verdict $? "CSV has every user"
has '^item,[0-9]*,[^,]*([12][0-9]*),-*[0-9.e-]*,-*[0-9.e-]*,-*[0-9.e-]*,-*[0-9.e-]*$' \
    "and films with title, bias and factors"

run export ./run --format npz -o model.npz -q
[ "$status" = 0 ] && [ ! -s ../err ]
verdict $? "--quiet says nothing"
if command -v python3 >/dev/null; then
    python3 -m zipfile -t model.npz >../out 2>../err
    has '^Done testing$' "npz is a zip archive that Python finds whole"
else
    skip "no python3 here to test the archive"
fi

# ---- the curves

run export ./run --curve csv
has '^step,min,max,mean,last,smooth,lr,mom,epoch,train_loss,valid_loss,rmse,mae,seconds$' \
    "the losses as CSV have a header"
[ "$(awk -F, '$9 != ""' ../out | wc -l)" = 3 ]
verdict $? "and a row an epoch"
awk -F, 'NF != 14 || (NR > 2 && $1 <= last) { exit 1 } { last = $1 }' ../out
verdict $? "in the order of the batches"
run export ./run --curve svg --out 'a <b> & c.svg'
exits 0 "a drawing is written"
is_xml 'a <b> & c.svg' "a drawing is well-formed XML"
odd=$(printf 'R\033]0;x\007<&>\342\200\256')
cp -r run "$odd"
run export "./$odd" --curve svg --out odd.svg
is_xml odd.svg "whatever the name of the run"
LC_ALL=C grep -q 'R\\x1b\]0;x\\x07&lt;&amp;&gt;\\u202e' odd.svg
verdict $? "which is shown harmless"
run export ./model.safetensors --curve csv
complains 1 "mltui: ./model.safetensors: no losses are recorded yet"

# ---- where it goes

echo old >there
run export ./run --out there -q
cmp there run/model.safetensors >../err 2>&1
verdict $? "a file that was there is replaced"
run export ./run --out nowhere/there
complains 1 "mltui: nowhere/there: cannot create: No such file or directory"
run export ./run --out films
complains 1 "mltui: films: a folder; expected the name of a file (without --out it goes to standard output)"
run export ./run --out /dev/null
complains 1 "mltui: /dev/null: not a file; expected the name of a file (without --out it goes to standard output)"
run export ./run --curve svg --format npz
complains 2 "mltui: --format is the model, --curve the losses; give one of them"
run export ./run --curve svg --data films
complains 2 "mltui: --data is for weights without titles; --curve needs none"
run export ./run --format json
complains 2 "mltui: export: --format: found 'json', expected safetensors, npz or csv, as in '--format safetensors'"
for form in '--format safetensors' '--format npz' '--format csv' '--curve csv' '--curve svg'; do
    # shellcheck disable=SC2086 # the form is words
    "$mltui" export ./run $form >/dev/full 2>../err
    status=$? ran="mltui export ./run $form >/dev/full"
    : >../out
    complains 1 "mltui: standard output: No space left on device"
done
if command -v timeout >/dev/null; then
    # Half a million factors may be printed before that: then the file is whole.
    "$mltui" train films -q --epochs 1 --factors 1024 --out wide >/dev/null 2>&1
    timeout --foreground --preserve-status -s TERM 0.15 "$mltui" export ./wide --format csv --out wide.csv \
        >../out 2>../err
    status=$? ran="timeout mltui export --out wide.csv"
    "$mltui" export ./wide --format csv --out whole.csv -q >/dev/null
    { [ "$status" = 143 ] || [ "$status" = 0 ]; } &&
        { [ ! -e wide.csv ] || cmp -s wide.csv whole.csv; }
    verdict $? "SIGTERM ends it by the signal, and there is no half of a file"
else
    skip "no timeout(1) here"
fi
[ -z "$(find . -name '.*.tmp')" ]
verdict $? "nothing half done is left"
if has_script; then
    ran="mltui export on a terminal"
    script -qec "'$mltui' export ./run" /dev/null >../out 2>../err </dev/null
    status=$?
    exits 2 "bytes do not go to a terminal"
    has '^mltui: safetensors is binary and standard output is a terminal; add --out FILE,' \
        "and one line says what to do"
else
    skip "no script(1) here to make a terminal"
fi

finish
