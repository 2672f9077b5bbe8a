# Makes files and pipes with known names in /dev/shm and /tmp, and waits whether anybody comes.
# expect: stopped
# beside: yes
import os, time
for place in ['/dev/shm', '/tmp', '/work']:
    with open(place + '/neighbour', 'w') as file:
        file.write('a secret')
    os.chmod(place + '/neighbour', 0o666)
    os.mkfifo(place + '/pipe', 0o666)
time.sleep(1)
for place in ['/dev/shm', '/tmp', '/work']:
    if open(place + '/neighbour').read() != 'a secret' or os.path.exists(place + '/answer'):
        print('ESCAPED a neighbour was in', place)
print('stopped')
