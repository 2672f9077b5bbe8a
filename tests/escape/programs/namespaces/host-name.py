# Renames the machine, and reads the host's name.
# expect: stopped
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
for call in ['sethostname', 'setdomainname']:
    if getattr(libc, call)(b'codecanvas', 10) == 0 or ctypes.get_errno() != errno.EPERM:
        print('ESCAPED', call, errno.errorcode.get(ctypes.get_errno()))
for path in ['/proc/sys/kernel/hostname', '/proc/sys/kernel/domainname', '/etc/hostname']:
    try:
        with open(path, 'w') as file:
            file.write('codecanvas')
        print('ESCAPED wrote', path)
    except OSError as e:
        print(path, e.strerror)
names = {os.uname().nodename, open('/proc/sys/kernel/hostname').read().strip(), open('/etc/hostname').read().strip()}
if names != {'codecanvas'}:
    print('ESCAPED the host is', names)
print('stopped')
