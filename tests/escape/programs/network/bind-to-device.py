# Ties sockets to the host's interfaces by name and number, past all routes.
# expect: stopped

import errno, socket, struct

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    for name in [b'eth0', b'ens3', b'enp1s0', b'docker0', b'wlan0', b'br0', b'tun0', b'wg0', b'virbr0', b'vda', b'eth0\0', b'lo\0eth0']:
        s = socket.socket(socket.AF_INET, kind)
        try:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, name)
            if s.getsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, 16).rstrip(b'\0') != b'lo':
                print('ESCAPED', name)
        except OSError as e:
            print(name, e.strerror)
    # A number is taken without a look whether there is such an interface; what counts is whether anything goes out by it.
    for index in list(range(2, 40)) + [0x7fffffff]:
        for level, option in [(socket.SOL_SOCKET, 62), (socket.IPPROTO_IP, 50)]:  # SO_BINDTOIFINDEX, IP_UNICAST_IF
            s = socket.socket(socket.AF_INET, kind)
            s.setblocking(False)
            try:
                s.setsockopt(level, option, struct.pack('=I' if level == socket.SOL_SOCKET else '>I', index))
            except OSError:
                pass
            got = s.connect_ex(('8.8.8.8', 53))
            if got not in (errno.ENETUNREACH, errno.ENODEV, errno.EHOSTUNREACH):
                print('ESCAPED: interface', index, errno.errorcode.get(got, got))
# Tied to its own loopback a packet to the internet stays there, and nobody answers.
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.settimeout(0.2)
try:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'lo')
except OSError as e:
    print('lo', e.strerror)
if s.connect_ex(('8.8.8.8', 53)) == 0:
    print('ESCAPED: connected')
print('stopped: ENETUNREACH')
