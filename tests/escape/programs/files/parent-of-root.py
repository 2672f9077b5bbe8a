# Climbs out of the root by chains of `..`, from every folder and descriptor it can start at.
# expect: stopped
import os
root = os.stat('/')
lure = '@LURE_FILE@'
for start in ['.', '/', '/work', '/tmp', '/dev/shm', '/usr', '/usr/lib', '/proc', '/proc/self', '/usr/bin', '/dev']:
    top = os.stat(start + '/..' * 60)
    if (top.st_dev, top.st_ino) != (root.st_dev, root.st_ino):
        print('ESCAPED above', start, 'is', top)
    folder = os.open(start, os.O_PATH | os.O_DIRECTORY)
    for path in ['../' * 60 + lure, '../' * 60 + 'etc/shadow', '../' * 60 + 'proc/1/root/etc/shadow']:
        try:
            print('ESCAPED', start, path, os.read(os.open(path, os.O_RDONLY, dir_fd=folder), 100))
        except FileNotFoundError:
            pass
    os.fchdir(folder)
    os.chdir('../' * 60)
    if os.getcwd() != '/':
        print('ESCAPED to', os.getcwd())
print('stopped')
