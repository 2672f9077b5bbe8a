# == random seeded
import random
random.seed(5); print(random.random(), random.randint(1, 100), random.sample(range(100), 5), random.gauss(0, 1))
# == random object
import random
r = random.Random(1); print([r.random() for _ in range(3)], r.choices("abc", k=5))
# == random after a fork
import random, os
random.seed(1)
r, w = os.pipe()
if os.fork() == 0:
    os.write(w, repr(random.random()).encode()); os._exit(0)
os.wait()
print(os.read(r, 100) != repr(random.random()).encode())
# == secrets differ
import secrets
print(len({secrets.token_hex(8) for _ in range(100)}))
# == uuid
import uuid
print(uuid.uuid5(uuid.NAMESPACE_DNS, "x"), uuid.uuid4() != uuid.uuid4(), uuid.uuid4().version, uuid.uuid1().version)
# == tempfile
import tempfile, os
print(tempfile.gettempdir()); f = tempfile.NamedTemporaryFile(); print(os.path.dirname(f.name), os.path.exists(f.name))
d = tempfile.mkdtemp(); print(os.listdir(d))
# == tempfile by the environment {"env": {"TMPDIR": "/work"}}
import tempfile
print(tempfile.gettempdir())
# == hashlib
import hashlib
print(hashlib.sha256(b"x").hexdigest(), hashlib.md5(b"x").hexdigest(), sorted(hashlib.algorithms_guaranteed), hashlib.blake2b(b"x").hexdigest())
# == hash of openssl
import hashlib
print(hashlib.new("sha512", b"x").hexdigest(), hashlib.pbkdf2_hmac("sha256", b"p", b"s", 10).hex())
# == decimal context
import decimal
print(decimal.getcontext(), decimal.Decimal(1) / 3)
decimal.getcontext().prec = 5; print(decimal.Decimal(1) / 3)
# == re cache
import re
print(re.findall(r"\d+", "a1b22"), re.sub("a", "b", "aaa"), re._cache if False else "")
# == functools caches
import functools
@functools.lru_cache
def f(x): return x
f(1); f(1); print(f.cache_info())
# == typing
import typing
print(typing.List[int], typing.get_type_hints(lambda x: x), typing.Optional[str])
# == copyreg and pickle
import pickle
class A:
    def __init__(self): self.x = 1
print(pickle.loads(pickle.dumps(A())).x, pickle.dumps({"a": [1, 2]}))
# == pickle of a function of main
import pickle
def f(): return 5
print(pickle.loads(pickle.dumps(f))(), pickle.dumps(f))
# == deepcopy
import copy
a = {"x": [1]}; b = copy.deepcopy(a); b["x"].append(2); print(a, b)
# == namedtuple
from collections import namedtuple
P = namedtuple("P", "x y"); print(P(1, 2), P.__module__)
# == dataclass
from dataclasses import dataclass, field
@dataclass(order=True)
class P:
    x: int
    y: list = field(default_factory=list)
print(P(1), P(1) < P(2), P.__module__)
# == enum
from enum import Enum, auto
class C(Enum):
    A = auto(); B = auto()
