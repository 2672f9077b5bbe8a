# Makes device nodes for the host's disks, memory and terminals, and reads them.
# expect: stopped
import errno, os, stat
numbers = {'memory': (stat.S_IFCHR, 1, 1), 'kernel log': (stat.S_IFCHR, 1, 11), 'port': (stat.S_IFCHR, 1, 4), 'console': (stat.S_IFCHR, 5, 1),
           'ptmx': (stat.S_IFCHR, 5, 2), 'fuse': (stat.S_IFCHR, 10, 229), 'kvm': (stat.S_IFCHR, 10, 232), 'tun': (stat.S_IFCHR, 10, 200),
           'null': (stat.S_IFCHR, 1, 3), 'whiteout': (stat.S_IFCHR, 0, 0),
           **{f'disk {major}:0': (stat.S_IFBLK, major, 0) for major in [7, 8, 9, 11, 179, 202, 252, 253, 254, 259]}}
root = os.stat('/usr').st_dev
numbers['the disk of /usr'] = (stat.S_IFBLK, os.major(root), os.minor(root))
for place in ['/work', '/tmp', '/dev/shm', '/dev', '/usr']:
    folder = os.open(place, os.O_RDONLY)
    for name, (kind, major, minor) in numbers.items():
        for arguments in [dict(path=place + '/node'), dict(path='node', dir_fd=folder)]:
            try:
                os.mknod(mode=kind | 0o666, device=os.makedev(major, minor), **arguments)
                print('ESCAPED made', name, 'in', place)
                print('ESCAPED read', os.read(os.open(place + '/node', os.O_RDONLY), 16))
            except OSError as e:
                if e.errno not in {errno.EPERM, errno.EROFS}:
                    print('ESCAPED, or nearly:', name, 'in', place, e)
                if os.path.lexists(place + '/node'):
                    os.unlink(place + '/node')
print('stopped')
