# Looks at the process that started it, by every file that /proc has for one.
# expect: stopped

import os

if os.getppid() not in (0, 1) or os.getpid() > 20:
    print('ESCAPED: parent', os.getppid(), 'self', os.getpid())
names = sorted(os.listdir('/proc/self'))
for pid in [1, @LURE_PID@, 0x7fffffff]:
    for name in names + ['task/1/' + n for n in names]:
        path = f'/proc/{pid}/{name}'
        try:
            if os.path.islink('/proc/self/' + name.split('/')[-1]):
                got = os.readlink(path)
            else:
                got = os.listdir(path) if os.path.isdir('/proc/self/' + name.split('/')[-1]) else open(path, 'rb').read(50)
            print('ESCAPED', path, got)
        except OSError:
            pass
shown = [int(n) for n in os.listdir('/proc') if n.isdigit()]
if shown != [os.getpid()]:
    print('ESCAPED', shown)
print('stopped:', len(names), 'files')
