# Leaves a daemon that holds locks of both kinds on files that all sandboxes share.
# expect: stopped
import fcntl
import os
import time

ready, done = os.pipe()
if os.fork() == 0:
    os.setsid()
    held = [open(path) for path in ['/etc/hostname', '/etc/passwd', '/usr/bin/tsort'] for _ in range(2)]
    for number, file in enumerate(held):
        if number % 2:
            fcntl.flock(file, fcntl.LOCK_SH)
        else:
            fcntl.lockf(file, fcntl.LOCK_SH)
    os.write(done, b'!')
    time.sleep(1000)
os.close(done)
print('stopped: planted') if os.read(ready, 1) else print('the daemon failed')
