# Names a program of its own that the kernel would start as root: for crashes, modules, unknown binaries, empty cgroups.
# expect: stopped
import os, signal
with open('/work/helper', 'w') as file:
    file.write('#!/bin/sh\necho ESCAPED > /work/helper-ran\n')
os.chmod('/work/helper', 0o755)
settings = ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/proc/sys/kernel/poweroff_cmd', '/proc/sys/kernel/hotplug',
            '/proc/sys/fs/binfmt_misc/register', '/proc/sys/fs/binfmt_misc/status', '/sys/kernel/uevent_helper',
            '/sys/fs/cgroup/release_agent', '/sys/fs/cgroup/memory/release_agent', '/proc/sys/kernel/usermodehelper/bset']
def content(path):
    try:
        return open(path).read()
    except OSError:
        return None
for path in settings:
    before = content(path)
    # What is written is what is there already, if it is there: nothing is harmed when it works.
    for text in [before or '|/work/helper']:
        try:
            with open(path, 'w') as file:
                file.write(text)
            print('ESCAPED wrote', path)
        except OSError as e:
            print(path, e.strerror)
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGSEGV)
os.waitpid(pid, 0)
with open('/work/unknown', 'wb') as file:
    file.write(b'\xff\xfe\xfd\xfc')
os.chmod('/work/unknown', 0o755)
try:
    os.execv('/work/unknown', ['unknown'])
except OSError as e:
    print('unknown binary:', e.strerror)
if os.path.exists('/work/helper-ran'):
    print('ESCAPED the helper ran')
print('stopped')
