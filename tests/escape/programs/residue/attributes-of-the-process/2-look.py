# Looks whether it was born with anything that the last program has changed.
# expect: stopped
import ctypes
import os
import resource

libc = ctypes.CDLL(None)
status = dict(line.split(':\t', 1) for line in open('/proc/self/status').read().splitlines())
found = {
    'umask': (status['Umask'], '0022'),
    'nice': (os.nice(0), 0),
    'scheduler': (os.sched_getscheduler(0), os.SCHED_OTHER),
    'personality': (libc.personality(ctypes.c_ulong(0xffffffff)), 0),
    'timer slack': (libc.prctl(30), 50_000),
    'dumpable': (libc.prctl(3), 1),
    'folder': (os.getcwd(), '/work'),
    'blocked': (int(status['SigBlk'], 16), 0),
    # Python itself ignores SIGPIPE and SIGXFSZ; 32 and 33 are the C library's own.
    'ignored': (int(status['SigIgn'], 16) & ~(3 << 31), 1 << 12 | 1 << 24),
    'session': (os.getsid(0), os.getpid()),
}
for what, (is_now, was) in found.items():
    if is_now != was:
        print('ESCAPED', what, is_now, 'and not', was)
for name in ['NOFILE', 'FSIZE', 'CPU', 'STACK', 'NPROC']:
    if 6 in resource.getrlimit(getattr(resource, 'RLIMIT_' + name)):
        print('ESCAPED', name)
if len(os.sched_getaffinity(0)) < len(open('/proc/cpuinfo').read().split('processor\t')) - 1:
    print('ESCAPED it may only run on', os.sched_getaffinity(0))
print('stopped')
