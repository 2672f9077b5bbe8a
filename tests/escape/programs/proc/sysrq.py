# Commands the kernel by /proc/sysrq-trigger: here only `h`, which prints help to the host's log.
# expect: stopped
import errno, os
now = open('/proc/sys/kernel/sysrq', 'rb').read() if os.path.exists('/proc/sys/kernel/sysrq') else b''
for path, text in [('/proc/sysrq-trigger', b'h'), ('/proc/sys/kernel/sysrq', now)]:
    for flags in [os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND]:
        try:
            fd = os.open(path, flags)
            print('ESCAPED', path, os.write(fd, text))
        except OSError as e:
            if e.errno not in {errno.EROFS, errno.EACCES, errno.ENOENT}:
                print('ESCAPED, or nearly:', path, e)
print('stopped')
