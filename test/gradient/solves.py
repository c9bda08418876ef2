"""Derivatives of solutions: those of the equation, whatever solved it.

usage: solves.py path/to/pdec

What they should be is found from dense matrices by complex steps, which share
nothing with the solvers. The adjoint equation takes about as many passes as the
equation itself."""

import os
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from library import Library  # noqa: E402
from programs import FORMS, Workshop  # noqa: E402

N, STEP = 15, 1e-30
START = """grid X : 1d, boundary low dirichlet b, high dirichlet 0.5, size 15
param lambda = 0.7 where lambda > 0, tau = 0.9, b = 0.25, c = 0.4
input f on X = 0
input g on X = 0
input d on X = 0
fun A(u) = %s
"""
SOLVE = "solve A(u) = f + b*g by %s until %s, at most 2000\n"
STEPS = """fun step(u) = {
  solve A(w) = u + b*g from u by %s until %s, at most 2000
  return w
}
evolve u from f by step for 3 steps
"""
BY_CG_SOLVE = """fun step(u) = cg_solve(A, u + b*g, u, 1e-14, 200)
evolve u from f by step for 3 steps
"""
DERIVATIVES = """let J = sum(sin(u)) + dot(u, g)
let t = derivative(u, f, d)
output u, t, tg = derivative(u, g, d), gf = gradient(J, f),
    gg = gradient(J, g), gl = like(f, gradient(J, lambda)),
    gt = like(f, gradient(J, tau)), gb = like(f, gradient(J, b)),
    h = derivative(gradient(J, f), g, d)
"""
PARAMS = {"lambda": 0.7, "tau": 0.9, "b": 0.25, "c": 0.4}
FIELDS = ["f", "g", "d"]
OUTPUTS = ["u", "t", "tg", "gf", "gg", "gl", "gt", "gb", "h"]

SYMMETRIC = "(1 + lambda*g^2)*u - tau*laplace(u)"
TURNED = SYMMETRIC + " + c*central(x)(u)"
NONLINEAR = SYMMETRIC + " + lambda*u^3/3"
RESIDUAL = "residual < 1e-13"

# A, the solver, the condition.
CASES = [
    (SYMMETRIC, "cg()", RESIDUAL),
    (SYMMETRIC, "cg(by = v_cycle(2, 2))", RESIDUAL),
    (SYMMETRIC, "minres()", RESIDUAL),
    (SYMMETRIC, "chebyshev(1, 6)", RESIDUAL),
    (SYMMETRIC, "w_cycle(smoother = red_black(), levels = 2)", RESIDUAL),
    (TURNED, "jacobi(4/5)", "change < 1e-14"),
    (TURNED, "red_black()", RESIDUAL),
    (TURNED, "bicgstab()", RESIDUAL),
    (TURNED, "gmres()", RESIDUAL),
    (TURNED, "v_cycle(levels = 3)", RESIDUAL),
    (TURNED, "f_cycle(levels = 2)", RESIDUAL),
    (TURNED, "fmg(levels = 2)", RESIDUAL),
    (NONLINEAR, "newton()", "residual < 1e-13"),
    (NONLINEAR, "newton(by = cg())", "change < 1e-12"),
    (NONLINEAR, "anderson(omega = 0.2)", RESIDUAL),
    (NONLINEAR, "fas(jacobi(4/5), levels = 2)", RESIDUAL),
]
# Both forms have the same bits: that is compared for some.
IN_BOTH_FORMS = {"bicgstab()", "newton()", "v_cycle(levels = 3)"}
# In steps that solve.
STEPPING = [(TURNED, "bicgstab()", RESIDUAL), (NONLINEAR, "newton()", RESIDUAL),
            (SYMMETRIC, "cg_solve", "")]


class Script:
    params, fields, outputs, shape = list(PARAMS), FIELDS, OUTPUTS, (N,)


