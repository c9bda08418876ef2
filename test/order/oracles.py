#!/usr/bin/env python3
"""What is known of schemes and solvers in closed form: box filters, conserved
means, sharp limits of stability, the maximum principle, the heat kernel, and
the convergence factors of multigrid.

usage: oracles.py path/to/pdec
"""

import sys

import numpy as np
from numpy.polynomial.legendre import legval

sys.dont_write_bytecode = True
from matrices import correlated, matrix
from measures import (Workshop, check_below, check_near, check_order, largest,
                      random)

ROUNDING = 1e-13


# -- one cycle of linear diffusion is a box filter -----------------------------

BOX = """
grid X : 1d, boundary %s, spacing 0.25
input f on X
let D = forward(x)
fun R(u) = -D'(D(u))
let tau = spacing(x)^2/2
output u = fsi(R, tau, cycle = %d)(f), v = fed(R, tau, cycle = %d)(f)
"""


def fed_amplification(n):
    """How much of the relative rounding errors of all steps of a cycle is left
    at its end, at most: each step's growth up to there times the growth from
    there on. For the best of the usual orders, by multiples modulo a prime."""
    prime = next(p for p in range(n + 1, 2 * n + 3)
                 if all(p % d for d in range(2, p)))
    orders = ([k * step % prime - 1 for k in range(1, prime)]
              for step in range(1, prime))
    return min(amplification_in([i for i in order if i < n])
               for order in orders)


def amplification_in(order):
    n = len(order)
    steps = 1 / (4 * np.cos(np.pi * (2 * np.array(order) + 1) / (4 * n + 2))**2)
    factors = 1 - np.outer(steps, np.linspace(0, 4, 1001))
    growth = np.abs(np.cumprod(factors, axis=0)).max(axis=1)
    rest = np.abs(np.cumprod(factors[::-1], axis=0)).max(axis=1)[::-1]
    return np.sum(growth * np.append(rest[1:], 1))


def check_box(workshop, numbers):
    for rule, mode in (("reflecting", "symmetric"), ("periodic", "wrap")):
        for n in (1, 2, 7, 20, 40):
            f = random(numbers, 97)
            box = np.convolve(np.pad(f, n, mode=mode),
                              np.full(2 * n + 1, 1 / (2 * n + 1)), "valid")
            answer = workshop.compile(BOX % (rule, n, n)).run({"f": f},
                                                              ["u", "v"])
            title = "%s, cycle of %d, " % (rule, n)
            workshop.check_close(title + "fsi", answer["u"], box, ROUNDING)
            error = largest(answer["v"] - box)
            bound = 2**-52 * np.linalg.norm(f) * fed_amplification(n)
            workshop.check(title + "fed", error <= max(bound, ROUNDING),
                           "%g > %g" % (error, bound))


# -- means ---------------------------------------------------------------------

CONSERVATIVE = ["explicit(R, tau)", "heun(R, tau)", "ssprk3(R, tau)",
                "rk4(R, tau)", "fsi(R, tau)", "fed(R, tau)",
                "rkl1(R, 4*tau)", "rkl2(R, 4*tau)", "nesterov(R, tau)",
                "implicit(R, 2*tau)", "implicit(R, 6*tau, omega = 0.3)",
                "crank_nicolson(R, 3*tau)", "semi_implicit(R, 20*tau)"]
MEAN = """
grid X : %dd, boundary %s
input f on X
let tau = 0.05
fun R(u) = {
  let p = grad(u)
  return -grad'(freeze(1/sqrt(1 + inner(p, p)))*p)
}
"""
TWO_LEVELS = """
evolve v, w from explicit(R, 1/8)(f), f by dufort_frankel(R, 20*tau, 4)
    for 5 steps
output two_levels = v
"""


def check_means(workshop, numbers):
    names = ["u%d" % i for i in range(len(CONSERVATIVE))]
    steps = "".join(
        "evolve %s from f by %s for 5 steps\noutput %s\n" % (name, step, name)
        for name, step in zip(names, CONSERVATIVE))
    for rules in ("reflecting", "periodic"):
        for sizes in ((41,), (11, 14)):
            f = 1 + random(numbers, sizes)
            answer = workshop.compile(
                MEAN % (len(sizes), rules) + steps + TWO_LEVELS).run(
                    {"f": f}, names + ["two_levels"])
            for name, step in zip(answer, CONSERVATIVE + ["dufort_frankel"]):
                drift = abs(np.mean(answer[name]) - np.mean(f))
                title = "%s %s: %s" % (rules, sizes, step)
                workshop.check(title + " keeps the mean", drift <= ROUNDING,
                               drift)
                workshop.check(title + " does something",
                               largest(answer[name] - f) > 0.01)


