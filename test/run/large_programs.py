#!/usr/bin/env python3
"""Programs with many stages or sweeps, in which equal stages share a function,
compute what NumPy does, in both forms.

usage: large_programs.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
import large
from programs import Workshop, compare, compile_both, random


def laplace(u, pad):
    """The sum of second differences; `pad` continues u."""
    full = pad(u)
    inner = tuple(slice(1, -1) for _ in u.shape)
    result = -2*u.ndim*u
    for axis in range(u.ndim):
        for first, last in (0, -2), (2, None):
            part = list(inner)
            part[axis] = slice(first, last)
            result = result + full[tuple(part)]
    return result


def zeros(u):
    return np.pad(u, 1)


def mirrored(u):
    return np.pad(u, 1, mode="symmetric")


def check_chains(workshop, numbers):
    for rank, shapes in (1, [(1,), (300,), (5000,)]), (2, [(1, 1), (40, 70)]), (
            3, [(1, 1, 1), (20, 7, 33)]):
        programs = compile_both(workshop, large.chain(60, rank, "0.125"))
        for shape in shapes:
            f = u = random(numbers, shape)
            for _ in range(60):
                u = 0.125*laplace(u, zeros)
            compare(workshop, "chain on %s cells" % (shape,), programs,
                    {"f": f}, {"r": u}, {})


def check_outputs(workshop, numbers):
    programs = compile_both(workshop, large.outputs(120))
    f = random(numbers, (700,))
    compare(workshop, "outputs", programs, {"f": f},
            {"o%d" % i: f + i*laplace(f, mirrored) for i in range(120)}, {})


def check_system(workshop, numbers):
    programs = compile_both(workshop, large.system(70))
    f = random(numbers, (900,))
    u = [(i + 1)*f for i in range(70)]
    for _ in range(10):
        u = [own + 0.1*laplace(own, mirrored) + 0.01*other
             for own, other in zip(u, u[1:] + u[:1])]
    compare(workshop, "system", programs, {"f": f},
            {"u%d" % i: field for i, field in enumerate(u)}, {})


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(11)
    check_chains(workshop, numbers)
    check_outputs(workshop, numbers)
    check_system(workshop, numbers)
    return workshop.finish()


sys.exit(main())
