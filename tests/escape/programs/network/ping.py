# Pings by sockets for everybody, and by the tool for it.
# expect: stopped

import socket, subprocess

for family, kind, protocol in [(socket.AF_INET, socket.SOCK_DGRAM, 1), (socket.AF_INET6, socket.SOCK_DGRAM, 58), (socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_INET6, socket.SOCK_RAW, 58),
                               (socket.AF_INET, socket.SOCK_RAW, 255), (socket.AF_PACKET, socket.SOCK_DGRAM, 0x300)]:
    try:
        print('ESCAPED', socket.socket(family, kind, protocol))
    except OSError as e:
        print(family, kind, protocol, e.strerror)
try:
    with open('/proc/sys/net/ipv4/ping_group_range', 'w') as f:
        f.write('0 2147483647')
    print('ESCAPED: everybody may ping')
except OSError as e:
    print(e.strerror)
for tool in (['ping', '-c1', '-W1', '8.8.8.8'], ['traceroute', '-m1', '8.8.8.8']):
    try:
        if subprocess.run(tool, capture_output=True, timeout=5).returncode == 0:
            print('ESCAPED', tool)
    except OSError as e:
        print(tool[0], e.strerror)
print('stopped')
