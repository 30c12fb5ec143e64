#!/bin/sh
# python.sh - what is exported is read by Python's safetensors and numpy, and gives the
# predictions of `mltui recommend`. ./check puts both into a virtual environment.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

python=${MLTUI_VENV:-$MLTUI_BUILDDIR/venv}/bin/python
if ! "$python" -c 'import numpy, safetensors' 2>/dev/null; then
    skip "no numpy and safetensors for Python in ${MLTUI_VENV:-the build folder}; ./check puts them there"
    finish
fi

"$mltui" synth films -q -u 200 -i 150 -r 4000 >/dev/null
"$mltui" train films -q --epochs 3 --factors 8 --lr 2e-2 --out run >/dev/null 2>&1
"$mltui" export ./run -q --out model.safetensors
"$mltui" export ./run -q --format npz --out model.npz
"$mltui" export ./run -q --format csv --out model.csv
user=$(sed -n '2s/,.*//p' films/ratings.csv)
"$mltui" recommend ./run --user "$user" --seen --limit 0 --json >recommended.json
"$mltui" movies ./run --limit 0 --json >movies.json
: >../out
ran="python read_export.py" status=0
"$python" "$MLTUI_SRCDIR/tests/cli/read_export.py" "$user" >../results 2>../err
status=$?
cat ../results
[ "$status" = 0 ] && [ "$(grep -c '^ok' ../results)" = 9 ]
verdict $? "Python reads what was exported"

# ---- the example of mltui-run(5)

mv run my-run
sed -n '/^import numpy/,/^\.Ed/p' "$MLTUI_SRCDIR/man/mltui-run.5" | grep -v '^\.Ed' >example.py
"$python" example.py >../shown 2>../err
status=$? ran="the example of mltui-run(5)"
"$mltui" recommend ./my-run --user 1 --json |
    "$python" -c 'import json, sys
for f in json.load(sys.stdin):
    print("%.2f" % f["predicted"], f["title"])' >../recommended
cmp ../shown ../recommended >../out && [ -s ../shown ]
verdict $? "the example of mltui-run(5) prints what mltui recommends"

finish
