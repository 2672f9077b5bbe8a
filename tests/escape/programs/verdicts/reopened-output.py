# Opens its output afresh to take back what it has printed: by truncating, by seeking, by reading it, by changing the pipe.
# expect: exited 9
import fcntl
import os

print('printed before')
for path in ['/dev/stdout', '/dev/stderr', '/proc/self/fd/1', '/proc/self/fd/2']:
    open(path, 'w').write('printed again\n')
    for what in [
        lambda: os.truncate(path, 0),
        lambda: os.lseek(os.open(path, os.O_RDWR), 0, 0),
        lambda: os.pwrite(os.open(path, os.O_RDWR), b'over', 0),
        lambda: os.unlink(os.readlink(path)),
        lambda: os.rename(path, '/work/out'),
        lambda: os.link(path, '/work/out'),
        lambda: fcntl.fcntl(os.open(path, os.O_RDWR), fcntl.F_ADD_SEALS, 0),
    ]:
        try:
            what()
            print('ESCAPED something was done to', path)
        except OSError:
            pass
# What a pipe lets its owner do is only to the program's own harm.
for fd in [1, 2]:
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_DIRECT | os.O_ASYNC)
    fcntl.fcntl(fd, 1031, 4096)  # F_SETPIPE_SZ
    os.fchmod(fd, 0)
    os.close(fd)
os._exit(9)
