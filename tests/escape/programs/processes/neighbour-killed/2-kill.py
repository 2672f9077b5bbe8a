# Kills, stops and renices all that runs under its user id: on an ordinary user's host the program beside it has the same.
# expect: stopped
import os, signal, time
end = time.monotonic() + 1
tried = 0
while time.monotonic() < end or tried < 3:
    tried += 1
    # Deadly ones only once the kernel has said that nobody would be hit.
    for number in [0, signal.SIGCONT, signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP]:
        try:
            os.kill(-1, number)
            raise SystemExit(print('ESCAPED somebody was hit by', number))
        except ProcessLookupError:
            pass
    for who in [0, os.getuid()]:
        try:
            os.setpriority(os.PRIO_USER, who, 1)
            raise SystemExit(print('ESCAPED reniced all of user', who))
        except PermissionError:
            pass
    for pid in range(2, 500):
        if pid != os.getpid():
            for what in [lambda: os.kill(pid, signal.SIGCONT), lambda: os.killpg(pid, signal.SIGCONT), lambda: os.sched_setaffinity(pid, os.sched_getaffinity(pid))]:
                try:
                    what()
                    print('ESCAPED', pid)
                except ProcessLookupError:
                    pass
    time.sleep(0.02)
print('stopped after', tried)
