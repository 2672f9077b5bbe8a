# Reads from /proc where its control group is on the host, and which others there are.
# expect: stopped
import os
lines = open('/proc/self/cgroup').read().splitlines()
for line in lines:
    if line.split(':', 2)[2] != '/':
        print('ESCAPED', line)
# A group above its own is told by dots alone, not by name.
if set(open('/proc/self/cpuset').read().strip()) - {'/', '.'}:
    print('ESCAPED cpuset', open('/proc/self/cpuset').read())
for pid in os.listdir('/proc'):
    if pid.isdigit() and 'codecanvas' in open(f'/proc/{pid}/cgroup').read():
        print('ESCAPED', pid, open(f'/proc/{pid}/cgroup').read())
print('stopped')
