# Leaves files that shells and interpreters run when they start: .bashrc, sitecustomize.py and their kind.
# expect: stopped
import os
import site
import sys

homes = {'/work', '/tmp', '/dev/shm', os.environ.get('HOME', '/work'), os.path.expanduser('~')}
shell = 'echo ESCAPED by a start-up file of a shell\n'
python = 'print("ESCAPED by a start-up file of Python")\n'
planted = 0
for home in homes:
    for name in ['.bashrc', '.profile', '.bash_profile', '.bash_login', '.bash_logout', '.inputrc', '.shrc']:
        try:
            open(f'{home}/{name}', 'w').write(shell)
            planted += 1
        except OSError:
            pass
for folder in {site.getusersitepackages(), *sys.path, *homes}:
    for name in ['sitecustomize.py', 'usercustomize.py', 'os.py', 'encodings.py', 'residue.pth', 'pyvenv.cfg']:
        try:
            os.makedirs(folder, exist_ok=True)
            open(f'{folder}/{name}', 'w').write('import sys; ' + python if name.endswith('pth') else python)
            planted += 1
        except OSError:
            pass
print('stopped: planted', planted) if planted > 20 else print('nothing could be planted')
