# Connects to the sockets of the program beside it, by abstract names and by ports of the loopback.
# expect: stopped
import socket, time
end = time.monotonic() + 1
tried = 0
while time.monotonic() < end or tried < 3:
    tried += 1
    targets = [(socket.AF_UNIX, kind, '\0codecanvas-neighbour-%d' % kind) for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET]]
    for family, kind, address in targets + [(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', 47113))]:
        with socket.socket(family, kind) as s:
            try:
                s.connect(address)
                print('ESCAPED connected to', address)
            except ConnectionRefusedError:
                pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b'hello', ('127.0.0.1', 47113))
    time.sleep(0.02)
print('stopped after', tried)
