#!/bin/sh
# hacking.sh - the panel in HACKING.md compiles, with the two lines it says to add.
top=${MLTUI_SRCDIR:-$(dirname "$0")/..}
build=${MLTUI_BUILDDIR:?run it by make check}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/ui/tui"

# The rows go after the last ones of their lists.
awk -v guide="$top/HACKING.md" '
    BEGIN {
        while ((getline line < guide) > 0) {
            if (line ~ /^    X\(PANEL_/)
                action = line
            else if (line ~ /^    X\(/)
                panel = line
        }
    }
    /^    X\(ME, me\)/ { print $0 " \\"; print panel; next }
    { print }
    /^    X\(PANEL_ME, / { print action " \\" }
' "$top/ui/tui/action.h" >"$work/ui/tui/action.h"
awk '/^```$/ { inside = 0 } inside; /^```c$/ { inside = 1 }' "$top/HACKING.md" \
    >"$work/panel_eras.c"

[ -s "$work/panel_eras.c" ] &&
    ${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -I"$work" -I"$top" \
        -I"$build" "$work/panel_eras.c"
