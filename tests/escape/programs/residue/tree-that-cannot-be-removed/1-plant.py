# Leaves what whoever cleans up by hand would fail on: a deep tree without permissions, odd names, links out of it, open files.
# expect: stopped
# limit: disk_files=3000
import os

os.chdir('/work')
for depth in range(800):
    os.mkdir('d' * 200)
    os.chdir('d' * 200)
os.symlink('/etc', 'host')
for name in ['-rf', '\n', '\x1b[2J', 'ž' * 127, ' ', '*', '$(touch ESCAPED)']:
    open(name, 'w').write('x')
kept = [os.open('-rf', os.O_RDWR), os.open('.', os.O_RDONLY)]
os.chmod('.', 0)
for place in ['/work', '/tmp', '/dev/shm']:
    os.mkdir(f'{place}/shut')
    open(f'{place}/shut/file', 'w').write('x')
    os.chmod(f'{place}/shut', 0)
os.chmod('/work', 0)
print('stopped: planted')
