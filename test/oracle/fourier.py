#!/usr/bin/env python3
"""What `pdec check` estimates by local Fourier analysis, against what compiled
programs do to random errors, against the harmonics of the textbooks, and
against numbers printed there.

U. Trottenberg, C. W. Oosterlee, A. Schueller, Multigrid (2001), have the
analysis in chapter 4.

usage: fourier.py path/to/pdec
"""

import itertools
import json
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Workshop

POISSON = "fun A(u) = -laplace(u)\n"


def grid(rank, size, sides="dirichlet 0"):
    return "grid X : %dd, boundary %s, extent [0, 1], size %d\n" % (
        rank, sides, size)


def estimates(workshop, script):
    """By the name of the solved field."""
    path = workshop.write("estimated.pde", script)
    printed = subprocess.run([workshop.pdec, path, "--emit", "cert", "-o", "-"],
                             check=True, capture_output=True, text=True).stdout
    return {made["field"]: made for made in json.loads(printed)["estimates"]}


def is_near(made, factor):
    """To two per cent; a method that solves at once leaves rounding errors."""
    return abs(made.get("factor", np.nan) - factor) <= 0.02*factor + 1e-9


def is_only(made, factor):
    """Whether an estimate has this smoothing factor, and no other."""
    sweeps = made.get("smoothing_factors", [])
    return len(sweeps) == 1 and abs(sweeps[0] - factor) <= 0.01*factor


# -- programs ------------------------------------------------------------------


class Measured:
    """A script of solvers on one grid, each with so many passes until its error
    has settled, and as many in which it is measured."""

    def __init__(self, workshop, title, text, shape, is_singular=False):
        self.workshop, self.title, self.shape = workshop, title, shape
        self.is_singular = is_singular
        self.script = text + "input f on X\ninput zero on X = 0\n"
        self.solved = []

    def add(self, solver, passes, operator="A"):
        name = "u%d" % len(self.solved)
        for field, start in ((name, "f"), (name + "b", name)):
            self.script += (
                "solve %s(%s) = zero from %s by %s until residual < 0, at most "
                "%d else accept\noutput %s\n" %
                (operator, field, start, solver, passes, field))
        self.solved.append((name, solver, passes))
        return self

    def norms(self, program, name, start):
        """Of the error, before and after the passes that are measured."""
        answer = program.run({"f": start}, [name, name + "b"])
        if not self.is_singular:
            return [np.linalg.norm(answer[field])
                    for field in (name, name + "b")]
        # Errors have no mean, but for rounding, which is never reduced: so they
        # are taken before they are as small as that, and enlarged.
        for _ in range(4):
            error = answer[name] - np.mean(answer[name])
            start = error/np.linalg.norm(error)
            answer = program.run({"f": start}, [name])
        return [1, np.linalg.norm(answer[name] - np.mean(answer[name]))]

    def run(self):
        start = np.random.default_rng(7).uniform(-1, 1, self.shape)
        if self.is_singular:
            start -= np.mean(start)
        program = self.workshop.compile(self.script)
        found = estimates(self.workshop, self.script)
        for name, solver, passes in self.solved:
            norms = self.norms(program, name, start)
            measured = (norms[1]/norms[0])**(1/passes)
            estimate = found[name].get("factor", np.nan)
            print("%-20s %-44s measured %.4f, estimated %.4f" %
                  (self.title, solver, measured, estimate))
            self.workshop.check(
                "%s: %s" % (self.title, solver),
                abs(estimate - measured) <= 0.1*min(measured, 1 - measured),
                "measured %g, estimated %s" % (measured, found[name]))


