#!/bin/sh
# runs.sh - what was trained is listed, named and cleared away.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

folder=$HOME/.local/state/mltui/runs

# names LIST SENTENCE: the runs in the first column of out, in this order.
names() {
    [ "$(sed '1d; s/ .*//' ../out | tr '\n' ' ')" = "$1" ]
    verdict $? "$2"
}

# ---- nothing yet

run runs
exits 0 "no runs folder is no mistake"
[ ! -s ../out ]
verdict $? "and prints no table"
says "^There are no runs yet.\$" "it says that there are none"
says "^next: mltui train sample\$" "and what makes one"
[ ! -e "$folder" ]
verdict $? "looking makes no folder"
run runs --json
prints "$(printf '[\n]')" "--json without runs is an empty array"
run runs --csv
prints "run,state,data,started,epochs,valid_loss,bytes" "--csv without runs is the header"
run runs --prune
exits 0 "there may be nothing to prune"
says "^There is nothing to remove.\$" "and it says so"

# ---- three runs, one of them elsewhere

"$mltui" synth films -q -u 100 -i 80 -r 2000 || exit 1
for name in one two; do
    "$mltui" train films -q --epochs 1 --out "$folder/$name" >/dev/null || exit 1
done
"$mltui" train films -q --epochs 2 --out ../far/three >/dev/null || exit 1
# Runs that began within one second are in the order of their names: set them apart.
for pair in one:1000 two:3000 three:2000; do
    sed "s/\"started\":[0-9]*/\"started\":${pair#*:}/" "$folder/${pair%:*}/run.json" >../json
    cat ../json >"$folder/${pair%:*}/run.json"
done

run runs
exits 0 "runs are listed"
names "two three one " "the newest start is first"
says "^next: mltui movies latest\$" "it says what to type next"
has '^three  done   films ' "a link stands for its run"
[ -L "$folder/three" ]
verdict $? "--out elsewhere left a link"
run runs --csv
[ "$(sed 1d ../out | cut -d, -f1-5 | tr '\n' ' ')" = \
    "two,done,films,3000,1 three,done,films,2000,2 one,done,films,1000,1 " ]
verdict $? "--csv has a row a run"
run runs --json
has '^{"run":"two","state":"done","data":"films","started":3000,"epochs":1,"valid_loss":[0-9.]*,"bytes":[0-9]*}' \
    "--json has an object a run"
for width in 20 40 80; do
    COLUMNS=$width
    export COLUMNS
    run runs --plain
    [ "$status" = 0 ] && ! awk -v w=$width 'length($0) > w { exit 0 } END { exit 1 }' ../out
    verdict $? "the list fits $width columns"
done
names "two three one " "where names are never cut"
unset COLUMNS

# ---- what a word means

run history latest --json
has '"run":"two"' "latest is the newest start"
run history "$folder/one" --json
has '"run":"one"' "a path is a run"
run history ../far/three --json
exits 0 "a run elsewhere has a path"
run history lates
complains 1 "mltui: no run 'lates'; did you mean 'latest'?"
run lates
complains 2 "mltui: no command, data or run 'lates'; did you mean 'latest'?"
run history tow
complains 1 "mltui: no run 'tow'; did you mean 'two'?"
run history ./one
complains 1 "mltui: ./one: no run there: neither a folder with run.json nor a .safetensors file"

# ---- a run that crashed, one that failed, one that is damaged

cp -r "$folder/one" "$folder/crashed"
sed 's/"state":"done"/"state":"training"/; s/"ended":[0-9]*/"ended":0/' \
    "$folder/one/run.json" >"$folder/crashed/run.json"
cp -r "$folder/one" "$folder/failed"
sed 's/"state":"done"/"state":"failed"/' "$folder/one/run.json" >"$folder/failed/run.json"
cp -r "$folder/one" "$folder/torn"
printf '{"step":' >>"$folder/torn/metrics.jsonl"
cp -r "$folder/one" "$folder/damaged"
echo '{}' >>"$folder/damaged/metrics.jsonl"
ln -s nowhere "$folder/gone"
mkdir "$folder/notes"

