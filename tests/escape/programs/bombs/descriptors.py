# Opens as many descriptors as it can, raises the limit, and asks for numbers above it.
# expect: stopped
# limit: open_files=50
import os
import resource

opened = []
try:
    while True:
        opened.append(os.dup(0))
except OSError as e:
    error = e.strerror
if max(opened) != 49:
    print('ESCAPED the highest is', max(opened))
for limits in [(51, 51), (50, 51), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)]:
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        print('ESCAPED raised to', limits)
    except ValueError:
        pass
for number in [50, 1000, 1 << 20, (1 << 31) - 1]:
    try:
        os.dup2(0, number)
        print('ESCAPED descriptor', number)
    except OSError:
        pass
print('stopped:', error)
