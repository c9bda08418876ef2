#!/usr/bin/env python3
"""Evolutions in functions, schemes and loops against NumPy from the formulas:
both forms and precisions, with a count and until a condition, of fields, lists
and numbers; their derivatives; what functions require of parameters.

usage: nested.py path/to/pdec
"""

import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, compare, compile_both, random

N, TAU = 31, 2e-4
H = 1/(N + 1)

SCRIPT = """
grid X : 1d, boundary dirichlet 0.5, extent [0, 1], size 31
param n = 3, m = 4, tau = 2e-4
input f on X
fun R(u) = laplace(u)
fun smoothed(b, count) = {
  evolve u from b by explicit(R, tau) for count steps
  return u
}
scheme substeps(m): u -> {
  evolve u, t from u, 0
      by (u, t) -> [u + tau/m*(R(u) + t), t + tau/m]
      for m steps
  u = u - 0.01*(u - smoothed(u, 2))
}
fun settled(b) = {
  evolve v from b by explicit(R, tau) until change < 2e-2, at most 5000
  evolve v from 2*v by explicit(R, tau) until norm(v) < 4, at most 5000
  return v
}
fun growing(b) = {
  var u = b
  var total = 0.0
  for k in 1 .. n {
    evolve u, sum from u, 1 by (u, s) -> [u + k*tau/9*R(u), 2*s] for k steps
    total = total + sum
  }
  return [u, total]
}
fun own(u) = {
  evolve u from u by explicit(R, tau) for 2 steps
  return u
}
fun solved(b) = {
  solve v - tau*laplace(v) = b from b by cg() until residual < 1e-15 + 50*epsilon
  evolve v from v by explicit(R, tau) for 1 steps
  return v
}
let far = settled(f)
let g, total = growing(f)
evolve w from f by substeps(m) for n steps
output w, few = smoothed(f, n), far, g, total, own = own(f), s = solved(f)
"""


def laplace(u):
    around = np.concatenate(([0.5], u, [0.5]))
    return (around[2:] - 2*u + around[:-2])/H**2


def explicit(u, tau, count):
    for _ in range(count):
        u = u + tau*laplace(u)
    return u


def settled(u):
    change = np.inf
    while not change < 2e-2:
        last, u = u, explicit(u, TAU, 1)
        change = np.abs(u - last).max()
    u = 2*u
    while not np.linalg.norm(u) < 4:
        u = explicit(u, TAU, 1)
    return u


def expected(f, n, m):
    w = f
    for _ in range(n):
        t = 0
        for _ in range(m):
            w, t = w + TAU/m*(laplace(w) + t), t + TAU/m
        w = w - 0.01*(w - explicit(w, TAU, 2))
    g, total = f, 0
    for k in range(1, n + 1):
        g, total = explicit(g, k*TAU/9, k), total + 2**k
    matrix = np.stack([laplace(e) - laplace(0*e) for e in np.eye(N)], 1)
    s = np.linalg.solve(np.eye(N) - TAU*matrix, f + TAU*laplace(0*f))
    return {"w": w, "few": explicit(f, TAU, n), "far": settled(f), "g": g,
            "total": np.array(float(total)), "own": explicit(f, TAU, 2),
            "s": explicit(s, TAU, 1)}


def values(workshop):
    programs = compile_both(workshop, SCRIPT)
    f = 1 + 0.3*random(np.random.RandomState(3), N)
    for n, m in ((3, 4), (0, 1), (1, 0), (5, 2)):
        compare(workshop, "n = %d, m = %d" % (n, m), programs, {"f": f},
                expected(f, n, m) if m else
                {**expected(f, n, 1), "w": without_substeps(f, n)},
                {"n": n, "m": m})


def without_substeps(w, n):
    for _ in range(n):
        w = w - 0.01*(w - explicit(w, TAU, 2))
    return w


def derivatives(workshop):
    """The transpose of the steps' matrix, times the derivative of a square."""
    program = workshop.compile(
        SCRIPT + "output by_f = gradient(sum(smoothed(f, n)^2)/2, f)\n")
    f = random(np.random.RandomState(4), N)
    matrix = np.stack([explicit(e, TAU, 3) - explicit(0*e, TAU, 3)
                       for e in np.eye(N)], 1)
    found = program.run({"f": f + 1}, ["by_f"])["by_f"]
    workshop.check_close("gradient", found,
                         matrix.T @ explicit(f + 1, TAU, 3), 1e-12)


def until_in_a_function(workshop):
    """One that does not end says where, and what it compares."""
    first, second = "at most 5000\n  evolve v", "at most 5000\n  return v"
    np.save(workshop.path("f.npy"), 1 + 0.3*random(np.random.RandomState(5), N))
    for end, told in (
            (first, ":17: the iteration for 'v' did not converge: after 2 "
             "passes the change is"),
            (second, ":18: the iteration for 'v' did not converge: after 2 "
             "passes the value is")):
        program = workshop.compile(SCRIPT.replace(end, end.replace("5000", "2")))
        ran = subprocess.run(
            [*program.command, "--input", "f=" + workshop.path("f.npy")],
            capture_output=True, text=True)
        workshop.check("no end", ran.returncode == 1 and told in ran.stderr,
                       ran.stderr)


def requirements(workshop):
    """Of arguments that are parameters, in functions of the script and of the
    library: as the run begins, with the line of the script."""
    program = workshop.compile("""
grid X : 1d, boundary reflecting, size 8
param k = 2, cycle = 3
input f on X = noise(1)
fun power(s, k) = {
  require k >= 1, "k must be 1 or more"
  return s^k
}
evolve u from power(f, k) by fsi(laplace, 0.1, cycle = cycle) for 2 steps
output u
""")
    for name, value, told in (
            ("k", 2, ""), ("k", 0, ":6: k must be 1 or more"), ("cycle", 1, ""),
            ("cycle", 0, ":9: cycle must be an integer of 1 or more")):
        ran = subprocess.run(
            [*program.command, "--set", "%s=%d" % (name, value)],
            capture_output=True, text=True)
        workshop.check("%s = %d" % (name, value),
                       ran.returncode == (1 if told else 0)
                       and told in ran.stderr, ran.stderr)


def implied(workshop):
    """What the bounds of parameters say is not checked once more."""
    for bound, isChecked in (
            ("cycle : int = 3 where cycle > 0", False),
            ("cycle : int = 3 where cycle >= 1", False),
            ("cycle : int = 3 where cycle >= 0", True),
            ("cycle : int = 3 where cycle < 9", True),
            ("cycle : int = 3", True)):
        path = workshop.path("implied.pde")
        with open(path, "w") as file:
            file.write("grid X : 1d, size 8\nparam %s\ninput f on X\n"
                       "evolve u from f by fsi(laplace, 0.1, cycle) for 2 "
                       "steps\noutput u\n" % bound)
        program = subprocess.run(
            [os.path.abspath(sys.argv[1]), path, "--emit", "program"],
            capture_output=True, text=True).stdout
        workshop.check(bound, ("requirement" in program) == isChecked, program)


def main():
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    values(workshop)
    derivatives(workshop)
    until_in_a_function(workshop)
    requirements(workshop)
    implied(workshop)
    return workshop.finish()


sys.exit(main())
