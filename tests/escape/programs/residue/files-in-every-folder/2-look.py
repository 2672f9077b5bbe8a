# Looks for files that it has not brought along.
# expect: stopped
import os

for place in ['/work', '/tmp', '/dev/shm']:
    for folder, folders, files in os.walk(place):
        for name in folders + files:
            path = os.path.join(folder, name)
            if path != '/work/main.py':
                print('ESCAPED', repr(path))
for place in ['/', '/usr/lib', '/etc', '/var', '/run', '/home', '/root', '/opt', '/srv', '/mnt']:
    if os.path.isdir(place) and any('residue' in name for name in os.listdir(place)):
        print('ESCAPED', place, os.listdir(place))
print('stopped: only main.py is there')
