# Looks for /sys and for file systems that control the kernel, wherever they may be mounted.
# expect: stopped
import os
if os.path.lexists('/sys'):
    print('ESCAPED /sys is there')
controls = {'sysfs', 'cgroup', 'cgroup2', 'debugfs', 'tracefs', 'securityfs', 'configfs', 'bpf', 'pstore', 'efivarfs', 'fusectl', 'hugetlbfs', 'mqueue',
            'binfmt_misc', 'selinuxfs', 'resctrl', 'rpc_pipefs', 'nfsd', 'autofs'}
kinds = set()
for line in open('/proc/self/mountinfo'):
    kinds.add(line.split(' - ')[1].split()[0])
for kind in kinds & controls:
    print('ESCAPED', kind, 'is mounted')
for path in ['/proc/sys/fs/binfmt_misc/register', '/dev/mqueue', '/dev/hugepages', '/dev/cgroup', '/sys/fs/cgroup', '/sys/kernel/debug']:
    if os.path.lexists(path):
        print('ESCAPED', path, 'is there')
print('stopped:', sorted(kinds))