run runs
exits 0 "damage in one run does not hide the others"
has '^crashed  crashed ' "a run whose program is gone has crashed"
has '^failed   failed ' "a run that failed says so"
has '^torn     done ' "a torn last line is no damage"
[ "$(grep -c '^damaged\|^gone\|^notes' ../out)" = 0 ]
verdict $? "what is no whole run is not listed"
says "^mltui: warning: $folder/damaged/metrics.jsonl:$(wc -l <"$folder/damaged/metrics.jsonl"): key \"step\" is missing\$" \
    "a damaged one is warned of with its place"
[ "$(wc -l <../err)" = 2 ]
verdict $? "in one line"

# ---- pruning

echo "$folder"/* >../before
run runs --prune --dry-run
exits 0 "--prune --dry-run ends well"
[ "$(sed '1d; s/ .*//' ../out | sort | tr '\n' ' ')" = "crashed failed gone " ]
verdict $? "it lists crashed and failed runs, and links that lead nowhere"
says "^This is what would be removed.\$" "and says that they would go"
echo "$folder"/* | cmp -s - ../before
verdict $? "and removes nothing"
run runs --prune
exits 0 "--prune ends well"
says "^This is what was removed.\$" "it says what it did"
[ "$(cd "$folder" && echo *)" = "damaged notes one three torn two" ]
verdict $? "crashed, failed and the dangling link are gone, all else stays"

# ---- removing

run runs --remove damaged
exits 0 "a damaged run can be removed"
has '^damaged  - ' "its row has a name and nothing else"
[ ! -e "$folder/damaged" ]
verdict $? "its folder is gone"
run runs --remove torn --remove nosuch
[ "$status" = 1 ] && [ ! -s ../out ] && grep -q "^mltui: no run 'nosuch'" ../err
verdict $? "one name that is wrong: exit 1"
[ -e "$folder/torn/run.json" ]
verdict $? "and nothing is removed"
run runs --remove three --json
exits 0 "a link is removed"
[ ! -e "$folder/three" ] && [ -s ../far/three/run.json ]
verdict $? "and the run that it led to stays"
says "^three is a link; the run itself stays in $(cd ../far/three && pwd -P)\$" "it says where"
run runs --remove ../far/three
[ "$status" = 0 ] && [ ! -e ../far/three ]
verdict $? "by its path the run itself goes"
echo mine >"$folder/two/notes.txt"
run runs --remove two --remove torn
exits 0 "two runs are removed at once"
[ "$(ls -A "$folder/two")" = notes.txt ] && [ ! -e "$folder/torn" ]
verdict $? "a file of the user's stays, and the folder with it"

# train_until_there RUN: in the background, until the run, or a link to it, is there.
train_until_there() {
    "$mltui" train films -q --epochs 10000 --patience 0 --out "$1" >/dev/null 2>&1 &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        sleep 0.1
        [ ! -e "$folder/now/run.json" ] || break
    done
}

train_until_there "$folder/now"
run runs --remove now
complains 1 "mltui: $folder/now: it is training; stop it first"
run runs
has '^now  training ' "a run that is training is listed as such"
run runs --prune
[ -e "$folder/now/run.json" ]
verdict $? "--prune leaves it alone"
kill -s KILL "$pid"
wait "$pid" 2>/dev/null
run runs
has '^now  crashed ' "killed, it has crashed"
run runs --remove latest
[ "$status" = 0 ] && [ ! -e "$folder/now" ]
verdict $? "latest can be removed"
train_until_there ../far/now
kill -s KILL "$pid"
wait "$pid" 2>/dev/null
run runs
has '^now  crashed ' "one written elsewhere, too: its link was there from the first"
run runs --remove now

# ---- mistakes

run runs --dry-run
complains 2 "mltui: --dry-run needs --remove or --prune"
run runs one
complains 2 "mltui: runs: one word too many: 'one'; expected mltui runs"
run runs --remove
complains 2 "mltui: runs: --remove needs a value: RUN"
mv "$folder" ../away
: >"$folder"
run runs
complains 1 "mltui: $folder: Not a directory"
rm "$folder"
mv ../away "$folder"
home=$HOME
unset HOME
run runs
complains 1 "mltui: no folder for mltui's files: neither XDG_STATE_HOME nor HOME is set to an absolute path"
HOME=$home
export HOME
"$mltui" runs >/dev/full 2>../err
status=$? ran="mltui runs >/dev/full"
[ "$status" = 1 ] && grep -q '^mltui: standard output: No space left on device$' ../err
verdict $? "a full disk is said"

finish
