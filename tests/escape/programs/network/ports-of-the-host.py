# Binds the ports that services of the host have: were the network the host's, they would be taken, or be taken from the host.
# expect: stopped

import errno, socket

bound = 0
for port, kind in [(int('@LURE_TCP@'), socket.SOCK_STREAM), (int('@LURE_UDP@'), socket.SOCK_DGRAM)]:
    for family, name in [(socket.AF_INET, '127.0.0.1'), (socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::1'), (socket.AF_INET6, '::')]:
        s = socket.socket(family, kind)
        try:
            s.bind((name, port))
            bound += 1
        except OSError as e:
            print(name, port, e.strerror)
            if e.errno == errno.EADDRINUSE:
                print('ESCAPED: somebody has port', port)
        s.close()
    # The addresses of the machine are not here to be bound either.
    for name in ['192.0.2.2', '10.0.0.2', '172.17.0.1', '192.168.122.1', '169.254.1.1']:
        s = socket.socket(socket.AF_INET, kind)
        try:
            s.bind((name, port))
            print('ESCAPED: has the address', name)
        except OSError as e:
            print(name, e.strerror)
print('stopped:', bound, 'bound')
