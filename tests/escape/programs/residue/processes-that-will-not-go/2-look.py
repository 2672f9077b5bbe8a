# Looks for processes of the last program, in /proc and by number.
# expect: stopped
import os

for name in os.listdir('/proc'):
    if name.isdigit() and int(name) not in (1, os.getpid()):
        print('ESCAPED', name, open(f'/proc/{name}/status').read().splitlines()[0])
for pid in range(2, 5000):
    try:
        os.kill(pid, 0)
        if pid != os.getpid():
            print('ESCAPED there is a process', pid)
    except ProcessLookupError:
        pass
    except PermissionError:
        print('ESCAPED there is a process of somebody else,', pid)
print('stopped')
