# Speaks to everybody near: broadcasts, multicast groups, IPv6 link-local addresses on every interface.
# expect: stopped

import socket, struct

four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
four.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
targets = [(four, (name, 5353)) for name in ['255.255.255.255', '192.168.255.255', '224.0.0.1', '224.0.0.251', '239.255.255.250']]
targets += [(six, (name, 5353, 0, scope)) for name in ['ff02::1', 'ff02::fb', 'ff05::2', 'fe80::1', 'ff01::1'] for scope in range(0, 12)]
for s, target in targets:
    try:
        s.sendto(b'hello', target)
        # Interface 1 is the loopback of its own, where it may talk to itself.
        if target[-1] != 1 or s is four:
            print('ESCAPED', target)
    except OSError as e:
        print(target, e.strerror)
for group in ['224.0.0.251', '239.255.255.250']:
    for interface in ['0.0.0.0', '192.168.1.2', '10.0.0.2']:
        try:
            four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(interface))
            print('ESCAPED: joined', group, 'on', interface)
        except OSError as e:
            print(group, e.strerror)
for index in range(2, 12):
    try:
        six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, 'ff02::fb') + struct.pack('I', index))
        print('ESCAPED: joined on interface', index)
    except OSError as e:
        print(index, e.strerror)
print('stopped')
