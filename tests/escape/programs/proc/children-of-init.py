# Finds processes by who their parents are: task/*/children, process groups, sessions, and waiting for others' children.
# expect: stopped
import glob, os
child = os.fork()
if child == 0:
    os.read(0, 1)
    __import__('time').sleep(100)
own = open(f'/proc/self/task/{os.getpid()}/children').read().split() if os.path.exists(f'/proc/self/task/{os.getpid()}/children') else [str(child)]
if own != [str(child)]:
    print('ESCAPED its children are', own)
for path in glob.glob('/proc/[0-9]*/task/*/children'):
    if int(path.split('/')[2]) not in {os.getpid(), child}:
        print('ESCAPED', path, open(path).read())
for pid in [0, 1, os.getppid(), @LURE_PID@]:
    for path in [f'/proc/{pid}/task/{pid}/children', f'/proc/{pid}/task', f'/proc/self/task/{pid}/children', f'/proc/{os.getpid()}/task/{pid}']:
        if os.path.lexists(path):
            print('ESCAPED', path)
    if pid:
        try:
            print('ESCAPED waited for', pid, os.waitpid(pid, os.WNOHANG))
        except ChildProcessError:
            pass
os.kill(child, 9)
os.waitpid(child, 0)
print('stopped')
