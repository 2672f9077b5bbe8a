# Has the kernel spare it when memory runs out, and take the host's processes: a lower oom_score_adj.
# expect: stopped
import os
before = int(open('/proc/self/oom_score_adj').read())
for path in ['/proc/self/oom_score_adj', '/proc/self/oom_adj', f'/proc/self/task/{os.getpid()}/oom_score_adj', '/proc/1/oom_score_adj', '/proc/thread-self/oom_adj']:
    for value in ['-1000', '-17', '-1', '0', str(before - 1)]:
        try:
            with open(path, 'w') as file:
                file.write(value)
            print('ESCAPED', path, value)
        except OSError as e:
            print(path, e.strerror)
after = int(open('/proc/self/oom_score_adj').read())
if after < before or after < 1000:
    print('ESCAPED', before, 'became', after)
print('stopped')
