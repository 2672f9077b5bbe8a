# == argv {"args": ["one", "two words", "", "žluť", "--flag"]}
import sys
print(sys.argv, sys.orig_argv[1:] if hasattr(sys, "orig_argv") else None)
# == flags
import sys
print(sys.flags, sys.dont_write_bytecode, sys.warnoptions, sys._xoptions)
# == version
import sys
print(sys.version, sys.hexversion, sys.implementation.name, sys.api_version, sys.copyright, sys.platform, sys.byteorder)
# == prefixes
import sys
print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, sys.executable, getattr(sys, "_base_executable", None))
print(getattr(sys, "platlibdir", None), sys.pycache_prefix)
# == path
import sys
print(sys.path, sys.path_hooks, sys.meta_path == sys.meta_path)
# == path importers
import sys
print(sorted(sys.path_importer_cache))
# == modules at the start
import sys
print(list(sys.modules))
# == names at the start
print(sorted(globals()))
# == what main is
print(__name__, __file__, __doc__, __package__, __spec__, __builtins__, __annotations__ if "__annotations__" in globals() else None)
# == the loader of main
print(type(__loader__), __loader__.name, __loader__.path, __cached__ if "__cached__" in globals() else "none")
# == source by the loader
print(__loader__.get_source("__main__")[:20])
# == its own module
import sys
main = sys.modules["__main__"]
print(main.__dict__ is globals(), main, [name for name in vars(main) if not name.startswith("__")])
# == main can be imported again
import sys
if __name__ == "__main__":
    import main
    print(main.__name__, main.__file__)
else:
    print("as", __name__)
# == a docstring and annotations
"""What this is."""
x: int = 5
print(__doc__, __annotations__)
# == limits of recursion
import sys
print(sys.getrecursionlimit())
def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
print(depth(0))
# == recursion error
def f(): f()
f()
# == frames
import sys
frame = sys._getframe()
print(frame.f_code.co_name, frame.f_code.co_filename, frame.f_back, frame.f_lineno)
# == stack as traceback sees it
import traceback
def f(): traceback.print_stack()
f()
# == stack as inspect sees it
import inspect
def f(): return [(each.function, each.filename, each.lineno) for each in inspect.stack()]
print(f())
# == source by inspect
import inspect
def f():
    return 1
