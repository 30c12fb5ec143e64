#!/bin/sh
# layers.sh - holds the sources against tests/layers.txt: includes go down only, and the
# engine (src/) never prints, exits or touches the terminal.
top=${MLTUI_SRCDIR:-$(dirname "$0")/..}
cd "$top" || exit 1

find src ui -name '*.[ch]' | sort | xargs awk '
    BEGIN {
        while ((getline line < "tests/layers.txt") > 0)
            if (line !~ /^#/ && line != "")
                rank[line] = ++n
    }
    function floor_of(path) {
        sub(/\/[^\/]*$/, "", path)
        return path
    }
    FNR == 1 { here = floor_of(FILENAME) }
    !(here in rank) { printf "%s: its folder is not in tests/layers.txt\n", FILENAME; bad++; nextfile }
    /^#[ \t]*include "(src|ui)\// {
        split($0, part, "\"")
        there = floor_of(part[2])
        if (!(there in rank) || rank[there] > rank[here]) {
            printf "%s:%d: %s may not include %s\n", FILENAME, FNR, here, part[2]
            bad++
        }
    }
    FILENAME ~ /^src\// && /(^|[^a-z_])(printf|vprintf|puts|putchar|perror|exit|_exit|abort)[ \t]*\(|(^|[^a-z_])(stdout|stderr)([^a-z_]|$)|curses\.h/ &&
        !/^[ \t]*(\/?\*|\/\/)/ {
        printf "%s:%d: the engine does not print or exit: %s\n", FILENAME, FNR, $0
        bad++
    }
    END { exit bad != 0 }'
