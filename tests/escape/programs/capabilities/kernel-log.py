# Reads the kernel's log and the addresses of its symbols.
# expect: stopped

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
for action in [2, 3, 4, 5, 9, 10]:  # read, read all, read and clear, clear, size unread, size
    got = libc.klogctl(action, buffer, 4096)
    if got >= 0 or ctypes.get_errno() != 1:
        print('ESCAPED: syslog', action, got, ctypes.get_errno(), buffer.raw[:80])
for path in ['/dev/kmsg', '/proc/kmsg', '/var/log/kern.log', '/var/log/dmesg', '/sys/fs/pstore']:
    try:
        print('ESCAPED', path, open(path, 'rb', buffering=0).read(80) or 1 / 0)
    except ZeroDivisionError:
        print(path, 'is empty')
    except OSError as e:
        print(path, e.strerror)
try:
    shown = [line for line in open('/proc/kallsyms') if int(line.split()[0], 16)]
    if shown:
        print('ESCAPED', shown[0])
except OSError as e:
    print('kallsyms', e.strerror)
try:
    open('/dev/kmsg', 'w').write('codecanvas escape suite\n')
    print('ESCAPED: wrote to the log')
except OSError as e:
    print('write', e.strerror)
print('stopped')
