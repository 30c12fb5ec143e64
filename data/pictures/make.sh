#!/bin/sh
# make.sh - the pictures of the README, made anew by the program itself: it plays the
# sitting in data/pictures/tour on the sample, on a terminal of 80 x 24. Drawings go into
# data/pictures/, texts into the README, between ``` after a line <!-- picture NAME -->.
#
#   make -C build pictures, or sh data/pictures/make.sh PROGRAM
set -eu
program=$(realpath "${1:?expected the program: build/mltui}")
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# A keyboard on which nobody types.
mkfifo keys
exec 3<>keys
HOME=$work LC_ALL=C.UTF-8 TERM=xterm-256color script -qec \
    "stty rows 24 cols 80; '$program' screen sample --script '$here/tour'" \
    /dev/null <&3 >screen.log 2>&1 || {
    echo "make.sh: the sitting failed" >&2
    cat screen.log >&2
    exit 1
}

cp ./*.svg "$here/"
awk '
    /^<!-- picture [a-z]+ -->$/ { file = $3 ".txt"; print; next }
    /^```$/ && file != "" {
        print
        if (!inside) {
            while ((getline line < file) > 0)
                print line
            inside = 1
            next
        }
        inside = 0
        file = ""
        next
    }
    !inside { print }
' "$here/../../README.md" >README.new
cat README.new >"$here/../../README.md"
