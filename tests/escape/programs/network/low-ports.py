# Takes a port below 1024, where others expect the system's services.
# expect: stopped

import socket

for port in [1, 22, 25, 53, 80, 111, 443, 445, 1023]:
    for family, kind, name in [(socket.AF_INET, socket.SOCK_STREAM, '127.0.0.1'), (socket.AF_INET, socket.SOCK_DGRAM, '0.0.0.0'), (socket.AF_INET6, socket.SOCK_STREAM, '::'),
                               (socket.AF_INET6, socket.SOCK_DGRAM, '::1')]:
        s = socket.socket(family, kind)
        try:
            s.bind((name, port))
            print('ESCAPED', name, port)
        except OSError as e:
            last = e.strerror
try:
    open('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'w').write('0')
    print('ESCAPED: the first free port can be set')
except OSError as e:
    print(e.strerror)
print('stopped:', last)
