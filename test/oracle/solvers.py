#!/usr/bin/env python3
"""Solvers on one grid, pass by pass, against dense matrices: Jacobi,
Gauss-Seidel in colours, Chebyshev, conjugate gradients.

usage: solvers.py path/to/pdec
"""

import re
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, ROUNDING, Workshop, check_limit
from grids import Grid, PERIODIC, REFLECTING, affine
from hierarchies import SLOPES
from krylov import best, passes
from problems import (EXTRAPOLATED, GRIDS, field, given, largest_eigenvalue,
                      line, repeated, sloping)
from relaxation import colour, coloured_cells, gauss_seidel, jacobi
from sides import VaryingSide

# Odd circles need three colours.
COLOURED = {**GRIDS, **SLOPES}
COLOURED["2-D, odd circle"] = Grid(
    (5, 6), [(PERIODIC, PERIODIC), (REFLECTING, given(1))], (0.3, 0.2))
COLOURED["1-D, periodic, even"] = line(10, PERIODIC, PERIODIC, 0.3)
COLOURED["1-D, reflecting and dirichlet"] = line(9, REFLECTING, given(2))
COLOURED["3-D, dirichlet and reflecting; periodic; dirichlet"] = Grid(
    (5, 4, 3),
    [(VaryingSide("y - z", lambda x, y, z: y - z), REFLECTING),
     (PERIODIC, PERIODIC), (given(0.5), given(-0.25))], (0.2, 0.3, 0.25))

# Diagonals that differ from cell to cell, and a constant.
EQUATION = "fun A(u) = (2 + 3*x)*u - laplace(u) + 0.25\n"


def equation(grid):
    return lambda u: (2 + 3*grid.coordinates()[0])*u - grid.laplace(u) + 0.25


def linear_system(grid, right):
    """M and b of M u = b for A(u) = right."""
    m, c = affine(equation(grid), grid.shape)
    return m, right.ravel() - c


def check_relaxation(workshop, title, grid, u, right):
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    script.value("diagonal", "diagonal(A, g)",
                 np.diag(m).reshape(grid.shape))
    start = u.ravel()
    for omega, name in ((0.8, "jacobi()"), (0.625, "jacobi(0.625)"),
                        (1, "jacobi(omega = 1)")):
        script.solve(name, "A", "g", "f", name, 3, repeated(
            lambda v: jacobi(m, b, omega, v), 3, start).reshape(grid.shape))
    cells = coloured_cells(grid)
    sweep = lambda v: gauss_seidel(m, b, cells, v)  # noqa: E731
    script.solve("red_black", "A", "g", "f", "red_black()", 2,
                 repeated(sweep, 2, start).reshape(grid.shape))
    for count in (0, 1, 3):
        script.value("red_black, %d times" % count,
                     "repeated(red_black()(A, g), %d, f)" % count,
                     repeated(sweep, count, start).reshape(grid.shape))
    script.run()


COMPOSED = "fun twice(A, b) = u -> jacobi()(A, b)(jacobi()(A, b)(u))\n"


def along_both(grid, u, k, l):
    """u[i + k, j + l] in the linear part."""
    return grid.homogeneous().at(grid.homogeneous().at(u, 0, k), 1, l)


def nine_points(grid):
    def value(u):
        edges = sum(along_both(grid, u, k, l)
                    for k, l in ((0, 1), (1, 0), (0, -1), (-1, 0)))
        corners = sum(along_both(grid, u, k, l)
                      for k in (-1, 1) for l in (-1, 1))
        return 30*u - 4*edges - corners
    return value


def fourth_order(grid):
    weights = {-2: 1, -1: -16, 0: 30, 1: -16, 2: 1}
    linear = grid.homogeneous()
    return lambda u: sum(w*linear.at(u, axis, k) for axis in range(grid.rank)
                         for k, w in weights.items())


def plate(grid):
    linear = grid.homogeneous()
    return lambda u: 2*u + 0.01*linear.laplace(linear.laplace(u))


def wide(grid):
    linear = grid.homogeneous()
    return lambda u: 2*u - 0.1*linear.central(linear.central(u))


