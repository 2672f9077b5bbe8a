# Leaves a mark on the host's disk by reading: the access times of its files.
# expect: stopped
import os, time
before, looked = {}, 0
for folder in ['/usr/bin', '/usr/share/doc', '/usr/include', '/etc/ssl/certs', '/usr/lib']:
    for name in os.listdir(folder)[:200] if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and os.access(path, os.R_OK):
            before[path] = os.stat(path).st_atime_ns
for path in before:
    with open(path, 'rb') as file:
        file.read(1)
        os.pread(file.fileno(), 1, 0)
for path, time in before.items():
    if os.stat(path).st_atime_ns != time:
        print('ESCAPED', path, 'tells that it was read')
print('stopped after', len(before)) if len(before) > 50 else print('too few files to tell')
