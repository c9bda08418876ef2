#!/usr/bin/env python3
"""What a newcomer tries first beside the sides of a grid, with the values of
NumPy or of closed forms: corners, coefficients that are inputs, own solvers,
equations of walls only, of slopes only, without any.

usage: cases.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import FORMS, ROUNDING, Comparison, Workshop
from crossings import places, stencil, widened
from explicit_steps import upwind
from grids import Grid, PERIODIC, REFLECTING, affine
from problems import field, given, line, repeated
from sides import Side, VaryingSide
from measures import check_below, check_near, check_order, largest

# -- corners -------------------------------------------------------------------

NINE_POINTS = """
grid X : 2d, boundary dirichlet sin(3*x)*exp(3*y), extent [0, 1]
input f on X
let h = spacing(x)
let K = stencil(X, [[1, 4, 1], [4, -20, 4], [1, 4, 1]])/(6*h^2)
fun A(u) = -K(u)
solve A(u) = 0*f by cg() until residual < 1e-13
let w on X = f
output u, m = (central(x)*central(y))(w)
"""


def harmonic(x, y):
    return np.sin(3*x)*np.exp(3*y)


def square(n):
    """Dirichlet sides all around, on the unit square."""
    wall = given(0)
    return Grid((n, n), [(wall, wall)]*2, (1/(n + 1),)*2)


def check_nine_points(workshop):
    """Of order 6 for harmonic functions, with the corners' values."""
    program, errors = workshop.compile(NINE_POINTS), []
    for n in (9, 19, 39):
        exact = harmonic(*square(n).coordinates())
        answer = program.run({"f": exact}, ["u", "m"])
        errors.append(largest(answer["u"] - exact))
        around = harmonic(*places(square(n), 1))
        weights = np.array([[1, 0, -1], [0, 0, 0], [-1, 0, 1]])*(n + 1)**2/4
        workshop.check_close("mixed differences, %d" % n, answer["m"],
                             stencil(around, weights, 1), 1e-11)
    check_order(workshop, "nine points, Laplace's equation", errors, 6, 0.5)
    check_below(workshop, "nine points, N = 39", errors[-1], 3e-10)


CROSSING = """
grid X : 2d, boundary x low reflecting, x high dirichlet exp(y - x),
    y low dirichlet x*cos(y) + 1, y high neumann 0.5, extent [[0, %r], [0, %r]]
input f on X
output r = stencil(X, %s)(f)
"""


def check_crossing(workshop):
    """Reads that cross a mirror, walls of functions and a slope, up to two
    places beyond."""
    weights = np.arange(25).reshape(5, 5)**2 % 7 - 3.0
    grid = Grid((6, 7), [(REFLECTING, given(0)), (given(0), Side(
        "neumann", 0.5))], (0.2, 0.1))
    values = {(0, 1): lambda x, y: np.exp(y - x),
              (1, 0): lambda x, y: x*np.cos(y) + 1}
    u = field(np.random.default_rng(20), grid)
    program = workshop.compile(CROSSING % (
        grid.extent(0)[1], grid.extent(1)[1], weights.tolist()))
    workshop.check_close(
        "5 by 5 weights across sides", program.run({"f": u}, ["r"])["r"],
        stencil(widened(u, grid, 2, values), weights, 2), ROUNDING)


# -- coefficients that are inputs ----------------------------------------------

CONDUCTION = """
grid X : 1d, boundary low dirichlet 0, high dirichlet 1, extent [0, 1]
input a on X
let D = forward(x)
fun arithmetic(u) = D'(stencil(x, [1/2, 1/2], from = 0)(a)*D(u))
fun harmonic(u) = D'(1/stencil(x, [1/2, 1/2], from = 0)(1/a)*D(u))
solve arithmetic(u) = 0*a by cg() until residual < 1e-13
solve harmonic(v) = 0*a by cg() until residual < 1e-13
output u, v
"""


def conducted(faces):
    """(a*u')' = 0 between 0 and 1: the flux is the same through all faces."""
    rises = 1/faces
    return np.cumsum(rises)[:-1]/np.sum(rises)


