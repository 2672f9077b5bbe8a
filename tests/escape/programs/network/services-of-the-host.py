# Knocks at the services that hosts have on their loopback: SSH, mail, web, databases, our own server, printers, containers.
# expect: stopped

import errno, socket

ports = [21, 22, 23, 25, 53, 80, 111, 139, 389, 443, 445, 631, 873, 1433, 2049, 2375, 2376, 2379, 3000, 3306, 3389, 4040, 5000, 5432, 5672, 5900, 6379, 6443,
         7000, 8000, 8080, 8443, 8888, 9000, 9090, 9100, 9200, 10100, 10250, 11211, 15672, 27017, 50051]
for port in ports:
    for family, name in [(socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1')]:
        s = socket.socket(family, socket.SOCK_STREAM)
        s.settimeout(5)
        got = s.connect_ex((name, port))
        s.close()
        if got not in (errno.ECONNREFUSED, errno.EADDRNOTAVAIL, errno.ENETUNREACH):
            print('ESCAPED', name, port, errno.errorcode.get(got, got))
print('stopped:', len(ports), 'ports')