def there_and_back(grid):
    """u[i + 2 - 2]; at a side, cells further away."""
    linear = grid.homogeneous()
    return lambda u: 3*u + 0.1*linear.at(linear.at(u, 0, -2), 0, 2)


def crossing(grid):
    linear = grid.homogeneous()
    return lambda u: 3*u + 0.1*linear.central(linear.central(u, 0), 1)


def varying(grid):
    """-div(c grad(u)) with c = 2 + x on the faces."""
    linear = grid.homogeneous()
    return lambda u: u - linear.diffused(u, lambda p: 2*p)


FIVE = "[1, -16, 30, -16, 1]"
# What A is, how far it reaches, whether along one axis at once.
COUPLINGS = {
    "nine points": (
        2, "let K = stencil(X, [[-1, -4, -1], [-4, 30, -4], [-1, -4, -1]])\n"
        "fun A(u) = linear(K)(u)\n", nine_points, 1, False),
    "fourth order, 1-D": (
        1, "fun A(u) = linear(stencil(x, %s))(u)\n" % FIVE, fourth_order, 2,
        True),
    "fourth order, 2-D": (
        2, "let K = stencil(x, %s) + stencil(y, %s)\n"
        "fun A(u) = linear(K)(u)\n" % (FIVE, FIVE), fourth_order, 2, True),
    "plate, 1-D": (
        1, "fun A(u) = 2*u + 0.01*laplace(linear(laplace)(u))\n", plate, 2,
        True),
    "plate, 2-D": (
        2, "fun A(u) = 2*u + 0.01*laplace(linear(laplace)(u))\n", plate, 2,
        False),
    "wide": (
        1, "fun A(u) = 2*u - 0.1*central(x)(linear(central(x))(u))\n", wide, 2,
        True),
    "crossing derivatives": (
        2, "fun A(u) = 3*u + 0.1*central(y)(linear(central(x))(u))\n", crossing,
        1, False),
    "divergence form": (
        2, "let D = forward(x)\nlet E = forward(y)\n"
        "fun A(u) = u + D'(2*linear(D)(u)) + E'(2*linear(E)(u))\n", varying, 1,
        True),
}
# On grids whose sides are no vertices, where a shift has a row more.
FOLDED = (
    "fun A(u) = 3*u + 0.1*stencil(x, [1], from = 2)(\n"
    "        linear(stencil(x, [1], from = -2))(u))\n", there_and_back, 3, True)
FAR = {1: [line(11, PERIODIC, PERIODIC, 0.3), line(9, REFLECTING, given(0.3)),
           line(8, given(1), sloping(2)), line(9, EXTRAPOLATED, EXTRAPOLATED),
           line(12, PERIODIC, PERIODIC), line(4, PERIODIC, PERIODIC)],
       2: [Grid((5, 6), [(PERIODIC, PERIODIC), (REFLECTING, given(1))],
                (0.3, 0.2)),
           Grid((7, 8), [(PERIODIC, PERIODIC)]*2, (0.3, 0.2)),
           Grid((6, 5), [(EXTRAPOLATED, given(0)), (sloping(1), REFLECTING)],
                (0.3, 0.2))]}


def check_couplings(workshop, numbers):
    """Diagonals and Gauss-Seidel's order of functions that couple more than
    neighbours along the axes."""
    cases = [(title, rest, grid) for title, (rank, *rest) in COUPLINGS.items()
             for grid in FAR[rank]]
    cases += [("there and back", FOLDED, line(9, REFLECTING, sloping(2))),
              ("there and back", FOLDED, line(9, EXTRAPOLATED, REFLECTING))]
    for k, (title, (text, value, *colouring), grid) in enumerate(cases):
        u, right = field(numbers, grid), field(numbers, grid)
        m, _ = affine(value(grid), grid.shape)
        script = Comparison(workshop, "%s (%d)" % (title, k), grid,
                            {"f": u, "g": right}, text)
        diagonal = np.diag(m).reshape(grid.shape)
        script.value("diagonal", "diagonal(A, g)", diagonal)
        start = u.ravel()
        script.value("jacobi", "jacobi()(A, g)(f)", jacobi(
            m, right.ravel(), 0.8, start).reshape(grid.shape))
        script.value("colours of the grid", "0*f + colour(X, A)",
                     colour(grid, *colouring))
        cells = coloured_cells(grid, *colouring)
        script.value("red_black", "red_black()(A, g)(f)", gauss_seidel(
            m, right.ravel(), cells, start).reshape(grid.shape))
        script.run()


