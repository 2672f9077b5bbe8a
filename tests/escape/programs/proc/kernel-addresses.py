# Looks for addresses of the kernel, with which a hole in it is easier to use.
# expect: stopped
import os, re
address = re.compile(r'\b(ffff[0-9a-f]{12})\b')
paths = ['/proc/kallsyms', '/proc/modules', '/proc/timer_list', '/proc/sched_debug', '/proc/latency_stats', '/proc/vmallocinfo', '/proc/config.gz',
         '/proc/crypto', '/proc/bootconfig', '/proc/cmdline', '/sys/kernel/notes', '/sys/kernel/vmcoreinfo', '/boot/System.map']
for path in paths:
    try:
        text = open(path, errors='replace').read(4096)
        if text:
            print('ESCAPED', path, 'says', text[:100])
    except OSError as e:
        print(path, e.strerror)
# Of itself, a process may read more, and there they must be hidden.
for path in ['/proc/self/stat', '/proc/self/wchan', '/proc/self/stack', '/proc/self/syscall', '/proc/self/timers', '/proc/self/maps',
             '/proc/net/unix', '/proc/net/tcp', '/proc/net/udp', '/proc/net/netlink', '/proc/net/packet', '/proc/net/ptype', '/proc/self/mountstats']:
    try:
        text = open(path, errors='replace').read()
    except OSError as e:
        print(path, e.strerror)
        continue
    # The last page of the address space of a process itself holds vsyscall, and is everybody's.
    found = [a for a in address.findall(text) if not a.startswith('ffffffffff60')]
    numbers = [n for n in re.findall(r'\b\d{19,20}\b', text) if int(n) > 0xffff_8000_0000_0000 and int(n) != 2**64 - 1]
    if found or numbers:
        print('ESCAPED', path, 'has', found or numbers)
print('stopped')
