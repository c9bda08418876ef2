#!/usr/bin/env python3
"""Coefficients whose rows repeat, for which kernels read the first ones only,
and such as nearly do: the kernel on some threads, the network and NumPy.

usage: repeated_rows.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random, same_bits

PASSES = 6
# Negative values, and negative zeros, which 1/a tells from others.
BODY = """grid X : %dd, boundary %s
input f on X
input a on X
fun step(u) = u + 0.1*laplace(u)*a + sign(1/a)*f
evolve u from f by step for %d steps
output u
"""


def laplacian(u, periodic):
    total = np.zeros_like(u)
    for axis in range(u.ndim):
        wide = np.pad(u, [(1, 1) if a == axis else (0, 0)
                          for a in range(u.ndim)],
                      "wrap" if periodic else "edge")
        n = u.shape[axis]
        total += np.take(wide, range(n), axis) - 2*u + np.take(
            wide, range(2, n + 2), axis)
    return total


def expected(f, a, periodic):
    u = f
    for _ in range(PASSES):
        u = u + 0.1*laplacian(u, periodic)*a + np.sign(1/a)*f
    return u


def coefficients(numbers, shape):
    """What a may be, by name: rows of all kinds of repetition, and one cell
    that is none."""
    rank = len(shape)
    row = random(numbers, shape[-1:])
    row[3] = 0.0
    yield "equal", np.broadcast_to(row, shape).copy()
    two = random(numbers, (2,)*(rank - 1) + shape[-1:])
    places = np.meshgrid(*(np.arange(n) % 2 for n in shape[:-1]),
                         indexing="ij")
    chequered = two[tuple(places)]
    yield "in turns", chequered
    for name, a in (("equal", np.broadcast_to(row, shape).copy()),
                    ("in turns", chequered.copy())):
        a[(-1,)*rank] += 0.5
        yield name + " but the last cell", a
    a = np.broadcast_to(row, shape).copy()
    a[(shape[0] // 2,) + (0,)*(rank - 2) + (3,)] = -0.0
    yield "a negative zero", a
    if rank == 3:
        planes = random(numbers, shape[1:])
        yield "equal planes", np.broadcast_to(planes, shape).copy()
        rows = random(numbers, (shape[0], 1, shape[2]))
        yield "equal rows in planes", np.broadcast_to(rows, shape).copy()


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(5)
    for boundary in ("reflecting", "periodic"):
        for shape in ((7, 21), (70, 9), (5, 6, 19)):
            text = BODY % (len(shape), boundary, PASSES)
            programs = {form: workshop.compile(text, *FORMS[form])
                        for form in FORMS}
            f = random(numbers, shape)
            for name, a in coefficients(numbers, shape):
                with np.errstate(divide="ignore"):
                    answer = expected(f, a, boundary == "periodic")
                inputs, title = {"f": f, "a": a}, "%s %s %s" % (
                    boundary, shape, name)
                network = programs["network"].run(inputs, ["u"])["u"]
                workshop.check_close(title, network, answer, 1e-12)
                for threads in (1, 3):
                    kernel = programs["kernel"].run(inputs, ["u"],
                                                    threads=threads)["u"]
                    workshop.check(title + ": kernel",
                                   same_bits(kernel, network),
                                   "%s\n%s" % (kernel, network))
    return workshop.finish()


sys.exit(main())
