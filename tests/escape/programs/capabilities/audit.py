# Writes to the host's audit trail, listens to it, and changes the identity under which it is audited.
# expect: stopped

import os, socket

for kind in [socket.SOCK_RAW, socket.SOCK_DGRAM]:
    try:
        s = socket.socket(socket.AF_NETLINK, kind, 9)  # NETLINK_AUDIT
        print('ESCAPED: an audit socket', s)
    except OSError as e:
        print('socket', e.strerror)
for name in ['loginuid', 'sessionid', 'attr/current', 'attr/exec', 'attr/apparmor/current']:
    try:
        with open('/proc/self/' + name, 'w') as f:
            f.write('0')
        print('ESCAPED:', name, 'written')
    except OSError as e:
        print(name, e.strerror)
print('stopped')