print(list(C), C.A.name, C(2), C.__module__)
# == counter and others
from collections import Counter, deque, defaultdict, OrderedDict, ChainMap
print(Counter("hello"), deque([1, 2], 1), defaultdict(list, a=[1]), OrderedDict(a=1), ChainMap({"a": 1}))
# == heap and bisect
import heapq, bisect
h = [3, 1, 2]; heapq.heapify(h); print(heapq.heappop(h), bisect.bisect([1, 2, 3], 2))
# == itertools
import itertools
print(list(itertools.permutations("abc", 2)), list(itertools.accumulate([1, 2, 3])))
# == datetime
from datetime import datetime, timedelta, timezone, date
print(datetime(2020, 1, 2, tzinfo=timezone.utc).isoformat(), timedelta(days=1), date(2020, 2, 29).strftime("%A %d %B"), datetime.now().tzinfo)
# == zoneinfo
import zoneinfo
try: print(zoneinfo.ZoneInfo("Europe/Prague"))
except Exception as e: print(type(e).__name__)
# == calendar
import calendar
print(calendar.month(2024, 2))
# == time formatting
import time
print(time.strftime("%Y", time.gmtime(0)), time.asctime(time.gmtime(0)))
# == json
import json
print(json.dumps({"ž": [1, 2.5, None, True]}, indent=1), json.loads('{"a": 1}'))
# == csv
import csv, io
print(list(csv.reader(io.StringIO("a,b\n\"c,d\",e\n"))), csv.list_dialects())
# == struct and array
import struct, array
print(struct.pack("<IhB", 1, -2, 3), array.array("i", [1, 2]).tobytes())
# == zlib, gzip, bz2, lzma
import zlib
print(zlib.crc32(b"x"), zlib.decompress(zlib.compress(b"abc")))
for name in ("gzip", "bz2", "lzma"):
    try: m = __import__(name); print(name, m.decompress(m.compress(b"x")))
    except ImportError as e: print(e)
# == sqlite
try:
    import sqlite3
    c = sqlite3.connect(":memory:"); c.execute("create table t(x)"); c.execute("insert into t values(1)"); print(c.execute("select * from t").fetchall())
