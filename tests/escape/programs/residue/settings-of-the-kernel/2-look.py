# Looks whether the host name or the kernel's settings of its namespaces have changed.
# expect: stopped
import os
import socket

found = {
    'host name': (socket.gethostname(), 'codecanvas'),
    'node': (os.uname().nodename, 'codecanvas'),
    '/proc/sys/kernel/hostname': (open('/proc/sys/kernel/hostname').read().strip(), 'codecanvas'),
}
for what, (is_now, was) in found.items():
    if is_now != was:
        print('ESCAPED', what, is_now)
print('stopped')
