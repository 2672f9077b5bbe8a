# Reads the machine's memory: kcore, /dev/mem, /dev/port, what is known of each page, and physical addresses of its own.
# expect: stopped
import os, struct
for path in ['/proc/kcore', '/dev/mem', '/dev/kmem', '/dev/port', '/dev/oldmem', '/proc/vmcore', '/proc/kpagecount', '/proc/kpageflags',
             '/proc/kpagecgroup', '/proc/pagetypeinfo', '/proc/vmallocinfo', '/proc/slabinfo', '/proc/iomem', '/proc/ioports']:
    try:
        with open(path, 'rb', buffering=0) as file:
            got = file.read(64)
        if got:
            print('ESCAPED', path, got)
    except OSError as e:
        print(path, e.strerror)
memory = bytearray(os.urandom(1 << 16))
mapped = 0
with open('/proc/self/maps') as maps, open('/proc/self/pagemap', 'rb', buffering=0) as pages:
    for line in maps:
        first = int(line.split('-')[0], 16)
        if first >> 47:
            continue
        entry = os.pread(pages.fileno(), 8, first // os.sysconf('SC_PAGESIZE') * 8)
        if len(entry) == 8 and struct.unpack('<Q', entry)[0] >> 63:
            mapped += 1
            if struct.unpack('<Q', entry)[0] & ((1 << 55) - 1):
                print('ESCAPED physical page of', line.strip(), entry)
print('stopped' if mapped else 'no page of its own was seen')
