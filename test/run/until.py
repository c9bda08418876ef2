#!/usr/bin/env python3
"""Evolutions until a condition holds, with numbers among what evolves, against
plain loops in NumPy; integers made of real parameters.

usage: until.py path/to/pdec
"""

import math
import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, compare, compile_both

workshop = Workshop(os.path.abspath(sys.argv[1]))
N, H = 40, 1/41
X = np.arange(1, N + 1)*H
F = np.sin(3*X) + 0.2*X


def laplacian(u, low):
    """Between a node with the value `low` and one with zero."""
    padded = np.concatenate([[low], u, [0.0]])
    return (padded[2:] - 2*padded[1:-1] + padded[:-2])/H**2


def rk4(rate, u, t, tau):
    k1 = rate(u, t)
    k2 = rate(u + tau/2*k1, t + tau/2)
    k3 = rate(u + tau/2*k2, t + tau/2)
    k4 = rate(u + tau*k3, t + tau)
    return u + tau/6*(k1 + 2*k2 + 2*k3 + k4), t + tau


GRID = "grid X : 1d, boundary dirichlet 0, extent [0, 1], size 40\n"

# -- a side that depends on time: the time is a number of the state ------------

text = GRID + """param T = 0.01, tau = 1.5e-4
input f on X
fun R(u, t) = {
  let v on X, boundary low dirichlet sin(40*t) = u
  return [laplace(v), 1]
}
evolve u, t from f, 0 by rk4(R, tau) until t >= T, at most 1000
output u, t
"""
u, t = F, 0.0
while t < 0.01:
    u, t = rk4(lambda w, s: laplacian(w, math.sin(40*s)), u, t, 1.5e-4)
compare(workshop, "a side that moves", compile_both(workshop, text), {"f": F},
        {"u": u, "t": np.array(t)}, {})

# -- steps that adapt, may be rejected, and meet the final time ----------------

adaptive = GRID + """param T = 0.02, tol = 1e-4
input f on X
fun R(u) = laplace(u) - 50*u^3
scheme adaptive(R, T, tol): u, t, tau, rejected -> {
  let step = min(tau, T - t)
  let k1 = R(u)
  let k2 = R(u + step*k1)
  let error = norm_max(step/2*(k2 - k1))
  let isGood = error <= tol
  u = if isGood then u + step/2*(k1 + k2) else u
  t = if isGood then t + step else t
  rejected = if isGood then rejected else rejected + 1
  tau = step*clamp(0.9*sqrt(tol/max(error, 1e-30)), 0.2, 2)
}
evolve u, t, tau, rejected from f, 0, 1e-2, 0 by adaptive(R, T, tol)
    until t >= T, at most 5000
output u, t, rejected
"""


def adapt(u, final, tol):
    t, tau, rejected, steps = 0.0, 1e-2, 0, 0
    while t < final:
        step = min(tau, final - t)
        k1 = laplacian(u, 0) - 50*u**3
        v = u + step*k1
        k2 = laplacian(v, 0) - 50*v**3
        error = np.max(np.abs(step/2*(k2 - k1)))
        if error <= tol:
            u, t = u + step/2*(k1 + k2), t + step
        else:
            rejected += 1
        tau = step*min(max(0.9*math.sqrt(tol/max(error, 1e-30)), 0.2), 2)
        steps += 1
    return u, t, rejected, steps


u, t, rejected, steps = adapt(F, 0.02, 1e-4)
assert rejected > 2 and t == 0.02
for form in FORMS:
    answer = workshop.compile(adaptive, *FORMS[form]).run(
        {"f": F}, ["u", "t", "rejected"])
    # Rounding goes into the lengths of steps, which scatter by far less than tol.
    workshop.check_close("adaptive, " + form, answer["u"], u, 1e-7)
    workshop.check("the final time is met, " + form, answer["t"] == 0.02)
    workshop.check("rejected, " + form, answer["rejected"] == rejected,
                   "%s, not %d" % (answer["rejected"], rejected))

# -- numbers alone: the system of Lorenz ----------------------------------------

text = """param tau = 0.01, T = 2.0
fun rates(x, y, z) = [10*(y - x), x*(28 - z) - y, x*y - 8/3*z]
evolve x, y, z from 1, 1, 1 by rk4(rates, tau) for round(T/tau) steps
output x, y, z
"""


def lorenz(p):
    x, y, z = p
    return np.array([10*(y - x), x*(28 - z) - y, x*y - 8/3*z])


p = np.ones(3)
for _ in range(200):
    p, _ = rk4(lambda q, s: lorenz(q), p, 0, 0.01)
for form in FORMS:
    answer = workshop.compile(text, *FORMS[form]).run({}, ["x", "y", "z"])
    workshop.check_close("Lorenz, " + form,
                         np.array([answer[name] for name in "xyz"]), p, 1e-10)

# -- until nothing changes: the time is no change --------------------------------

text = GRID + """input f on X
evolve u, t from f, 0
    by (u, t) -> [u + 2e-4*(laplace(u) + 1), t + 2e-4]
    until change < 1e-6, at most 100000
output u, t
"""
u, t, change = F, 0.0, math.inf
while not change < 1e-6:
    next = u + 2e-4*(laplacian(u, 0) + 1)
    change = np.max(np.abs(next - u))
    u, t = next, t + 2e-4
