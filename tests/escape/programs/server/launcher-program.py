# Reads and overwrites the launcher's own program by /proc/1/exe (CVE-2019-5736), and finds it by name and in memory files.
# expect: stopped

import os

for path in ['/proc/1/exe', '/proc/1/root/proc/self/exe', '/proc/1/map_files', '/proc/@LURE_PID@/exe', '/proc/1/fd/3', '/proc/1/cwd/a.out']:
    for flags in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_PATH):
        try:
            fd = os.open(path, flags)
            print('ESCAPED', path, flags, os.readlink(f'/proc/self/fd/{fd}'))
        except OSError as e:
            print(path, e.strerror)
for pid in range(1, 300):
    for link in ['exe', 'cwd', 'root']:
        try:
            target = os.readlink(f'/proc/{pid}/{link}')
        except OSError:
            continue
        if pid != os.getpid() or 'memfd:' in target:
            print('ESCAPED', pid, link, target)
try:
    os.open('/proc/self/exe', os.O_WRONLY)
    print('ESCAPED: its own program can be written to')
except OSError as e:
    print(e.strerror)
print('stopped')