PAIR = """fun A(w) = {
  let u, v = w
  return [2*u + v - laplace(u), u + v - laplace(v)]
}
solve A(w) = [f, g] from [f, g] by cg() until residual < 1e-13
let u, v = w
"""


def check_pair(workshop, numbers):
    """Of two fields, between sides at which no solution is given."""
    for grid in (line(6, REFLECTING, REFLECTING), line(5, PERIODIC, PERIODIC)):
        f, g = field(numbers, grid), field(numbers, grid)

        def pair(w):
            u, v = w
            return np.array([2*u + v - grid.laplace(u), u + v - grid.laplace(v)])
        m, _ = affine(pair, (2, *grid.shape))
        u, v = np.linalg.solve(m, np.array([f, g]).ravel()).reshape(2, -1)
        script = Comparison(workshop, "a pair of fields", grid,
                            {"f": f, "g": g}, PAIR)
        script.outputs("cg", ["u", "v"], [u, v], 1e-10)
        script.run()


def check_composed(workshop, title, grid, u, right):
    """A step of a step's result: in a solver that is a state, elsewhere it is
    declared."""
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right},
                        EQUATION + COMPOSED)
    expected = repeated(lambda v: jacobi(m, b, 0.8, v), 2, u.ravel()).reshape(
        grid.shape)
    script.solve("jacobi, composed", "A", "g", "f", "twice", 1, expected)
    script.value("jacobi of a state",
                 "jacobi()(A, g)(state(jacobi()(A, g)(f)))", expected)
    script.run()


def check_no_equation(workshop):
    """A cell in which A does nothing has no quotient by zero."""
    grid = line(6, REFLECTING, REFLECTING)
    a = np.array([2.0, 0, -4, 0, 0, 1])
    script = Comparison(workshop, "rows of zeros", grid, {"a": a}, "")
    script.value("diagonal", "diagonal(u -> a*u, a)", np.where(a == 0, 1, a))
    script.run()


def chebyshev(m, b, low, high, u, count):
    """The error's factor is T_k(Z)/T_k(z): Z is M on [-1, 1], z its zero."""
    identity = np.eye(len(m))

    def polynomial(argument, one):
        last, value = one, argument
        for _ in range(count - 1):
            last, value = value, 2*argument @ value - last
        return value if count else one

    z = np.array([[(high + low)/(high - low)]])
    factor = polynomial(z[0, 0]*identity - 2*m/(high - low), identity)
    solution = np.linalg.solve(m, b)
    return solution + factor @ (u - solution)/polynomial(z, np.eye(1))[0, 0]


def check_chebyshev(workshop, title, grid, u, right):
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    low, high = 2.0, largest_eigenvalue(grid) + 6
    for count in (1, 2, 3, 6):
        script.solve("chebyshev, %d passes" % count, "A", "g", "f",
                     "chebyshev(%r, %r)" % (low, high), count,
                     chebyshev(m, b, low, high, u.ravel(), count).reshape(
                         grid.shape))
    script.run()


def check_conjugate_gradients(workshop, title, grid, u, right):
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    start = u.ravel()
    for count in (1, 2, 5):
        script.solve("cg, %d passes" % count, "A", "g", "f", "cg()", count,
                     best(m, b, start, count).reshape(grid.shape))
    zero = 0*start
    script.solve("cg from zero", "A", "g", "0*f", "cg()", 3,
                 best(m, b, zero, 3).reshape(grid.shape))
    script.run()


