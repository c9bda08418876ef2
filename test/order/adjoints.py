#!/usr/bin/env python3
"""Adjoints of random operators on one to three axes: the sums of K(u)*v and of
u*K'(v) agree to rounding, and both are the matrices that NumPy makes of the
boundary rules by padding; also of sums, products and adjoints, of grad, and of
the transfers between grids.

usage: adjoints.py path/to/pdec
"""

import itertools
import sys

import numpy as np

sys.dont_write_bytecode = True
from matrices import correlated, matrix, padded, sides
from measures import Workshop, largest, random

SIZES = {1: (13,), 2: (7, 6), 3: (5, 6, 4)}
REACH = {1: 2, 2: 1, 3: 1}  # of the offsets; products of stencils grow fast
ROUNDING = 1e-13
# With values, K(u) has a part that does not depend on u.
RULES = ["reflecting", "periodic", "dirichlet 0", "dirichlet 1.5", "neumann 0",
         "neumann 0.5", "robin(1, 0.5, 0.25)", "extrapolated",
         ("dirichlet 0.5", "extrapolated"), ("robin(1, 0.5, 1)", "dirichlet -1"),
         ("neumann -1", "robin(1, 0.5, 0)")]


# -- matrices ------------------------------------------------------------------


def composed(a, b):
    """The stencil that is first b, then a: weights and first offset."""
    shape = [m + n - 1 for m, n in zip(a[0].shape, b[0].shape)]
    weights = np.zeros(shape)
    for place in np.ndindex(a[0].shape):
        where = tuple(slice(p, p + n) for p, n in zip(place, b[0].shape))
        weights[where] += a[0][place] * b[0]
    return weights, [f + g for f, g in zip(a[1], b[1])]


# -- scripts -------------------------------------------------------------------


def grid(rules):
    clauses = []
    for axis, rule in zip("xyz", rules):
        axis = axis + " " if len(rules) > 1 else ""
        low, high = sides(rule)
        clauses += ([axis + low] if low == high else
                    [axis + "low " + low, axis + "high " + high])
    return ("grid X : %dd, boundary %s\ninput u on X\ninput v on X\n"
            "input zero on X\n" % (len(rules), ", ".join(clauses)))


def stencil(weights, first):
    if weights.ndim == 1:
        return "stencil(x, %s, from = %d)" % (weights.tolist(), first[0])
    return "stencil(X, %s, from = %s)" % (weights.tolist(), list(first))


def has_walls(rule):
    return any(side.startswith("dirichlet") for side in sides(rule))


def random_stencil(numbers, rules):
    """At dirichlet sides the offsets are symmetric, so that K(u) has no rows on
    the sides' faces and as many as v."""
    first, shape = [], []
    reach = REACH[len(rules)]
    for rule in rules:
        low = int(numbers.integers(-reach, 1))
        high = (-low if has_walls(rule) else
                int(numbers.integers(max(low, -1), reach + 1)))
        first.append(low)
        shape.append(high - low + 1)
    return random(numbers, shape), first


def boundaries(rank):
    """All rules on one axis, and so many that each is on each axis of more."""
    if rank == 1:
        return [(rule,) for rule in RULES]
    return [tuple(RULES[(first + 4*axis) % len(RULES)]
                  for axis in range(rank)) for first in range(len(RULES))]


# -- checks --------------------------------------------------------------------


def check_pair(workshop, title, answer, name, fields, truth):
    """K(u) and K'(v) of a program against each other and the true matrix."""
    u, v = fields
    there = answer["k_" + name] - answer["k0_" + name]
    back = answer["t_" + name] - answer["t0_" + name]
    apart = np.sum(there * v) - np.sum(u * back)
    size = np.linalg.norm(there) * np.linalg.norm(v)
    workshop.check("%s, %s: the sums agree" % (title, name),
                   abs(apart) <= ROUNDING * size, "%g of %g" % (apart, size))
    workshop.check_close("%s, %s" % (title, name), there.ravel(),
                         truth @ u.ravel(), ROUNDING)
    workshop.check_close("%s, %s'" % (title, name), back.ravel(),
                         truth.T @ v.ravel(), ROUNDING)


