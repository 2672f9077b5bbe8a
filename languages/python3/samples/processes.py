import subprocess
import sys
from multiprocessing import Lock, Pool, Value


def add(first):
    with lock:
        counter.value += sum(range(first, first + 25))


def share(the_lock, the_counter):
    global lock, counter
    lock, counter = the_lock, the_counter


if __name__ == "__main__":
    lock, counter = Lock(), Value("i", 0)
    with Pool(4, share, (lock, counter)) as pool:
        pool.map(add, [1, 26, 51, 76])
    print(counter.value)
    print(subprocess.check_output([sys.executable, "-c", "print('from a child')"], text=True), end="")
