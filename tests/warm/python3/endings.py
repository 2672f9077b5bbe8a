# == falls off the end
print("done")
# == empty
# == only a comment
# nothing
# == exit without a code
import sys
sys.exit()
# == exit 0
import sys
sys.exit(0)
# == exit 7
import sys
sys.exit(7)
# == exit 256
import sys
sys.exit(256)
# == exit -1
import sys
sys.exit(-1)
# == exit by a large number
import sys
sys.exit(2 ** 40)
# == exit by a text
import sys
sys.exit("that was it")
# == exit by a tuple
import sys
sys.exit((1, 2))
# == exit by true
import sys
sys.exit(True)
# == exit by a float
import sys
sys.exit(1.5)
# == exit by an object
import sys
class E:
    def __str__(self): return "me"
sys.exit(E())
# == raise SystemExit
raise SystemExit
# == raise SystemExit with a code
raise SystemExit(4)
# == a class of SystemExit
class Mine(SystemExit): pass
raise Mine(9)
# == SystemExit with a changed code
e = SystemExit(1); e.code = 12
raise e
# == SystemExit caught
try: raise SystemExit(3)
except SystemExit as e: print("caught", e.code)
# == exit in finally
import sys
try: print("x")
finally: sys.exit(5)
# == exit in a with
import sys, contextlib
@contextlib.contextmanager
def c():
    try: yield
    finally: print("left")
with c(): sys.exit(6)
# == os._exit
import os
print("lost?")
os._exit(8)
# == os._exit flushed
import os, sys
print("kept"); sys.stdout.flush()
os._exit(9)
# == abort
import os
os.abort()
# == kill by SIGKILL
import os
os.kill(os.getpid(), 9)
# == kill by SIGTERM
import os
print("before", flush=True)
os.kill(os.getpid(), 15)
# == kill by SIGINT
import os
os.kill(os.getpid(), 2)
# == KeyboardInterrupt
raise KeyboardInterrupt
# == KeyboardInterrupt with text
raise KeyboardInterrupt("stop")
# == KeyboardInterrupt caught
try: raise KeyboardInterrupt
except KeyboardInterrupt: print("caught")
# == segmentation fault
import ctypes
ctypes.string_at(0)
# == segmentation fault with faulthandler
import faulthandler, ctypes
faulthandler.enable()
ctypes.string_at(0)
# == SIGPIPE
import os, signal
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
r, w = os.pipe(); os.close(r); os.write(w, b"x")
# == broken pipe
import os
r, w = os.pipe(); os.close(r); os.write(w, b"x")
# == floating point exception by signal
import os, signal
os.kill(os.getpid(), signal.SIGFPE)
# == alarm ends it
import signal, time
signal.setitimer(signal.ITIMER_REAL, 0.05); time.sleep(5)
# == atexit
import atexit
atexit.register(print, "last")
print("first")
# == atexit in reverse order
import atexit
for n in range(3): atexit.register(print, n)
# == atexit with exit code
import atexit, sys
atexit.register(print, "bye")
sys.exit(3)
# == atexit after an exception
import atexit
atexit.register(print, "bye")
1 / 0
# == atexit that fails
import atexit
@atexit.register
def f(): 1 / 0
print("x")
# == atexit that exits
import atexit, sys
@atexit.register
def f(): sys.exit(5)
# == atexit unregistered
import atexit
atexit.register(print, "no"); atexit.unregister(print)
# == atexit that registers
import atexit
@atexit.register
def f(): atexit.register(print, "nested"); print("outer")
# == atexit and os._exit
import atexit, os
atexit.register(print, "never")
os._exit(0)
# == atexit in an imported module {"files": {"other.py": "import atexit\natexit.register(print, 'other')"}}
import other, atexit
atexit.register(print, "main")
# == atexit callbacks at the start
import atexit
print(atexit._ncallbacks() if hasattr(atexit, "_ncallbacks") else 0)
# == weakref.finalize
import weakref
class A: pass
a = A()
weakref.finalize(a, print, "finalized")
# == __del__ of a global
class A:
    def __del__(self): print("gone", print is not None)
a = A()
# == __del__ of a cycle
class A:
    def __del__(self): print("gone")
a = A(); a.a = a
# == __del__ of several globals
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("gone", self.n)
b = A("b"); a = A("a"); _p = A("_p"); c = A("c")
# == __del__ sees globals
x = 5
class A:
    def __del__(self): print(x)
a = A()
# == __del__ that imports
class A:
    def __del__(self):
        try:
            import json
            print(json.dumps([1]))
        except ImportError as e: print(type(e))
