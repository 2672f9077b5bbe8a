# Searches every file of /proc that it may read for addresses of the kernel, which are half of an attack on it.
# expect: stopped

import os, re, socket

pair, udp = socket.socketpair(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(('127.0.0.1', 0))
address = re.compile(r'\b(0x)?ffff[89a-f][0-9a-f]{11}\b')
seen = 0
for top, folders, files in os.walk('/proc'):
    folders[:] = [f for f in folders if f not in ('map_files', 'task') and not (top == '/proc' and f.isdigit() and int(f) != os.getpid())]
    for name in files:
        path = os.path.join(top, name)
        if name in ('pagemap', 'mem', 'kmsg'):
            continue
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            text = os.read(fd, 1 << 16).decode('latin1')
            os.close(fd)
        except OSError:
            continue
        seen += 1
        for found in address.finditer(text):
            # The page of old calls is at the same address everywhere.
            if not found[0].startswith(('ffffffffff600', 'ffffffffff601')) and not found[0].endswith('f' * 16):
                print('ESCAPED', path, found[0])
print('stopped' if seen > 100 else 'too few:', seen, 'files')
