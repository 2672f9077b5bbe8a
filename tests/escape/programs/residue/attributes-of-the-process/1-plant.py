# Changes all that a process hands down to its children: umask, limits, priority, processors, ignored signals, personality.
# expect: stopped
import ctypes
import os
import resource
import signal

libc = ctypes.CDLL(None)
os.umask(0)
os.nice(10)
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
libc.personality(0x0040000)
libc.prctl(29, 1_000_000_000)  # PR_SET_TIMERSLACK
libc.prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
libc.prctl(4, 0)  # PR_SET_DUMPABLE
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
os.chdir('/tmp')
for limit in [resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_STACK, resource.RLIMIT_NPROC]:
    resource.setrlimit(limit, (6, 6))
for pid in [1, os.getppid()]:
    for change in [lambda: os.setpriority(os.PRIO_PROCESS, pid, 19), lambda: os.sched_setaffinity(pid, {0}), lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))]:
        try:
            change()
        except (PermissionError, ProcessLookupError):
            pass
print('stopped: planted')
