# Connects to a service that listens on the host's loopback, by each name that loopback has.
# expect: stopped

import errno, socket

port = int('@LURE_TCP@')
names = ['127.0.0.1', '127.0.0.2', '127.255.255.254', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:0.0.0.0', 'localhost', 'codecanvas']
for name in names:
    for family, kind, _, _, address in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM):
        s = socket.socket(family, kind)
        s.settimeout(5)
        got = s.connect_ex(address)
        # Refused: the answer of a loopback where nobody listens.
        if got not in (errno.ECONNREFUSED, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EHOSTUNREACH):
            print('ESCAPED', address, errno.errorcode.get(got, got))
        if name == '127.0.0.1' and got != errno.ECONNREFUSED:
            print('ESCAPED: not refused but', got)
        s.close()
print('stopped: ECONNREFUSED')
