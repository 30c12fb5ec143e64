#!/bin/sh
# disk.sh - a disk that fills up is said in one line, and nothing half done passes for whole
#
# A file system in memory of a few pages more at each try, until all fits.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

mkdir ../disk
if ! mount -t tmpfs -o size=4k none ../disk 2>../err; then
    echo "no file system can be mounted here: $(tail -n 1 ../err)"
    exit 77
fi
trap 'umount ../disk; rm -rf "$sandbox"' EXIT

"$mltui" synth ../data --users 200 --items 100 --ratings 6000 --seed 1 -q >../out
"$mltui" train ../data --epochs 3 --factors 8 --threads 1 --out ../whole -q >../out

# tight NAME WORD…: the command fails with one line that names the disk's fullness until
# the disk is large enough; `is_honest` looks at what each failure left in ../disk.
tight() {
    pages=1
    failures=0
    while :; do
        rm -rf ../disk/* ../disk/.[!.]*
        mount -o remount,size=$((pages * 4))k ../disk
        run "$@"
        [ "$status" != 0 ] || break
        ran="mltui $* on $pages pages"
        failures=$((failures + 1))
        sed -i '/^mltui: warning: .* are free: make room/d' ../err # before the work
        [ "$status" = 1 ] && [ "$(grep -c '^mltui: ' ../err)" = 1 ] &&
            grep -q 'No space left on device\|disk full' ../err && is_honest
        verdict $? "$ran: one line, and what is left is told from a whole"
        pages=$((pages + 1))
        [ $pages -lt 500 ] || break
    done
    [ "$status" = 0 ] && [ $failures -gt 3 ]
    verdict $? "mltui $*: failed $failures times, then all fitted"
}

is_honest() {
    [ -z "$(find ../disk -name '.*.tmp')" ] || return 1
    for file in model.safetensors ratings.safetensors; do
        [ ! -e "../disk/run/$file" ] || cmp -s "../disk/run/$file" "../whole/$file" ||
            return 1
    done
    [ ! -e ../disk/run ] || ! grep -q '"state":"done"' ../disk/run/run.json
}
tight train ../data --epochs 3 --factors 8 --threads 1 --out ../disk/run -q
cmp -s ../disk/run/model.safetensors ../whole/model.safetensors
verdict $? "the run that fitted is whole"

is_honest() { [ -z "$(ls -A ../disk)" ]; }
tight synth ../disk/data --users 200 --items 100 --ratings 3000 -q

is_honest() { [ -z "$(ls -A ../disk)" ]; }
tight export ../whole --format csv --out ../disk/model.csv
tight export ../whole --format npz --out ../disk/model.npz

finish