def inputs(u, v):
    return {"u": u, "v": v, "zero": 0*u}


def outputs(expressions):
    text = "".join("let o_%s = %s\noutput k_%s = o_%s(u), k0_%s = o_%s(zero), "
                   "t_%s = (o_%s)'(v), t0_%s = (o_%s)'(zero)\n" %
                   ((name, expression) + (name,)*8)
                   for name, expression in expressions.items())
    return text, [kind + name for name in expressions
                  for kind in ("k_", "k0_", "t_", "t0_")]


ALGEBRA = {"a": "A", "b": "B", "transposed": "A'", "sum": "A + B",
           "difference": "0.5*A - B/4", "product": "A*B", "square": "A^2",
           "identity": "A^0", "normal": "A'*A", "adjoint_product": "A*B'",
           "mixed": "A' + B", "nested": "(A*B' + B)'"}


def algebra(rules, a, b):
    """Stencils merge before the boundary rule acts, adjoints do not."""
    sizes = SIZES[len(rules)]

    def of(stencil):
        return matrix(lambda u: correlated(u, rules, *stencil), sizes)

    m, n = of(a), of(b)
    return {"a": m, "b": n, "transposed": m.T, "sum": m + n,
            "difference": 0.5 * m - n / 4, "product": of(composed(a, b)),
            "square": of(composed(a, a)), "identity": np.eye(len(m)),
            "normal": m.T @ m, "adjoint_product": m @ n.T, "mixed": m.T + n,
            "nested": (m @ n.T + n).T}


def check_stencils(workshop, numbers):
    for rank, repeats in ((1, 2), (2, 1), (3, 1)):
        for rules, _ in itertools.product(boundaries(rank), range(repeats)):
            a, b = (random_stencil(numbers, rules) for _ in range(2))
            text, names = outputs(ALGEBRA)
            program = workshop.compile("%slet A = %s\nlet B = %s\n%s" % (
                grid(rules), stencil(*a), stencil(*b), text))
            fields = random(numbers, (2,) + SIZES[rank])
            answer = program.run(inputs(*fields), names)
            for name, truth in algebra(rules, a, b).items():
                check_pair(workshop, "%s from %s, %s" % (rules, a[1], b[1]),
                           answer, name, fields, truth)


# Rows on faces are no output. What an adjoint makes of them is one.
FACES = """let D = %s
output back = D'(D(v)/(1 + D(v)^2))
"""


def with_faces(rules, weights, first, size):
    """The matrix that has, at dirichlet sides, the rows beyond the cells."""
    centre = first + (len(weights) - 1) / 2
    low, high = (
        max(0, int(np.ceil(c))) if side.startswith("dirichlet") else 0
        for c, side in zip((centre, -centre), sides(rules[0])))
    reach = abs(first) + len(weights) + low + high

    def apply(u):
        wide = padded(u, rules, reach)
        return np.array([np.dot(weights, wide[reach + i + first:][
            :len(weights)]) for i in range(-low, size + high)])
    return matrix(apply, (size,))


def has_values(rule):
    return any(np.float64(side.rstrip(")").split()[-1]) != 0
               for side in sides(rule) if " " in side)


def check_faces(workshop, numbers):
    for first, weights in ((0, [-1.0, 1.0]), (-1, [-1.0, 1.0]),
                           (0, [0.5, -2.0, 1.0]), (-3, [1.0, 0.25, -0.5])):
        for rules in boundaries(1):
            if has_values(rules[0]):
                continue
            program = workshop.compile(grid(rules) + FACES % stencil(
                np.array(weights), [first]))
            u, v = random(numbers, (2, 14))
            k = with_faces(rules, weights, first, 14)
            flux = k @ v
            back = program.run(inputs(u, v), ["back"])["back"]
            workshop.check_close("%s from %d" % (rules, first), back,
                                 k.T @ (flux / (1 + flux**2)), ROUNDING)