# -- the 2-norm ----------------------------------------------------------------

NORM = """
grid X : 1d, boundary %s
param tau = 0.1, n = 1
input f on X
let K = stencil(x, %s, from = -1)
evolve u from f by u -> u - tau*K'(%s(K(u)%s)) for n steps
output u
"""
# sup Phi(s)/s is 1 for all, monotone or not.
FLUXES = [("linear_flux", ""), ("charbonnier_flux", ", 0.5"),
          ("perona_malik_flux", ", 0.5"), ("weickert_flux", ", 0.5"),
          ("truncated_bfb_flux", ", 0.5")]
KERNELS = [[0.125, -1.0, 0.875], [1.0, -2.0, 1.0]]


def check_norms(workshop, numbers):
    for rule in ("reflecting", "periodic", "dirichlet 0"):
        for weights in KERNELS:
            k = matrix(lambda u: correlated(u, (rule,), np.array(weights),
                                            [-1]), (24,))
            _, values, vectors = np.linalg.svd(k)
            for flux in FLUXES:
                check_norm(workshop, numbers, (rule, weights) + flux,
                           2 / values[0]**2, vectors[0])


def check_norm(workshop, numbers, case, limit, worst):
    """The norm falls at the limit; little above it, the worst vector grows, by
    |1 - 1.01*2| a step where the flux is linear: at small gradients."""
    program = workshop.compile(NORM % case)
    u = random(numbers, 24)
    for size in (0.1, 1.0, 10.0):
        params = {"tau": 0.9999999 * limit, "n": 1}
        for _ in range(2):
            v = program.run({"f": size * u}, ["u"], params)["u"] / size
            workshop.check("%s: the norm falls" % (case,),
                           np.linalg.norm(v) <= np.linalg.norm(u) *
                           (1 + ROUNDING))
            u = v
    params = {"tau": 1.01 * limit, "n": 20}
    v = program.run({"f": 1e-6 * worst}, ["u"], params)["u"]
    growth = np.linalg.norm(1e6 * v)
    workshop.check("%s: the worst vector grows" % (case,),
                   abs(growth / 1.02**20 - 1) < 1e-6, growth)


MAXIMUM = """
grid X : %dd, boundary %s
input f on X
fun Phi(p) = %s(p%s)
fun R(u) = -grad'([%s])
evolve u from f by explicit(R, %r) for 1 steps
output u
"""


def check_maximum(workshop, numbers):
    """Half of the limit of the norm: 1/4 on a line, 1/8 in a plane."""
    for rule in ("reflecting", "periodic"):
        for rank, flux in ((1, ("charbonnier_flux", ", 0.5")),
                           (2, ("charbonnier_flux", ", 0.5")),
                           (2, ("truncated_tv_flux", ", 0.5")),
                           (2, ("linear_flux", ""))):
            parts = ", ".join("Phi(forward(%s)(u))" % axis
                              for axis in "xy"[:rank])
            program = workshop.compile(MAXIMUM % (
                (rank, rule) + flux + (parts, 0.25 / rank)))
            u = random(numbers, (30, 17)[:rank])
            for _ in range(3):
                v = program.run({"f": u}, ["u"])["u"]
                workshop.check("maximum principle, %s %s" % (rule, flux),
                               np.max(v) <= np.max(u) and
                               np.min(v) >= np.min(u))
                u = v


# -- Runge-Kutta-Legendre ------------------------------------------------------

LEGENDRE = """
grid X : 1d, boundary periodic
param tau = 0.1
input f on X
fun R(u) = d2(x)(u)
output u = %s(R, tau, stages = %d)(f)
"""


