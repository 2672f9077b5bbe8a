# Finds the host's groups: the name of its own, the file systems, and everything in them.
# expect: stopped

import os

own = open('/proc/self/cgroup').read()
if any(line.split(':', 2)[2] != '/' for line in own.splitlines()):
    # A path that is not the root tells how the host names its groups.
    print('ESCAPED', own)
mounts = [line for line in open('/proc/self/mountinfo') if ' - cgroup' in line]
if mounts:
    print('ESCAPED', mounts)
for path in ['/sys/fs/cgroup', '/sys/fs/cgroup/memory', '/sys/fs/cgroup/unified', '/cgroup', '/dev/cgroup', '/sys/kernel', '/run/systemd']:
    if os.path.exists(path):
        print('ESCAPED', path, os.listdir(path))
for top, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if f != '.pyenv' and (top != '/' or f not in ('usr', 'proc'))]
    for name in files:
        if name in ('cgroup.procs', 'tasks', 'release_agent', 'notify_on_release', 'memory.max', 'pids.max'):
            print('ESCAPED', top, name)
print('stopped')
