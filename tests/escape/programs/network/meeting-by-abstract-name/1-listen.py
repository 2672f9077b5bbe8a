# Listens at abstract names, which have no file and no owner, for another program that runs at the same time.
# expect: stopped
# beside: yes

import selectors, socket, time

chosen = selectors.DefaultSelector()
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    s = socket.socket(socket.AF_UNIX, kind)
    s.bind('\0codecanvas-meeting-%d' % kind)
    if kind != socket.SOCK_DGRAM:
        s.listen()
    chosen.register(s, selectors.EVENT_READ)
end = time.monotonic() + 2
while time.monotonic() < end:
    if chosen.select(0.1):
        print('ESCAPED: somebody came')
        break
print('stopped: nobody came')
