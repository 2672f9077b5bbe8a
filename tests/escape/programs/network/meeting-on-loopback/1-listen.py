# Listens on all ports that two programs could agree on, for another program that runs at the same time.
# expect: stopped
# beside: yes

import selectors, socket, time

chosen = selectors.DefaultSelector()
for family, name in [(socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::1')]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        s = socket.socket(family, kind)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        s.bind((name, 45454))
        if kind == socket.SOCK_STREAM:
            s.listen()
        chosen.register(s, selectors.EVENT_READ)
end = time.monotonic() + 2
while time.monotonic() < end:
    if chosen.select(0.1):
        print('ESCAPED: somebody came')
        break
print('stopped: nobody came')
