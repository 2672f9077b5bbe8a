# Changes the flags of its output pipes, to stop, lose or split what the server reads: the last line must still arrive.
# expect: stopped

import fcntl, os

for fd in (0, 1, 2):
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    for flag in (os.O_NONBLOCK, os.O_APPEND, os.O_ASYNC, os.O_DIRECT, os.O_NOATIME, 0):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, flag)
        except OSError:
            pass
    fcntl.fcntl(fd, fcntl.F_SETFL, flags)
# Packets: each write is then one read of the other end's, however large its buffer.
fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_DIRECT)
for i in range(100):
    os.write(1, b'packet %d\n' % i)
os.write(1, b'stopped\n')