# Nothing of the library: a smoother of four terms, and a cycle whose coarsest
# grid is smoothed.
OWN = """
fun richardson_twice(A, b) = u -> {
  let v = u + 0.15*spacing(x)^2*(b - A(u))
  return v + 0.3*spacing(x)^2*(b - A(v))
}
hierarchy own_cycle(A, b, u, levels) = {
  let smooth = jacobi(2/3)(A, b)
  return if levels == 1
      then repeated(smooth, 3, u)
      else {
        let v = smooth(u)
        let r = restrict(b - A(v))
        let e = own_cycle(linear(A), r, like(r, 0), levels - 1)
        return smooth(v + 0.9*prolong(e))
      }
}
fun own(levels) = (A, b) -> u -> own_cycle(A, b, u, levels)
fun two_grids(passes) = (A, b) -> u -> {
  let v = repeated(jacobi(2/3)(A, b), 1, u)
  let r = restrict(b - A(v))
  let smooth = jacobi(2/3)(linear(A), r)
  let e = fixpoint e from like(r, 0) { smooth(e) } until change < 1e-300,
      at most passes else accept
  return v + prolong(e)
}
fun B(u) = u - 0.001*laplace(u)
"""


# Two, four and three colours.
MIRRORED = """
fun A(u) = u - 0.001*laplace(u)
let across = stencil(X, [[-1, -4, -1], [-4, 20.5, -4], [-1, -4, -1]])
fun nine(u) = across(u)
fun plate(u) = u + 1e-6*laplace(laplace(u))
"""


# Jacobi's method with the diagonal inside everywhere: it takes no notice of
# sides, and coarser grids have mirrors where the finer ones have.
INSIDE = """
fun A(u) = u - laplace(u)
fun inside(omega) = (A, b) -> {
  let d = norm_max(diagonal(A, b))
  return u -> u + omega*((b - A(u))/d)
}
"""


def check_measured(workshop):
    line = Measured(workshop, "1-D, dirichlet", grid(1, 63) + POISSON, 63)
    line.add("jacobi(2/3)", 3000).add("red_black()", 1500)
    line.add("v_cycle(1, 1, jacobi(2/3), levels = 2)", 8)
    line.add("v_cycle(1, 1, jacobi(2/3), levels = 4)", 12)
    line.add("w_cycle(1, 1, jacobi(2/3), levels = 4)", 12)
    line.add("v_cycle(2, 1, jacobi(1/2), levels = 3)", 12)
    line.run()
    plane = Measured(workshop, "2-D, dirichlet", grid(2, 63) + POISSON +
                     "fun adjoint(u) = grad'(grad(u))\n", (63, 63))
    plane.add("jacobi(4/5)", 2500).add("red_black()", 1200)
    plane.add("v_cycle(1, 1, jacobi(4/5), levels = 3)", 15)
    plane.add("v_cycle(1, 1, red_black(), levels = 2)", 12)
    plane.add("v_cycle(1, 1, red_black(), levels = 4)", 12)
    plane.add("w_cycle(1, 1, red_black(), levels = 4)", 12)
    plane.add("w_cycle(1, 1, jacobi(4/5), levels = 4)", 15)
    plane.add("f_cycle(2, 1, red_black(), levels = 4)", 12)
    plane.add("fmg(1, 1, red_black(), levels = 3)", 10)
    plane.add("fas(jacobi(4/5), 1, 1, coarse = 40, levels = 3)", 30)
    plane.add("v_cycle(1, 1, red_black(), levels = 3)", 12, "adjoint")
    plane.run()
    torus = Measured(workshop, "2-D, periodic", grid(2, 64, "periodic") +
                     POISSON, (64, 64), is_singular=True)
    torus.add("v_cycle(1, 1, red_black(), levels = 3)", 5)
    torus.add("v_cycle(1, 1, jacobi(4/5), levels = 3)", 9)
    torus.add("w_cycle(1, 1, jacobi(4/5), levels = 3)", 9)
    torus.run()
    mirrors = Measured(workshop, "2-D, reflecting", grid(2, 48, "reflecting") +
                       MIRRORED, (48, 48))
    mirrors.add("jacobi(0.9)", 200).add("red_black()", 100)
    mirrors.add("chebyshev(1, 19.5)", 20)
    mirrors.add("red_black()", 200, "nine").add("red_black()", 200, "plate")
    mirrors.run()
    for rank, size, omega in ((1, 64, 2/3), (2, 32, 4/5)):
        cells = Measured(workshop, "%d-D, cells" % rank,
                         grid(rank, size, "reflecting") + INSIDE, (size,)*rank)
        for text in ("v_cycle(1, 1, inside(%.17g), levels = 3)",
                     "w_cycle(2, 1, inside(%.17g), levels = 3)"):
            cells.add(text % omega, 12)
        cells.run()
    # Waves along one axis alone are the slowest ones.
    box = Measured(workshop, "2-D, closed", grid(2, 16, "reflecting") + POISSON,
                   (16, 16), is_singular=True)
    box.add("jacobi(4/5)", 400).add("red_black()", 200)
    box.run()
    cube = Measured(workshop, "3-D, dirichlet", grid(3, 31) + POISSON,
                    (31, 31, 31))
    cube.add("jacobi(6/7)", 600).add("red_black()", 300)
    cube.add("v_cycle(1, 1, red_black(), levels = 3)", 12)
    cube.add("v_cycle(2, 1, red_black(), levels = 3)", 12)
    cube.add("v_cycle(1, 1, jacobi(6/7), levels = 3)", 25)
    cube.add("w_cycle(1, 1, jacobi(6/7), levels = 3)", 25)
    cube.add("w_cycle(1, 1, red_black(), levels = 3)", 12)
    cube.run()
    own = Measured(workshop, "1-D, own", grid(1, 63) + POISSON + OWN, 63)
    own.add("two_grids(1000)", 12, "B").add("own(3)", 40, "B").add("richardson_twice", 2000)
    own.run()