print(inspect.getsource(f), inspect.getfile(f), inspect.getmodule(f).__name__)
# == switch interval
import sys
print(sys.getswitchinterval(), sys.getprofile(), sys.gettrace(), sys.getallocatedblocks() > 0)
# == number and hash parameters
import sys
print(sys.int_info, sys.float_info, sys.hash_info, sys.maxsize, sys.maxunicode, sys.thread_info)
# == encodings
import sys, locale
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), locale.getpreferredencoding())
# == locale
import locale
print(locale.setlocale(locale.LC_ALL), locale.localeconv()["decimal_point"], locale.getlocale())
# == locale of the environment
import locale
print(locale.setlocale(locale.LC_ALL, ""))
# == site
import site, sys
print(site.ENABLE_USER_SITE, site.getsitepackages(), site.PREFIXES, "site" in sys.modules)
# == builtins of site
print(exit, quit, copyright is not None, type(help), type(license))
# == exit of site
print("before")
exit(3)
# == quit of site
quit()
# == help
help(len)
# == interactive names are not there
import sys
print(hasattr(sys, "ps1"), hasattr(sys, "last_exc"), hasattr(sys, "last_value"), sys.flags.interactive)
# == collector
import gc
print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)
# == collector counts nothing of ours
import gc
print(len(gc.get_objects()) < 100000, gc.collect() >= 0)
# == collector finds a cycle
import gc, weakref
class A: pass
a = A(); a.a = a
r = weakref.ref(a)
del a
print(gc.collect() > 0, r())
# == referrers of a module
import gc, json
print(sorted({type(each).__name__ for each in gc.get_referrers(json)} - {"dict", "list", "cell", "tuple", "module"}))
# == build of the interpreter
import sysconfig
print(sysconfig.get_platform(), sysconfig.get_paths(), sysconfig.get_config_var("Py_DEBUG"))
# == platform
import platform
print(platform.python_implementation(), platform.python_version(), platform.python_compiler(), platform.machine(), platform.node())
# == name of the process
print(open("/proc/self/comm").read().strip())
# == numbers of the process
import os
print(os.getuid() == os.geteuid(), os.getgid() == os.getegid(), os.getgroups(), os.getppid(), os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid())
# == the working directory
import os
print(os.getcwd(), os.listdir("."), os.stat(".").st_uid == os.getuid(), oct(os.stat(".").st_mode))
# == umask
import os
print(oct(os.umask(0)))
# == environment {"env": {"A": "b", "Z": "ž", "EMPTY": ""}}
import os
print(sorted(os.environ.items()))
print(sorted(os.environb.items()) == sorted((os.fsencode(k), os.fsencode(v)) for k, v in os.environ.items()))
# == environment of a child {"env": {"A": "b"}}
import subprocess
print("\n".join(sorted(subprocess.check_output(["env"], text=True).split("\n"))))
# == environment in C {"env": {"A": "b"}}
import ctypes
getenv = ctypes.CDLL(None).getenv
getenv.restype = ctypes.c_char_p
print(getenv(b"A"), getenv(b"HOME"), getenv(b"NONE"))
# == environment as the kernel has it
print(sorted(open("/proc/self/environ", "rb").read().split(b"\0")) != [])
# == changes of the environment reach children
import os, subprocess
os.environ["NEW"] = "x"; del os.environ["HOME"]; os.putenv("PUT", "y"); os.unsetenv("PATH")
print(subprocess.check_output(["/bin/sh", "-c", "echo $NEW-$HOME-$PUT"], text=True))
# == descriptors
import os
print(sorted(os.listdir("/proc/self/fd"))[:3], os.open("/dev/null", os.O_RDONLY))
# == limits of resources
# Where only a process's data is bounded, what is the template's is not counted, so that one differs.
import resource
print([resource.getrlimit(getattr(resource, name)) for name in sorted(dir(resource)) if name.startswith("RLIMIT_") and name not in ("RLIMIT_OFILE", "RLIMIT_DATA")])
# == signals at the start
import signal
print([(each.name, signal.getsignal(each)) for each in sorted(signal.valid_signals(), key=int) if isinstance(each, signal.Signals)])
# == blocked signals
import signal
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.sigpending())
# == signals as the kernel sees them
for line in open("/proc/self/status"):
    if line.startswith(("Sig", "Shd", "NoNewPrivs", "Seccomp:", "Cap", "Groups", "Threads", "NStgid", "TracerPid", "Umask")): print(line.split())
# == personality and capabilities of a child
import subprocess
print(subprocess.check_output(["sh", "-c", "cat /proc/self/personality; grep -E 'Cap|NoNew|Sig' /proc/self/status"], text=True))
# == priority
import os
print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), len(os.sched_getaffinity(0)))
# == out of memory score
print(open("/proc/self/oom_score_adj").read())
# == namespaces
import os
print(sorted(os.listdir("/proc/self/ns")), os.readlink("/proc/self/root"), os.readlink("/proc/self/cwd"))
# == control groups
print(open("/proc/self/cgroup").read().count("/\n") > 0)
# == dumpable
import os
print(os.stat("/proc/self/maps").st_uid == os.getuid(), os.access("/proc/self/mem", os.R_OK))
# == parent death signal
import ctypes
out = ctypes.c_int()
print(ctypes.CDLL(None).prctl(2, ctypes.byref(out)), out.value)
# == subreaper, keep caps, securebits
import ctypes
libc = ctypes.CDLL(None)
out = ctypes.c_int()
print(libc.prctl(37, ctypes.byref(out)), out.value, libc.prctl(7), libc.prctl(27), libc.prctl(3))
# == timers
import signal
print(signal.getitimer(signal.ITIMER_REAL), signal.getitimer(signal.ITIMER_VIRTUAL), signal.getitimer(signal.ITIMER_PROF))
# == alternate stack
import faulthandler
print(faulthandler.is_enabled())
# == alarm
import signal
print(signal.alarm(0))
# == processor time is one's own
import time
print(time.process_time() < 5, time.thread_time() < 5)
# == monotonic clock goes on
import time
a = time.monotonic(); b = time.monotonic()
print(b >= a, time.perf_counter() > 0, time.time() > 1.7e9)
# == zone
import time
print(time.tzname, time.timezone, time.daylight)
# == unraisable and other hooks
import sys, threading
print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__, sys.unraisablehook is sys.__unraisablehook__, threading.excepthook is threading.__excepthook__ if hasattr(threading, "__excepthook__") else 0)
# == audit hooks
import sys
seen = []
sys.addaudithook(lambda name, args: seen.append(name))
open("/dev/null").close()
print(seen[:1])
# == trace function
import sys
lines = []
def trace(frame, event, arg):
    lines.append((event, frame.f_lineno)); return trace
