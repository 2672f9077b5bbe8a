# Opens what no mode permits: only who may override modes can (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER).
# expect: stopped

import os

os.mkdir('/work/folder')
open('/work/folder/file', 'w').write('x')
open('/work/file', 'w').write('x')
os.chmod('/work/file', 0)
os.chmod('/work/folder', 0)
attempts = [(open, '/work/file'), (open, '/work/folder/file'), (os.listdir, '/work/folder'),
            (lambda p: os.open(p, os.O_WRONLY), '/work/file'), (lambda p: os.open(p, os.O_CREAT | os.O_WRONLY), '/work/folder/new')]
# Of /proc what only root may read.
attempts += [(lambda p: open(p, 'rb').read(1), '/proc/' + name)
             for name in ['kcore', 'slabinfo', 'vmallocinfo', 'kpagecount', 'kpageflags', 'kpagecgroup', 'pagetypeinfo', 'kmsg', 'timer_list']]
for call, path in attempts:
    try:
        got = call(path)
        # What is covered is an empty file.
        if got == b'':
            continue
        print('ESCAPED', path, got)
    except OSError as e:
        print(path, e.strerror)
print('stopped')
