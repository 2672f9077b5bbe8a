# Hangs extended attributes on files, which are memory beside the files' own content.
# expect: stopped
# limit: memory=64MiB disk_files=200
import os

held = 0
reasons = set()
for number in range(100):
    open(f'/work/{number}', 'w').close()
for number in range(100):
    for name in range(40):
        try:
            os.setxattr(f'/work/{number}', f'user.{name}', b'x' * 60000)
            held += 60000
        except OSError as e:
            reasons.add(e.strerror)
# They take the room of files, 1 KiB for each.
if held > 1 << 20:
    print('ESCAPED', held >> 10, 'KiB')
print('stopped:', held >> 10, 'KiB,', *reasons)
