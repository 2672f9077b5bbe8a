# Connects to sockets of the host by their paths and abstract names, as a stream, packets and messages.
# expect: stopped

import socket

paths = ['@LURE_SOCKET@', '\0@LURE_ABSTRACT@', '/proc/1/root@LURE_SOCKET@', '/proc/@LURE_PID@/root@LURE_SOCKET@', '/proc/self/root@LURE_SOCKET@', '..@LURE_SOCKET@',
         '/work/../../..@LURE_SOCKET@', '@LURE_FOLDER@/../socket']
for path in paths:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        s = socket.socket(socket.AF_UNIX, kind)
        try:
            s.connect(path)
            print('ESCAPED', repr(path), kind)
        except (ConnectionRefusedError, FileNotFoundError) as e:
            print(repr(path), e.strerror)
        except OSError as e:
            # Of the wrong type, not permitted, too long a queue: then it is there.
            print('ESCAPED' if e.errno in (91, 13, 11) else '', repr(path), e.strerror)
print('stopped')
