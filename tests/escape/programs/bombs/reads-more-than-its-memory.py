# Reads far more of the host's files than it may have memory: what the kernel keeps of them must not end the program.
# expect: stopped
# limit: memory=24MiB cpu_time=30s wall_time=60s
import os

left = 100 << 20
for folder, _, files in os.walk('/usr/lib'):
    for name in files:
        try:
            with open(os.path.join(folder, name), 'rb', buffering=0) as file:
                while left > 0 and (block := file.read(1 << 16)):
                    left -= len(block)
        except OSError:
            pass
    if left <= 0:
        break
print('stopped:', left, 'bytes short of 100 MiB')
