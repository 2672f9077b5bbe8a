# Connects and sends to the internet, to private networks, and to the machine's usual neighbours and gateways.
# expect: stopped

import errno, socket

four = ['8.8.8.8', '1.1.1.1', '93.184.216.34', '10.0.0.1', '10.0.2.2', '10.0.2.3', '172.17.0.1', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.1.1',
        '192.168.122.1', '100.64.0.1', '169.254.0.1', '192.0.2.1', '192.0.2.2', '198.18.0.1', '203.0.113.1', '255.255.255.254', '240.0.0.1']
six = ['2001:4860:4860::8888', '2606:4700:4700::1111', 'fd00::1', 'fd00::2', 'fc00::1', 'fe80::1', 'fec0::1', '64:ff9b::808:808', '2002:808:808::1', '100::1', '::ffff:8.8.8.8', '::8.8.8.8']
for family, addresses in [(socket.AF_INET, four), (socket.AF_INET6, six)]:
    for address in addresses:
        for kind, port in [(socket.SOCK_STREAM, 443), (socket.SOCK_DGRAM, 53)]:
            s = socket.socket(family, kind)
            s.settimeout(3)
            got = s.connect_ex((address, port))
            # A network that cannot be reached is known at once; any other answer came from somewhere.
            if got not in (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EINVAL):
                print('ESCAPED', address, kind, errno.errorcode.get(got, got))
            s.close()
print('stopped: ENETUNREACH')
