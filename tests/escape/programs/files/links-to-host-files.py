# Puts symbolic links to the host's files where it may write, and reads, writes and creates through them.
# expect: stopped
import os
# The lures lie in the host's /tmp: what is created there goes to the sandbox's own /tmp, so they are only looked at.
looked_at = ['@LURE_FILE@', '@LURE_FOLDER@', '@LURE_SOCKET@']
created = ['/etc/shadow', '/etc/new', '/proc/1/root/new', '/proc/1/cwd/new', '/var/log/new', '/root/.ssh/new', '/home/new', '/sys/new', '/usr/new']
for place in ['/work', '/tmp', '/dev/shm']:
    for number, target in enumerate(looked_at + created):
        link = f'{place}/link{number}'
        os.symlink(target, link)
        if os.path.exists(link):
            print('ESCAPED', link, '->', target, 'is there')
        flags = [os.O_RDONLY, os.O_WRONLY, os.O_RDWR | os.O_TRUNC, os.O_PATH]
        if target in created:
            flags += [os.O_WRONLY | os.O_CREAT, os.O_RDWR | os.O_CREAT | os.O_TRUNC]
        for flag in flags:
            try:
                print('ESCAPED', link, '->', target, os.open(link, flag, 0o644))
            except OSError as e:
                print(target, e.strerror)
print('stopped')
