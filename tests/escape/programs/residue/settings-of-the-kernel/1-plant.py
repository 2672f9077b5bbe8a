# Changes the host name and every setting in /proc/sys that can be opened for writing.
# expect: stopped
import os
import socket

try:
    socket.sethostname('residue')
    print('ESCAPED the host has another name')
except PermissionError:
    pass
written = 0
for folder, _, files in os.walk('/proc/sys'):
    for name in files:
        path = os.path.join(folder, name)
        for flags in [os.O_WRONLY, os.O_RDWR]:
            try:
                fd = os.open(path, flags)
                print('ESCAPED opened', path)
                # What it is already: should this not be contained, nothing is harmed.
                os.write(fd, open(path, 'rb').read())
                print('ESCAPED wrote to', path)
            except OSError:
                written += 1
print('stopped', written, 'times') if written > 100 else print('there were no settings to try')