def check_tolerances(workshop, title, grid, u, right):
    """cg_solve to a tolerance: relative to the right side or to the first
    residual, the larger of them."""
    m, b = linear_system(grid, right)
    near = np.linalg.solve(m, b).reshape(grid.shape) + 1e-4*u
    script = Comparison(workshop, title, grid,
                        {"f": u, "n": near, "g": right}, EQUATION)
    for name, start in (("f", u), ("n", near)):
        for tolerance in (0.05, 1e-3):
            first = np.linalg.norm(b - m @ start.ravel())
            # A fixpoint makes one pass before it asks.
            count = max(1, passes(m, b, start.ravel(), tolerance*max(
                np.linalg.norm(right), first)))
            script.value(
                "cg_solve from %s to %g" % (name, tolerance),
                "cg_solve(A, g, %s, %r, %d)" % (name, tolerance, count),
                best(m, b, start.ravel(), count).reshape(grid.shape))
    script.run()


STOPPED = """solve A(u) = g by jacobi() until residual < %r, at most 50
output u
"""


def check_residual(workshop, title, grid, right):
    """It is that of b - A(0), where the sides' values count, and it is known
    before the first pass as after it: the iteration ends where it is first
    small enough."""
    m, b = linear_system(grid, right)
    iterates = [0*b]
    residuals = [1.0]
    for _ in range(4):
        iterates.append(jacobi(m, b, 0.8, iterates[-1]))
        residuals.append(np.linalg.norm(b - m @ iterates[-1]) /
                         np.linalg.norm(b))
    assert min(residuals[:-1]) > residuals[-1]
    program = workshop.compile(
        grid.text() + "input g on X\n" + EQUATION + STOPPED %
        float(np.sqrt(residuals[-1]*min(residuals[:-1]))), "-O", "0")
    workshop.check_close(title + ": the residual",
                         program.run({"g": right}, ["u"])["u"],
                         iterates[-1].reshape(grid.shape), ROUNDING)


def failure(program):
    """What a run says that fails."""
    try:
        program.run({}, ["u"])
        return ""
    except RuntimeError as error:
        return str(error)


INDEFINITE = """
grid X : 1d, boundary dirichlet 0, size 8
input f on X = 1
fun A(u) = %s*laplace(u)
solve A(u) = f by cg() until residual < 1e-8
output u
"""


def check_definite(workshop):
    """Conjugate gradients say what they cannot do."""
    for sign, ends_well in (("-", True), ("", False)):
        script = workshop.write("definite%s.pde" % sign, INDEFINITE %
                                (sign + "1"))
        seen = failure(workshop.in_memory(script))
        workshop.check(
            "cg, %s1*laplace" % sign, not seen if ends_well else
            "exit code 1:" in seen and
            "A is not positive definite (pass 1)" in seen, seen)


# Around a closed grid; the tolerance is below rounding.
BEYOND = """
grid X : %s
input f on X = noise(4)
fun A(u) = -laplace(u)
%s
output u
"""
# As a solver and as a function, with what is left in the message's words.
ENDLESS = ["solve A(u) = f - mean(f) by cg() until residual < 1e-20, at most 3000",
           "let u = cg_solve(A, f - mean(f), like(f, 0), 1e-20, 3000)"]


def check_rounding(workshop):
    """When only rounding is left, conjugate gradients stay where they are: the
    constants that A does not see never grow, and A is not called indefinite."""
    for grid in ("1d, boundary periodic, size 16",
                 "1d, boundary reflecting, size 1000",
                 "2d, boundary reflecting, size 24"):
        for precision, epsilon in ("f64", 2.0**-52), ("f32", 2.0**-23):
            for asked in ENDLESS:
                script = workshop.write("beyond.pde", BEYOND % (grid, asked))
                seen = failure(workshop.in_memory(script, "--precision",
                                                  precision))
                found = re.search("after 3000 passes the (residual|value) is "
                                  "([-+.e0-9]+),", seen)
                # The value is the residual's square, of some thousand cells.
                value = float(found[2]) if found else np.inf
                size = value if found and found[1] == "residual" else (
                    np.sqrt(value/1000))
                # b - A(u) is rounded by the condition of A times epsilon.
                length = int(grid.split()[-1])
                workshop.check("cg beyond rounding, %s, %s" % (grid, precision),
                               size < length**2*epsilon, seen)


# The weights' sum is zero but for rounding errors.
UNSOLVABLE = """
grid X : 2d, boundary %s, size 6
input g on X = noise(2)
fun A(u) = %s
let right = g - mean(g) + %r
%s
output u
"""
# A solve statement, and the function of the library that it asks.
ASKED = ["solve A(u) = right from 0*g + 0.25 by jacobi(0.5)\n"
         "    until residual < 1e-5, at most 500",
         "let u = 0*g + solvable(A, g, right - A(0*g), 1)"]
