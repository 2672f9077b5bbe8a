#!/bin/sh
# Runs a shell command in a virtual machine: qemu's software emulation of a PC with Debian's own kernel, everything on cgroup v2, and
# this host's files, whose changes are forgotten at the end. For hosts whose own kernel is of another kind, or cannot isolate programs.
# Usage: scripts/vm.sh 'command'. The exit status is the command's. Needs root, for the packages and to read all files.
set -eu
. "$(dirname "$0")/packages.sh"

# The kernel's file systems and devices that the machine needs to see this host's files.
modules="virtio_pci 9pnet_virtio 9p overlay"
memory=${VM_MEMORY:-6G}

main() {
    [ "$(id -u)" = 0 ] || fail "A virtual machine with this host's files needs root."
    install
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    kernel=$(find /boot -name 'vmlinuz-*-amd64' ! -name '*cloud*' | sort -V | tail -n 1)
    [ -n "$kernel" ] || fail "There is no kernel of Debian's in /boot."
    build_initramfs "${kernel#/boot/vmlinuz-}" "$1"
    boot "$kernel" | tee "$work/console"
    status=$(sed -n 's/.*VM-EXIT \([0-9]*\).*/\1/p' "$work/console")
    [ -n "$status" ] || fail "The virtual machine ended without a word."
    return "$status"
}

install() {
    have qemu-system-x86_64 || install_packages qemu-system-x86
    [ -e /bin/busybox ] || install_packages busybox-static
    have cpio || install_packages cpio
    have xz || install_packages xz-utils
    have modprobe || install_packages kmod
    find /boot -name 'vmlinuz-*-amd64' ! -name '*cloud*' | grep -q . || install_packages linux-image-amd64
}

# A first file system with busybox and the modules; it mounts this host's files below a layer in memory.
build_initramfs() {
    root=$work/root
    mkdir -p "$root/bin" "$root/mod" "$root/proc" "$root/sys" "$root/dev" "$root/host" "$root/layer" "$root/new"
    cp /bin/busybox "$root/bin/busybox"
    for module in $modules; do
        modprobe -S "$1" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' | while read -r file; do
        name=$(basename "$file" .xz)
        case $file in *.xz) xz -dc "$file" >"$root/mod/$name" ;; *) cp "$file" "$root/mod/$name" ;; esac
        echo "$name" >>"$root/mod/order"
    done
    printf '%s\n' "$2" >"$root/command"
    cat >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
while read -r module; do insmod "/mod/$module"; done </mod/order
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 host /host
mount -t tmpfs -o size=75% layer /layer; mkdir /layer/up /layer/work
mount -t overlay -o lowerdir=/host,upperdir=/layer/up,workdir=/layer/work new /new
for name in proc sys dev; do mount --move "/$name" "/new/$name"; done
mount -t tmpfs run /new/run; mkdir -p /new/dev/pts /new/dev/shm
mount -t devpts pts /new/dev/pts; mount -t tmpfs shm /new/dev/shm
mount -t cgroup2 cgroup /new/sys/fs/cgroup
ip link set lo up
cp /command /new/run/command
{
    echo "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8"
    echo '(. /run/command); echo "VM-EXIT $?"; echo o >/proc/sysrq-trigger; while :; do :; done'
} >/new/run/start
exec switch_root /new /bin/sh /run/start
INIT
    chmod +x "$root/init"
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initramfs"
}

boot() {
    qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m "$memory" -kernel "$1" -initrd "$work/initramfs" \
        -append "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off" -nodefaults -nographic -no-reboot -serial stdio \
        -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
        -device virtio-9p-pci,fsdev=host,mount_tag=host </dev/null | sed -u 's/\r$//'
}

main "$@"
