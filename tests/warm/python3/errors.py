# == division
1 / 0
# == in a function
def f(x):
    return 1 / x
def g():
    f(0)
g()
# == long repeated traceback
def f(n):
    if n: f(n - 1)
    else: 1 / 0
f(20)
# == name error
print(undefined)
# == name error with a suggestion
value = 1
print(valeu)
# == name of a module not imported
print(json.dumps(1))
# == attribute error with a suggestion
import json
json.dump5
# == attribute of an object
class A: ab = 1
A().ac
# == import error
import nothing_there
# == import error from
from json import nothing
# == import error from a circular import {"files": {"a.py": "import b\nx = 1", "b.py": "from a import x"}}
import a
# == import of the package of main
from . import x
# == syntax error
def f(:
# == syntax error in the middle
x = 5
if x
    print(1)
print(2)
# == indentation error
def f():
print(1)
# == tab error
if True:
        x = 1
	y = 2
# == syntax error in a module {"files": {"other.py": "x = (1,\n"}}
import other
# == syntax error in eval
eval("1 +")
# == unterminated string
print("abc
# == null byte
print("a\0b")
# == not utf-8 in the source
# -*- coding: latin-1 -*-
print("é")
# == unknown coding
# -*- coding: nonsense -*-
# == return outside
return 5
# == await outside
await x
# == exception with notes
e = ValueError("x")
if hasattr(e, "add_note"): e.add_note("a note")
raise e
# == chained
try: 1 / 0
except ZeroDivisionError: {}["x"]
# == cause
try: 1 / 0
except ZeroDivisionError as e: raise ValueError("bad") from e
# == suppressed
try: 1 / 0
except ZeroDivisionError: raise ValueError("bad") from None
# == group
try: raise ExceptionGroup("g", [ValueError(1), TypeError("x")])
except NameError: print("old")
# == own exception
class MyError(Exception):
    def __str__(self): return "mine"
raise MyError
# == exception that cannot be printed
class MyError(Exception):
    def __str__(self): raise ValueError
raise MyError
# == not an exception
raise 5
# == exception in a lambda and a comprehension
[(lambda x: 1 / x)(n) for n in (1, 0)]
# == exception in a class body
class A:
    x = 1 / 0
# == exception in a decorator
def d(f): raise ValueError("d")
@d
def f(): pass
# == exception in a generator
def g():
    yield 1
    raise ValueError("g")
list(g())
# == StopIteration out of a generator
def g():
    yield next(iter([]))
list(g())
# == exception in exec
exec("1 / 0")
# == exception in exec with a name
exec(compile("\n\n1 / 0", "somewhere.py", "exec"))
# == exception in an imported function {"files": {"other.py": "def f():\n    raise KeyError('k')"}}
import other
other.f()
# == exception in a standard module
import json
json.loads("{")
# == exception in re
import re
re.compile("(")
# == exception in a kept module deep inside
import decimal
decimal.Decimal("x")
# == exception in random
import random
random.choice([])
# == exception in argparse {"args": ["--wrong"]}
import argparse
p = argparse.ArgumentParser(); p.add_argument("--x", type=int)
p.parse_args()
# == argparse help {"args": ["-h"]}
import argparse
p = argparse.ArgumentParser(description="d"); p.add_argument("--x", type=int, help="a number")
p.parse_args()
# == unicode in an exception
raise ValueError("žluť 🦀")
# == surrogates in an exception
raise ValueError("\udc80")
# == surrogates printed
print("\udc80")
# == traceback module
import traceback
try: 1 / 0
except ZeroDivisionError: traceback.print_exc()
# == traceback format of a frame in the library
import traceback, json
try: json.loads("[")
except ValueError: print(traceback.format_exc())
# == exc_info outside
import sys
print(sys.exc_info())
# == warnings
import warnings
warnings.warn("careful")
# == deprecation in main
import warnings
warnings.warn("old", DeprecationWarning)
# == deprecation elsewhere {"files": {"other.py": "import warnings\ndef f(): warnings.warn('old', DeprecationWarning)"}}
import other
other.f()
# == syntax warning
x = 5
print(x is 5)
# == invalid escape
print("\d")
# == resource warning
open("/dev/null")
# == warning filters
import warnings
print(warnings.filters)
# == warnings as errors
import warnings
warnings.simplefilter("error")
warnings.warn("now an error")
# == warning registry
import warnings
for _ in range(3): warnings.warn("once")
# == filter set by the program
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); warnings.warn("x")
print(len(w), w[0].category.__name__)
# == assertion
assert 1 == 2, "not equal"
# == overflow
import math
math.exp(1000)
# == key error
{}["ä"]
# == unpacking
a, b = 1,
# == call with wrong arguments
def f(a, *, b): pass
f(1, 2)
# == recursion in repr
class A:
    def __repr__(self): return repr(self)
print(A())
# == thread exception
import threading
t = threading.Thread(target=lambda: 1 / 0, name="worker"); t.start(); t.join(); print("main goes on")
# == thread exit
import threading, sys
t = threading.Thread(target=sys.exit); t.start(); t.join(); print("main goes on")
# == exception in a pool
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as p: p.submit(lambda: 1 / 0).result()
# == asyncio exception
import asyncio
async def f(): 1 / 0
asyncio.run(f())
# == asyncio task never awaited
import asyncio
async def g(): raise ValueError("lost")
async def f():
    asyncio.create_task(g()); await asyncio.sleep(0.01)
asyncio.run(f())
# == os error
open("nothing")
# == permission error
open("/etc/new", "w")
# == error of a subprocess
import subprocess
subprocess.run(["false"], check=True)
# == program not found
import subprocess
subprocess.run(["nothing-there"])
# == unicode decode error
b"\xff".decode()
# == dataclass error
from dataclasses import dataclass
@dataclass
class A: x: list = []
# == enum error
from enum import Enum
class E(Enum): A = 1
E(5)
# == abstract class
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): pass
A()
# == logging of an exception
import logging
try: 1 / 0
except ZeroDivisionError: logging.exception("oops")
# == logging error
import logging
logging.warning("%d", "x")
# == unittest failure
import unittest
class T(unittest.TestCase):
    def test_x(self): self.assertEqual(1, 2)
import io, re
out = io.StringIO()
result = unittest.TextTestRunner(stream=out).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(re.sub(r"[\d.]+s", "Ns", out.getvalue()))
# == doctest failure
"""
>>> 1 + 1
3
"""
import doctest
print(doctest.testmod())
