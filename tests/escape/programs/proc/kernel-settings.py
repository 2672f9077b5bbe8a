# Opens every setting of the kernel below /proc/sys for writing.
# expect: stopped
import errno, os
tried = 0
for folder, _, names in os.walk('/proc/sys'):
    if not os.statvfs(folder).f_flag & os.ST_RDONLY:
        print('ESCAPED', folder, 'is not read-only')
    for name in names:
        path = os.path.join(folder, name)
        tried += 1
        # Opening alone changes nothing, so it is tried with all of them.
        for flags in [os.O_WRONLY, os.O_RDWR]:
            try:
                os.close(os.open(path, flags))
                print('ESCAPED', path, 'opens for writing')
            except OSError as e:
                if e.errno not in {errno.EROFS, errno.EACCES, errno.ENOENT, errno.EPERM}:
                    print('ESCAPED, or nearly:', path, e)
print('stopped after', tried) if tried > 100 else print('hardly a setting is there')