NINE = "stencil(X, [[-.1, -.2, -.1], [-.2, 1.2, -.2], [-.1, -.2, -.1]])(u)"
CLOSED = "x periodic, y reflecting"
# Sides, A, the mean of the right side, whether there is a solution.
EQUATIONS = [(CLOSED, NINE, 0.0, True), (CLOSED, NINE, 0.5, False),
             (CLOSED, NINE, 1e-12, True), (CLOSED, NINE, -1e-7, False),
             (CLOSED, "-laplace(u) + 0.5", 0.5, True),
             (CLOSED, "-laplace(u) + 0.5", 0.0, False),
             (CLOSED, "u - laplace(u)", 0.5, True),
             ("x dirichlet 1, y reflecting", "-laplace(u)", 0.5, True)]


def check_solvable(workshop):
    """Around a closed grid, an A that gives no constants cannot give a right
    side with a mean; b - A(0) is meant."""
    for sides, a, mean, solvable in EQUATIONS:
        for precision in ("f64", "f32"):
            if precision == "f32" and a == NINE:
                continue  # the weights' sum is a rounding error of 1e-8
            for asked in ASKED:
                script = workshop.write("solvable.pde", UNSOLVABLE % (
                    sides, a, mean, asked))
                seen = failure(workshop.in_memory(script, "--precision",
                                                  precision))
                workshop.check(
                    "%s = b of mean %g, %s" % (a, mean, precision),
                    not seen if solvable else "exit code 1:" in seen and
                    "has no solution: A gives no constants" in seen, seen)


SOURCE = """
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u) + 1e15
output u = if is_singular(A, f) then f + 1 else f
"""


def check_source(workshop):
    """Whether A answers constants is a question about its linear part, however
    large the rest is."""
    f = np.arange(8.0)
    program = workshop.in_memory(workshop.write("source.pde", SOURCE))
    answer = program.run({"f": f}, ["u"])["u"]
    workshop.check("is_singular with a large source",
                   np.array_equal(answer, f), answer)


SOLVED = """
grid X : 1d, boundary dirichlet 0
input f on X
output u = %s
"""


def check_solved(workshop):
    """Nothing is divided by zero when the residual is zero, and the limit of
    passes is one: on a line with a source at its end, the first 10 tell nothing
    of the 20th cell. (Eight cells need eight passes.)"""
    script = Comparison(workshop, "already solved", line(5, given(0), given(0)),
                        {"f": np.zeros(5)}, "fun A(u) = -laplace(u)\n")
    script.solve("cg", "A", "f", "f", "cg()", 3, np.zeros(5))
    script.value("cg_solve", "cg_solve(A, f, f, 0.5, 1)", np.zeros(5))
    # Along a direction that A does not see there is no step.
    script.value("coarsest", "coarsest(v -> 0*v, f + 1, 0*f)", np.zeros(5))
    script.run()
    program = workshop.compile(SOLVED % "cg_solve(v -> v - laplace(v), f, 0*f, "
                               "1e-9, 10)")
    check_limit(workshop, "cg_solve: a limit of passes", program,
                ({"f": np.eye(8)[0]}, {}), ({"f": np.eye(60)[0]}, {}))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(4)
    check_no_equation(workshop)
    check_definite(workshop)
    check_rounding(workshop)
    check_solvable(workshop)
    check_solved(workshop)
    for title, grid in COLOURED.items():
        u, right = field(numbers, grid), field(numbers, grid)
        check_relaxation(workshop, title, grid, u, right)
        check_composed(workshop, title, grid, u, right)
    check_couplings(workshop, numbers)
    check_source(workshop)
    check_pair(workshop, numbers)
    for title, grid in GRIDS.items():
        u, right = field(numbers, grid), field(numbers, grid)
        check_chebyshev(workshop, title, grid, u, right)
        check_conjugate_gradients(workshop, title, grid, u, right)
        check_tolerances(workshop, title, grid, u, right)
        check_residual(workshop, title, grid, right)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
