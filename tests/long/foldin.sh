#!/bin/sh
# foldin.sh - users of ml-latest-small folded in from their own ratings predict as well as trained
#
# Three seeds of fastai's recipe with batches of 64. In each class of users by number of
# training ratings, both vectors' predictions lie near each other, and on held-out
# ratings folding in does no worse; the table goes to stdout.
set -u
data=${MLTUI_ML_SMALL:-../shared/data/ml-latest-small}
[ -r "$data/ratings.csv" ] || {
    echo "SKIP: $data is not there; set MLTUI_ML_SMALL"
    exit 77
}
make -s -C build mltui tests/long/foldin_table || exit 1
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
export XDG_STATE_HOME="$here/state"
for seed in 1 2 3; do
    build/mltui train "$data" --batch 64 --seed "$seed" --out "$here/$seed" --quiet \
        >/dev/null && build/tests/long/foldin_table "$here/$seed" || exit 1
done >"$here/table"
cat "$here/table"
awk '
    BEGIN { most[1] = .26; most[20] = .20; most[50] = .16; most[200] = .11 }
    $1 in most && NF == 6 {
        n++
        held[$1] += $4; trained[$1] += $4 * $5 ^ 2; folded[$1] += $4 * $6 ^ 2
        if (!($3 <= most[$1])) {
            print "from " $1 " ratings on: " $3 " apart, expected " most[$1] " at most"
            bad++
        }
    }
    END {
        for (c in most) {
            t = sqrt(trained[c] / held[c]); f = sqrt(folded[c] / held[c])
            printf "from %d ratings on, held out: trained %.4f, folded in %.4f\n", c, t, f
            if (!(f <= t + .003)) bad++
        }
        exit bad > 0 || n != 12
    }' "$here/table"
