# Gives a file of its own capabilities and other attributes that only administrators may set.
# expect: stopped

import os, shutil, struct, subprocess

shutil.copy('/usr/bin/cat', '/work/cat')
# No label of a security module that does not run (SMACK64): a kernel with BPF's among its modules keeps one, and nobody heeds it.
v2 = struct.pack('<5I', 0x02000001, 0xffffffff, 0, 0x1ff, 0)
v3 = struct.pack('<6I', 0x03000001, 0xffffffff, 0, 0x1ff, 0, os.getuid())
for name, value in [('security.capability', v2), ('security.capability', v3),
                    ('security.ima', b'\1' * 21), ('security.evm', b'\1' * 21), ('trusted.x', b'x')]:
    try:
        os.setxattr('/work/cat', name, value)
        print('ESCAPED', name, os.listxattr('/work/cat'))
    except OSError as e:
        print(name, e.strerror)
out = subprocess.run(['/work/cat', '/proc/self/status'], capture_output=True, text=True).stdout
if 'CapEff:\t0000000000000000' not in out or 'CapPrm:\t0000000000000000' not in out:
    print('ESCAPED', out)
print('stopped')
