# Reads the host's connections, addresses and sockets from /proc/net.
# expect: stopped
import os
interfaces = {line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line}
if interfaces != {'lo'}:
    print('ESCAPED interfaces', interfaces)
port = '%04X' % @LURE_TCP@
for name in ['tcp', 'tcp6', 'udp', 'udp6', 'udplite', 'raw', 'raw6', 'icmp', 'packet', 'netlink', 'arp', 'igmp', 'rt_cache', 'ip_vs', 'nf_conntrack', 'vsock',
             'wireless', 'vlan/config', 'sctp/assocs']:
    try:
        lines = open('/proc/net/' + name).read().splitlines()[1:]
    except OSError as e:
        print(name, e.strerror)
        continue
    # A new network namespace has a few sockets of the kernel's own, and multicast groups of its loopback.
    if name not in {'netlink', 'igmp'} and lines:
        print('ESCAPED', name, lines[:3])
    if any(':' + port in line for line in lines):
        print('ESCAPED', name, 'has the lure')
unix = open('/proc/net/unix').read()
if '@LURE_ABSTRACT@' in unix or '@LURE_SOCKET@' in unix or len(unix.splitlines()) > 1:
    print('ESCAPED', unix)
for line in open('/proc/net/route').read().splitlines()[1:]:
    print('ESCAPED route', line)
for line in open('/proc/net/fib_trie') if os.path.exists('/proc/net/fib_trie') else []:
    if '|--' in line and not line.split()[-1].startswith('127.') and line.split()[-1] != '0.0.0.0':
        print('ESCAPED address', line)
print('stopped')
