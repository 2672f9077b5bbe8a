#!/bin/sh
# Runs a shell command in a virtual machine: a PC with a stock kernel of Debian's, everything on cgroup v2, and this host's files,
# whose changes are forgotten at the end. For hosts whose own kernel is of another kind, or cannot isolate programs. It is
# qemu's software emulation, some fifteen times slower than the host: KVM is seldom there, or works, where this is needed.
# Usage: scripts/vm.sh [--kernel=SUITE] [--systemd] 'command'. The exit status is the command's. Root runs this, and the command.
#        scripts/vm.sh [--kernel=SUITE] [--systemd] --prepare installs and fetches what that needs.
#   --kernel   the release of Debian that the kernel is of: bookworm (Linux 6.1, the default), trixie (6.12), any other
#   --systemd  process 1 is systemd, and the command a service of it with a subtree of its own (system.slice/vm.service,
#              Delegate=yes); else the shell is process 1, and everything sits in the root of the tree
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh

# Debian's kernels for clouds boot fastest. They have no 9p file system: this host's files come by virtiofs.
modules="virtio_pci virtiofs overlay"
memory=${VM_MEMORY:-4G}
# More than one help little: under emulation they spend much of their time waiting for each other.
processors=${VM_PROCESSORS:-1}
# A machine that hangs is ended: seconds.
patience=${VM_PATIENCE:-1800}

main() {
    suite=bookworm
    layout=plain
    while [ $# -gt 1 ]; do
        case $1 in
            --kernel=*) suite=${1#*=} ;;
            --systemd) layout=systemd ;;
            *) fail "What is $1?" ;;
        esac
        shift
    done
    [ "$(id -u)" = 0 ] || fail "A virtual machine with this host's files needs root."
    install
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    kernel=$PWD/target/vm/$suite
    [ -e "$kernel/vmlinuz" ] || fetch_kernel
    [ "$1" != --prepare ] || return 0
    build_initramfs "$1"
    share_files
    boot | tee "$work/console"
    status=$(sed -n 's/.*VM-EXIT \([0-9]*\).*/\1/p' "$work/console" | tail -n 1)
    [ -n "$status" ] || fail "The virtual machine ended without a word."
    return "$status"
}

install() {
    have qemu-system-x86_64 || install_packages qemu-system-x86
    # Debian 12 has it in a package that qemu's needs, Debian 13 in one of its own.
    find_virtiofsd || { install_packages virtiofsd && find_virtiofsd; } || fail "There is no virtiofsd."
    [ -e /bin/busybox ] || install_packages busybox-static
    have cpio || install_packages cpio
    have xz || install_packages xz-utils
    have depmod || install_packages kmod
    [ $layout != systemd ] || [ -x /lib/systemd/systemd ] || install_packages systemd
}

find_virtiofsd() {
    for virtiofsd in /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd; do
        [ ! -x $virtiofsd ] || return 0
    done
    return 1
}

