# Reads from /proc/sysvipc which shared memory, semaphores and queues the host has.
# expect: stopped
import os
for name in ['shm', 'sem', 'msg']:
    try:
        lines = open('/proc/sysvipc/' + name).read().splitlines()[1:]
    except OSError as e:
        print(name, e.strerror)
        continue
    for line in lines:
        print('ESCAPED', name, line)
    if any('@LURE_SHM@' in line.split() for line in lines):
        print('ESCAPED', name, 'has the lure')
print('stopped')
