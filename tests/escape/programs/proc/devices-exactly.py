# Looks in /dev for anything but the six harmless devices, and for devices anywhere else.
# expect: stopped
import os, stat
devices = {'null': (1, 3), 'zero': (1, 5), 'full': (1, 7), 'random': (1, 8), 'urandom': (1, 9), 'tty': (5, 0)}
others = {'fd', 'stdin', 'stdout', 'stderr', 'ptmx', 'pts', 'shm'}
for name in set(os.listdir('/dev')) - devices.keys() - others:
    print('ESCAPED /dev/' + name)
seen = 0
for folder, folders, files in os.walk('/', onerror=None):
    # The host's programs are many, and their mount has no devices; processes are looked at elsewhere.
    folders[:] = [f for f in folders if os.path.join(folder, f) not in {'/usr', '/etc/ssl', '/etc/alternatives', '/root', '/opt', '/proc/sys', '/proc/self'}
                  and not (folder == '/proc' and f.isdigit())]
    for name in folders + files:
        path = os.path.join(folder, name)
        try:
            info = os.lstat(path)
        except OSError:
            continue
        if stat.S_ISBLK(info.st_mode):
            print('ESCAPED a disk:', path)
        if stat.S_ISCHR(info.st_mode):
            seen += 1
            number = os.major(info.st_rdev), os.minor(info.st_rdev)
            # What is hidden in /proc is covered by /dev/null.
            if number != (devices.get(name) if folder == '/dev' else (1, 3)):
                print('ESCAPED', path, number)
print('stopped' if seen >= 5 else 'the devices were not seen')
