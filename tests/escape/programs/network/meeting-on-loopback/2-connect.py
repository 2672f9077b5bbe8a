# Connects to the program that listens at the same time.
# expect: stopped

import errno, socket, time

end = time.monotonic() + 1
while time.monotonic() < end:
    for family, name in [(socket.AF_INET, '127.0.0.1'), (socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::1')]:
        s = socket.socket(family, socket.SOCK_STREAM)
        got = s.connect_ex((name, 45454))
        # By chance a socket may meet itself: then both ends are the same.
        if got == 0 and s.getsockname() != s.getpeername():
            print('ESCAPED: connected to', name)
        s.close()
        u = socket.socket(family, socket.SOCK_DGRAM)
        try:
            u.sendto(b'hello', (name, 45454))
        except OSError:
            pass
        u.close()
    time.sleep(0.02)
print('stopped:', errno.errorcode.get(got, got))
