#!/usr/bin/env python3
"""limit(R) of operators whose weights are an array, against singular values of
dense matrices: never too large, and not much too small.

usage: limits_of_arrays.py path/to/pdec [--verbose]
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from channels import Channels
from comparison import Workshop
from programs import Program
from grids import PERIODIC, REFLECTING as MIRROR, Grid
from sides import Side

REFLECTING, CIRCLE, ZERO = [(side,)*2 for side in (
    MIRROR, PERIODIC, Side("dirichlet", 0.0))]
MIXED = (ZERO[0], MIRROR)
# Never above the true limit, but for the rounding of what measures it.
ABOVE = 1 + 1e-11
# Shape of the grid and its rules; of the weights out, in and taps; and how much
# of the true limit there is at least for random weights. A mirror costs most, up
# to two for each axis that has one.
CASES = [
    ((12,), [REFLECTING], (1, 1, 5), 0.45),
    ((9,), [ZERO], (2, 1, 3), 0.7),
    ((11,), [CIRCLE], (4, 3, 5), 0.6),
    ((10,), [REFLECTING], (3, 4, 3), 0.3),
    ((9,), [MIXED], (3, 2, 2), 0.3),
    ((5, 6), [REFLECTING, CIRCLE], (3, 2, 3, 3), 0.25),
    ((6, 5), [REFLECTING, REFLECTING], (24, 1, 3, 3), 0.2),
]


def matrix(grid, weights):
    """Of K, from all fields to all results."""
    operator = Channels(grid, weights)
    count = weights.shape[1]
    cells = int(np.prod(grid.shape))
    columns = []
    for number in range(count*cells):
        unit = np.zeros(count*cells)
        unit[number] = 1
        columns.append(np.ravel(operator(unit.reshape(count, *grid.shape))))
    return np.array(columns).T


def script(grid, shape, number):
    """As an operator between lists and, if it reads one field, as a sum of
    stencils with an index for each."""
    out, count = shape[:2]
    taps = ", ".join(map(str, shape[2:]))
    fields = "[%s]" % ", ".join(["f"]*count) if count > 1 else "f"
    text = grid.text() + (
        "param W : real[2, %d, %d, %s] = 1, a : real[2, %d] = 1 where a >= 0\n"
        "param V : real[2, %d, %s] = 1, t = 1\ninput f on X = 0\n" % (
            out, count, taps, out, out, taps))
    factor = "a[t, 0]" if out == 1 else "a[t]"
    text += ("fun R(t, u) = {\n  let K = stencil(X, W[t])\n"
             "  return -K'(%s*tanh(K(u)))\n}\n"
             "output l = limit(u -> R(t, u), %s)\n" % (factor, fields))
    if count == 1:
        text += ("fun S(u) = {\n  var r = 0*u\n  for k in 0 .. %d {\n"
                 "    let K = stencil(X, V[t, k])\n"
                 "    r = r - K'(a[t, k]*K(u)/(1 + abs(K(u))))\n  }\n"
                 "  return r\n}\noutput m = limit(S)\n" % (out - 1))
    return text


verbose = "--verbose" in sys.argv


def check(workshop, case, random):
    shape, rules, weights, least = case
    grid = Grid(shape, rules, (1.0,)*len(shape))
    program = workshop.compile(script(grid, weights, len(shape)), "-O", "0")
    for kind in ("random", "positive", "even"):
        W = random.standard_normal((2, *weights))
        if kind == "positive":
            W = abs(W)
        if kind == "even":
            for axis in range(3, W.ndim):
                W = W + np.flip(W, axis)
        a = random.uniform(0, 2, (2, weights[0]))
        names = ["l", "m"] if weights[1] == 1 else ["l"]
        arrays = {"W": W, "a": a, "V": W[:, :, 0]}
        np.savez(workshop.path("w.npz"), **{
            name: arrays[name] for name in (arrays if "m" in names else "Wa")})
        given = Program(workshop, program.command + [
            "--weights", workshop.path("w.npz")])
        answer = given.run({"f": np.zeros(shape)}, names)
        K = matrix(grid, W[1])
        G = np.repeat(a[1], len(K)//weights[0])
        largest = np.linalg.norm(np.sqrt(G)[:, None]*K, 2)**2
        for name in names:
            share = float(answer[name])*largest/2
            title = "%s of %s on %s, %s" % (name, weights, shape, kind)
            if verbose:
                print("%s: %.3f" % (title, share))
            workshop.check(title, least <= share <= ABOVE, "share %g" % share)


def main():
    workshop = Workshop(sys.argv[1])
    random = np.random.default_rng(1)
    for case in CASES:
        check(workshop, case, random)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
