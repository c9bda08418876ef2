#!/usr/bin/env python3
"""Random operators on random grids of one to three axes with random rules at
each side, of the grid or of the field: kernel and network against NumPy, at
every cell.

usage: pairs.py path/to/pdec [PAIRS [SEED]]
       pairs.py path/to/pdec --valgrind [PAIRS [SEED]]

With --valgrind, both programs must read no memory that was never written.
"""

import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import FORMS, Workshop
from crossings import stencil, widened
from grids import AXES, Grid
from problems import field
from sides import Side

FUNCTIONS = [
    ("sin(x) + 2", lambda *c: np.sin(c[0]) + 2),
    ("exp(-{0})*0.5", lambda *c: 0.5*np.exp(-c[-1])),
    ("x*{0} - 1", lambda *c: c[0]*c[-1] - 1)]
ROUNDING = 1e-13


def number(numbers):
    return float(np.round(numbers.uniform(-2, 2), 2))


def random_rule(numbers):
    """Its kind and numbers."""
    kind = str(numbers.choice(["reflecting", "dirichlet", "neumann", "robin",
                               "extrapolated"]))
    count = {"dirichlet": 1, "neumann": 1}.get(kind, 0)
    given = [number(numbers) for _ in range(count)]
    if kind == "robin":
        given = [float(np.round(n, 2)) for n in numbers.uniform(0.25, 2, 2)]
        given.append(number(numbers))
    return kind, given


def random_grid(numbers, rank):
    """A grid, and the functions of the coordinates at some of its sides."""
    pairs, values = [], {}
    for axis in range(rank):
        if numbers.random() < 0.2:
            pairs.append((Side("periodic"), Side("periodic")))
            continue
        pair = []
        for end in (0, 1):
            kind, given = random_rule(numbers)
            side = Side(kind, *given)
            if kind == "dirichlet" and rank > 1 and numbers.random() < 0.6:
                text, function = FUNCTIONS[numbers.integers(len(FUNCTIONS))]
                side = Side(kind, 0.0, text="dirichlet " +
                            text.format(AXES[rank - 1]))
                values[axis, end] = function
            pair.append(side)
        pairs.append(tuple(pair))
    most = {1: 40, 2: 12, 3: 7}[rank]
    shape = tuple(int(n) for n in numbers.integers(4, most, rank))
    spacings = tuple(float(h) for h in np.round(
        numbers.uniform(0.2, 0.6, rank), 2))
    return Grid(shape, pairs, spacings), values


def own_side(kind, given, at_node):
    """A field's own rule, as the oracle says it at an end of the grid."""
    if kind == "extrapolated":
        return Side(kind)
    if at_node and kind != "dirichlet":
        a, b, value = {"reflecting": (0, 1, 0),
                       "neumann": (0, 1, *given)}.get(kind, given)
        return Side("slope_at_node", a, b, value)
    if not at_node and kind == "dirichlet":
        return Side("value_at_face", *given)
    return Side(kind, *given)


class OwnRules:
    """A grid for fields with a rule of their own."""

    def __init__(self, numbers, grid):
        self.rank, self.shape, self.spacings = (grid.rank, grid.shape,
                                                grid.spacings)
        self.coordinates = grid.coordinates
        self.sides, clauses = [], []
        for axis, (low, high) in enumerate(grid.sides):
            if low.kind == "periodic":
                self.sides.append((low, high))
                continue
            name = AXES[axis] + " " if grid.rank > 1 else ""
            pair = []
            for end, side in (("low", low), ("high", high)):
                kind, given = random_rule(numbers)
                pair.append(own_side(kind, given, side.is_vertex))
                clauses.append("%s%s %s" % (name, end, Side(kind, *given).text))
            self.sides.append(tuple(pair))
        self.text = ", boundary " + ", ".join(clauses) if clauses else ""


def random_operator(numbers, rank):
    """Its text, its weights around the centre, and how far it reaches."""
    along = int(numbers.integers(rank)) if numbers.random() < 0.5 else None
    reach = 2 if along is not None and numbers.random() < 0.5 else 1
    shape = [2*reach + 1 if along in (None, axis) else 1
             for axis in range(rank)]
    weights = np.round(numbers.uniform(-1, 1, shape), 2)
    # Some have gaps, as differences do.
    weights[numbers.random(shape) < 0.2] = 0
    weights[tuple(n//2 for n in shape)] += 1
    if along is None:
        text = "stencil(%s, %s)" % ("x" if rank == 1 else "X",
                                    weights.tolist())
    else:
        text = "stencil(%s, %s)" % (AXES[along], weights.ravel().tolist())
    return text, weights, reach


def random_pair(numbers):
    """A script of four results, and what they are."""
    rank = int(numbers.integers(1, 4))
    grid, values = random_grid(numbers, rank)
    text, weights, reach = random_operator(numbers, rank)
    own = OwnRules(numbers, grid)
    f = field(numbers, grid)
    script = grid.text() + """input f on X
let own on X%s = f
let K = %s
scheme twice(R): u -> R(R(u))
evolve e from f by twice(u -> K(u)) for 1 steps
output a = K(f), b = K(own), c = K(sin(f)), e
""" % (own.text, text)

    def applied(u, rules, values, function=lambda wide: wide):
        return stencil(function(widened(u, rules, reach, values)), weights,
                       reach)
    a = applied(f, grid, values)
    return script, f, {"a": a, "b": applied(f, own, {}),
                       "c": applied(f, grid, values, np.sin),
                       "e": applied(a, grid, values)}


def check_pairs(workshop, numbers, count):
    for _ in range(count):
        script, f, expected = random_pair(numbers)
        for form in FORMS:
            answer = workshop.compile(script, *FORMS[form]).run(
                {"f": f}, list(expected))
            for name, array in expected.items():
                workshop.check_close("%s %s\n%s" % (form, name, script),
                                     answer[name], array, ROUNDING)


def check_memory(workshop, numbers, count):
    """Valgrind knows no instructions of later processors than v3."""
    for _ in range(count):
        script, f, _ = random_pair(numbers)
        data = workshop.path("f.npy")
        np.save(data, f)
        for form in FORMS:
            path = workshop.path("watched")
            workshop.made += 1
            source = workshop.write("watched.pde", script)
            for command in (
                    [workshop.pdec, source, *FORMS[form], "--march",
                     "x86-64-v3", "-o", path],
                    ["valgrind", "-q", "--error-exitcode=9", path, "--input",
                     "f=" + data, "--threads", "1", "--output",
                     "e=" + os.devnull]):
                run = subprocess.run(command, capture_output=True, text=True)
                workshop.check("%s\n%s" % (" ".join(command), script),
                               run.returncode == 0, run.stderr)


def main():
    workshop = Workshop(sys.argv[1])
    arguments = sys.argv[2:]
    watched = arguments[:1] == ["--valgrind"]
    given = [int(text) for text in arguments[watched:]]
    count, seed = given + [100, 3][len(given):]
    check = check_memory if watched else check_pairs
    check(workshop, np.random.default_rng(seed), count)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
