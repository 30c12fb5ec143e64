#!/bin/sh
# install.sh - `make install DESTDIR=` puts everything below DESTDIR, and it works there.
set -eu
dest=$PWD/build/dest
rm -rf "$dest"
make -s -C build install DESTDIR="$dest" >/dev/null
prefix=$dest$(sed -n 's/^prefix = //p' build/Makefile)
"$prefix/bin/mltui" --version
[ -s "$prefix/share/man/man1/mltui.1" ]
[ -s "$prefix/share/man/man5/mltui-run.5" ]
for completion in bash-completion/completions/mltui zsh/site-functions/_mltui \
    fish/vendor_completions.d/mltui.fish; do
    [ -s "$prefix/share/$completion" ]
done
make -s -C build uninstall DESTDIR="$dest" >/dev/null
left=$(find "$dest" -type f)
[ -z "$left" ] || { echo "uninstall left: $left"; exit 1; }
