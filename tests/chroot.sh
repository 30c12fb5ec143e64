#!/bin/sh
# chroot.sh - the proof of a fresh machine: a bare Debian with an empty home and a clone
# of the last commit. ./demo is refused, asks, installs and runs; ./check passes, and
# passes again without a network. Takes root and the distribution's archive.
set -eu
[ "$(id -u)" = 0 ] || { echo 'needs root'; exit 77; }
command -v debootstrap >/dev/null || { echo 'debootstrap is not installed'; exit 77; }
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
site=$(apt-get indextargets --format '$(SITE) $(RELEASE)' |
    awk -v suite="$suite" '$2 == suite { print $1; exit }')
[ -n "$site" ] || { echo "no archive of $suite is configured"; exit 77; }

root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" "$root/dev/pts" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase "$suite" "$root" "$site"
mount -t proc proc "$root/proc"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
git clone -q . "$root/srv/mltui"

# inside USER COMMAND
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
        chroot --userspec="$1" "$root" sh -c "cd /srv/mltui && $2"
}

# refused COMMAND: it must fail and say how to install.
refused() {
    if "$@" >"$root/said" 2>&1; then
        echo "went on where it had to stop:" && cat "$root/said"
        return 1
    fi
    grep -q 'run: .*apt-get install .*gcc' "$root/said" || {
        echo 'did not say what to run:' && cat "$root/said"
        return 1
    }
}

echo '== ./demo of a user without sudo'
refused inside 65534:65534 './demo </dev/null'

if command -v script >/dev/null; then
    echo '== ./demo on a terminal, answered with no'
    printf 'n\n' >"$root/answer"
    refused script -qec "env PATH=$PATH chroot '$root' sh -c 'cd /srv/mltui && ./demo'" \
        /dev/null <"$root/answer"
fi

for command in ./demo ./check; do
    echo "== $command"
    inside 0:0 "$command </dev/null"
done

echo '== ./check without a network'
unshare -n true 2>/dev/null && command -v ip >/dev/null || {
    echo 'without a network: unshare or ip does not work here, not tried'
    exit 0
}
unshare -n sh -c "ip link set lo up && env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root TERM=dumb chroot '$root' sh -c 'cd /srv/mltui && ./check </dev/null'"