class Dense:
    """The equation as matrices, of numbers that may be complex."""

    def __init__(self, text, steps):
        self.isTurned, self.isNonlinear = "central" in text, "^3" in text
        self.steps = steps

    @staticmethod
    def difference(b):
        """The Laplacian, the central difference, and their constant parts."""
        lap = np.diag(np.full(N, -2.0)) + np.eye(N, k=1) + np.eye(N, k=-1)
        mid = (np.eye(N, k=1) - np.eye(N, k=-1))/2
        constants = np.zeros((2, N), complex)
        # The vertices beyond the last cells have the values of the sides.
        constants[0, 0], constants[0, -1] = b, 0.5
        constants[1, 0], constants[1, -1] = -b/2, 0.5/2
        return lap, mid, constants

    def solution(self, f, g, params):
        lap, mid, constants = self.difference(params["b"])
        tau, c = params["tau"], params["c"] if self.isTurned else 0
        matrix = np.diag(1 + params["lambda"]*g**2) - tau*lap + c*mid
        for _ in range(self.steps):
            right = f + params["b"]*g + tau*constants[0] - c*constants[1]
            u = np.linalg.solve(matrix, right)
            for _ in range(30 if self.isNonlinear else 0):
                rest = right - matrix@u - params["lambda"]*u**3/3
                slope = matrix + np.diag(params["lambda"]*u**2)
                u = u + np.linalg.solve(slope, rest)
            f = u
        return f

    def objective(self, f, g, params):
        u = self.solution(f, g, params)
        return np.sum(np.sin(u)) + u@g

    def gradient(self, f, g, params):
        units = 1j*STEP*np.eye(N)
        return np.array([self.objective(f + unit, g, params).imag
                         for unit in units])/STEP

    def expected(self, f, g, d):
        small = 1j*STEP
        result = {"u": self.solution(f, g, PARAMS).real,
                  "t": self.solution(f + small*d, g, PARAMS).imag/STEP,
                  "tg": self.solution(f, g + small*d, PARAMS).imag/STEP,
                  "gf": self.gradient(f, g, PARAMS),
                  "gg": np.array([self.objective(f, g + unit, PARAMS).imag
                                  for unit in small*np.eye(N)])/STEP}
        for name, key in (("gl", "lambda"), ("gt", "tau"), ("gb", "b")):
            changed = dict(PARAMS, **{key: PARAMS[key] + small})
            value = self.objective(f, g, changed).imag/STEP
            result[name] = np.full(N, value)
        # Central differences, extrapolated.
        rates = [(self.gradient(f, g + e*d, PARAMS)
                  - self.gradient(f, g - e*d, PARAMS))/(2*e)
                 for e in (2e-3, 1e-3)]
        result["h"] = (4*rates[1] - rates[0])/3
        return result


def check(workshop, text, solver, condition, steps=1):
    numbers = np.random.default_rng(5)
    fields = {name: numbers.uniform(-1, 1, N) for name in FIELDS}
    wanted = Dense(text, steps).expected(**fields)
    solving = (SOLVE if steps == 1 else STEPS) % (solver, condition)
    if solver == "cg_solve":
        solving = BY_CG_SOLVE
    results = []
    for form, options in FORMS.items():
        if results and solver not in IN_BOTH_FORMS:
            break
        library = Library(workshop, START % text + solving + DERIVATIVES, "-O",
                          "0", *options)
        found = library.run(Script, fields, PARAMS)
        results.append(found)
        for name in OUTPUTS:
            workshop.check_close("%s, %s, %d: %s" % (solver, form, steps, name),
                                 found[name], wanted[name], 1e-9)
    if len(results) > 1:
        workshop.check(solver + ": bits", all(
            results[0][name].tobytes() == results[1][name].tobytes()
            for name in OUTPUTS))


def check_passes(workshop, solver):
    """The adjoint equation takes as many passes as the equation, or nearly."""
    text = START % TURNED + SOLVE % (solver, RESIDUAL)
    library = Library(workshop, text + "output u, g = gradient(sum(u), f)\n",
                      "-O", "0")
    Script.outputs, passes = ["u", "g"], {}
    numbers = np.random.default_rng(5)
    library.run(Script, {name: numbers.uniform(-1, 1, N) for name in FIELDS},
                PARAMS, passes=passes)
    first, second = passes.values()
    workshop.check(solver + ": passes", second <= 1.2*first + 3, passes)


REFUSED = [
    ("solve A(u) = f by cg() until norm(f - A(u)) < 1e-8, at most 200\n", "1d, "
     "boundary dirichlet 0, size 15", "sum(u)", 1, "asks for more than the "
     "residual or the change"),
    ("solve A(u) = f by cg() until residual < 1e-8, at most 200\n",
     "1d, boundary periodic, size 16", "mean(u)", 1,
     "the equation for 'adjoint_of_u' has no solution"),
    ("solve A(u) = f by cg() until residual < 1e-8, at most 200\n",
     "1d, boundary periodic, size 16", "dot(forward(x)(u), u)", 0, ""),
]


def check_refusals(workshop):
    """What has no derivative is told, and what an equation leaves open."""
    for solving, grid, J, code, message in REFUSED:
        script = workshop.write("refused.pde", (
            "grid X : %s\ninput f on X = index(x) - 7.5\n"
            "fun A(u) = -laplace(u)\n%soutput u, g = gradient(%s, f)\n" % (
                grid, solving, J)))
        ran = subprocess.run([workshop.pdec, "run", script],
                             capture_output=True, text=True)
        workshop.check("refused: " + J, ran.returncode == code and
                       message in ran.stderr, ran.stderr)


def main():
    workshop = Workshop(sys.argv[1])
    for case in CASES:
        if len(sys.argv) < 3 or sys.argv[2] in case[1]:
            check(workshop, *case)
    if len(sys.argv) < 3:
        for case in STEPPING:
            check(workshop, *case, steps=3)
        for solver in ("red_black()", "gmres()"):
            check_passes(workshop, solver)
        check_refusals(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
