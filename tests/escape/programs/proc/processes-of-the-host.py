# Looks for the host's processes: in /proc, by number, and by calls that tell whether a process exists.
# expect: stopped
# limit: cpu_time=60s wall_time=120s
import os
mine = {os.getpid(), os.getppid()}
lure = @LURE_PID@
listed = {int(name) for name in os.listdir('/proc') if name.isdigit()}
if listed != {os.getpid()}:
    print('ESCAPED listed:', listed)
for pid in list(range(1, 40000)) + [lure]:
    if pid not in mine and os.path.exists(f'/proc/{pid}'):
        print('ESCAPED /proc/%d' % pid, open(f'/proc/{pid}/cmdline').read())
    if pid in mine:
        continue
    for what in [lambda p: os.kill(p, 0), os.getpgid, os.getsid, os.sched_getaffinity, os.sched_getscheduler, os.pidfd_open,
                 lambda p: os.getpriority(os.PRIO_PROCESS, p)]:
        try:
            print('ESCAPED', pid, 'is there', what(pid))
        except ProcessLookupError:
            pass
for path in [f'/proc/{lure}/environ', f'/proc/{lure}/cmdline', f'/proc/{lure}/root/etc/shadow', f'/proc/{lure}/task/{lure}/environ']:
    if os.path.lexists(path):
        print('ESCAPED', path, open(path).read())
if open('/proc/loadavg').read().split()[4] not in {str(os.getpid()), str(os.getpid() + 1)}:
    print('the last process was', open('/proc/loadavg').read())
print('stopped:', listed)