for form in FORMS:
    answer = workshop.compile(text, *FORMS[form]).run({"f": F}, ["u", "t"])
    workshop.check_close("steady, " + form, answer["u"], u, 1e-11)
    workshop.check_close("steady, time, " + form, answer["t"], np.array(t),
                         1e-13)

# -- no step, some, and too many -------------------------------------------------

text = GRID + """param bound = 0.5, most = 10
input f on X
evolve u, n from f, 0 by (u, n) -> [u/2, n + 1] until norm_max(u) <= bound,
    at most most
output u, n
"""
largest = np.max(np.abs(F))
for form in FORMS:
    program = workshop.compile(text, *FORMS[form])
    for passes in (0, 1, 5):
        answer = program.run({"f": F}, ["u", "n"],
                             {"bound": float(largest/2**passes)})
        workshop.check("%d steps, %s" % (passes, form),
                       np.array_equal(answer["u"], F/2**passes) and
                       answer["n"] == passes, answer["n"])
    workshop.check("no step is needed where none may be made, " + form,
                   program.run({"f": F}, ["n"], {"bound": 2.0, "most": 0})["n"]
                   == 0)
    path = workshop.path("f.in.npy")
    left = workshop.path("left.npy")
    ran = subprocess.run(program.command + ["--input", path, "--output",
                                            "u=" + left, "--set", "bound=0"],
                         capture_output=True, text=True)
    workshop.check("too many, " + form, ran.returncode == 1 and
                   not os.path.exists(left) and ran.stderr.endswith(
                       "the evolution of 'u' did not end: after 10 steps its "
                       "condition does not hold\n"), ran.stderr)
    accepting = text.replace("most most", "most most else accept")
    answer = workshop.compile(accepting, *FORMS[form]).run(
        {"f": F}, ["u"], {"bound": 0.0})
    workshop.check("the last will do, " + form,
                   np.array_equal(answer["u"], F/1024))

# -- a number that has to be a field becomes one ---------------------------------

text = GRID + """input f on X
evolve T, t from 1, 0 by (T, t) -> [T + 1e-4*laplace(T), t + 1] for 5 steps
evolve g from 0 by g -> (g + f)/2 for 3 steps
evolve a from 1 by a -> a/2 for 3 steps
evolve b on X from 1 by b -> b/2 for 3 steps
output T, t, g, a, b
"""
T, g = np.ones(N), np.zeros(N)
for _ in range(5):
    T = T + 1e-4*laplacian(T, 0)
for _ in range(3):
    g = (g + F)/2
expected = {"T": T, "t": np.array(5.0), "g": g, "a": np.array(0.125),
            "b": np.full(N, 0.125)}
for form in FORMS:
    answer = workshop.compile(text, *FORMS[form]).run({"f": F}, list(expected))
    for name, value in expected.items():
        workshop.check_close("%s, %s" % (name, form), answer[name], value,
                             1e-13)

# -- integers of real numbers -----------------------------------------------------

text = """param s = 2.5
fun count(n) = {
  var k = 0
  for i in 1 .. n {
    k = k + 1
  }
  return k
}
output down = count(floor(s)), up = count(ceil(s)), near = count(round(s)),
    more = count(2*floor(s) + 1), exact = count(6/2)
output c = ceil(s), r = round(s)
"""
cases = {2.5: (2, 3, 3), 2.4999999999999996: (2, 3, 2), 3.0: (3, 3, 3),
         0.49999999999999994: (0, 1, 0), 1e5 + 0.5: (100000, 100001, 100001)}
for form in FORMS:
    program = workshop.compile(text, *FORMS[form])
    for s, expected in cases.items():
        answer = program.run({}, ["down", "up", "near", "more", "exact"],
                             {"s": s})
        found = [answer[name] for name in ("down", "up", "near")]
        workshop.check("integers of %r, %s" % (s, form),
                       np.array_equal(found, expected) and
                       answer["more"] == 2*expected[0] + 1 and
                       answer["exact"] == 3, answer)
    for s in (-2.5, -0.5, -2.3, 2.0**52 + 1, -0.0, 0.5):
        answer = program.run({}, ["c", "r"], {"s": s}) if s < 1 else None
        nearest = math.copysign(math.floor(abs(s) + 0.5), s)
        if answer:
            workshop.check("ceil and round of %r, %s" % (s, form),
                           str(answer["c"]) == str(np.array(
                               math.copysign(math.ceil(s), s))) and
                           str(answer["r"]) == str(np.array(nearest)), answer)
    for s, seen in (("1e300", "1e+300"), ("-1e300", "-1e+300")):
        ran = subprocess.run(program.command + ["--set", "s=" + s],
                             capture_output=True, text=True, timeout=60)
        workshop.check("too large, " + form, ran.returncode == 1 and
                       ("a whole number is needed here, but it is " + seen)
                       in ran.stderr, ran.stderr)

sys.exit(workshop.finish())
