#!/bin/sh
# ssh.sh PROGRAM DATA - bytes a second that the screen costs through a real sshd while it
# trains, at 80 x 24 on the training panel
#
# The client talks to `sshd -i` over a pipe, and what comes back is counted there, so that
# nothing listens. Wanted: less than 8 KiB/s.
set -u
[ $# = 2 ] || {
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 2
}
program=$(readlink -f "$1")
data=$(readlink -f "$2")
sshd=$(command -v sshd || ls /usr/sbin/sshd 2>/dev/null)
[ -n "$sshd" ] && command -v script >/dev/null || {
    echo "SKIP: sshd and script are needed"
    exit 77
}
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
if [ "$(id -u)" = 0 ]; then mkdir -p /run/sshd; fi
ssh-keygen -q -t ed25519 -N '' -f "$here/host"
ssh-keygen -q -t ed25519 -N '' -f "$here/me"
cat >"$here/sshd_config" <<END
HostKey $here/host
AuthorizedKeysFile $here/me.pub
StrictModes no
UsePAM no
PidFile none
END
cat >"$here/keys" <<END
wait data
press 2 T
wait training
do save-screen $here/training
wait idle
do quit
END
cat >"$here/run" <<END
stty rows 24 cols 80
exec ssh -tt -F none -i $here/me -o IdentitiesOnly=yes -o LogLevel=ERROR \\
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \\
    -o ProxyCommand='$sshd -i -f $here/sshd_config | tee $here/bytes' \\
    here "TERM=xterm-256color LC_ALL=C.UTF-8 XDG_STATE_HOME=$here/state '$program' screen '$data' --script $here/keys"
END
script -qec "sh $here/run" /dev/null </dev/null >"$here/screen" 2>&1 &
for i in $(seq 300); do
    [ -e "$here/training" ] && break
    sleep .2
done
[ -e "$here/training" ] || {
    cat "$here/screen"
    exit 1
}
sleep 1
before=$(stat -c %s "$here/bytes") drawn=$(stat -c %s "$here/screen") from=$(date +%s%N)
for i in $(seq 10); do
    sleep .5
    kill -0 $! 2>/dev/null && ! ls "$here"/state/mltui/runs/*/model.safetensors >/dev/null 2>&1 || break
done
s=$((($(date +%s%N) - from) / 1000000))
after=$(stat -c %s "$here/bytes") shown=$(stat -c %s "$here/screen")
wait
awk -v ms=$s -v wire=$((after - before)) -v pty=$((shown - drawn)) 'BEGIN {
    printf "%.2f KiB/s through sshd (%.2f of them the screen'"'"'s), over %.1f s\n",
        wire / ms / 1.024, pty / ms / 1.024, ms / 1000
    exit !(wire / ms / 1.024 < 8)
}'
