# Sends packets to a service of the host's loopback, connected and not.
# expect: stopped

import errno, socket

port, refused = int('@LURE_UDP@'), 0
for family, name in [(socket.AF_INET, '127.0.0.1'), (socket.AF_INET, '127.1.2.3'), (socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::1'), (socket.AF_INET6, '::ffff:127.0.0.1')]:
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(5)
    try:
        s.sendto(b'unconnected', (name, port))
        s.connect((name, port))
        s.send(b'connected')
        # Where nobody listens the kernel says so; where somebody does, there is silence or an answer.
        print('ESCAPED', name, s.recv(100))
    except ConnectionRefusedError:
        refused += 1
    except TimeoutError:
        print('ESCAPED: somebody listens at', name)
    except OSError as e:
        print(name, e.strerror)
print('stopped' if refused else 'not even its own loopback', refused)
