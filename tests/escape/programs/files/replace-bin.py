# Puts its own folder in the place of /bin, /lib or /work, so that the next program runs what it left.
# expect: stopped
import errno, os
def restore(name):
    # Should it work, the host is left as it was.
    for left in [name + '.old', '/work/theirs']:
        if os.path.lexists(left):
            os.rename(left, name)
os.mkdir('/work/mine')
for name in ['/bin', '/sbin', '/lib', '/lib64', '/usr', '/etc', '/dev', '/proc', '/work', '/tmp', '/dev/shm', '/usr/bin']:
    for what, call in [('rmdir', lambda: os.rmdir(name)), ('rename away', lambda: os.rename(name, name + '.old')),
                       ('rename over', lambda: os.rename('/work/mine', name)), ('move into work', lambda: os.rename(name, '/work/theirs'))]:
        try:
            call()
            print('ESCAPED', what, name)
            raise SystemExit(restore(name))
        except OSError as e:
            if e.errno not in {errno.EROFS, errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EINVAL,
                               errno.ENOENT, errno.ENOTEMPTY}:
                print('ESCAPED, or nearly:', what, name, e)
    if not os.path.exists(name):
        print('ESCAPED', name, 'is gone')
print('stopped')
