# Reads from the list of mounts where things are on the host: homes, the launcher's folders, what a mount was taken from.
# expect: stopped
own = {'/work', '/tmp', '/dev/shm', '/proc', '/dev', '/', '/dev/pts'}
devices = {'/null', '/zero', '/full', '/random', '/urandom', '/tty'}
count = 0
for line in open('/proc/self/mountinfo'):
    before, after = line.split(' - ')
    root, place = before.split()[3:5]
    kind = after.split()[0]
    count += 1
    if kind in {'tmpfs', 'proc', 'devpts', 'devtmpfs'}:
        # The sandbox's own: a folder of it at most. Or a device, which a container has in a tmpfs.
        if root not in {'/', '/work', '/shm', '/tmp'} | devices:
            print('ESCAPED', line)
    elif place in own or not (root == '/' or root.endswith(place) or place.endswith('/docker-init')):
        # What comes from the host is at the place where it is there too, so that it tells nothing else. (Docker's --init puts a program
        # of the host among those of its container.)
        print('ESCAPED', line)
for path in ['/proc/self/mounts', '/proc/self/mountinfo', '/proc/self/mountstats', '/etc/mtab', '/proc/mounts']:
    text = open(path).read()
    for word in ['@LURE_FOLDER@', '/menu', '/roots', '/home', '/run', '/sys', '/var/lib', 'cgroup']:
        if word in text and word + '/docker/overlay2' not in text:
            print('ESCAPED', path, 'has', word)
print('stopped:', count, 'mounts') if count > 8 else print('hardly a mount was seen')
