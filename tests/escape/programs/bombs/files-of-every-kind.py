# Makes files of every kind until the file system has room for no more: each kind must count.
# expect: disk_exceeded
# limit: disk_files=100
import os
import socket

def listen(name):
    socket.socket(socket.AF_UNIX).bind(name)

open('f', 'w').close()
kinds = {
    'file': lambda name: open(name, 'w').close(), 'folder': os.mkdir, 'link': lambda name: os.symlink('/' + 'x' * 4000, name),
    'hard link': lambda name: os.link('f', name), 'pipe': os.mkfifo, 'socket': listen,
}
for kind, make in kinds.items():
    made = []
    try:
        while len(made) < 1000:
            make(f'{len(made)}')
            made.append(f'{len(made)}')
    except OSError as e:
        print(kind, len(made), e.strerror)
    if len(made) > 100:
        print('ESCAPED', len(made), 'of kind', kind)
    for name in made:
        os.rmdir(name) if kind == 'folder' else os.unlink(name)
# At the end it is full, and the program fails for it.
for number in range(1000):
    open(str(number), 'w').close()
