# Connects to the names and ports of the last program's daemon, binds them, and reads the kernel's tables of sockets.
# expect: stopped
import socket

for kind, address in [(socket.AF_UNIX, '\0residue'), (socket.AF_INET, ('127.0.0.1', 4321)), (socket.AF_INET6, ('::1', 4322))]:
    try:
        socket.socket(kind).connect(address)
        print('ESCAPED connected to', address)
    except ConnectionRefusedError:
        pass
    try:
        # Without SO_REUSEADDR: not even a connection that is being closed may be left.
        socket.socket(kind).bind(address)
    except OSError as e:
        print('ESCAPED cannot bind', address, e.strerror)
for table in ['unix', 'tcp', 'tcp6', 'udp', 'udp6']:
    for line in open(f'/proc/net/{table}').read().splitlines()[1:]:
        print('ESCAPED', table, line)
print('stopped')
