# Writes a forged end to every descriptor that it may have, in case one of them leads to who watches it.
# expect: exited 4
import fcntl
import os
import struct

# A wait status of 0, in the words that init might use: as a number, as a message with its length, as text.
forged = [struct.pack('<i', 0), b'\x01' + bytes(40), b'\x00', b'0\n', b'{"code":0}']
for fd in [0, *range(3, 4096)]:
    for message in forged:
        try:
            os.write(fd, message)
            print('ESCAPED wrote to descriptor', fd)
        except OSError:
            pass
for name in os.listdir('/proc/self/fd'):
    if int(name) > 2 and os.path.exists(f'/proc/self/fd/{name}'):
        target = os.readlink(f'/proc/self/fd/{name}')
        if not target.startswith('/proc/'):
            print('ESCAPED descriptor', name, 'is', target)
os._exit(4)