def check_conduction(workshop):
    program, errors = workshop.compile(CONDUCTION), []
    for n in (24, 49, 99):
        x = np.arange(n + 2)/(n + 1)
        for title, a in (("1 + x", 1 + x), ("1 + x^2", 1 + x**2)):
            inside = a[1:-1]
            # An input goes on linearly.
            wide = np.concatenate([[2*inside[0] - inside[1]], inside,
                                   [2*inside[-1] - inside[-2]]])
            answer = program.run({"a": inside}, ["u", "v"])
            workshop.check_close(
                title + ", arithmetic mean", answer["u"],
                conducted((wide[1:] + wide[:-1])/2), 1e-10)
            workshop.check_close(
                title + ", harmonic mean", answer["v"],
                conducted(2/(1/wide[1:] + 1/wide[:-1])), 1e-10)
            if title == "1 + x":
                errors.append(largest(answer["u"] -
                                      np.log(1 + x[1:-1])/np.log(2)))
    check_order(workshop, "conduction through 1 + x", errors, 2)


CARRIED = """
grid X : 1d, boundary low dirichlet 1, high reflecting, extent [0, 1], size 20
input a on X
input f on X = 0
evolve u from f by explicit(u -> -backward(x)(a*u), 0.01) for 800 steps
output u
"""


def check_carried(workshop):
    """A constant flow fills the channel with what comes in."""
    for a in (2.0, 0.5):
        u = workshop.compile(CARRIED).run({"a": np.full(20, a)}, ["u"])["u"]
        workshop.check_close("carried by %g" % a, u, np.ones(20),
                             1e-12)


# -- a solver of the script's own ----------------------------------------------

BICGSTAB = """let a = 2*y*(1 - x^2)
let b = -2*x*(1 - y^2)
fun A(u) = 0.05 - 0.02*laplace(u) + upwind(x, a, u) + upwind(y, b, u)
fun bicgstab() = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    return [u, r, r, r, dot(r, r)]
  }
  return [start, (u, r, r0, p, rho) -> {
    let v = linear(A)(p)
    let alpha = rho/dot(r0, v)
    let s = r - alpha*v
    let t = linear(A)(s)
    let omega = dot(t, s)/dot(t, t)
    let u1 = u + alpha*p + omega*s
    let r1 = s - omega*t
    let rho1 = dot(r0, r1)
    let beta = rho1/rho*alpha/omega
    return [u1, r1, r0, r1 + beta*(p - omega*v), rho1]
  }]
}
solve A(u) = g by bicgstab() until residual < 1e-12, at most 2000
"""


def check_bicgstab(workshop):
    """Steady convection and diffusion in a recirculating wind."""
    grid = Grid((15, 13), [(given(0), given(1)), (VaryingSide(
        "x", lambda x, y: x), given(0.5))], (2/16, 2/14), (-1.0, -1.0))
    x, y = grid.coordinates()

    def operator(u):
        return (0.05 - 0.02*grid.laplace(u) +
                upwind(grid, 0, 2*y*(1 - x**2), u) +
                upwind(grid, 1, -2*x*(1 - y**2), u))

    right = field(np.random.default_rng(21), grid)
    m, c = affine(operator, grid.shape)
    exact = np.linalg.solve(m, right.ravel() - c).reshape(grid.shape)
    script = Comparison(workshop, "bicgstab", grid, {"g": right}, BICGSTAB)
    script.value("recirculating wind", "u + 0*g", exact, tolerance=1e-9)
    script.run()


# -- walls with values ---------------------------------------------------------

FAS = """fun A(u) = u + u^3 - laplace(u)
fun newton(A, b) = {
  let d = diagonal(v -> v - laplace(v), b)
  let c = colour(b)
  return u -> {
    for k in 0 .. colours(b) - 1 {
      u = if c == k then u + (b - A(u))/(d + 3*u^2) else u
    }
  }
}
fun cycles(count) = repeated(fas(newton, 2, 2, levels = %d)(A, g), count, g)
"""
WALLED = {
    "1-D": (line(31, given(1), given(-0.5), 1/32), 5),
    "2-D, a varying wall": (Grid(
        (15, 15), [(given(1), VaryingSide("sin(3*y)",
                                          lambda x, y: np.sin(3*y))),
                   (given(2), given(-1))], (1/16, 1/16)), 4),
    "2-D, a wall and a mirror": (Grid(
        (15, 16), [(given(1), given(2)), (REFLECTING, REFLECTING)],
        (1/16, 1/16)), 3),
}


def by_newton(grid, right):
    """u + u^3 - laplace(u) = right."""
    m, c = affine(lambda u: u - grid.laplace(u), grid.shape)
    u = np.zeros(right.size)
    for _ in range(30):
        u = u - np.linalg.solve(m + np.diag(3*u**2),
                                m @ u + c + u**3 - right.ravel())
    return u.reshape(right.shape)


