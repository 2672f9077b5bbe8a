# Creates, changes and removes files in the host's folders and the sandbox's own read-only ones.
# expect: stopped
import errno, os, shutil
folders = ['/', '/usr', '/usr/bin', '/usr/lib', '/usr/local/bin', '/etc', '/etc/ssl/certs', '/etc/alternatives', '/bin', '/lib', '/sbin',
           '/dev', '/dev/pts', '/proc', '/proc/sys', '/proc/acpi', '/proc/bus']
files = ['/usr/bin/env', '/etc/passwd', '/etc/hosts', '/etc/ld.so.cache', '/usr/lib/os-release', '/bin/sh', '/etc/alternatives/awk']
good = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTSUP, errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.EEXIST}
tried = 0
def refused(what, call, *args, **keywords):
    global tried
    tried += 1
    try:
        call(*args, **keywords)
        print('ESCAPED', what, args)
    except OSError as e:
        if e.errno not in good:
            print('ESCAPED, or nearly:', what, args, e)
for folder in filter(os.path.isdir, folders):
    new = folder + '/codecanvas-was-here'
    refused('create', os.open, new, os.O_CREAT | os.O_WRONLY)
    refused('unnamed file', os.open, folder, os.O_TMPFILE | os.O_RDWR)
    refused('mkdir', os.mkdir, new)
    refused('symlink', os.symlink, '/work', new)
    refused('fifo', os.mkfifo, new)
    refused('chmod', os.chmod, folder, os.stat(folder).st_mode & 0o7777)
    refused('chown', os.chown, folder, os.getuid(), os.getgid())
    refused('times', os.utime, folder)
    if os.path.lexists(new):
        print('ESCAPED', new, 'is there')
for file in files:
    refused('append', os.open, file, os.O_WRONLY | os.O_APPEND)
    refused('read and write', os.open, file, os.O_RDWR)
    refused('truncate', os.truncate, file, os.stat(file).st_size)
    # Of the host's programs nothing is really taken away, should this work.
    if file.startswith('/etc/') and file != '/etc/alternatives/awk':
        refused('unlink', os.unlink, file)
    refused('chmod', os.chmod, file, os.stat(file).st_mode & 0o7777)
    refused('times', os.utime, file)
    refused('attribute', os.setxattr, file, 'user.codecanvas', b'x')
print('stopped after', tried)
