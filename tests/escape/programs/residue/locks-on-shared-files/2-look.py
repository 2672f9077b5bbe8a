# Takes for itself the locks that the last program's daemon held.
# expect: stopped
import fcntl

for path in ['/etc/hostname', '/etc/passwd', '/usr/bin/tsort']:
    try:
        fcntl.flock(open(path), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print('ESCAPED', path, 'is still locked')
if open('/proc/locks').read():
    print('ESCAPED /proc/locks tells of', open('/proc/locks').read())
print('stopped')
