# Looks for the host's own folders: homes, logs, mounts, sockets of services, the kernel's image.
# expect: stopped
import os
# A language may live below such a folder (/root/.pyenv, /opt/jdk): then only the way to it is there.
mounts = [line.split()[4] for line in open('/proc/self/mountinfo')]
def only_ways_to_mounts(folder):
    if folder in mounts:
        return
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if not any((mount + '/').startswith(path + '/') for mount in mounts):
            print('ESCAPED', path)
        else:
            only_ways_to_mounts(path)
names = set(os.listdir('/'))
for folder in ['/sys', '/boot', '/run', '/mnt', '/media', '/lost+found', '/vmlinuz', '/var/log', '/var/lib', '/var/run', '/run/docker.sock',
               '/var/run/docker.sock', '/run/systemd', '/.dockerenv', '/initrd.img', '/swapfile', '/root/.ssh', '/root/.bash_history']:
    if os.path.lexists(folder):
        print('ESCAPED', folder, 'is there')
for folder in ['/home', '/root', '/var', '/opt', '/srv', '@LURE_FOLDER@']:
    if os.path.lexists(folder):
        only_ways_to_mounts(folder)
known = {'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'usr', 'etc', 'dev', 'proc', 'tmp', 'work'}
for name in names - known:
    only_ways_to_mounts('/' + name)
print('stopped:', sorted(names))
