# Reads all that /proc tells about init: its memory, environment, files, root, stack, threads.
# expect: stopped
import os
names = '''attr autogroup auxv cgroup clear_refs cmdline comm coredump_filter cpuset cwd environ exe fd fd/0 fd/3 fdinfo fdinfo/0 gid_map io limits
 loginuid map_files maps mem mountinfo mounts mountstats net net/tcp ns ns/mnt ns/user ns/pid numa_maps oom_adj oom_score oom_score_adj pagemap
 personality projid_map root root/etc/shadow sched schedstat sessionid setgroups smaps smaps_rollup stack stat statm status syscall task
 task/1/children task/1/mem task/1/root timers timerslack_ns uid_map wchan'''.split()
for pid in {'1', str(os.getppid()), '0'}:
    if os.path.lexists('/proc/' + pid):
        print('ESCAPED /proc/' + pid, 'is there')
    for name in names:
        path = f'/proc/{pid}/{name}'
        for what in [os.listdir, os.readlink, lambda p: open(p, 'rb').read(64), lambda p: open(p, 'r+b'), os.lstat]:
            try:
                print('ESCAPED', path, what(path))
            except FileNotFoundError:
                pass
            except OSError as e:
                print('ESCAPED, or nearly:', path, e)
if '1' in os.listdir('/proc'):
    print('ESCAPED init is listed')
print('stopped: not there')
