# Looks for a mount that is writable, or that lets devices or set-user-id programs work, by its options and by trying.
# expect: stopped
import os
writable = {'/work', '/tmp', '/dev/shm'}
mounts = {}
for line in open('/proc/self/mountinfo'):
    fields = line.split()
    mounts[fields[4]] = set(fields[5].split(','))   # of several at one place, the last one is seen
for place, options in mounts.items():
    stat = os.statvfs(place)
    if place not in writable and not (stat.f_flag & os.ST_RDONLY and 'ro' in options):
        print('ESCAPED', place, 'is writable:', options)
    if not (stat.f_flag & os.ST_NOSUID and 'nosuid' in options):
        print('ESCAPED', place, 'honours set-user-id:', options)
    # The few harmless devices are mounts of a single file each, and cover what is hidden in /proc.
    single = not os.path.isdir(place) and os.stat(place).st_rdev != 0
    if not single and not (stat.f_flag & os.ST_NODEV and 'nodev' in options):
        print('ESCAPED', place, 'has devices:', options)
    if os.path.isdir(place) and place not in writable and os.access(place, os.W_OK):
        print('ESCAPED', place, 'may be written to')
missing = ({'/', '/dev', '/proc', '/usr'} | writable) - mounts.keys()
print('not seen:', missing) if missing else print('stopped:', len(mounts), 'mounts')
