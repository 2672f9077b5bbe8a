# Nests folders with long names as deep as it can, deeper than any path may be long.
# expect: disk_exceeded
# limit: disk_files=2000
import os

for depth in range(10000):
    os.mkdir('d' * 255)
    os.chdir('d' * 255)
print('ESCAPED', depth)
