# Looks whether that tree is still in its way.
# expect: stopped
import os

for place in ['/work', '/tmp', '/dev/shm']:
    left = [name for name in os.listdir(place) if name != 'main.py']
    if left:
        print('ESCAPED', place, [name[:20] for name in left])
    space = os.statvfs(place)
    if space.f_files - space.f_ffree > 4:
        print('ESCAPED', place, space.f_files - space.f_ffree, 'files are in use')
print('stopped')
