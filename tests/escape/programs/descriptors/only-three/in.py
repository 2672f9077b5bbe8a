# Looks for descriptors that the interpreter was given, and for those of a child that closes nothing.
# expect: stopped

import os, subprocess

def shown():
    folder = os.open('/proc/self/fd', os.O_RDONLY)
    return sorted(int(n) for n in os.listdir(folder) if int(n) != folder)

mine = [fd for fd in range(4096) if os.path.exists(f'/proc/self/fd/{fd}')]
if mine != [0, 1, 2]:
    print('ESCAPED', {fd: os.readlink(f'/proc/self/fd/{fd}') for fd in mine})
child = subprocess.run(['/bin/sh', '-c', 'ls -l /proc/$$/fd'], close_fds=False, capture_output=True, text=True).stdout
if len([line for line in child.splitlines() if '->' in line]) != 3 or not shown():
    print('ESCAPED', child)
print('stopped')