def check_fas(workshop):
    """The full approximation scheme finds the solution of a nonlinear equation
    in fifteen cycles of two sweeps before and two after."""
    for title, (grid, levels) in WALLED.items():
        right = field(np.random.default_rng(22), grid)
        script = Comparison(workshop, title, grid, {"g": right}, FAS % levels)
        exact = by_newton(grid, right)
        script.value("15 cycles of fas", "cycles(15)", exact)
        script.run()


LAPLACE = """
grid X : 2d, boundary dirichlet x*y, extent [0, 1], size 127
input f on X = 0
fun A(u) = -laplace(u)
solve A(u) = f by cg() until residual < 1e-10
output u
"""


def check_laplace(workshop):
    """Walls alone: the residual is relative to what they do."""
    x, y = square(127).coordinates()
    workshop.check_close("Laplace's equation", workshop.compile(LAPLACE).run(
        {}, ["u"])["u"], x*y, 1e-8)


# -- slopes only, or nothing to hold on to -------------------------------------

FACTOR = """
grid X : 2d, boundary %s, size [31, 32]
param n = 1
input f on X
fun A(u) = -laplace(u)
fun cycle(u) = v_cycle(2, 1, %s, 5)(A, like(u, 0))(u)
evolve u from f by cycle for n steps
evolve v from u by cycle for 1 steps
output r = norm(A(u)) + 0*f, s = norm(A(v)) + 0*f
"""


def factor(workshop, sides, smoother):
    """By which the twelfth cycle reduces the residual."""
    text = FACTOR % (sides, smoother)
    if "neumann" not in sides and "reflecting" not in sides:
        text = text.replace("[31, 32]", "[31, 31]")
    shape = (31, 31 if "[31, 31]" in text else 32)
    f = np.random.default_rng(23).standard_normal(shape)
    answer = workshop.compile(text).run({"f": f}, ["r", "s"], {"n": 9})
    return answer["s"][0, 0]/answer["r"][0, 0]


def check_factors(workshop):
    """A cycle is as good at slopes as at walls."""
    for smoother in ("jacobi(4/5)", "red_black()"):
        known = factor(workshop, "dirichlet 0", smoother)
        for slope in ("0.5", "0"):
            check_near(
                workshop, "factor at neumann %s of that at walls, %s" %
                (slope, smoother), factor(
                    workshop, "x dirichlet 0, y low neumann %s, "
                    "y high reflecting" % slope, smoother)/known, 1, 0.2)


SINGULAR = {
    "1-D, reflecting": line(16, REFLECTING, REFLECTING),
    "2-D, reflecting": Grid((8, 8), [(REFLECTING,)*2]*2, (1.0, 1.0)),
    "3-D, reflecting": Grid((8, 8, 8), [(REFLECTING,)*2]*3, (1.0,)*3),
    "2-D, periodic": Grid((16, 16), [(PERIODIC,)*2]*2, (0.5, 0.5)),
    "3-D, periodic and reflecting": Grid(
        (4, 8, 4), [(PERIODIC,)*2, (REFLECTING,)*2, (PERIODIC,)*2], (1.0,)*3),
}
# Whether they keep the mean: Jacobi's iteration does not where the diagonal
# differs from cell to cell, as at mirrors, and Gauss and Seidel's nowhere.
FINDERS = {
    "v_cycle(levels = 2)": True, "w_cycle(levels = 2)": True,
    "f_cycle(levels = 2)": True, "fmg(levels = 2)": True,
    "v_cycle(2, 1, red_black(), 2)": True,
    "fas(jacobi(4/5), levels = 2)": True, "cg()": True, "jacobi()": False,
    "red_black()": False,
}


def check_singular(workshop):
    """-laplace(u) = b, b without a mean: solutions differ by constants."""
    for title, grid in SINGULAR.items():
        numbers = np.random.default_rng(24)
        u, right = field(numbers, grid), field(numbers, grid)
        right -= np.mean(right)
        m, _ = affine(lambda u: -grid.laplace(u), grid.shape)
        exact = (np.linalg.pinv(m) @ right.ravel()).reshape(grid.shape)
        script = Comparison(workshop, title, grid, {"f": u, "g": right},
                            "fun A(u) = -laplace(u)\n")
        for number, (finder, keeps) in enumerate(FINDERS.items()):
            script.script += ("solve A(v%d) = g from f by %s until residual < "
                              "1e-9, at most 5000\n" % (number, finder))
            script.value(finder, "v%d - %s" % (
                number, "0" if keeps else "mean(v%d)" % number),
                         exact + (np.mean(u) if keeps else 0), tolerance=1e-7)
        script.run()


