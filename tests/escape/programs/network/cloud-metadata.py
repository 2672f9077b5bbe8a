# Asks the cloud's metadata services for the machine's credentials.
# expect: stopped

import errno, socket, urllib.request

addresses = [(socket.AF_INET, '169.254.169.254', 80), (socket.AF_INET, '169.254.170.2', 80), (socket.AF_INET, '100.100.100.200', 80), (socket.AF_INET, '168.63.129.16', 80),
             (socket.AF_INET, '192.0.0.192', 80), (socket.AF_INET6, 'fd00:ec2::254', 80), (socket.AF_INET6, 'fd20:ce::254', 80), (socket.AF_INET6, '::ffff:169.254.169.254', 80)]
for family, address, port in addresses:
    s = socket.socket(family, socket.SOCK_STREAM)
    s.settimeout(3)
    got = s.connect_ex((address, port))
    if got not in (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EHOSTUNREACH):
        print('ESCAPED', address, errno.errorcode.get(got, got))
    s.close()
for url in ['http://metadata.google.internal/computeMetadata/v1/', 'http://169.254.169.254/latest/meta-data/', 'http://0xa9fea9fe/', 'http://2852039166/']:
    try:
        print('ESCAPED', url, urllib.request.urlopen(url, timeout=3).read(100))
    except OSError as e:
        print(url, e)
print('stopped: ENETUNREACH')