a = A()
# == __del__ that raises
class A:
    def __del__(self): raise ValueError("in del")
a = A()
# == __del__ during the run
class A:
    def __del__(self): print("gone")
A(); print("after")
# == __del__ in a module of its own {"files": {"other.py": "class A:\n    def __del__(self): print('gone', __name__)\na = A()"}}
import other
# == __del__ in sys.modules
import sys
class M:
    def __del__(self): print("module gone")
sys.modules["mine"] = M()
# == __del__ in a kept module
import json
class A:
    def __del__(self): print("gone with json")
json.mine = A()
# == __del__ in builtins
import builtins
class A:
    def __del__(self): print("gone with builtins")
builtins.mine = A()
# == __del__ in sys
import sys
class A:
    def __del__(self): print("gone with sys")
sys.mine = A()
# == a generator at the end
def g():
    try: yield
    finally: print("closed")
it = g(); next(it)
# == a file not closed
f = open("x", "w"); f.write("data")
# == a file not closed, read by an atexit function
import atexit
f = open("x", "w"); f.write("data")
atexit.register(lambda: print(repr(open("x").read())))
# == unfinished coroutine
async def f(): pass
c = f()
# == stdout closed
import sys
sys.stdout.close()
# == stdout closed, then print
import sys
sys.stdout.close()
print("x")
# == stderr closed, then an exception
import sys
sys.stderr.close()
1 / 0
# == stdout is None
import sys
sys.stdout = None
print("nothing")
# == descriptor 1 closed
import os
os.close(1)
print("x")
# == descriptor 2 closed, exception
import os
os.close(2)
1 / 0
# == stdout replaced
import sys, io
sys.stdout = io.StringIO(); print("x"); sys.__stdout__.write(sys.stdout.getvalue().upper())
# == stdout replaced by one that fails at flush
import sys
class F:
    def write(self, x): pass
    def flush(self): raise OSError("no flush")
sys.stdout = F()
print("x")
# == output to a full device
import sys
sys.stdout = open("/dev/full", "w")
print("x")
# == stdout made a full device
import os
fd = os.open("/dev/full", os.O_WRONLY); os.dup2(fd, 1)
print("x")
# == output not flushed without the setting {"env": {"PYTHONUNBUFFERED": ""}}
import os
print("buffered"); os.write(1, b"direct\n")
# == excepthook that prints
import sys
sys.excepthook = lambda *a: print("hook", a[0].__name__)
1 / 0
# == excepthook that fails
import sys
def hook(*a): raise ValueError("in hook")
sys.excepthook = hook
1 / 0
# == excepthook that exits
import sys
def hook(*a): sys.exit(4)
sys.excepthook = hook
1 / 0
# == excepthook deleted
import sys
del sys.excepthook
1 / 0
# == unraisablehook
import sys
sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__)
class A:
    def __del__(self): 1 / 0
A()
# == signal handler that exits
import signal, sys, os
signal.signal(signal.SIGTERM, lambda *a: sys.exit(11))
os.kill(os.getpid(), 15)
# == signal handler that raises
import signal, os
def h(*a): raise ValueError("from a signal")
signal.signal(signal.SIGUSR1, h)
os.kill(os.getpid(), signal.SIGUSR1)
# == default SIGINT handler ignored
import signal, os
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.kill(os.getpid(), 2); print("still here")
# == modules cleared by the program
import sys
sys.modules.clear()
print("x")
# == sys.modules replaced
import sys
sys.modules = {}
print("x")
# == main deleted
import sys
del sys.modules["__main__"]
print("x")
# == globals cleared
globals().clear()
# == memory limit {"limits": {"memory_bytes": 67108864}}
x = []
while True: x.append(bytearray(1 << 20))
# == MemoryError of one large thing
x = bytearray(1 << 50)
# == processor time {"limits": {"cpu_time_ms": 100}}
while True: pass
# == output without end {"limits": {"output_bytes": 1000}}
for n in range(1000): print(n)
# == processes {"limits": {"processes": 8}}
import os, time
try:
    for n in range(50):
        if os.fork() == 0: time.sleep(1); os._exit(0)
except OSError as e: print(type(e).__name__)
# == open files {"limits": {"open_files": 20}}
files = []
try:
    while True: files.append(open("/dev/null"))
except OSError as e: print(e.errno, len(files))
# == large files {"limits": {"file_size_bytes": 1000}}
open("x", "wb").write(b"x" * 2000)
# == disk {"limits": {"disk_bytes": 1048576}}
open("x", "wb").write(b"x" * (2 << 20))