ODD = {"1-D": line(7, PERIODIC, PERIODIC, 0.3),
       "2-D": Grid((5, 9), [(PERIODIC,)*2]*2, (0.3, 0.2)),
       "3-D": Grid((3, 5, 4), [(PERIODIC,)*2]*3, (0.3, 0.2, 0.4))}


def check_odd(workshop):
    """Circles of odd numbers of cells."""
    for title, grid in ODD.items():
        right = field(np.random.default_rng(25), grid)
        m, _ = affine(lambda u: u - grid.laplace(u), grid.shape)
        exact = np.linalg.solve(m, right.ravel()).reshape(grid.shape)
        script = Comparison(workshop, title + ", odd circles", grid,
                            {"g": right}, "fun A(u) = u - laplace(u)\n")
        for name in ("jacobi", "red_black"):
            script.solve(name, "A", "g", "g", name + "()", 6000, exact)
        script.value("diagonal", "diagonal(v -> -laplace(v), g)", np.full(
            grid.shape, sum(2/h**2 for h in grid.spacings)))
        script.run()


# -- the kernel and the network ------------------------------------------------

COUPLED = """fun R(u) = {
  let p = grad(u)
  return -grad'(p/(1 + inner(p, p)))
}
"""
COUPLED_GRIDS = {
    "3-D": Grid((2, 2, 2), [
        (VaryingSide("y + z", lambda x, y, z: y + z), REFLECTING),
        (REFLECTING, REFLECTING), (PERIODIC, PERIODIC)], (1.0,)*3),
    "3-D, more cells": Grid((4, 3, 5), [
        (REFLECTING, VaryingSide("y - z", lambda x, y, z: y - z)),
        (VaryingSide("x*z", lambda x, y, z: x*z), REFLECTING),
        (PERIODIC, PERIODIC)], (0.5, 1.0, 0.75)),
    "2-D": Grid((5, 4), [
        (PERIODIC, PERIODIC), (VaryingSide("cos(x)", lambda x, y: np.cos(x)),
                               REFLECTING)], (0.5, 0.3)),
}


def on_faces(grid, width=1):
    """Where the rows of grad are: one more at low walls."""
    return tuple(slice(0 if pair[0].is_vertex else 1, 1 + n)
                 for n, pair in zip(grid.shape, grid.sides))


def gradient(u, grid, values):
    """All components have the rows of all."""
    wide = widened(u, grid, 1, values)
    rows, parts = on_faces(grid), []
    for axis, h in enumerate(grid.spacings):
        ahead = list(rows)
        ahead[axis] = slice(rows[axis].start + 1, rows[axis].stop + 1)
        parts.append((wide[tuple(ahead)] - wide[rows])/h)
    return np.array(parts)


def check_coupled(workshop):
    """A flux that couples the components, of a state and of a state plus a
    rate; as a kernel and as a network."""
    for title, grid in COUPLED_GRIDS.items():
        values = {(axis, end): side.function
                  for axis, pair in enumerate(grid.sides)
                  for end, side in enumerate(pair)
                  if isinstance(side, VaryingSide)}
        zero = {place: lambda *c: 0*c[0] for place in values}
        size = int(np.prod(grid.shape))
        linear = np.array([gradient(e.reshape(grid.shape), grid, zero).ravel()
                           for e in np.eye(size)]).T

        def rate(u):
            p = gradient(u, grid, values)
            p = p/(1 + np.sum(p**2, axis=0))
            return -(linear.T @ p.ravel()).reshape(grid.shape)

        u = field(np.random.default_rng(26), grid)
        text = grid.text() + "input f on X\n" + COUPLED + (
            "evolve u from f by u -> R(u + R(u)) for 1 steps\n"
            "evolve v from f by u -> u + 0.1*R(u + 0.05*R(u)) for 3 steps\n"
            "output u, v\n")
        for form in FORMS:
            program = workshop.in_memory(workshop.write("coupled.pde", text),
                                         *FORMS[form])
            answer = program.run({"f": u}, ["u", "v"])
            workshop.check_close("%s, coupled, %s" % (title, form),
                                 answer["u"], rate(u + rate(u)), ROUNDING)
            workshop.check_close(
                "%s, coupled steps, %s" % (title, form), answer["v"], repeated(
                    lambda w: w + 0.1*rate(w + 0.05*rate(w)), 3, u), ROUNDING)