# Unpacks the newest kernel of the suite; it is not installed. It comes from where this host's own packages do, by lists of its own.
fetch_kernel() {
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -e $keyring ] || install_packages debian-archive-keyring
    update_packages
    # shellcheck disable=SC2016 # apt's variables
    mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
        awk '$1 == "Debian" && !/security/ { print $2; exit }')
    [ -n "$mirror" ] || fail "No mirror of Debian's is among this host's sources of packages."
    apt=$work/apt
    mkdir -p "$apt/lists/partial" "$apt/new"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources"
    (cd "$apt" && from_suite apt-get update -qq &&
        package=$(from_suite apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p') &&
        echo "Fetching $package" >&2 && from_suite apt-get download -qq "$package" && dpkg -x ./*.deb new) ||
        fail "The kernel of $suite could not be fetched."
    # Since Debian 13 they are below /usr, where the tools of Debian 12 do not look.
    [ -e "$apt/new/lib" ] || ln -s usr/lib "$apt/new/lib"
    depmod -b "$apt/new" "$(ls "$apt/new/lib/modules")"
    mv "$apt/new/boot"/vmlinuz-* "$apt/new/vmlinuz"
    mkdir -p "$(dirname "$kernel")"
    rm -rf "$kernel"
    mv "$apt/new" "$kernel"
}

from_suite() {
    "$@" -o Dir::Etc::SourceList="$apt/sources" -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null \
        -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt" \
        -o Acquire::Languages=none -o APT::Sandbox::User=root
}

# A first file system with busybox and the modules; it mounts this host's files below a layer in memory.
build_initramfs() {
    root=$work/root
    mkdir -p "$root/bin" "$root/mod" "$root/proc" "$root/sys" "$root/dev" "$root/host" "$root/layer" "$root/new"
    cp /bin/busybox "$root/bin/busybox"
    for module in $modules; do
        # What is built in has no file.
        modprobe -d "$kernel" -S "$(ls "$kernel/lib/modules")" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' | while read -r file; do
        name=$(basename "$file" .xz)
        case $file in *.xz) xz -dc "$file" >"$root/mod/$name" ;; *) cp "$file" "$root/mod/$name" ;; esac
        echo "$name" >>"$root/mod/order"
    done
    printf '%s\n' "$1" >"$root/command"
    echo "$layout" >"$root/layout"
    cat >"$root/start" <<'START'
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
(. /run/command)
echo "VM-EXIT $?"
exec 2>/dev/null
echo o >/proc/sysrq-trigger
while :; do sleep 1; done
START
    cat >"$root/vm.service" <<'UNIT'
[Unit]
DefaultDependencies=no
FailureAction=poweroff-force
[Service]
Delegate=yes
ExecStart=/bin/sh -c '. /run/start >/dev/console 2>&1'
UNIT
    cat >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
while read -r module; do insmod "/mod/$module"; done </mod/order
mount -t virtiofs -o ro host /host
mount -t tmpfs -o size=75% layer /layer; mkdir /layer/up /layer/work
mount -t overlay -o lowerdir=/host,upperdir=/layer/up,workdir=/layer/work new /new
for name in proc sys dev; do mount --move "/$name" "/new/$name"; done
mount -t tmpfs run /new/run; mkdir -p /new/dev/pts /new/dev/shm
mount -t devpts pts /new/dev/pts; mount -t tmpfs shm /new/dev/shm
ip link set lo up
cp /command /start /new/run
if [ "$(cat /layout)" = systemd ]; then
    # It boots to this service and nothing else of the host's.
    cp /vm.service /new/etc/systemd/system/
    rm -rf /new/usr/lib/systemd/system-generators
    # By which it would take the machine for a container, where this host is one.
    rm -f /new/.dockerenv
    exec switch_root /new /lib/systemd/systemd --unit=vm.service --show-status=no --log-target=console
fi
mount -t cgroup2 cgroup /new/sys/fs/cgroup
exec switch_root /new /bin/sh /run/start
INIT
    chmod +x "$root/init"
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initramfs"
}

# Serves this host's files to the machine, by read-only mounts that nobody else sees; where this host allows no mount, the machine's
# own mount alone is read-only. The server ends with its only client.
share_files() {
    mkdir "$work/files"
    if unshare --mount true 2>/dev/null; then
        # shellcheck disable=SC2016 # the variables are the inner shell's
        unshare --mount --propagation private sh -c '
            mount --rbind / "$1"
            findmnt -Rrno TARGET "$1" | while read -r at; do mount -o remount,bind,ro "$at"; done 2>/dev/null
            exec "$2" --socket-path="$3" -o source="$1",cache=always,sandbox=chroot' sh "$work/files" $virtiofsd "$work/socket"
    else
        $virtiofsd --socket-path="$work/socket" -o source=/,cache=always,sandbox=chroot
    fi >"$work/virtiofsd.log" 2>&1 &
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ ! -S "$work/socket" ] || return 0
        sleep 0.5
    done
    fail "virtiofsd does not start: $(cat "$work/virtiofsd.log")"
}

boot() {
    timeout --foreground "$patience" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp "$processors" -m "$memory" \
        -kernel "$kernel/vmlinuz" -initrd "$work/initramfs" \
        -append "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off systemd.log_level=crit" -nodefaults -display none -no-reboot -serial stdio \
        -object memory-backend-memfd,id=memory,size="$memory",share=on -numa node,memdev=memory \
        -chardev socket,id=host,path="$work/socket" -device vhost-user-fs-pci,chardev=host,tag=host </dev/null | sed -u 's/\r$//'
}

main "$@"
