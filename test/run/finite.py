#!/usr/bin/env python3
"""What runs say of values that are not finite, without being watched: the steps
among which NumPy sees the first one, in all forms, through tiles of several
steps, with records, and in evolutions until a condition.

usage: finite.py path/to/pdec
"""

import os
import re
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, same_bits

ALL = {"kernel": (), "layers": ("--as", "network", "--layers"),
       "raised": ("--as", "network")}
N = 96


def first_bad(f, tau, dtype):
    u = f.astype(dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(1, 100000):
            wide = np.pad(u, 1, "edge")
            u = u + dtype(tau)*(wide[:-2] - 2*u + wide[2:])
            if not np.isfinite(u).all():
                return step


def failure(program, *options):
    ran = subprocess.run([*program.command, *options], capture_output=True,
                         text=True, timeout=120)
    return ran.returncode, ran.stderr


SCRIPT = """grid X : 1d, boundary reflecting, size %d
param tau = 0.4, n = 30000
input f on X = step(x - 40)
evolve u from f by explicit(laplace, tau) for n steps%s
output u
"""
UNTIL = """grid X : 1d, boundary reflecting, size %d
param tau = 0.4, n = 30000
input f on X = step(x - 40)
evolve u, k from f, 0 by (u, k) -> [u + tau*laplace(u), k + 1] until k >= n, at most 10^6
output u
"""


def blow_up(workshop):
    f = np.where(np.arange(N) + 0.5 >= 40, 1.0, 0.0)
    for title, text in (("steps", SCRIPT % (N, "")),
                        ("records", SCRIPT % (
                            N, "\n    record first = u every 100000")),
                        ("until", UNTIL % N)):
        for form, options in ALL.items():
            for precision, dtype in (("f64", np.float64), ("f32", np.float32)):
                program = workshop.compile(text, *options, "--precision",
                                           precision)
                # Some while after the first and the second time that it is
                # looked.
                for tau in (0.8, 0.53):
                    where = "%s, %s, %s, %g" % (title, form, precision, tau)
                    wanted = first_bad(f, tau, dtype)
                    code, told = failure(program, "--set", "tau=%g" % tau)
                    found = re.search(
                        r"error: steps (\d+) to (\d+) of 'u' \(p\d+\.pde:4\) "
                        r"lead to -?(inf|nan) at cell \d+: the run is unstable "
                        r"for these parameters \(--watch finds the step\)\n$",
                        told)
                    workshop.check(where, code == 1 and found, told)
                    if found:
                        low, high = int(found[1]), int(found[2])
                        workshop.check(where + ": steps",
                                       low <= wanted <= high < low + 600,
                                       (low, wanted, high))
                # Of the others, a norm is proved not to grow, which is told.
                if title != "until":
                    continue
                code, told = failure(program, "--set", "tau=0.8", "--watch")
                found = re.search(r"error: step (\d+) of 'u' ", told)
                wanted = first_bad(f, 0.8, dtype)
                workshop.check(title + ": watched", code == 1 and found and
                               int(found[1]) == wanted, (told, wanted))


def same_otherwise(workshop):
    program = workshop.compile(SCRIPT % (N, ""))
    made = [program.run({}, ["u"], {"n": 3001})["u"]]
    ran = subprocess.run([*program.command, "--set", "n=3001", "--watch",
                          "--output", "u=" + workshop.path("w.npy")])
    made.append(np.load(workshop.path("w.npy")))
    u = np.where(np.arange(N) + 0.5 >= 40, 1.0, 0.0)
    for _ in range(3001):
        wide = np.pad(u, 1, "edge")
        u = u + 0.4*(wide[:-2] - 2*u + wide[2:])
    workshop.check("bits", ran.returncode == 0 and same_bits(*made), made)
    workshop.check_close("finite", made[0], u, 1e-12)


def conditions(workshop):
    """1, 0, and then the root of -1, which no step makes a number again."""
    evolving = """grid X : 1d, size 8
input f on X = x
evolve u, s from f, 1 by (u, s) -> [2*u, sqrt(s - 1)] until s > 5, at most 10^9
output u
"""
    iterating = """grid X : 1d, size 8
input f on X = x - 3
output u = fixpoint v from f { sqrt(v) } until change < 1e-9, at most 10^9
"""
    accepting = iterating.replace("10^9", "20 else accept").replace(
        "u = fixpoint", "u = if 1 < 2 then f else fixpoint")
    for form, options in ALL.items():
        code, told = failure(workshop.compile(evolving, *options))
        workshop.check("evolution, " + form, code == 1 and told.endswith(
            ":3: the evolution of 'u' did not end: after 2 steps what its "
            "condition compares is not a number\n"), told)
        code, told = failure(workshop.compile(iterating, *options))
        workshop.check("iteration, " + form, code == 1 and told.endswith(
            ":3: the iteration for 'v' did not converge: after 1 pass the "
            "change is not a number\n"), told)
        code, told = failure(workshop.compile(accepting, *options), "--quiet")
        workshop.check("accepted, " + form, code == 0, told)


def main():
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    blow_up(workshop)
    same_otherwise(workshop)
    conditions(workshop)
    return workshop.finish()


sys.exit(main())
