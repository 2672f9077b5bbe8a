# Looks through the environment for what is the server's and not the language's.
# expect: stopped

import os

mine = {'HOME', 'LANG', 'LC_CTYPE', 'PATH', 'PWD', 'SHLVL', '_'}
for name, value in os.environ.items():
    if name not in mine and not name.startswith('PYTHON') or 'secret' in value.lower():
        print('ESCAPED', name, value)
raw = open('/proc/self/environ', 'rb').read()
if len(raw.split(b'\0')) - 1 > len(os.environ) or b'CODE' b'CANVAS' in raw.upper():
    print('ESCAPED', raw)
for pid in ['1', '@LURE_PID@', '1/task/1']:
    try:
        print('ESCAPED', pid, open(f'/proc/{pid}/environ', 'rb').read(200))
    except OSError as e:
        print(pid, e.strerror)
print('stopped')
