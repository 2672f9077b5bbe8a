# Changes mode, owner, times and attributes of the host's devices, whose nodes every program shares.
# expect: stopped
import os
for name in ['null', 'zero', 'full', 'random', 'urandom', 'tty']:
    path = '/dev/' + name
    try:
        before = os.stat(path)
    except FileNotFoundError:
        continue
    same = before.st_atime_ns, before.st_mtime_ns
    ways = [lambda: os.chmod(path, 0o666), lambda: os.utime(path, ns=same), lambda: os.utime(path), lambda: os.chown(path, os.getuid(), -1),
            lambda: os.setxattr(path, 'user.x', b'x'), lambda: os.link(path, path + '2')]
    if name != 'tty':   # it opens only for who has a terminal
        fd = os.open(path, os.O_RDWR)
        ways += [lambda: os.utime(fd), lambda: os.utime(fd, ns=same), lambda: os.fchmod(fd, 0o666), lambda: os.utime('/proc/self/fd/%d' % fd)]
    for number, way in enumerate(ways):
        try:
            way()
            print('ESCAPED', path, 'way', number)
        except OSError as e:
            print(path, e.strerror)
    after = os.stat(path)
    if before[:7] != after[:7] or before.st_mtime_ns != after.st_mtime_ns:
        print('ESCAPED', path, before, after)
print('stopped')
