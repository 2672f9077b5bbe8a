# Becomes root by the tools for that: su, mount, umount, newgrp, passwd, sudo, pkexec.
# expect: stopped

try() {
    out=$("$@" 2>&1 </dev/null) && echo "$out" | grep -q '^uid=0' && echo "ESCAPED $*: $out"
    echo "$1: $(echo "$out" | head -n 1)"
}
# Each waits a while before it says no.
try su -c id &
try su root -s /bin/sh -c id &
try sudo -n id &
try pkexec id &
try sg root id &
wait
echo 'id' | newgrp root 2>/dev/null | grep -q 'gid=0' && echo 'ESCAPED newgrp'
mount -t tmpfs none /tmp 2>/dev/null && echo 'ESCAPED mount'
umount -l /proc 2>/dev/null && echo 'ESCAPED umount'
echo 'root:x' | chpasswd 2>/dev/null && echo 'ESCAPED chpasswd'
[ "$(id -u)" != 0 ] && echo stopped
