# Sends from addresses that are not its own: the host's, a router's, loopback's other end.
# expect: stopped

import errno, socket, struct

port, sent = int('@LURE_UDP@'), 0
for source in ['8.8.8.8', '192.168.1.1', '10.0.0.1', '192.0.2.2', '169.254.169.254', '255.255.255.255']:
    for option in (None, 15, 19):  # IP_FREEBIND, which anybody may, and IP_TRANSPARENT
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            if option:
                s.setsockopt(socket.IPPROTO_IP, option, 1)
            s.bind((source, 0))
        except OSError as e:
            continue
        # With IP_FREEBIND one may have any name, and still nobody to talk to.
        for target in ['8.8.8.8', '192.0.2.1', '10.0.0.2']:
            try:
                s.sendto(b'x', (target, port))
                if target != source:
                    print('ESCAPED', source, target)
            except OSError as e:
                sent += e.errno in (errno.ENETUNREACH, errno.EINVAL)
        try:
            s.sendto(b'from ' + source.encode(), ('127.0.0.1', port))
        except OSError:
            pass
# The source as a message beside the data.
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for source in ['8.8.8.8', '192.0.2.2']:
    information = struct.pack('I4s4s', 0, socket.inet_aton(source), socket.inet_aton(source))
    try:
        s.sendmsg([b'x'], [(socket.IPPROTO_IP, 8, information)], 0, ('192.0.2.1', port))
        print('ESCAPED', source)
    except OSError as e:
        print(source, e.strerror)
print('stopped', sent)
