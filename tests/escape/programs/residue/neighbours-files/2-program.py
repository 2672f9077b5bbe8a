# Runs beside a program that leaves files under the same names, and looks for that one's in every folder.
# expect: stopped
# arg: second
import os
import sys
import time

mine = f'program {len(sys.argv)}'
places = ['/work', '/tmp', '/dev/shm']
for place in places:
    open(f'{place}/meeting', 'x').write(mine)
    os.mkdir(f'{place}/{mine}')
end = time.monotonic() + 0.8
while time.monotonic() < end:
    for place in places:
        if open(f'{place}/meeting').read() != mine:
            print('ESCAPED', place, 'is shared')
        for name in os.listdir(place):
            if name not in ('meeting', mine, 'main.py', 'shm'):
                print('ESCAPED', place, name)
    time.sleep(0.01)
print('stopped')
