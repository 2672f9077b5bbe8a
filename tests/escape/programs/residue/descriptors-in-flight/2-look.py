# Looks for sockets and descriptors that were in flight when the last program ended.
# expect: stopped
import os
import socket

for number in range(20):
    try:
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).connect(f'\0residue{number}')
        print('ESCAPED connected to the name', number)
    except ConnectionRefusedError:
        pass
for line in open('/proc/net/unix').read().splitlines()[1:]:
    print('ESCAPED', line)
opened = {int(name) for name in os.listdir('/proc/self/fd')}
for fd in opened - {0, 1, 2}:
    try:
        if os.readlink(f'/proc/self/fd/{fd}') != f'/proc/{os.getpid()}/fd':
            print('ESCAPED', fd, os.readlink(f'/proc/self/fd/{fd}'))
    except FileNotFoundError:
        pass
print('stopped')
