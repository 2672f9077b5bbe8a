# Looks for what an earlier compiler may have left.
# expect: stopped
import os
for folder in ['/work', '/tmp', '/dev/shm']:
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            if (path, name) != ('/work', 'main.py'):
                print('ESCAPED', path, name)
segments = open('/proc/sysvipc/shm').read().splitlines()[1:]
if segments:
    print('ESCAPED', segments)
print('stopped')
