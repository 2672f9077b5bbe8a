# Runs and watches whether anybody signals, stops, renices or pins it.
# expect: stopped
# beside: yes
import os, signal, time
got = []
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, lambda n, frame: got.append(n))
before = os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0), os.sched_getscheduler(0)
child = os.fork()
if child == 0:
    time.sleep(1000)
time.sleep(1)
after = os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0), os.sched_getscheduler(0)
if got or before != after or os.waitpid(child, os.WNOHANG | os.WUNTRACED) != (0, 0):
    print('ESCAPED a neighbour did this:', got, before, after)
print('stopped')