sys.settrace(trace)
def f():
    return 1
f()
sys.settrace(None)
print(lines)
# == profile function
import cProfile, pstats, io
p = cProfile.Profile(); p.enable(); sorted([3, 1]); p.disable()
out = io.StringIO(); pstats.Stats(p, stream=out).print_stats()
print("sorted" in out.getvalue())
# == identity of small objects
print(() is (), "" is str(), 256 is int("256"), type(None)() is None)
# == ids of builtin types
print(type(int) is type, isinstance(True, int), object.__subclasses__().__len__() > 10)
# == weak references to types
import weakref
print(sorted(str(each) for each in weakref.WeakSet([int])))
# == hash of numbers and tuples
print(hash(1), hash(1.5), hash((1, 2)), hash(True), hash(None) != 0)
# == hash of strings is random but equal
print(hash("a") == hash("a"), hash("a") == hash(b"a"))
# == order of dictionaries
print({"b": 1, "a": 2, 3: 4}, list(dict.fromkeys("hello")))
# == interned strings
import sys
print(sys.intern("ab" + "c") is sys.intern("abc"))
# == bytecode is not written {"files": {"other.py": "print('other')"}}
import os, other
print(os.listdir("."), sorted(os.listdir("/work")))
# == a cached module is named {"files": {"other.py": "x = 1"}}
import other
print(other.__cached__, other.__file__, other.__spec__)
# == zip in the path
import sys, zipfile
with zipfile.ZipFile("a.zip", "w") as z: z.writestr("inside.py", "print('from a zip', __file__)")
sys.path.insert(0, "a.zip")
import inside
# == runpy {"files": {"other.py": "print(__name__, __file__)"}}
import runpy
runpy.run_path("other.py"); runpy.run_module("other", run_name="__main__")
# == exec and eval
exec("y = 5"); print(eval("y + 1"), compile("1", "x", "eval").co_filename)
# == code module
import code
code.InteractiveInterpreter().runsource("print(1 + 1)")
# == interactive console {"stdin": "x = 5\nx + 1\nprint(x)\n"}
import code
code.interact(banner="hi", exitmsg="bye")
# == future imports
from __future__ import annotations
print(__annotations__ if "__annotations__" in dir() else {})
# == walrus, match and others
if (n := 10) > 5: print(n)
print(f"{n!r:>5} {n=}")
# == big numbers
print(2 ** 1000, len(str(3 ** 5000)))
# == digits of numbers are limited
import sys
try: int("1" * 5000); print("taken")
except ValueError as error: print(error)
# == floats
print(0.1 + 0.2, 1e308 * 10, float("nan") != float("nan"), round(2.5), -7 // 2)
# == another file {"entrypoint": "other.py", "args": ["x"], "files": {"other.py": "import sys\nprint(sys.argv, sys.orig_argv[-2:] if hasattr(sys, 'orig_argv') else 0, __file__, sys.path[0], open('/proc/self/cmdline').read())\n1 / 0"}}
# == a file in a folder {"entrypoint": "a/b/c.py", "files": {"a/b/c.py": "import sys, d, json\nprint(sys.argv, __file__, sys.path[0], json.x)\n1 / 0", "a/b/d.py": "print('d')", "a/b/json.py": "x = 5"}}
# == a file that does not end in .py {"entrypoint": "prog", "files": {"prog": "import sys\nprint(sys.argv, __file__, type(__loader__).__name__)"}}
# == a file whose name is a module's {"entrypoint": "random.py", "files": {"random.py": "import random\nprint(random.__file__, __name__)"}}
# == a folder as a program {"entrypoint": "app/__main__.py", "files": {"app/__main__.py": "import sys\nprint(sys.path[0], __file__, __package__)"}}
