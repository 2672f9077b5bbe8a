# Resets the peak of its memory in the kernel's books before it ends.
# expect: stopped
import os

memory = bytearray(20 << 20)
del memory
for pid in ['self', '1', str(os.getpid()), 'thread-self']:
    for name, value in [('clear_refs', '5'), ('clear_refs', '1'), ('oom_score_adj', '-1000'), ('oom_adj', '-17'), ('coredump_filter', '0'), ('timerslack_ns', '1')]:
        try:
            open(f'/proc/{pid}/{name}', 'w').write(value)
            print('ESCAPED wrote', name, 'of', pid)
        except OSError as e:
            reason = e.strerror
for path in ['/sys/fs/cgroup', '/proc/self/cgroup']:
    if os.path.isdir(path) and os.listdir(path):
        print('ESCAPED', path, os.listdir(path))
print('stopped:', reason)
