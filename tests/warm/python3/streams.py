# == what streams are
import sys
for s in (sys.stdin, sys.stdout, sys.stderr):
    print(type(s).__name__, s.name, s.mode, s.encoding, s.errors, s.newlines, s.line_buffering, s.write_through, s.isatty(), s.fileno())
# == what their buffers are
import sys
for s in (sys.stdin, sys.stdout, sys.stderr):
    b = s.buffer
    print(type(b).__name__, b.name, getattr(b, "mode", None), type(getattr(b, "raw", None)).__name__, b.closed, getattr(getattr(b, "raw", b), "closefd", None))
# == their representations
import sys
print(sys.stdin, sys.stdout, sys.stderr, sys.__stdin__ is sys.stdin, sys.__stdout__ is sys.stdout, sys.__stderr__ is sys.stderr)
# == input {"stdin": "a\nb\n"}
print(input(), input("prompt: "))
# == input at the end
input()
# == input without a last line end {"stdin": "a"}
print(repr(input()))
# == lines {"stdin": "a\nb\r\nc"}
import sys
for line in sys.stdin: print(repr(line))
# == read all {"stdin": "žluť\n🦀"}
import sys
print(sys.stdin.read())
# == read bytes {"stdin": "žluť\n"}
import sys
print(sys.stdin.buffer.read())
# == read nothing
import sys
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))
# == readline and rest {"stdin": "1\n2\n3\n"}
import sys
print(sys.stdin.readline(), sys.stdin.readlines())
# == read by the descriptor {"stdin": "abc"}
import os
print(os.read(0, 10), os.read(0, 10))
# == open(0) {"stdin": "x y\nz"}
print(open(0).read().split())
# == /dev/stdin {"stdin": "abc"}
print(open("/dev/stdin").read())
# == fileinput {"stdin": "a\nb\n"}
import fileinput
for line in fileinput.input(): print(fileinput.lineno(), line, end="")
# == many lines {"stdin": "1\n2\n3\n4\n5\n6\n7\n8\n9\n"}
print(sum(map(int, open(0))))
# == not utf-8 on input {"env": {"A": "1"}, "stdin": "x"}
import sys, io
print(sys.stdin.errors, io.TextIOWrapper(io.BytesIO(b"\xff"), errors="surrogateescape").read() == "\udcff")
# == write and return
import sys
print(sys.stdout.write("abc"), sys.stdout.write("ž"))
# == print options
print(1, 2, sep="-", end="!\n", flush=True)
# == print to stderr
import sys
print("e", file=sys.stderr); print("o"); print("e2", file=sys.stderr)
# == order of both
import sys
for n in range(3): print("o", n); print("e", n, file=sys.stderr)
# == bytes out
import sys
sys.stdout.buffer.write(b"\xff\x00\n"); print("text")
# == carriage returns
print("a\rb\r\nc\n")
# == large output
print("x" * 100000)
# == many small writes
import sys
for n in range(2000): sys.stdout.write(str(n) + " ")
# == reconfigure
import sys
sys.stdout.reconfigure(encoding="latin-1", errors="replace", line_buffering=True)
print("žé", sys.stdout.encoding, sys.stdout.line_buffering)
# == truncate and seek
import sys
print(sys.stdout.seekable(), sys.stdout.readable(), sys.stdout.writable(), sys.stdin.seekable())
# == tell
import sys
sys.stdout.tell()
# == detach
import sys
b = sys.stdout.detach(); b.write(b"raw\n"); b.flush() if hasattr(b, "flush") else None
# == redirect
import io, contextlib
with contextlib.redirect_stdout(io.StringIO()) as s: print("hidden")
print(repr(s.getvalue()))
# == dup2 of a file
import os
fd = os.open("out", os.O_CREAT | os.O_RDWR); saved = os.dup(1); os.dup2(fd, 1); print("to a file"); os.dup2(saved, 1)
print(open("out").read())
# == C output is not lost
import ctypes
ctypes.CDLL(None).puts(b"from C")
# == C output before ours
import ctypes
libc = ctypes.CDLL(None)
libc.printf(b"C %d\n", 5); libc.fflush(None); print("python")
# == C input {"stdin": "42\n"}
import ctypes
print(ctypes.CDLL(None).getchar())
# == child writes between
import subprocess
print("a", flush=True); subprocess.run(["echo", "b"]); print("c")
# == child reads our input {"stdin": "one\ntwo\n"}
import subprocess
subprocess.run(["cat"])
# == fork and buffers
import os
print("once")
if os.fork() == 0: os._exit(0)
os.wait()
# == terminal
import os
try: print(os.get_terminal_size())
except OSError as e: print(e)
# == buffered by the setting {"env": {"PYTHONUNBUFFERED": ""}}
import sys
print(sys.stdout.write_through, sys.stdout.line_buffering, type(sys.stdout.buffer).__name__)
# == encoding by the setting {"env": {"PYTHONIOENCODING": "latin-1"}}
import sys
print(sys.stdout.encoding)
# == getpass
import getpass, warnings
print(getpass.getuser() if 0 else "skipped")
# == select on input {"stdin": "x"}
import select, sys
print(bool(select.select([sys.stdin], [], [], 1)[0]))
# == pprint
import pprint
pprint.pprint({"a": list(range(30)), "b": {"c": "d" * 50}})
# == logging goes to stderr
import logging
logging.basicConfig(level=logging.INFO); logging.info("hello"); logging.getLogger("x").warning("w")
# == logging to stdout
import logging, sys
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s"); logging.error("e")
# == logging last resort
import logging
logging.warning("unconfigured"); logging.info("hidden")
# == logging handlers at the start
import logging
print(logging.root.handlers, logging.root.level, logging._handlers.data if hasattr(logging._handlers, "data") else 0)
# == logging process and thread
import logging, os
r = logging.makeLogRecord({})
print(r.processName, r.threadName, r.process)
r = logging.LogRecord("n", 10, "p", 1, "m", (), None)
print(r.processName, r.threadName, r.process == os.getpid())