# Functions that are their argument for some numbers only: what they are beyond
# the sides, for the value that is prescribed there. Parameters are -1 and 3.
PIECEWISE = (
    ("max(f, 0)", -3, 0), ("relu(f)", -3, 0), ("f*step(f)", -3, 0),
    ("abs(f)", -3, 3), ("sqrt(f^2)", -3, 3), ("hypot(f, 0)", -3, 3),
    ("clamp(f, -1, 2)", 3, 2), ("if f > -1 then f else 7", -3, 7),
    ("mod(f, 2)", 3, 1), ("f - max(f - 2, 0)", 3, 2),
    ("min(f, 100)", 1000, 100), ("if f < 100 then f else 0", 1000, 0),
    ("truncated_tv_flux(f, 20)", 1000, 20), ("sign(k)*f", 3, -3),
    ("if k > 0 then f else 2*f", 3, 6),
    ("if norm(f) > 2 then 2*f else f", 3, 6),
    ("if size(x) > 5 then 2*f else f", 3, 6),
    ("f + floor(n/3)*f", 3, 6), ("f*step(W[0])", 3, 0),
    ("if k > 0 then f else f", 3, 3), ("max(f, f)", 3, 3),
    ("prolong(restrict(f))", 3, 3), ("2*prolong(restrict(f))", 3, 6),
    ("prolong(restrict(f))^2", 3, 9))


def check_piecewise(workshop):
    for form in FORMS:
        for function, side, beyond in PIECEWISE:
            text = ("grid X : 1d, boundary dirichlet %r, size 7\n"
                    "param k = -1.0, n = 3\nparam W : real[1] = -1\n"
                    "input f on X\noutput a = laplace(%s), b = %s\n" % (
                        side, function, function))
            program = workshop.in_memory(
                workshop.write("piecewise.pde", text), "-O", "0", *FORMS[form])
            answer = program.run({"f": np.arange(1.0, 8.0)}, ["a", "b"])
            b = np.concatenate([[beyond], answer["b"], [beyond]])
            workshop.check_close(
                "laplace(%s), dirichlet %r, %s" % (function, side, form),
                answer["a"], np.diff(b, 2), ROUNDING)


def check_short_grids(workshop):
    """An equation with a unique solution whose operator hardly sees
    constants beside the rest."""
    text = ("grid X : 1d, boundary reflecting, extent [0, 1e-4], size 100\n"
            "input f on X\nfun A(u) = u - laplace(u)\nsolve A(u) = f by cg()"
            " until residual < 1e-9\noutput u\n")
    program = workshop.in_memory(workshop.write("short.pde", text))
    answer = program.run({"f": np.ones(100)}, ["u"])
    check_near(workshop, "the constant of a short grid", answer["u"].mean(), 1,
               1e-6)


LISTS = """
grid X : 1d, boundary periodic, size 6
grid Y : 2d, boundary periodic, size [3, 5]
input f on X
input g on Y
output total = sum([f, g]), average = mean([f, [g, 2*f]]), least = min([f, g])
output most = max([f, g]), length = norm([f, g]), size = norm_max([f, g])
output product = dot([f, g], [2*f, g^2])
"""


def check_lists(workshop):
    """Reductions of lists are those of all their entries' elements."""
    numbers = np.random.default_rng(31)
    f, g = numbers.standard_normal(6), numbers.standard_normal((3, 5))
    both = np.concatenate([f, g.ravel()])
    expected = {"total": np.sum(both),
                "average": np.mean(np.concatenate([both, 2*f])),
                "least": np.min(both), "most": np.max(both),
                "length": np.sqrt(np.sum(both**2)),
                "size": np.max(np.abs(both)),
                "product": 2*np.sum(f**2) + np.sum(g**3)}
    for form in FORMS:
        program = workshop.in_memory(workshop.write("lists.pde", LISTS),
                                     *FORMS[form])
        answer = program.run({"f": f, "g": g}, list(expected))
        for name, value in expected.items():
            workshop.check_close("%s of lists, %s" % (name, form),
                                 np.asarray(answer[name]), np.asarray(value),
                                 ROUNDING)


CHECKS = (check_nine_points, check_crossing, check_conduction, check_carried,
          check_bicgstab, check_fas, check_laplace, check_factors,
          check_singular, check_odd, check_coupled, check_lists,
          check_piecewise, check_short_grids)


def main():
    workshop = Workshop(sys.argv[1])
    for check in CHECKS:
        if len(sys.argv) < 3 or check.__name__ in sys.argv[2:]:
            check(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
