# Listens on abstract UNIX sockets and on ports, and waits for the program beside it.
# expect: stopped
# beside: yes
import select, socket
sockets = []
for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET]:
    s = socket.socket(socket.AF_UNIX, kind)
    s.bind('\0codecanvas-neighbour-%d' % kind)
    sockets.append(s)
for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM]:
    s = socket.socket(socket.AF_INET, kind)
    s.bind(('127.0.0.1', 47113))
    sockets.append(s)
for s in sockets:
    if s.type != socket.SOCK_DGRAM:
        s.listen()
if select.select(sockets, [], [], 1.0)[0]:
    print('ESCAPED a neighbour came in')
print('stopped')
