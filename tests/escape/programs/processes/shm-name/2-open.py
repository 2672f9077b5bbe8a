# Opens what the program beside it has in /dev/shm and /tmp, by name.
# expect: stopped
import os, time
end = time.monotonic() + 1
tried = 0
while time.monotonic() < end or tried < 3:
    tried += 1
    for place in ['/dev/shm', '/tmp', '/work']:
        for name in ['neighbour', 'pipe']:
            if os.path.lexists(f'{place}/{name}'):
                print('ESCAPED', place, name)
                open(f'{place}/neighbour', 'a').write('changed')
        with open(place + '/answer', 'w') as file:
            file.write('I was here')
    time.sleep(0.02)
print('stopped after', tried)
