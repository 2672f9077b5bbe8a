# == fork
import os
pid = os.fork()
if pid == 0: print("child", os.getppid() > 0); os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if hasattr(os, "waitstatus_to_exitcode") else os.waitpid(pid, 0)[1] >> 8)
# == fork that exits by python
import os, sys, atexit
atexit.register(print, "bye", flush=True)
if os.fork() == 0: sys.exit(4)
print(os.wait()[1])
# == fork and raise
import os
if os.fork() == 0: raise ValueError("child")
print(os.wait()[1])
# == register_at_fork
import os
os.register_at_fork(before=lambda: print("before", flush=True), after_in_parent=lambda: print("parent", flush=True), after_in_child=lambda: None)
if os.fork() == 0: os._exit(0)
os.wait()
# == subprocess output
import subprocess
print(subprocess.run(["echo", "hi"], capture_output=True, text=True))
# == subprocess shell
import subprocess
print(subprocess.check_output("echo $((1 + 2)); pwd", shell=True))
# == subprocess python
import subprocess, sys
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, sys.flags)"], capture_output=True, text=True))
# == subprocess python with a module
import subprocess, sys
print(subprocess.run([sys.executable, "-m", "json.tool"], input='{"a":1}', capture_output=True, text=True).stdout)
# == python by its name
import subprocess
print(subprocess.run(["python3", "-c", "import sys; print(sys.executable, sys.prefix)"], capture_output=True, text=True))
# == subprocess environment
import subprocess
print(subprocess.run(["sh", "-c", "echo $A $B"], env={"A": "1"}, capture_output=True).stdout)
# == subprocess streams {"stdin": "x\n"}
import subprocess
p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE); print(p.communicate(b"abc"), p.returncode)
# == subprocess killed
import subprocess
p = subprocess.Popen(["sleep", "5"]); p.kill(); print(p.wait())
# == subprocess timeout
import subprocess
try: subprocess.run(["sleep", "5"], timeout=0.05)
except subprocess.TimeoutExpired as e: print(e.cmd)
# == subprocess descriptors
import subprocess, os
print(sorted(subprocess.check_output(["ls", "/proc/self/fd"]).split()))
# == inherited descriptor
import os, subprocess
r, w = os.pipe(); os.set_inheritable(w, True)
subprocess.run(["sh", "-c", f"echo hi >&{w}"], close_fds=False); print(os.read(r, 10))
# == os.system
import os
print(os.system("exit 3"), os.system("kill -9 $$"))
# == os.popen
import os
print(os.popen("echo x").read())
# == exec
import os
os.execvp("echo", ["echo", "replaced"])
# == exec of python
import os, sys
os.execv(sys.executable, [sys.executable, "-c", "print('again')"])
# == spawn
import os
print(os.spawnvp(os.P_WAIT, "sh", ["sh", "-c", "exit 5"]), os.posix_spawn("/bin/true", ["true"], {}) > 0)
# == pty
import pty, os
try:
    m, s = pty.openpty(); os.write(s, b"x\n"); print(os.read(m, 10))
except OSError as e: print(e)
# == multiprocessing process
from multiprocessing import Process
def f(x): print("in", x)
if __name__ == "__main__":
    p = Process(target=f, args=(5,)); p.start(); p.join(); print(p.exitcode, p.name)
# == multiprocessing fails
from multiprocessing import Process
def f(): 1 / 0
if __name__ == "__main__":
    p = Process(target=f); p.start(); p.join(); print(p.exitcode)
# == multiprocessing pool
from multiprocessing import Pool
def f(x): return x * x
if __name__ == "__main__":
    with Pool(2) as p: print(p.map(f, range(10)))
# == multiprocessing queue and lock
from multiprocessing import Process, Queue, Lock, Value
def f(q, l, v):
    with l: v.value += 1
    q.put("x")
if __name__ == "__main__":
    q, l, v = Queue(), Lock(), Value("i", 0)
    ps = [Process(target=f, args=(q, l, v)) for _ in range(3)]
    [p.start() for p in ps]; print([q.get() for _ in ps]); [p.join() for p in ps]; print(v.value)
# == multiprocessing spawn
import multiprocessing as mp
def f(q): q.put(__name__)
if __name__ == "__main__":
    c = mp.get_context("spawn"); q = c.Queue(); p = c.Process(target=f, args=(q,)); p.start(); print(q.get()); p.join()
# == multiprocessing defaults
import multiprocessing as mp
print(mp.get_start_method(), mp.current_process().name, mp.active_children(), mp.parent_process() if hasattr(mp, "parent_process") else None)
# == multiprocessing shared memory
from multiprocessing import shared_memory
s = shared_memory.SharedMemory(create=True, size=10); s.buf[0] = 5; print(s.buf[0]); s.close(); s.unlink()
# == multiprocessing manager
from multiprocessing import Manager
if __name__ == "__main__":
    with Manager() as m:
        d = m.dict(); d["a"] = 1; print(dict(d))
# == process pool executor
from concurrent.futures import ProcessPoolExecutor
def f(x): return x + 1
if __name__ == "__main__":
    with ProcessPoolExecutor(2) as p: print(list(p.map(f, [1, 2, 3])))
# == threads
import threading
out = []
ts = [threading.Thread(target=out.append, args=(n,)) for n in range(10)]
[t.start() for t in ts]; [t.join() for t in ts]; print(sorted(out))
# == names of threads
import threading
t = threading.Thread(target=lambda: print(threading.current_thread().name)); t.start(); t.join(); print(threading.Thread().name)
# == thread outlives main
import threading, time
def f(): time.sleep(0.05); print("later")
threading.Thread(target=f).start(); print("main ends")
# == daemon thread
import threading, time
threading.Thread(target=time.sleep, args=(5,), daemon=True).start(); print("main ends")
# == daemon thread that prints
import threading, time
def f():
    while True: time.sleep(0.001)