except ImportError as e: print(e)
# == xml
import xml.etree.ElementTree as E
print(E.tostring(E.fromstring("<a><b x='1'/></a>")))
# == html
import html
print(html.escape("<&>"), html.unescape("&eacute;"))
# == urllib
from urllib.parse import urlparse, quote
print(urlparse("http://a.b/c?d=e"), quote("ž /"))
# == no network
import urllib.request
try: urllib.request.urlopen("http://example.com", timeout=2)
except Exception as e: print(type(e).__name__)
# == textwrap and string
import textwrap, string
print(textwrap.fill("word " * 20, 30), string.Template("$a").substitute(a=1))
# == difflib
import difflib
print("\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")), difflib.get_close_matches("aple", ["apple"]))
# == fractions and statistics
from fractions import Fraction
import statistics
print(Fraction(1, 3) + Fraction(1, 6), statistics.mean([1, 2, 3]), statistics.stdev([1, 2, 3]))
# == math
import math, cmath
print(math.factorial(20), math.comb(5, 2), math.gcd(12, 18), cmath.sqrt(-1), math.pi)
# == ast and dis
import ast, dis
print(ast.dump(ast.parse("x = 1")))
dis.dis(compile("x + 1", "s", "eval"))
# == tokenize
import tokenize, io
print([t.string for t in tokenize.generate_tokens(io.StringIO("x = 1").readline)])
# == shelve and dbm
import shelve
with shelve.open("s") as s: s["a"] = [1]
with shelve.open("s") as s: print(dict(s))
# == pathlib
from pathlib import Path
Path("d/e").mkdir(parents=True); Path("d/e/f.txt").write_text("x"); print(sorted(map(str, Path(".").rglob("*"))), Path.home(), Path.cwd())
# == shutil and glob
import shutil, glob, os
os.makedirs("a/b"); open("a/b/c", "w").close(); shutil.copytree("a", "z"); print(sorted(glob.glob("**/*", recursive=True))); shutil.rmtree("a"); print(os.path.exists("a"))
# == configparser
import configparser, io
c = configparser.ConfigParser(); c.read_string("[a]\nb = c\n"); print(dict(c["a"]))
# == argparse {"args": ["--n", "3", "pos"]}
import argparse
p = argparse.ArgumentParser(); p.add_argument("--n", type=int); p.add_argument("p"); print(p.parse_args(), p.prog)
# == getopt and optparse {"args": ["-a", "b"]}
import getopt, sys
print(getopt.getopt(sys.argv[1:], "a:"))
# == shlex
import shlex
print(shlex.split("a 'b c' d\\ e"), shlex.quote("a b"))
# == contextlib
import contextlib
with contextlib.suppress(KeyError): {}["x"]
with contextlib.ExitStack() as s: s.callback(print, "left")
# == operator and functools
import operator, functools
print(functools.reduce(operator.mul, [1, 2, 3, 4]), sorted([(2, "a"), (1, "b")], key=operator.itemgetter(1)))
# == weakref
import weakref
class A: pass
a = A(); d = weakref.WeakValueDictionary(x=a); print(len(d)); del a; print(len(d))
# == types
import types
print(types.SimpleNamespace(a=1), types.ModuleType("m"))
# == abc
from collections.abc import Sequence, Mapping
print(isinstance([], Sequence), isinstance({}, Mapping), issubclass(dict, Mapping))
# == abc registered by the program
from collections.abc import Sequence
class A: pass
print(isinstance(A(), Sequence)); Sequence.register(A); print(isinstance(A(), Sequence))
# == io
import io
s = io.StringIO("a\nb"); print(s.readlines(), io.DEFAULT_BUFFER_SIZE, io.BytesIO(b"x").read())
# == mmap
import mmap
m = mmap.mmap(-1, 4096); m[:3] = b"abc"; print(m[:3])
# == ctypes structures
import ctypes
class P(ctypes.Structure): _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]
print(ctypes.sizeof(P), P(1, 2).y, ctypes.CDLL(None).abs(-5))
# == ctypes callbacks
import ctypes
T = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
a = (ctypes.c_int * 3)(3, 1, 2)
ctypes.CDLL(None).qsort(a, 3, 4, T(lambda x, y: x[0] - y[0])); print(list(a))
# == ctypes errno
import ctypes, os
l = ctypes.CDLL(None, use_errno=True); l.open(b"/nothing", 0); print(os.strerror(ctypes.get_errno()))
# == unicodedata
import unicodedata
print(unicodedata.name("ž"), unicodedata.normalize("NFD", "ž") != "ž", unicodedata.unidata_version)
# == codecs
import codecs
print(codecs.lookup("utf-8").name, "abc".encode("utf-16-le"), codecs.encode("hello", "rot13"), b"aGk=".decode() and codecs.decode(b"aGk=", "base64"))
# == codec registered
import codecs
codecs.register(lambda name: codecs.lookup("ascii") if name == "mine" else None)
print("x".encode("mine"))
# == idna and others
print("bücher.example".encode("idna"), "ä".encode("cp1252"), b"\xe4".decode("latin-1"), "あ".encode("shift_jis"))
# == email
from email.message import EmailMessage
m = EmailMessage(); m["Subject"] = "x"; m.set_content("body"); print(m)
# == base64 and binascii
import base64, binascii
print(base64.b64encode(b"hi"), binascii.hexlify(b"hi"), base64.b32encode(b"hi"))
# == hmac
import hmac
print(hmac.new(b"k", b"m", "sha256").hexdigest(), hmac.compare_digest("a", "a"))
# == graphlib
import graphlib
print(list(graphlib.TopologicalSorter({"a": {"b"}}).static_order()))
# == timeit
import timeit
print(timeit.timeit("1 + 1", number=10) >= 0)
# == cmd
import cmd
class C(cmd.Cmd):
    def do_x(self, a): print("x", a); return True
