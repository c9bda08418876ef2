#!/usr/bin/env python3
"""The full approximation scheme against published numbers (E. Bueler,
bueler/fas-intro), to every digit printed there, for the Liouville-Bratu
equation -u'' - lambda*exp(u) = g with u(0) = u(1) = 0.

An independent program in NumPy that makes these digits told the variant: sweeps
of Gauss-Seidel with two Newton steps a point, from left to right before the
coarser grid and from right to left after it; full weighting of solutions; all
grids down to a single unknown, unless the number of levels is given; an F-cycle
that interpolates and then sweeps over the new points only. The norms are those
of L2, of the residual in its weak form: h times the strong one.

usage: fas.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from measures import Workshop

# A sweep visits the cells of the finest grid's count. On coarser grids the last
# numbers meet no cell, which changes nothing.
SCRIPT = """
grid X : 1d, boundary dirichlet 0, extent [0, 1]
param lambda = 1.0, manufactured = 0.0, n = 1
input f on X
let exact = sin(3*pi*x)
let g = manufactured*(9*pi^2*exact - lambda*exp(exact))
# With a single unknown, h = 1/2 and both neighbours are sides. Differences need
# two cells, so the last grid's operator is written out.
fun L(levels) = if levels == %d then u -> 8*u else u -> -laplace(u)
fun A(u, levels) = L(levels)(u) - lambda*exp(u)
fun newton(b, levels) = {
  let d = diagonal(L(levels), b)
  return u -> u + (b - A(u, levels))/(d - lambda*exp(u))
}
fun twice(point, here, u) = {
  let v on X = if here then point(u) else u
  return if here then point(v) else v
}
# The cells' numbers on the grid of u.
fun number(u) = like(u, 0) + index(x)
fun rightwards(b, levels) = u -> {
  for i in 0 .. size(x) - 1 {
    u = twice(newton(b, levels), number(u) == i, u)
  }
}
fun leftwards(b, levels) = u -> {
  for i in 1 .. size(x) {
    u = twice(newton(b, levels), number(u) == size(x) - i, u)
  }
}
hierarchy cycle(b, u, pre, post, coarse, levels) = {
  return if levels == 1
  then repeated(rightwards(b, 1), coarse, u)
  else {
    let v = repeated(rightwards(b, levels), pre, u)
    let start = restrict(v)
    let right = restrict(b - A(v, levels)) + A(start, levels - 1)
    let w = cycle(right, start, pre, post, coarse, levels - 1)
    return repeated(leftwards(b, levels), post, v + prolong(w - start))
  }
}
hierarchy full(zero, levels) = {
  let b = zero + g
  return if levels == 1
  then repeated(rightwards(b, 1), 2, zero)
  else {
    let u = prolong(full(restrict(zero), levels - 1))
    # The new points, those of even numbers, have interpolated values.
    let v = twice(newton(b, levels), parity(u) == 0, u)
    return cycle(b, v, 1, 1, 2, levels)
  }
}
%s
output u
"""
# The number of levels on which a single unknown is left.
NEVER, LAST = 0, 1
CYCLES = "evolve u from f by u -> cycle(like(u, 0) + g, u, %s) for n steps"


def manufactured(elements):
    return np.sin(3 * np.pi * np.arange(1, elements) / elements)


def norm(u, elements):
    return np.sqrt(np.sum(u * u) / elements)


def residual(u, elements, right):
    h = 1 / elements
    around = np.concatenate(([0], u, [0]))
    weak = (2 * u - around[:-2] - around[2:]) / h - h * np.exp(u) - h * right
    return norm(weak, elements)


def check_printed(workshop, title, found, expected):
    print("%-30s %s" % (title, found))
    workshop.check(title, found == expected,
                   "found    %s\nexpected %s" % (found, expected))


def iterates(program, elements, most, params):
    zero = np.zeros(elements - 1)
    return [program.run({"f": zero}, ["u"], dict(params, n=n))["u"]
            for n in range(most + 1)]


def check_liouville_bratu(workshop):
    program = workshop.compile(SCRIPT % (NEVER, CYCLES % "1, 1, 20, 2"))
    levels = iterates(program, 8, 2, {})
    check_printed(workshop, "m = 8, residuals",
                  ["%.5e" % residual(u, 8, 0) for u in levels],
                  ["1.16927e-01", "3.60583e-02", "5.14505e-03"])
    check_printed(workshop, "m = 8, norm", "%.6f" % norm(levels[-1], 8),
                  "0.101977")


def check_manufactured(workshop):
    program = workshop.compile(SCRIPT % (LAST, CYCLES % "2, 2, 5, 5"))
    levels = iterates(program, 32, 3, {"manufactured": 1.0})
    exact = manufactured(32)
    right = 9 * np.pi**2 * exact - np.exp(exact)
    check_printed(workshop, "m = 32, residuals",
                  ["%.5e" % residual(u, 32, right) for u in levels],
                  ["1.93451e+00", "1.99691e-01", "1.07349e-02", "5.37429e-04"])
    check_solution(workshop, levels[-1], 32, "0.712274", "5.1827e-03")


def check_full_cycle(workshop):
    program = workshop.compile(SCRIPT % (LAST, "let u = full(like(f, 0), 6)"))
    u = program.run({"f": np.zeros(63)}, ["u"], {"manufactured": 1.0})["u"]
    check_solution(workshop, u, 64, "0.709460", "2.4171e-03")


def check_solution(workshop, u, elements, size, error):
    title = "m = %d, " % elements
    check_printed(workshop, title + "norm", "%.6f" % norm(u, elements), size)
    check_printed(workshop, title + "error",
                  "%.4e" % norm(u - manufactured(elements), elements), error)


def main():
    workshop = Workshop(sys.argv[1])
    check_liouville_bratu(workshop)
    check_manufactured(workshop)
    check_full_cycle(workshop)
    return workshop.finish()


sys.exit(main())
