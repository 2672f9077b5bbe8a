# Looks for what the program before it left.
# expect: stopped
import os
for place in ['/work', '/tmp', '/dev/shm', '@LURE_FOLDER@', '/usr/local/bin', '/var/tmp', '/run', '/home', '/etc', '/dev', '/']:
    for name in ['codecanvas-left-behind', 'usercustomize.py', '.bashrc', 'a.out']:
        if os.path.lexists(f'{place}/{name}'):
            print('ESCAPED', place, name)
if os.listdir('/tmp') or os.listdir('/dev/shm') or len(os.listdir('/work')) != 1:
    print('ESCAPED', os.listdir('/tmp'), os.listdir('/dev/shm'), os.listdir('/work'))
print('stopped')
