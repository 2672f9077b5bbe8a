# Leaves files of every kind wherever it may write, for the next program to find.
# expect: stopped
import os
import socket

for place in ['/work', '/tmp', '/dev/shm']:
    open(f'{place}/residue', 'w').write('left by the last program')
    os.chmod(f'{place}/residue', 0o6755)
    os.makedirs(f'{place}/.hidden/residue')
    os.symlink('residue', f'{place}/residue-link')
    os.link(f'{place}/residue', f'{place}/residue-hard')
    os.mkfifo(f'{place}/residue-fifo')
    socket.socket(socket.AF_UNIX).bind(f'{place}/residue-socket')
    os.rename(f'{place}/residue', f'{place}/\n')
print('stopped: planted')
