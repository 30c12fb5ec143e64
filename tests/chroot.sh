#!/bin/sh
# chroot.sh - the proof of a fresh machine: a bare Debian with an empty home, a clone of
# the last commit, ./demo and ./check in it. Takes root and the distribution's archive.
set -eu
[ "$(id -u)" = 0 ] || { echo 'needs root'; exit 77; }
command -v debootstrap >/dev/null || { echo 'debootstrap is not installed'; exit 77; }
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
site=$(apt-get indextargets --format '$(SITE) $(RELEASE)' |
    awk -v suite="$suite" '$2 == suite { print $1; exit }')
[ -n "$site" ] || { echo "no archive of $suite is configured"; exit 77; }

root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase "$suite" "$root" "$site"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
git clone -q . "$root/srv/mltui"
for command in './demo' './check'; do
    echo "== $command"
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
        chroot "$root" sh -c "cd /srv/mltui && $command" </dev/null
done
