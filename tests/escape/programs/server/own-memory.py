# Searches all of its own memory for strings of the process that it was forked from: settings, secrets, the launcher's words.
# expect: stopped

import re

# Put together here, so that the source of this program in memory is not found.
words = [b'CODECAN' + b'VAS_', b'codecanvas-' + b'lure-', b'codecanvas ' + b'launcher', b'Authori' + b'zation: Bearer', b'/etc/codecan' + b'vas']
found, size = [], 0
with open('/proc/self/mem', 'rb', buffering=0) as memory:
    for line in open('/proc/self/maps'):
        start, end = (int(x, 16) for x in line.split()[0].split('-'))
        if 'r' not in line.split()[1] or '[vvar' in line or '[vsyscall' in line:
            continue
        try:
            memory.seek(start)
            piece = memory.read(end - start)
        except (OSError, OverflowError):
            continue
        size += len(piece)
        for word in words:
            for at in re.finditer(re.escape(word), piece):
                around = piece[at.start():at.start() + 60]
                # The pieces above are constants, joined by the compiler or not: what follows them is not a value.
                if re.match(re.escape(word) + rb'[A-Za-z0-9=/._-]{4,}', around):
                    found.append((line.split()[-1], around))
for where, what in found:
    print('ESCAPED', where, what)
print('stopped' if size > 1 << 20 else 'read too little', size, 'bytes read')
