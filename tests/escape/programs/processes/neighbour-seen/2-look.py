# Looks for a program that runs beside it: in /proc, by number, by signal, by pidfd.
# expect: stopped
import os, time
end = time.monotonic() + 1
rounds = 0
while time.monotonic() < end or rounds < 2:
    rounds += 1
    listed = {int(name) for name in os.listdir('/proc') if name.isdigit()}
    if listed != {os.getpid()}:
        print('ESCAPED listed:', listed)
    for pid in range(2, 3000):
        if pid != os.getpid():
            for what in [lambda: os.kill(pid, 0), lambda: os.pidfd_open(pid), lambda: os.stat(f'/proc/{pid}')]:
                try:
                    what()
                    print('ESCAPED', pid, 'is there')
                except (ProcessLookupError, FileNotFoundError):
                    pass
print('stopped after', rounds, 'rounds')
