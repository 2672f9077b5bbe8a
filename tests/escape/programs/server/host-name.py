# Learns which host this is: its name, domain, machine id, product, command line.
# expect: stopped

import os, socket

names = [socket.gethostname(), os.uname().nodename, open('/proc/sys/kernel/hostname').read().strip(), open('/etc/hostname').read().strip(), socket.getfqdn()]
if any(name not in ('codecanvas', 'localhost') for name in names):
    print('ESCAPED', names)
if open('/proc/sys/kernel/domainname').read().strip() not in ('(none)', ''):
    print('ESCAPED', open('/proc/sys/kernel/domainname').read())
for line in open('/etc/hosts'):
    if set(line.split()[1:]) - {'localhost', 'codecanvas', 'ip6-localhost'}:
        print('ESCAPED', line)
for path in ['/etc/machine-id', '/var/lib/dbus/machine-id', '/sys/class/dmi/id/product_uuid', '/sys/class/dmi/id/sys_vendor', '/sys/class/net', '/proc/cmdline',
             '/proc/device-tree', '/etc/resolv.conf', '/etc/fstab', '/etc/mtab.host', '/proc/bootconfig', '/proc/partitions', '/proc/diskstats', '/proc/modules', '/proc/config.gz']:
    try:
        text = open(path, 'rb').read()
        if text:
            print('ESCAPED', path, text[:80])
    except OSError as e:
        print(path, e.strerror)
print('stopped')
