#!/usr/bin/env python3
"""Lists entry by entry, `div`, several declarations in one `let`, equations in
blocks, requirements and imports, against NumPy.

usage: words.py path/to/pdec
"""

import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, compare, compile_both, random

workshop = Workshop(os.path.abspath(sys.argv[1]))
N, M = 7, 9
RANDOM = np.random.default_rng(5)
F = random(RANDOM, (N, M))


def forward(u, axis):
    """Nothing flows through the ends."""
    last = np.take(u, [-1], axis)
    return np.diff(np.concatenate([u, last], axis), axis=axis)


def divergence(p):
    """Minus the transpose of the differences, which end in zeros."""
    result = np.zeros(p[0].shape)
    for axis, part in enumerate(p):
        inner = np.take(part, range(part.shape[axis] - 1), axis)
        zero = np.zeros_like(np.take(part, [0], axis))
        result += np.diff(np.concatenate([zero, inner, zero], axis), axis=axis)
    return result


# -- lists ---------------------------------------------------------------------

GRID = "grid X : 2d, boundary reflecting, size [7, 9]\ninput f on X\n"
text = GRID + """let p = grad(f), q = [f, 2*f]
fun both(s) = not (s < -0.5 or s > 0.5) and s != 0
let small = if both(q) then q else -1
output a = div(charbonnier_flux(p, 0.3)), b = div(sign(p)),
       c = div(max(p, 0.1, q)), d = inner(exp(p), clamp(q, -1, 1)),
       e = inner(small, [1, 10])
"""
P = [forward(F, 0), forward(F, 1)]
Q = [F, 2*F]
small = [np.where((s >= -0.5) & (s <= 0.5) & (s != 0), s, -1) for s in Q]
compare(workshop, "lists", compile_both(workshop, text), {"f": F},
        {"a": divergence([s/np.sqrt(1 + s**2/0.09) for s in P]),
         "b": divergence([np.sign(s) for s in P]),
         "c": divergence([np.maximum(np.maximum(s, 0.1), t)
                          for s, t in zip(P, Q)]),
         "d": sum(np.exp(s)*np.clip(t, -1, 1) for s, t in zip(P, Q)),
         "e": small[0] + 10*small[1]}, {})

# -- equations in blocks -------------------------------------------------------

text = GRID + """param tau = 0.4
fun A(v) = v - tau*laplace(v)
fun backward_euler(u) = {
  solve A(v) = u by cg() until residual < 20*epsilon, at most 200
  return v
}
fun stepped(u0) = {
  var u = u0, w = u0
  for k in 1 .. 3 {
    solve A(u) = u from u by cg() until residual < 20*epsilon, at most 200
    w = w + u
  }
  return w
}
evolve u from f by backward_euler for 3 steps
evolve v from f by v -> {
  solve A(v) = v by cg() until residual < 20*epsilon, at most 200
} for 3 steps
output u, v, w = stepped(f)
"""


def line(n):
    return np.diag([1.0] + [2.0]*(n - 2) + [1.0]) - np.eye(n, k=1) - np.eye(
        n, k=-1)


A = np.eye(N*M) + 0.4*(np.kron(line(N), np.eye(M)) + np.kron(np.eye(N), line(M)))
levels = [F.ravel()]
for _ in range(3):
    levels.append(np.linalg.solve(A, levels[-1]))
u = levels[-1].reshape(F.shape)
compare(workshop, "equations in blocks", compile_both(workshop, text),
        {"f": F}, {"u": u, "v": u, "w": sum(levels).reshape(F.shape)}, {})

# -- imports and requirements --------------------------------------------------

os.makedirs(workshop.path("parts"))
workshop.write("parts/numbers.pde", "let half = 1/2, third = 1/3\n")
workshop.write("parts/steps.pde", """import "numbers.pde"
param strength = 2.0 where strength > 0
scheme halved(R, tau): u -> u + strength*(half*tau*R(u))
""")
script = workshop.write("main.pde", """import "parts/steps.pde"
import "parts/numbers.pde"
import "parts/../parts/steps.pde"
param tau = 0.1, n = 2
require n < 10, "n is too large"
require tau*n <= 1,
    "the time tau*n is at most 1"
""" + GRID + """let start = sum(f^2)
require start < 1000, "the data is too large"
evolve u from f by halved(u -> laplace(u), tau) for n steps
output u, v = third*f
""")
LAPLACE = -np.kron(line(N), np.eye(M)) - np.kron(np.eye(N), line(M))
step = np.eye(N*M) + 0.1*LAPLACE
data = workshop.path("f.npy")


def run(*words):
    return subprocess.run([workshop.pdec, "run", script, "--input", "f=" + data,
                           "--quiet", *words], capture_output=True, text=True)


for form in ("kernel", "network"):
    np.save(data, F)
    out = workshop.path("u.npy")
    made = run("--as", form, "--output", "u=" + out)
    workshop.check("imports, " + form, made.returncode == 0, made.stderr)
    workshop.check_close("imports, " + form, np.load(out).ravel(),
                         step @ step @ F.ravel(), 1e-13)
    os.remove(out)
    for words, line_number, told in (
            (["--set", "n=10,tau=0.01"], 5, "n is too large"),
            (["--set", "n=9,tau=0.2"], 6, "the time tau*n is at most 1")):
        failed = run("--as", form, "--output", "u=" + out, *words)
        expected = "main: error: main.pde:%d: %s\n" % (line_number, told)
        workshop.check(told, failed.returncode == 1 and
                       failed.stderr == expected and not os.path.exists(out),
                       failed.stderr)
    np.save(data, 100*F)
    failed = run("--as", form, "--output", "u=" + out)
    workshop.check("the data", failed.returncode == 1 and
                   failed.stderr.endswith(":11: the data is too large\n"),
                   failed.stderr)

sys.exit(workshop.finish())