threading.Thread(target=f, daemon=True).start(); time.sleep(0.02); print("end")
# == atexit with threads
import threading, time, atexit
atexit.register(print, "exit")
threading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()
# == thread pool at the end
from concurrent.futures import ThreadPoolExecutor
p = ThreadPoolExecutor(2); p.submit(print, "submitted")
# == locks and conditions
import threading
c = threading.Condition(); done = []
def f():
    with c: done.append(1); c.notify()
with c:
    threading.Thread(target=f).start(); c.wait_for(lambda: done)
print(done)
# == timer
import threading
threading.Timer(0.01, print, ("timer",)).start()
# == local
import threading
l = threading.local(); l.x = 1
t = threading.Thread(target=lambda: print(hasattr(l, "x"))); t.start(); t.join()
# == deep recursion in a thread
import threading, sys
sys.setrecursionlimit(3000)
def d(n): return n if n == 0 else d(n - 1)
t = threading.Thread(target=lambda: print(d(2000))); t.start(); t.join()
# == stack size of threads
import threading
print(threading.stack_size()); threading.stack_size(1 << 20); t = threading.Thread(target=print, args=("x",)); t.start(); t.join()
# == deep recursion in main
import sys
sys.setrecursionlimit(20000)
def d(n): return n if n == 0 else d(n - 1)
print(d(15000))
# == many threads
import threading, time
ts = [threading.Thread(target=time.sleep, args=(0.05,)) for _ in range(40)]
[t.start() for t in ts]; [t.join() for t in ts]; print(threading.active_count())
# == fork with threads
import threading, os, time, warnings
warnings.simplefilter("ignore")
t = threading.Thread(target=time.sleep, args=(0.05,)); t.start()
if os.fork() == 0: print(threading.active_count(), flush=True); os._exit(0)
os.wait()
# == signals in main
import signal, os, time
got = []
signal.signal(signal.SIGUSR1, lambda s, f: got.append(signal.Signals(s).name)); os.kill(os.getpid(), signal.SIGUSR1); time.sleep(0.01); print(got)
# == alarm
import signal, time
signal.signal(signal.SIGALRM, lambda *a: print("alarm")); signal.setitimer(signal.ITIMER_REAL, 0.02); time.sleep(0.1)
# == sigwait
import signal, os
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]); os.kill(os.getpid(), signal.SIGUSR1); print(signal.sigwait([signal.SIGUSR1]))
# == interrupt of main from a thread
import _thread, threading, time
try: threading.Thread(target=_thread.interrupt_main).start(); time.sleep(2)
except KeyboardInterrupt: print("interrupted")
# == wakeup descriptor
import signal
print(signal.set_wakeup_fd(-1))
# == SIGPIPE is ignored
import signal
print(signal.getsignal(signal.SIGPIPE), signal.getsignal(signal.SIGINT).__name__, signal.getsignal(signal.SIGXFSZ))
# == child's signals
import subprocess
print(subprocess.check_output("grep SigIgn /proc/self/status", shell=True))
# == asyncio
import asyncio
async def f(n): await asyncio.sleep(0.001); return n
async def main(): print(await asyncio.gather(*map(f, range(5))))
asyncio.run(main())
# == asyncio subprocess
import asyncio
async def main():
    p = await asyncio.create_subprocess_exec("echo", "x", stdout=asyncio.subprocess.PIPE); print(await p.communicate())
asyncio.run(main())
# == asyncio in a thread
import asyncio
async def main(): print(await asyncio.get_running_loop().run_in_executor(None, lambda: 5))
asyncio.run(main())
# == asyncio signal handler
import asyncio, signal, os
async def main():
    e = asyncio.Event(); asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, e.set); os.kill(os.getpid(), signal.SIGUSR1); await asyncio.wait_for(e.wait(), 2); print("got it")
asyncio.run(main())
# == asyncio timeout
import asyncio
async def main():
    try: await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError: print("timeout")
asyncio.run(main())
# == asyncio streams
import asyncio
async def h(r, w): w.write(await r.readline()); await w.drain(); w.close()
async def main():
    s = await asyncio.start_server(h, "127.0.0.1", 0); r, w = await asyncio.open_connection(*s.sockets[0].getsockname()); w.write(b"hi\n"); print(await r.readline()); w.close(); s.close()
asyncio.run(main())
# == resource usage
import resource
u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime < 5, u.ru_maxrss > 0, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
# == orphan is ended with the program
import os, time
if os.fork() == 0: time.sleep(5); print("never"); os._exit(0)
print("parent ends")
# == children of ours are unknown
import os
try: os.wait()
except ChildProcessError as e: print(e)
# == session
import os
try: os.setsid()
except PermissionError as e: print(e)
print(os.getpgid(0) == os.getpid(), os.tcgetpgrp(0) if os.isatty(0) else "no terminal")
# == ids of user in C
import os, pwd
try: print(pwd.getpwuid(os.getuid()).pw_name)
except KeyError as e: print("unknown")
# == login and home
import os
print(os.path.expanduser("~"), os.environ.get("USER"), os.environ.get("HOME"))
# == limits at work
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))
try: [open("/dev/null") for _ in range(20)]
except OSError as e: print(e.errno)
