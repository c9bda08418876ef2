#!/usr/bin/env python3
"""Operators, adjoints and transfers on grids of one to three axes against what
docs/pde-dialect.md says of them: every boundary rule, sizes from the smallest
on, both forms, any number of threads. The programs are modules in the pde
dialect, which can say more than scripts.

usage: axes.py path/to/pdec
"""

import itertools
import sys

import numpy as np

sys.dont_write_bytecode = True
from modules import Grid, Module, Stencil
from programs import FORMS, Workshop, random, same_bits

R, P = "reflecting", "periodic"


def dirichlet(value):
    return ("dirichlet", value)


def neumann(slope):
    return ("neumann", slope)


RR, PP = (R, R), (P, P)
DD = (dirichlet(1.5), dirichlet(-0.75))
NN = (neumann(0.5), neumann(-0.25))
RD, DN = (R, dirichlet(0.5)), (dirichlet(-2.0), neumann(1.0))

LINE = {
    "far": Stencil([(-2,), (1,), (3,)], [0.75, -1, 0.4], scale=0.5),
}
PLANE = {
    "fx": Stencil([(0, 0), (1, 0)], [-1, 1]),
    "by": Stencil([(0, -1), (0, 0)], [-1, 1], scale=2.5),
    "five": Stencil([(-1, 0), (0, -1), (0, 0), (0, 1), (1, 0)],
                    [1, 1, -4, 1, 1], scale=0.3),
    "nine": Stencil(list(itertools.product((-1, 0, 1), repeat=2)),
                    [0.1, -0.7, 1, 0.4, 2, -1, 0.3, 0.9, -0.2]),
}
WIDE = {
    "wide": Stencil([(-2, -1), (-1, 2), (0, 0), (1, -3), (2, 1)],
                    [0.5, -1, 2, 0.7, 0.3], scale=-1.5),
    "away": Stencil([(1, 2), (2, 3)], [1, -0.25]),
}
SPACE = {
    "fz": Stencil([(0, 0, 0), (0, 0, 1)], [-1, 1]),
    "seven": Stencil([(-1, 0, 0), (0, -1, 0), (0, 0, -1), (0, 0, 0), (0, 0, 1),
                      (0, 1, 0), (1, 0, 0)], [1, 1, 1, -6, 1, 1, 1], scale=0.4),
    "skew": Stencil([(-1, -1, -1), (-1, 0, 1), (0, 0, 0), (1, -1, 1),
                     (1, 1, 1)], [0.3, -1, 1.25, 0.4, 0.9]),
}
# Of these, also adjoints that give rows beyond sides.
ROWS = {"far", "nine", "wide", "away", "fz", "skew"}
TRANSFERS = {
    1: Stencil([(-1,), (0,), (1,)], [0.25, 0.5, 0.25]),
    2: Stencil(list(itertools.product((0, 1, 2), (-1, 0, 1))),
               [1, 2, 1, 2, 4, 2, 1, 2, 1], scale=1 / 16),
    3: Stencil(list(itertools.product((0, 1), repeat=3)), [1] * 8, scale=0.125),
}
# Taps beyond either side, of one parity only, or a single one, along an axis.
FAR = {
    1: Stencil([(-3,), (-1,), (0,), (4,)], [0.5, -1, 0.3, 0.7], scale=1.5),
    2: Stencil([(-2, 3), (-1, -2), (0, 1), (0, 2), (3, -1)],
               [1, -1, 0.4, 0.25, -0.6]),
    3: Stencil([(-1, 2, 1), (0, -2, 1), (1, 0, 1), (2, 3, 1)],
               [-1, 0.3, 1, 0.7], scale=0.5),
}


def operators(grid, stencils, varies=False):
    """A module with all that can be made of the stencils."""
    module = Module(grid, varies=varies)
    f, g = module.input("f"), module.input("g")
    for name, stencil in stencils.items():
        k = module.stencil(stencil)
        applied = module.apply(k, f)
        module.output("a_" + name, module.cells(applied, g))
        flux = module.flux(module.apply(k, g))
        module.output("t_" + name, module.adjoint(k, flux))
        module.output("n_" + name, module.adjoint(k, applied))
        module.output("s_" + name, module.staggered(k, f, g))
        if name not in ROWS:
            continue
        module.output("d_" + name, module.descent(k, g))
        inner, outer = module.gradient(k, f)
        module.output("i_" + name, inner)
        module.output("o_" + name, outer)
    return module


