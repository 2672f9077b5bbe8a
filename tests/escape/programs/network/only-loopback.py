# Looks for interfaces, addresses, routes, neighbours and connections other than those of a loopback of its own.
# expect: stopped

import array, fcntl, os, socket, struct

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names = []
for index in range(1, 64):
    try:
        names.append(fcntl.ioctl(s, 0x8910, struct.pack('16si16x', b'', index))[:16].rstrip(b'\0'))  # SIOCGIFNAME
    except OSError:
        pass
if names != [b'lo']:
    print('ESCAPED', names)
buffer = array.array('B', bytes(4096))
size = struct.unpack('iL', fcntl.ioctl(s, 0x8912, struct.pack('iL', 4096, buffer.buffer_info()[0])))[0]  # SIOCGIFCONF
addresses = [socket.inet_ntoa(bytes(buffer[at + 20:at + 24])) for at in range(0, size, 40)]
if addresses != ['127.0.0.1']:
    print('ESCAPED', addresses)
for name, own in [('dev', 'lo:'), ('route', None), ('arp', None), ('if_inet6', ' lo'), ('ipv6_route', ' lo'), ('tcp', None), ('tcp6', None), ('udp6', None), ('unix', None), ('packet', None), ('raw', None), ('igmp', 'lo')]:
    try:
        lines = open('/proc/net/' + name).read().splitlines()
    except OSError as e:
        print(name, e.strerror)
        continue
    headers = {'dev': 2, 'if_inet6': 0, 'ipv6_route': 0, 'igmp': 1}.get(name, 1)
    for line in lines[headers:]:
        if not own or (own not in line and not line.startswith('\t')):
            print('ESCAPED', name, line)
if os.path.exists('/sys/class/net') or os.path.exists('/proc/1/net'):
    print('ESCAPED: there are other views of the network')
print('stopped: lo')
