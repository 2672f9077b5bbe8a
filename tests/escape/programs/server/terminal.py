# Takes the server's terminal as its own, and reads and writes it by name.
# expect: stopped

import fcntl, os, termios

for fd in (0, 1, 2):
    if os.isatty(fd):
        print('ESCAPED', os.ttyname(fd))
if os.getsid(0) != os.getpid():
    print('ESCAPED: session', os.getsid(0))
if open('/proc/self/stat').read().rsplit(')', 1)[1].split()[4] != '0':
    print('ESCAPED: there is a controlling terminal')
names = ['/dev/tty', '/dev/console', '/dev/ptmx', '/dev/vcs', '/dev/vcsa', '/dev/pts/ptmx', '/dev/ttyS0', '/dev/hvc0'] + \
        [f'/dev/tty{i}' for i in range(10)] + [f'/dev/pts/{i}' for i in range(20)]
for path in names:
    try:
        fd = os.open(path, os.O_RDWR)
        print('ESCAPED', path)
        os.write(fd, b'codecanvas escape suite\r\n')
    except OSError as e:
        print(path, e.strerror)
for fd in (0, 1, 2):
    for number in (termios.TIOCSCTTY, termios.TIOCNOTTY, termios.TIOCGPGRP):
        try:
            fcntl.ioctl(fd, number, 1)
            print('ESCAPED: ioctl', number)
        except OSError as e:
            print(fd, e.strerror)
print('stopped')