# -- harmonics -----------------------------------------------------------------


def harmonics(theta):
    """theta + pi*alpha for all alpha."""
    return [np.array(theta) + np.pi*np.array(alpha)
            for alpha in itertools.product((0, 1), repeat=len(theta))]


def laplacian(theta, h=1):
    return np.sum(2 - 2*np.cos(theta))/h**2


def jacobi(omega, theta):
    return np.diag([1 - omega*laplacian(wave)/(2*len(theta))
                    for wave in harmonics(theta)]).astype(complex)


def red_black(theta):
    """A chessboard couples each harmonic with that shifted along all axes."""
    whole = jacobi(1, theta)
    one = np.eye(len(whole))
    other = one[::-1]
    red, black = (one + other)/2, (one - other)/2
    return (black @ whole + red) @ (red @ whole + black)


def two_grid(smoother, pre, post, theta, transfer):
    waves = harmonics(theta)
    a = np.diag([laplacian(wave) for wave in waves])
    restrict = np.array([[np.prod([transfer(t) for t in wave])
                          for wave in waves]])
    coarse = laplacian(2*np.array(theta), h=2)
    correct = np.eye(len(waves)) - restrict.conj().T @ restrict @ a/coarse
    smooth = np.linalg.matrix_power
    return smooth(smoother(theta), post) @ correct @ smooth(smoother(theta),
                                                            pre)


def full_weighting(t):
    return (1 + np.cos(t))/2


def radius(matrix):
    return np.max(np.abs(np.linalg.eigvals(matrix)))


def low_frequencies(rank, parts):
    """In (-pi/2, pi/2], but zero."""
    steps = (np.arange(parts) + 1)/parts*np.pi - np.pi/2
    for theta in itertools.product(steps, repeat=rank):
        if np.max(np.abs(theta)) > 1e-9:
            yield theta


def smoothing(smoother, rank, parts):
    keep = np.diag([0.0] + [1.0]*(2**rank - 1))
    # pi/2 itself is a high frequency.
    return max(radius(keep @ smoother(np.array(theta)*(1 - 1e-9)))
               for theta in low_frequencies(rank, parts))