def amplification(scheme, stages, tau, eigenvalue):
    square = stages**2 + stages
    legendre = [0] * stages + [1]
    if scheme == "rkl1":
        return legval(1 - 2 * tau * eigenvalue / square, legendre)
    b = (square - 2) / (2 * square) if stages > 1 else 1 / 3
    return 1 - b + b * legval(1 - 4 * tau * eigenvalue / (square - 2), legendre)


def check_legendre(workshop):
    """The chessboard has the largest eigenvalue, 4: the longest explicit step
    is 1/2. The limit of rkl2 is sharp for even numbers of stages."""
    board = np.cos(np.pi * np.arange(20))
    for scheme, stages in [("rkl1", s) for s in (1, 2, 3, 5, 10, 15)] + [
            ("rkl2", s) for s in (2, 3, 4, 7, 10, 20)]:
        square = stages**2 + stages
        limit = square / 4 if scheme == "rkl1" else (square - 2) / 8
        program = workshop.compile(LEGENDRE % (scheme, stages))
        for factor in (0.3, 0.77, 1.0, 1.01):
            tau = factor * limit
            found = program.run({"f": board}, ["u"], {"tau": tau})["u"]
            value = amplification(scheme, stages, tau, 4.0)
            title = "%s, %d stages, %g of the limit" % (scheme, stages, factor)
            workshop.check_close(title, found, value * board, 1e-12)
            grows = np.linalg.norm(found) > np.linalg.norm(board) * (1 + 1e-12)
            sharp = scheme == "rkl1" or stages % 2 == 0
            workshop.check(title + ": stability",
                           grows == (factor > 1 and sharp))


# -- the heat kernel -----------------------------------------------------------

KERNEL = """
grid X : %dd, boundary periodic, extent [-4, 4]
param n = 1
input f on X
let tau = spacing(x)^2/8
evolve u from f by explicit(u -> laplace(u), tau) for n steps
output u
"""


