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
from matrices import correlated, matrix, padded
from measures import Workshop, largest, random

SIZES = {1: (13,), 2: (7, 6), 3: (5, 6, 4)}
REACH = {1: 2, 2: 1, 3: 1}  # of the offsets; products of stencils grow fast
ROUNDING = 1e-13
RULES = ["reflecting", "periodic", "dirichlet 0", "neumann 0"]


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
    parts = ", ".join("%s %s" % (axis, rule)
                      for axis, rule in zip("xyz", rules))
    if len(set(rules)) == 1:
        parts = rules[0]
    return ("grid X : %dd, boundary %s\ninput u on X\ninput v on X\n" %
            (len(rules), parts))


def stencil(weights, first):
    if weights.ndim == 1:
        return "stencil(x, %s, from = %d)" % (weights.tolist(), first[0])
    return "stencil(X, %s, from = %s)" % (weights.tolist(), list(first))


def random_stencil(numbers, rules):
    """Between dirichlet sides the offsets are symmetric, so that there are no
    rows on the sides' faces and K(u) is an output."""
    first, shape = [], []
    reach = REACH[len(rules)]
    for rule in rules:
        low = int(numbers.integers(-reach, 1))
        high = (-low if rule == "dirichlet 0" else
                int(numbers.integers(max(low, -1), reach + 1)))
        first.append(low)
        shape.append(high - low + 1)
    return random(numbers, shape), first


def boundaries(rank):
    mixed = [("neumann 0", "periodic", "dirichlet 0"),
             ("dirichlet 0", "reflecting", "periodic"),
             ("periodic", "dirichlet 0", "reflecting")]
    same = [(rule,) * rank for rule in RULES[:4 if rank == 1 else 3]]
    return same + ([rules[:rank] for rules in mixed] if rank > 1 else [])


# -- checks --------------------------------------------------------------------


def check_pair(workshop, title, answer, name, fields, truth):
    """K(u) and K'(v) of a program against each other and the true matrix."""
    u, v = fields
    there, back = answer["k_" + name], answer["t_" + name]
    apart = np.sum(there * v) - np.sum(u * back)
    size = np.linalg.norm(there) * np.linalg.norm(v)
    workshop.check("%s, %s: the sums agree" % (title, name),
                   abs(apart) <= ROUNDING * size, "%g of %g" % (apart, size))
    workshop.check_close("%s, %s" % (title, name), there.ravel(),
                         truth @ u.ravel(), ROUNDING)
    workshop.check_close("%s, %s'" % (title, name), back.ravel(),
                         truth.T @ v.ravel(), ROUNDING)


def outputs(expressions):
    text = "".join("let o_%s = %s\noutput k_%s = o_%s(u), t_%s = (o_%s)'(v)\n" %
                   (name, expression, name, name, name, name)
                   for name, expression in expressions.items())
    return text, [kind + name for name in expressions for kind in ("k_", "t_")]


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
            answer = program.run(dict(zip("uv", fields)), names)
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
    walls = rules[0] == "dirichlet 0"
    low, high = (max(0, int(np.ceil(c))) if walls else 0
                 for c in (centre, -centre))
    reach = abs(first) + len(weights) + low + high

    def apply(u):
        wide = padded(u, rules, reach)
        return np.array([np.dot(weights, wide[reach + i + first:][
            :len(weights)]) for i in range(-low, size + high)])
    return matrix(apply, (size,))


def check_faces(workshop, numbers):
    for first, weights in ((0, [-1.0, 1.0]), (-1, [-1.0, 1.0]),
                           (0, [0.5, -2.0, 1.0]), (-3, [1.0, 0.25, -0.5])):
        for rules in boundaries(1):
            program = workshop.compile(grid(rules) + FACES % stencil(
                np.array(weights), [first]))
            u, v = random(numbers, (2, 14))
            k = with_faces(rules, weights, first, 14)
            flux = k @ v
            back = program.run({"u": u, "v": v}, ["back"])["back"]
            workshop.check_close("%s from %d" % (rules, first), back,
                                 k.T @ (flux / (1 + flux**2)), ROUNDING)


def check_gradients(workshop, numbers):
    """grad' of grad is minus the sum of second differences, here by padding."""
    second = np.array([1.0, -2, 1])
    for rank in (1, 2, 3):
        for rules in boundaries(rank):
            u, v = random(numbers, (2,) + SIZES[rank])
            program = workshop.compile(grid(rules) +
                                       "output back = grad'(grad(v))\n")
            expected = 0
            for axis in range(rank):
                shape = [3 if a == axis else 1 for a in range(rank)]
                first = [-1 if a == axis else 0 for a in range(rank)]
                expected = expected - correlated(
                    v, rules, second.reshape(shape), first)
            workshop.check_close(
                "grad, %s" % (rules,),
                program.run({"u": u, "v": v}, ["back"])["back"],
                expected, ROUNDING)


DIVERGENCE = """let a, b = grad(u)
output p = a, q = b, back = grad'([v, v^2])
"""


def check_divergence(workshop, numbers):
    for rules in (("reflecting",) * 2, ("periodic", "reflecting")):
        u, v = random(numbers, (2,) + SIZES[2])
        answer = workshop.compile(grid(rules) + DIVERGENCE).run(
            {"u": u, "v": v}, ["p", "q", "back"])
        there = np.sum(answer["p"] * v + answer["q"] * v**2)
        workshop.check("grad and its adjoint, %s" % (rules,),
                       abs(there - np.sum(u * answer["back"])) <= ROUNDING *
                       np.linalg.norm(u) * np.linalg.norm(answer["back"]))


TRANSFER = """output sums = 0*u + dot(restrict(u), restrict(v)),
    back = prolong(restrict(v))
"""


def restriction(size, rule):
    """The matrix of one axis: which fine cells a coarse one weighs."""
    vertex = rule in ("periodic", "dirichlet 0")
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
            sizes = tuple(n + (rule == "dirichlet 0")
                          for n, rule in zip((8, 6, 10), rules))
            u, v = random(numbers, (2,) + sizes)
            answer = workshop.compile(grid(rules) + TRANSFER).run(
                {"u": u, "v": v}, ["sums", "back"])
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
