# Follows the links of /proc that jump past paths: root, cwd, exe and fd of every process and thread it sees.
# expect: stopped
import os
root = os.stat('/')
tails = ['..', '../..', '@LURE_FILE@', 'etc/shadow', '../../../../etc/shadow']
pids = ['self', 'thread-self', '1', str(os.getppid()), '@LURE_PID@'] + [name for name in os.listdir('/proc') if name.isdigit()]
seen = 0
for pid in pids:
    for base in ['/proc/%s' % pid, '/proc/%s/task/%s' % (pid, pid)]:
        links = [base + '/root', base + '/cwd'] + [base + '/fd/%d' % n for n in range(70)]
        for link in links:
            for tail in tails:
                path = link + '/' + tail
                try:
                    found = os.stat(path)
                except OSError:
                    continue
                seen += 1
                if os.path.basename(path) != '..':
                    print('ESCAPED', path, open(path, 'rb').read(100))
                elif (found.st_dev, found.st_ino) != (root.st_dev, root.st_ino):
                    print('ESCAPED', path, 'is', os.listdir(path))
print('stopped' if seen else 'nothing was followed')
