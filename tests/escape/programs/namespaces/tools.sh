# Uses the tools that are installed: unshare, nsenter, mount, umount, chroot, pivot_root, bwrap, su, sudo, newuidmap.
# expect: stopped
PATH=$PATH:/usr/sbin:/sbin
attempt() {
    command -v "$1" > /dev/null || return
    if output=$("$@" 2>&1 < /dev/null); then echo "ESCAPED $*: $output"; else echo "$1: ${output##*$'\n'}"; fi
}
mkdir /work/m
for kind in -U -r -m -n -p -i -u -C -T -rm -Urmpf; do attempt unshare $kind id; done
attempt unshare --map-root-user --mount --pid --fork --mount-proc id
for target in 1 $$ $PPID; do attempt nsenter -t $target -a id; attempt nsenter -t $target -m id; done
attempt bwrap --bind / / id
attempt bwrap --unshare-all --ro-bind / / id
attempt mount -t tmpfs none /work/m
attempt mount --bind /usr /work/m
attempt mount -o remount,rw /usr
attempt umount -l /proc/keys
attempt umount -l /work
attempt chroot / id
attempt pivot_root / /work
attempt newuidmap $$ 0 0 1
attempt newgidmap $$ 0 0 1
attempt su -c id
attempt sudo -n id
attempt pkexec id
attempt runuser -u root id
attempt setpriv --reuid=0 id
attempt hostname codecanvas-was-here
attempt fusermount -u /work/m
[ "$(id -u)" = 0 ] && echo "ESCAPED it is root"
echo stopped