C().onecmd("x 5")
# == sched
import sched, time
s = sched.scheduler(time.monotonic, time.sleep); s.enter(0, 1, print, ("ran",)); s.run()
# == importlib
import importlib, importlib.util
print(importlib.import_module("json").__name__, importlib.util.find_spec("csv").name, importlib.util.find_spec("nothing"))
# == reload
import importlib, json
json.x = 1; importlib.reload(json); print(json.x, json.dumps([]))
# == reload random
import importlib, random
importlib.reload(random); print(0 <= random.random() < 1)
# == import again after deletion
import sys, json
a = json; del sys.modules["json"]; import json
print(a is json, json.dumps({"a": 1}))
# == import of a submodule after the package
import os, sys
print("xml.dom" in sys.modules); import xml.dom; print("xml.dom" in sys.modules, xml.dom.__name__)
# == attributes of packages not imported
import urllib
print(hasattr(urllib, "parse"), hasattr(urllib, "request"))
# == concurrent without futures
import concurrent
print(hasattr(concurrent, "futures"))
# == importing brings what it always brings
import sys
before = set(sys.modules); import json
print(sorted(set(sys.modules) - before))
# == importing asyncio brings what it always brings
import sys
before = set(sys.modules); import asyncio
print(sorted(set(sys.modules) - before))
# == importing unittest brings what it always brings
import sys
before = set(sys.modules); import unittest
print(sorted(set(sys.modules) - before))
# == order of sys.modules
import sys
n = len(sys.modules); import argparse, dataclasses, random
print(list(sys.modules)[n:])
# == a file that shadows a module {"files": {"random.py": "print('mine')\nx = 5"}}
import random
print(random.x, random.__file__)
# == a file that shadows a module of a module {"files": {"copy.py": "print('my copy')"}}
import dataclasses
# == a folder that shadows a module {"files": {"json/__init__.py": "print('my json')"}}
import json
# == a file of a builtin module's name {"files": {"sys.py": "print('no')"}}
import sys
print(sys.maxsize)
# == a file of math's name {"files": {"math.py": "pi = 3"}}
import math
print(math.pi)
# == a package {"files": {"p/__init__.py": "from . import a", "p/a.py": "print(__name__, __package__)"}}
import p
print(p.a, sorted(n for n in vars(p) if not n.startswith("__")))
# == a namespace package {"files": {"p/a.py": "print(__name__)"}}
import p.a
print(list(p.__path__), p.__spec__.loader is not None)
# == import from a changed path {"files": {"lib/other.py": "print('lib')"}}
import sys
sys.path.append("lib"); import other
# == import by hook
import sys, importlib.abc, importlib.machinery
class F(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name == "magic" else None
    def create_module(self, spec): return None
    def exec_module(self, m): m.x = 42
sys.meta_path.insert(0, F())
import magic
print(magic.x)
# == import replaced
import builtins
real = builtins.__import__
def mine(name, *a, **k):
    print("import", name); return real(name, *a, **k)
builtins.__import__ = mine
import string, colorsys
# == modules are alive and whole
import json, re, random, collections
print(json.__spec__.name, json.__spec__.origin == json.__file__, re.__loader__.name, json.__spec__._initializing if hasattr(json.__spec__, "_initializing") else False)
# == monkey patching a kept module
import json
json.dumps = lambda x: "patched"
print(json.dumps(1))
# == threading at the start
import threading
print(threading.active_count(), threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.current_thread().native_id == threading.get_native_id())
# == threading main identity
import threading, os
print(threading.main_thread().ident == threading.get_ident(), threading.get_native_id() == os.getpid(), threading._main_thread._is_stopped if hasattr(threading._main_thread, "_is_stopped") else False)
# == socket defaults
import socket
print(socket.getdefaulttimeout(), socket.gethostname(), socket.has_ipv6)
# == sockets on loopback
import socket
s = socket.create_server(("127.0.0.1", 0)); c = socket.create_connection(s.getsockname()); a, _ = s.accept(); c.sendall(b"hi"); print(a.recv(5))
# == garbage of ours is not theirs
import gc
gc.collect(); print(len([o for o in gc.get_objects() if type(o).__name__ == "A"]))
# == freeze
import gc
print(gc.get_freeze_count() >= 0, gc.unfreeze())
# == tracemalloc
import tracemalloc
tracemalloc.start(); x = [0] * 1000; print(tracemalloc.get_traced_memory()[0] > 0)
# == sys.getsizeof
import sys
print(sys.getsizeof([]), sys.getsizeof({}), sys.getsizeof(1))
# == sys.settings
import sys
sys.setrecursionlimit(5000); sys.setswitchinterval(0.001); print(sys.getrecursionlimit(), sys.getswitchinterval())
# == sys.stdlib names
import sys
print(len(getattr(sys, "stdlib_module_names", ())), len(sys.builtin_module_names))