def check_gradients(workshop, numbers):
    """grad' of grad is the sum of those of the differences along each axis."""
    for rank in (1, 2, 3):
        for rules in boundaries(rank):
            u, v = random(numbers, (2,) + SIZES[rank])
            program = workshop.compile(
                grid(rules) +
                "output back = grad'(grad(v)), back0 = grad'(grad(zero))\n")
            expected = 0
            for axis, rule in enumerate(rules):
                k = with_faces((rule,), [-1.0, 1.0], 0, SIZES[rank][axis])
                expected = expected + np.moveaxis(
                    np.tensordot(k.T @ k, v, axes=(1, axis)), 0, axis)
            answer = program.run(inputs(u, v), ["back", "back0"])
            workshop.check_close("grad, %s" % (rules,),
                                 answer["back"] - answer["back0"], expected,
                                 ROUNDING)


DIVERGENCE = """let a, b = grad(u)
output p = a, q = b, back = grad'([v, v^2])
"""


def check_divergence(workshop, numbers):
    for rules in (("reflecting",) * 2, ("periodic", "reflecting")):
        u, v = random(numbers, (2,) + SIZES[2])
        answer = workshop.compile(grid(rules) + DIVERGENCE).run(
            inputs(u, v), ["p", "q", "back"])
        there = np.sum(answer["p"] * v + answer["q"] * v**2)
        workshop.check("grad and its adjoint, %s" % (rules,),
                       abs(there - np.sum(u * answer["back"])) <= ROUNDING *
                       np.linalg.norm(u) * np.linalg.norm(answer["back"]))


TRANSFER = """output sums = 0*u + dot(restrict(u), restrict(v)),
    back = prolong(restrict(v))
"""


def restriction(size, rule):
    """The matrix of one axis: which fine cells a coarse one weighs."""
    vertex = rule == "periodic" or has_walls(rule)
    rows = size // 2
    result = np.zeros((rows, size))
    first = -1 if rule == "periodic" else 0
    for row in range(rows):
        for k, weight in enumerate([0.25, 0.5, 0.25] if vertex else [0.5] * 2):
            result[row, (2 * row + first + k) % size] += weight
    return result


def check_transfers(workshop, numbers):
    """prolong is 2^d times the transpose of restrict."""
    for rank in (1, 2, 3):
        for rules in boundaries(rank):
            if any(has_walls((low,)) != has_walls((high,))
                   for low, high in map(sides, rules)):
                continue  # such an axis has no coarser one
            sizes = tuple(n + has_walls(rule)
                          for n, rule in zip((8, 6, 10), rules))
            u, v = random(numbers, (2,) + sizes)
            answer = workshop.compile(grid(rules) + TRANSFER).run(
                inputs(u, v), ["sums", "back"])
            r = np.eye(1)
            for n, rule in zip(sizes, rules):
                r = np.kron(r, restriction(n, rule))
            back = 2**rank * r.T @ (r @ v.ravel())
            workshop.check_close("prolong, %s" % (rules,),
                                 answer["back"].ravel(), back, ROUNDING)
            sums = np.sum(u * answer["back"]) / 2**rank
            scale = np.prod([np.linalg.norm(r @ w.ravel()) for w in (u, v)])
            workshop.check("restrict, %s" % (rules,),
                           largest(answer["sums"] - sums) <= ROUNDING * scale,
                           "%g and %g" % (answer["sums"].flat[0], sums))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(5)
    check_stencils(workshop, numbers)
    check_faces(workshop, numbers)
    check_gradients(workshop, numbers)
    check_divergence(workshop, numbers)
    check_transfers(workshop, numbers)
    return workshop.finish()


sys.exit(main())
