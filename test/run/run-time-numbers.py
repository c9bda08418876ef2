#!/usr/bin/env python3
"""Spacings and extents made of parameters, integers beyond 64 bits, and too
little memory: a sentence each, exit code 1, the same from both forms.

usage: run-time-numbers.py path/to/pdec
"""

import os
import resource
import signal
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop

workshop = Workshop(os.path.abspath(sys.argv[1]))


def both(name, text):
    workshop.write(name + ".pde", text)
    for form in FORMS:
        path = os.path.join(workshop.path(form), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        built = subprocess.run([workshop.pdec, name + ".pde", *FORMS[form], "-o",
                                path], cwd=workshop.folder,
                               capture_output=True, text=True)
        workshop.check(name + " compiles", built.returncode == 0, built.stderr)
        yield form, path


def check(name, text, cases):
    """Settings with the end of the message, or None where the run succeeds."""
    for form, path in both(name, text):
        for setting, message in cases:
            ran = subprocess.run([path, "--set", setting], capture_output=True,
                                 text=True, timeout=60)
            expected = "%s: error: %s\n" % (name, message) if message else ""
            workshop.check("%s, %s, %s" % (name, form, setting), ran.stderr ==
                           expected and ran.returncode == bool(message),
                           ran.stderr)


def spacing(value, axis="x"):
    return ("grid X has the spacing %s along %s, but a spacing and its "
            "reciprocal must be positive and finite" % (value, axis))


# -- grids ---------------------------------------------------------------------

check("spacing", """param h = 0.5
grid X : 1d, spacing h, size 9
input f on X = x
output u = f
""", [("h=0.25", None), ("h=0", spacing("0")), ("h=-1", spacing("-1")),
      ("h=1e-310", spacing("1e-310"))])
check("spacings", """param h = 0.5, k = 2.0
grid X : 2d, spacing [h, h*k], size 5
input f on X = x + y
output u = laplace(f)
""", [("k=3", None), ("k=0", spacing("0", "y")), ("k=-2", spacing("-1", "y")),
      ("h=1e200,k=1e200", spacing("inf", "y"))])
check("extent", """param a = 0.0, b = 1.0
grid X : 1d, extent [a, b], size 10
input f on X = x
output u = f
""", [("b=5", None), ("b=0", spacing("0")), ("a=2", spacing("-0.1")),
      ("a=-1e308,b=1e308", spacing("inf"))])
check("hierarchy", """param h = 1
grid X : 1d, boundary dirichlet 0, spacing h, size 7
input f on X = 1
output u = prolong(restrict(f))
""", [("h=2", None), ("h=-2", spacing("-2"))])

# -- integers ------------------------------------------------------------------


def large(line, calculation):
    return ("integers.pde:%d: %s is too large: integers have 64 bits"
            % (line, calculation))


check("integers", """param n = 3, m = 1
grid X : 1d, size 9
input f on X = x
evolve u from f by u -> 0.5*u for n*n*n - m steps
let k = -m + 0*n
output u = u + k + m^3
""", [("n=4,m=2", None),
      ("n=3000000", large(4, "9000000000000 * 3000000")),
      ("m=-9223372036854775800", large(4, "27 - -9223372036854775800")),
      ("n=0,m=3000000", large(6, "3000000 * 9000000000000"))])
check("sizes", """param n = 1
grid X : 2d, size 3000
input f on X = 1
output u = f/(n*size(x)*size(y))
""", [("n=5", None), ("n=4000000000000000", "sizes.pde:4: 4000000000000000 * 3000 is "
                      "too large: integers have 64 bits")])

# -- memory --------------------------------------------------------------------


def limited(mebibytes):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return limit


workshop.write("memory.pde", """grid X : 1d, size 20000000
input f on X = x
output u = laplace(f)
""")
for form, path in both("memory", open(workshop.path("memory.pde")).read()):
    ran = subprocess.run([path, "--threads", "2"], capture_output=True,
                         text=True, preexec_fn=limited(150))
    workshop.check("too little memory, " + form, ran.returncode == 1 and
                   ran.stderr.startswith("memory: error: out of memory"),
                   (ran.returncode, ran.stderr))
# Where the little memory runs out is chance, but never a bug of pdec; below
# some limit the system cannot even load it.
workshop.write("wide.pde", "grid X : 1d, size 9\ninput f on X = x\n" + "".join(
    "output u%d = %d*f\n" % (i, i) for i in range(1000)))
codes = []
for mebibytes in (100, 120, 140):
    ran = subprocess.run([workshop.pdec, "wide.pde", "-O", "0", "-o", "wide"],
                         cwd=workshop.folder, capture_output=True, text=True,
                         preexec_fn=limited(mebibytes), timeout=300)
    told = (ran.returncode == 1 and
            ran.stderr.startswith("pdec: error: out of memory"))
    unloaded = ran.returncode == 127 and "shared librar" in ran.stderr or (
        ran.returncode == -signal.SIGSEGV and not ran.stderr)
    workshop.check("compiler with %d MiB" % mebibytes, told or unloaded or
                   ran.returncode == 0, (ran.returncode, ran.stderr[-500:]))
    workshop.check("no file after a failure", ran.returncode == 0 or
                   not os.path.exists(workshop.path("wide")))
    codes.append(ran.returncode)
workshop.check("one is told", 1 in codes, codes)
sys.exit(workshop.finish())
