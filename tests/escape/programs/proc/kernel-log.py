# Reads and writes the kernel's log: /dev/kmsg, /proc/kmsg, syslog(2).
# expect: stopped
import ctypes, errno, os
for path in ['/dev/kmsg', '/proc/kmsg', '/dev/console', '/dev/log', '/var/log/kern.log', '/var/log/dmesg', '/sys/fs/pstore']:
    for flags in [os.O_RDONLY | os.O_NONBLOCK, os.O_WRONLY]:
        try:
            print('ESCAPED', path, os.open(path, flags))
        except OSError as e:
            print(path, e.strerror)
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
for action in [2, 3, 9, 10]:   # read, read all, how much is unread, how much fits
    if action != 2 and libc.klogctl(action, buffer, 4096) >= 0:
        print('ESCAPED syslog', action, buffer.value[:100])
    elif action != 2 and ctypes.get_errno() != errno.EPERM:
        print('ESCAPED, or nearly: syslog', action, errno.errorcode[ctypes.get_errno()])
print('stopped')
