#!/bin/sh
# example.sh - data/example is what the generator writes, and the commands of its README
# work on it.
. "$MLTUI_SRCDIR/tests/cli/lib.sh"

example=$MLTUI_SRCDIR/data/example
run synth made --users 60 --items 90 --ratings 900 --seed 7
exits 0 'the example is made again'
for file in ratings.csv movies.csv links.csv; do
    cmp -s "made/$file" "$example/$file"
    verdict $? "$file is what the generator writes"
done
run data "$example"
has '^ratings  *900$' 'data counts its ratings'
run train "$example" --epochs 20 --lr 0.02 --quiet
exits 0 'it trains'
finish
