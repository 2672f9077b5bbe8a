# Looks for memory that it shares with the launcher or init: mappings without a file of its own, sealed programs, ledgers.
# expect: stopped

import os, re

for line in open('/proc/self/maps'):
    fields = line.split(maxsplit=5)
    name = fields[5].strip() if len(fields) > 5 else ''
    shared = fields[1][3] == 's'
    own = name == '' or name.startswith('[') or re.match(r'/(usr|lib|lib64|work|etc/ssl|root/\.pyenv|home|opt)/', name)
    # What makes an interpreter a template is in its programs' memory: code, and a copy of its data that is the program's own.
    own = own or (name == '/codecanvas-template.so' and not shared)
    # glibc maps its character tables shared; they can only be read.
    if not own or '(deleted)' in name or 'memfd:' in name or (shared and 'w' in fields[1]):
        print('ESCAPED', line.strip())
print('stopped')
