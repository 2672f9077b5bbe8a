# Opens for writing all that a process may write about itself: ids, login, limits of memory, names, security attributes.
# expect: stopped
import errno, os
good = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTSUP, errno.EISDIR, errno.EINVAL, errno.ELOOP}
tried = 0
child = os.fork()
if child == 0:
    os.pause() if hasattr(os, 'pause') else __import__('signal').pause()
for top in ['/proc/self', f'/proc/{child}']:
    for folder, folders, names in os.walk(top):
        # Descriptors and mappings lead elsewhere, and network settings are not of the process alone.
        folders[:] = [name for name in folders if name not in {'fd', 'map_files', 'net', 'root', 'cwd'}]
        for name in names:
            tried += 1
            path = os.path.join(folder, name)
            if os.path.islink(path) and folder.endswith(('/ns', top)):
                continue
            for flags in [os.O_WRONLY, os.O_RDWR]:
                try:
                    os.open(path, flags)
                    print('ESCAPED', path, 'opens for writing')
                except OSError as e:
                    if e.errno not in good:
                        print('ESCAPED, or nearly:', path, e)
os.kill(child, 9)
print('stopped after', tried) if tried > 80 else print('hardly a file was there')