def check_harmonics(workshop):
    for rank, size, parts in ((1, 1023, 512), (2, 255, 48), (3, 63, 16)):
        omegas = {1: (2/3, 1/2), 2: (4/5, 1), 3: (6/7,)}[rank]
        smoothers = [("jacobi(%.17g)" % omega,
                      lambda theta, omega=omega: jacobi(omega, theta))
                     for omega in omegas] + [("red_black()", red_black)]
        script = grid(rank, size) + POISSON + "input f on X = 0\n"
        expected = {}
        for place, (text, smoother) in enumerate(smoothers):
            for pre, post in ((1, 0), (1, 1), (2, 1)):
                name = "u%d%d%d" % (place, pre, post)
                script += ("solve A(%s) = f by v_cycle(%d, %d, %s, levels = 2) "
                           "until residual < 1\noutput %s\n" %
                           (name, pre, post, text, name))
                factor = max(radius(two_grid(smoother, pre, post, theta,
                                             full_weighting))
                             for theta in low_frequencies(rank, parts))
                expected[name] = (text, pre, post, factor,
                                  smoothing(smoother, rank, parts))
        found = estimates(workshop, script)
        for name, (text, pre, post, factor, sweep) in expected.items():
            title = "%d-D, %s, %d and %d sweeps" % (rank, text, pre, post)
            made = found[name]
            # Both look at some frequencies only, not at the same.
            workshop.check(title, is_near(made, factor),
                           "%s, expected %g" % (made, factor))
            workshop.check(title + ": smoothing", is_only(made, sweep),
                           "%s, expected %g" % (made, sweep))


# -- printed numbers -----------------------------------------------------------

# Rank, solver, factor of a pass (None: not printed), smoothing factor.
PRINTED = [
    (1, "v_cycle(1, 0, jacobi(2/3), levels = 2)", 1/3, 1/3),
    (2, "v_cycle(1, 0, jacobi(4/5), levels = 2)", 0.600, 0.600),
    (2, "v_cycle(1, 1, jacobi(4/5), levels = 2)", 0.360, 0.600),
    (2, "v_cycle(2, 1, jacobi(4/5), levels = 2)", 0.216, 0.600),
    (2, "v_cycle(1, 0, red_black(), levels = 2)", 0.250, 0.250),
    (2, "v_cycle(1, 1, red_black(), levels = 2)", 0.074, 0.250),
    (2, "v_cycle(2, 1, red_black(), levels = 2)", 0.053, 0.250),
    (2, "v_cycle(2, 2, red_black(), levels = 2)", 0.041, 0.250),
    (3, "v_cycle(1, 0, jacobi(6/7), levels = 2)", 5/7, 5/7),
    (3, "v_cycle(1, 0, red_black(), levels = 2)", 4/9, 4/9),
    (1, "jacobi(2/3)", None, 1/3),
    (2, "jacobi(4/5)", None, 0.600),
    (1, "red_black()", None, 0.125),
    (2, "red_black()", None, 0.250),
    (3, "red_black()", None, 4/9),
]


def check_printed(workshop):
    for rank, solver, factor, sweep in PRINTED:
        made, = estimates(workshop, grid(rank, 255) + POISSON +
                          "input f on X = 0\nsolve A(u) = f by " + solver +
                          " until residual < 1\noutput u\n").values()
        title = "printed: %d-D, %s" % (rank, solver)
        if factor:
            workshop.check(title, is_near(made, factor),
                           "%s, expected %g" % (made, factor))
        workshop.check(title + ": smoothing", is_only(made, sweep),
                       "%s, expected %g" % (made, sweep))


# -- what is not linear --------------------------------------------------------

REFUSED = {
    "may end before": POISSON + OWN + "solve B(u) = f by two_grids(20) until "
                      "residual < 1\n",
    "not linear": "fun A(u) = u + u^3 - laplace(u)\nsolve A(u) = f by "
                  "(A, b) -> u -> u + 0.1*(b - A(u)) until residual < 1\n",
    "made of it": POISSON + "solve A(u) = f by cg() until residual < 1\n",
    "data that are not known": "input a on X\nfun A(u) = a*u - laplace(u)\n"
                               "solve A(u) = f by jacobi() until residual < 1\n",
    "differs from cell to cell": "fun A(u) = (2 + x)*u - laplace(u)\n"
                                 "solve A(u) = f by jacobi() until residual < "
                                 "1\n",
}


def check_refused(workshop):
    for reason, text in REFUSED.items():
        made, = estimates(workshop, grid(1, 63) + "input f on X = 0\n" + text +
                          "output u\n").values()
        workshop.check("refused: " + reason, "factor" not in made and
                       reason in made["obstacle"], str(made))


def main():
    workshop = Workshop(sys.argv[1])
    check_printed(workshop)
    check_harmonics(workshop)
    check_refused(workshop)
    check_measured(workshop)
    return workshop.finish()


sys.exit(main())