def check(workshop, module, sizes, threads=(2,)):
    numbers = np.random.default_rng(sum(sizes))
    inputs = {name: random(numbers, sizes) for name in module.inputs}
    expected = module.evaluate(inputs)
    title = "%s %s " % (module.grid.rules, sizes)
    first = None
    for form in FORMS:
        for count in threads if form == "kernel" else (1,):
            found = module.program(workshop, form).run(inputs, expected,
                                                       threads=count)
            for name, value in expected.items():
                workshop.check_close(title + form + " " + name, found[name],
                                     value, 1e-12)
                if first:
                    workshop.check(title + "bits of " + form + " " + name,
                                   same_bits(first[name], found[name]),
                                   "%s\n%s" % (first[name], found[name]))
            first = first or found


def fits(sizes, stencils):
    return all(size >= stencil.room(axis) for stencil in stencils.values()
               for axis, size in enumerate(sizes))


def check_line(workshop):
    for rules in ((RD,), (DN,), (NN,)):
        module = operators(Grid(rules), LINE)
        for size in ((5,), (8,), (50,), (1100,)):
            check(workshop, module, size, (1, 3))


def check_plane(workshop):
    for number, rules in enumerate(((RR, DN), (PP, PP), (DD, DD), (NN, NN),
                                    (RD, PP), (PP, DN), (DN, RD), (NN, RR))):
        for stencils in (PLANE, WIDE):
            module = operators(Grid(rules), stencils)
            columns = range(1, 41) if number < 2 else (3, 4, 5, 8, 9, 18)
            sizes = [(5, n) for n in columns] + [(2, 3), (3, 2), (2, 7)]
            for size in sizes:
                if fits(size, stencils):
                    check(workshop, module, size)
            check(workshop, module, (37, 1100) if number < 4 else (70, 19),
                  (1, 2, 3))
    for rules in ((DD, DN), (DN, PP), (NN, DD)):
        module = operators(Grid(rules), PLANE, varies=True)
        check(workshop, module, (4, 5))
        check(workshop, module, (40, 37))


def check_space(workshop):
    for rules in ((RR, RR, RR), (PP, PP, PP), (DD, DD, DD), (NN, RD, PP),
                  (DN, PP, NN)):
        module = operators(Grid(rules), SPACE)
        for sizes in ((2, 2, 2), (2, 3, 9), (4, 5, 17), (17, 18, 70)):
            if fits(sizes, SPACE):
                check(workshop, module, sizes, (1, 3))


def transfers(grid, coarsening, stencil):
    module = Module(grid, coarsening)
    f, g = module.input("f"), module.input("g")
    k = module.stencil(stencil)
    coarse = module.restrict(k, module.flux(f))
    module.output("p", module.cells(module.prolong(k, coarse), g))
    module.output("q", module.prolong(k, module.flux(coarse)))
    return module


def check_transfers(workshop):
    for rank in (1, 2, 3):
        for rules, kinds in (((DD, RR, NN), ("vertex", "cell", "same")),
                             ((PP, DD, PP), ("cell", "vertex", "cell")),
                             ((NN, PP, RD), ("cell", "cell", "vertex")),
                             ((RR, DD, DD), ("same", "vertex", "vertex"))):
            # The last numbers are of the last axis, whatever the rank.
            all_halves = [(1, 1, 1), (2, 3, 5), (4, 17, 3), (3, 4, 9),
                          (5, 3, 22)]
            for stencil in (TRANSFERS[rank], FAR[rank]):
                module = transfers(Grid(rules[:rank]), kinds[:rank], stencil)
                for halves in all_halves:
                    sizes = tuple({"vertex": 2 * n + 1, "cell": 2 * n,
                                   "same": n}[kind]
                                  for n, kind in zip(halves[-rank:],
                                                     kinds[:rank]))
                    check(workshop, module, sizes, (1, 2))


def main():
    workshop = Workshop(sys.argv[1])
    check_transfers(workshop)
    check_line(workshop)
    check_plane(workshop)
    check_space(workshop)
    return workshop.finish()


sys.exit(main())
