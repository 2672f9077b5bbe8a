# Tries every number in its memory as the key that opens the calls by which sandboxes are built.
# expect: stopped
# limit: cpu_time=60s wall_time=100s memory=1GiB
import array, ctypes

PR_SET_MM, PR_SET_MM_MAP_SIZE, PRCTL = 35, 15, {"x86_64": 157}.get(__import__("os").uname().machine, 167)
call = ctypes.CDLL(None, use_errno=True).syscall
call.argtypes = [ctypes.c_long] + [ctypes.c_ulong] * 6
size = ctypes.c_uint()
where = ctypes.addressof(size)
numbers, looked_at = set(), 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps.readlines():
        first, last = (int(number, 16) for number in line.split()[0].split("-"))
        if line.split()[1][0] != "r" or "[v" in line:
            continue
        memory.seek(first)
        try:
            content = memory.read(last - first)
        except OSError:
            continue
        looked_at += len(content)
        # Wherever it may be: whole words, and such as begin in their middle.
        for offset in (0, 4):
            piece = content[offset : offset + (len(content) - offset) // 8 * 8]
            # Most words are addresses and small numbers. A random number has 16 zeros in front once in 65,536 times.
            numbers.update(number for number in array.array("Q", piece) if number >> 48)
if looked_at < 1 << 20:
    print("its memory could not be read")
    raise SystemExit(1)
for number in numbers:
    if call(PRCTL, PR_SET_MM, PR_SET_MM_MAP_SIZE, where, 0, 0, number) == 0 or ctypes.get_errno() not in (1,):
        print("ESCAPED: the key is", hex(number))
print("stopped, none of", len(numbers), "numbers opens it")
