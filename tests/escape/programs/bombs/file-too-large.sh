# Writes a file without end.
# expect: file_size_exceeded
# limit: file_size=1MiB
exec head -c 1G /dev/zero > /work/f
