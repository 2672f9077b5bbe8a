# Reads its own output pipes back, and what else may be in them.
# expect: stopped

import fcntl, os, termios, struct

for fd in (1, 2):
    # The pipe is the program's, so that /dev/stdout can be opened by name; what is in it is its own writing.
    try:
        reader = os.open(f'/proc/self/fd/{fd}', os.O_RDONLY | os.O_NONBLOCK)
    except OSError as e:
        print(fd, e.strerror)
        continue
    try:
        got = os.read(reader, 65536)
    except BlockingIOError:
        got = b''
    # Its own lines may still be there; nothing else.
    rest = [line for line in got.split(b'\n') if line and not line.startswith((b'1 ', b'2 '))]
    if rest:
        print('ESCAPED', fd, rest)
    size = struct.unpack('i', fcntl.ioctl(reader, termios.FIONREAD, b'\0' * 4))[0]
    if size > 65536:
        print('ESCAPED', size, 'bytes')
    os.close(reader)
print('stopped')
