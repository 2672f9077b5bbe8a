# Leaves files for the next program wherever it can write, the host's lure folder among the places.
# expect: stopped
import os
os.makedirs('@LURE_FOLDER@', exist_ok=True)
left = 0
for place in ['/work', '/tmp', '/dev/shm', '@LURE_FOLDER@', '/usr/local/bin', '/var/tmp', '/run', '/home', '/etc', '/dev', '/']:
    for name in ['codecanvas-left-behind', 'usercustomize.py', '.bashrc', 'a.out']:
        try:
            with open(f'{place}/{name}', 'w') as file:
                file.write('print("ESCAPED this was left behind")')
            left += 1
        except OSError as e:
            print(place, e.strerror)
print('stopped' if left >= 12 else 'too little could be left')
