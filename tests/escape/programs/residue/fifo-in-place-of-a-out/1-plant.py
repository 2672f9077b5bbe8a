# Puts a pipe, a folder and a link where the next program's source, binary and compiler's files will be, to hold it up or lead it away.
# expect: stopped
import os

os.mkfifo('/work/a.out')
os.mkdir('/work/main.c')
os.mkfifo('/tmp/ccAAAAAA.s')
os.symlink('/etc/passwd', '/work/main.o')
os.chmod('/work', 0)
os.chmod('/work', 0o555)
print('stopped: planted')