def gaussian(points, variance, rank):
    line = np.exp(-points**2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    return line if rank == 1 else np.outer(line, line)


def check_kernel(workshop):
    """A Gaussian stays one: the variance grows by 2*t."""
    for rank in (1, 2):
        program = workshop.compile(KERNEL % rank)
        errors = []
        for size in (64, 128, 256):
            points = -4 + 8 / size * np.arange(size)
            steps = size**2 // 128  # until t = 1/16
            u = program.run({"f": gaussian(points, 0.1, rank)}, ["u"],
                            {"n": steps})["u"]
            errors.append(largest(u - gaussian(points, 0.225, rank)))
        check_order(workshop, "heat kernel, %d-D" % rank, errors, 2)


# -- multigrid -----------------------------------------------------------------

CYCLES = """
grid X : %dd, boundary dirichlet 0, extent [0, 1]
param n = 1
input f on X
fun A(u) = -laplace(u)
fun cycle(u) = %s(A, like(u, 0))(u)
evolve u from f by cycle for n steps
evolve v from u by cycle for 1 steps
output u, v
"""


def factor(workshop, numbers, rank, size, cycle, steps):
    """By which one more cycle reduces the error of A(u) = 0: never a matter of
    rounding, for the error is u itself."""
    program = workshop.compile(CYCLES % (rank, cycle))
    answer = program.run({"f": random(numbers, (size,) * rank)}, ["u", "v"],
                         {"n": steps})
    return np.linalg.norm(answer["v"]) / np.linalg.norm(answer["u"])


def propagation(size, pre, post, omega, gamma):
    """What a cycle makes of an error, as a matrix; exact on 3 points."""
    if size == 3:
        return np.zeros((3, 3))
    fine, coarse = (differences(n) for n in (size, size // 2))
    smooth = np.eye(size) - omega * fine / fine[0, 0]
    weights = np.zeros((size // 2, size))
    for row in range(size // 2):
        weights[row, 2 * row:2 * row + 3] = [0.25, 0.5, 0.25]
    again = np.linalg.matrix_power(
        propagation(size // 2, pre, post, omega, gamma), gamma)
    solved = (np.eye(size // 2) - again) @ np.linalg.inv(coarse)
    correct = np.eye(size) - 2 * weights.T @ solved @ weights @ fine
    return (np.linalg.matrix_power(smooth, post) @ correct @
            np.linalg.matrix_power(smooth, pre))


def differences(size):
    return (size + 1)**2 * (2 * np.eye(size) - np.eye(size, k=1) -
                            np.eye(size, k=-1))


def check_lines(workshop, numbers):
    """Cycles are the matrices above, and their factors, the largest absolute
    eigenvalues, are known. (V(1,0) cannot do worse than its smoother, 1/3.)"""
    for cycle, pre, post, omega, expected in (
            ("v", 1, 0, 2 / 3, 1 / 3), ("v", 1, 1, 2 / 3, .188),
            ("v", 2, 2, 2 / 3, .087), ("w", 1, 1, 2 / 3, .115),
            ("v", 1, 1, 1 / 2, .273)):
        text = "%s_cycle(%d, %d, jacobi(%r), levels = 5)" % (cycle, pre, post,
                                                             omega)
        title = "factor on 63 points, %s" % text
        truth = propagation(63, pre, post, omega, "vw".index(cycle) + 1)
        f = random(numbers, 63)
        u = workshop.compile(CYCLES % (1, text)).run({"f": f}, ["u"])["u"]
        workshop.check_close(title + ", one cycle", u, truth @ f, 1e-12)
        radius = np.max(np.abs(np.linalg.eigvals(truth)))
        check_near(workshop, title + ", eigenvalue", radius, expected, 0.01)
        check_near(workshop, title,
                   factor(workshop, numbers, 1, 63, text, 60), expected, 0.01)


def check_planes(workshop, numbers):
    """The factor is that of any grid. Three sweeps of Jacobi's leave 0.6^3 of
    what oscillates, so no less than about 0.216."""
    for smoother, most, sizes in (
            ("red_black()", 0.1, (63, 127, 255, 511, 1023)),
            ("jacobi(4/5)", 0.25, (63, 127, 255))):
        factors = []
        for levels, size in enumerate(sizes, 5):
            text = "v_cycle(2, 1, %s, levels = %d)" % (smoother, levels)
            factors.append(factor(workshop, numbers, 2, size, text, 12))
            check_below(workshop, "factor on %d^2 points, %s" % (size, text),
                        factors[-1], most)
        check_below(workshop, "  spread", max(factors) - min(factors), 0.01)


FULL = """
grid X : 2d, boundary dirichlet 0, extent [0, 1]
input f on X
fun A(u) = -laplace(u)
output u = fmg(2, 1, red_black(), levels = %d)(A, f)(like(f, 0))
"""


def poisson(f):
    """By sines: the exact solution of the discrete equation."""
    n = len(f)
    k = np.arange(1, n + 1)
    sines = np.sqrt(2 / (n + 1)) * np.sin(np.pi * np.outer(k, k) / (n + 1))
    values = (2 * (n + 1) * np.sin(np.pi * k / (2 * (n + 1))))**2
    return sines @ (sines @ f @ sines / (values[:, None] + values)) @ sines


def check_full(workshop):
    """A pass is left with its cycle's factor times 4*e + c, where e is what the
    coarser grid's pass left, in units of that grid's error. Jacobi's factor of
    0.23 makes that grow, slowly, to more than 10: only the other smoother is
    good enough for one cycle on each grid."""
    for levels, size in enumerate((31, 63, 127, 255), 4):
        points = np.arange(1, size + 1) / (size + 1)
        x, y = np.meshgrid(points, points, indexing="ij")
        a, b = x**3 - x**4, np.sin(np.pi * y) * np.exp(y)
        right = -((6 * x - 12 * x**2) * b + a * np.exp(y) * (
            (1 - np.pi**2) * np.sin(np.pi * y) +
            2 * np.pi * np.cos(np.pi * y)))
        u = workshop.compile(FULL % levels).run({"f": right}, ["u"])["u"]
        limit = largest(poisson(right) - a * b)
        check_below(workshop,
                    "one full pass on %d^2 points, of the grid's error" % size,
                    largest(u - a * b) / limit, 2)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(7)
    check_box(workshop, numbers)
    check_means(workshop, numbers)
    check_norms(workshop, numbers)
    check_maximum(workshop, numbers)
    check_legendre(workshop)
    check_kernel(workshop)
    check_lines(workshop, numbers)
    check_planes(workshop, numbers)
    check_full(workshop)
    return workshop.finish()


sys.exit(main())
