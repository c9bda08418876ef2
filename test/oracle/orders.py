#!/usr/bin/env python3
"""Orders of schemes and operators that a script writes itself, at sides of all
kinds: in time against the exact solution of the semi-discrete system, in space
against closed forms.

usage: orders.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Workshop
from grids import Grid, PERIODIC, REFLECTING, affine
from measures import check_order, largest
from problems import field, given, leaking, line, sloping
from sides import VaryingSide

# -- in time -------------------------------------------------------------------

END = 0.25
H = 0.25
GRIDS = {
    "constant walls": line(5, given(1), given(-0.5), H),
    "slopes": line(6, sloping(0.5), sloping(-1), H),
    "robin": line(6, leaking(1, 0.5, 1), leaking(2, 1, -1), H),
    "wall and slope": line(6, given(1), sloping(0.5), H),
    "robin and wall": line(6, leaking(1, 1, 0.5), given(1), H),
    "2-D, walls of coordinates": Grid(
        (4, 5), [(VaryingSide("sin(y)", lambda x, y: np.sin(y)), given(1)),
                 (VaryingSide("x^2", lambda x, y: x**2), given(0))], (H, H)),
    "2-D, mixed": Grid(
        (4, 5), [(VaryingSide("1 + y", lambda x, y: 1 + y), sloping(-1)),
                 (leaking(1, 0.5, 1), REFLECTING)], (H, H)),
    "2-D, periodic; slope and wall": Grid(
        (4, 5), [(PERIODIC, PERIODIC), (sloping(0.5), given(1))], (H, H)),
}
REACTIONS = {"1": lambda u: 1 + 0*u, "10*u": lambda u: 10*u,
             "10*sin(u)": lambda u: 10*np.sin(u)}

OWN = """param tau = 0.1, n = 1
input f on X
fun D(u) = laplace(u)
fun S(u) = %s
fun R(u) = laplace(u) + %s
scheme midpoint(R, tau): u -> {
  let half = u + tau/2*R(u)
  u = u + tau*R(half)
}
scheme strang(first, second): u -> first(second(first(u)))
scheme ssp(R, tau): u -> {
  let v = u + tau*R(u)
  let w = 3/4*u + 1/4*(v + tau*R(v))
  u = u/3 + 2/3*(w + tau*R(w))
}
scheme classical(R, tau): u -> {
  let k1 = R(u)
  let k2 = R(u + tau/2*k1)
  let k3 = R(u + tau/2*k2)
  let k4 = R(u + tau*k3)
  u = u + tau/6*(k1 + 2*k2 + 2*k3 + k4)
}
evolve m from f by midpoint(R, tau) for n steps
evolve s from f by strang(midpoint(D, tau/2), midpoint(S, tau)) for n steps
evolve p from f by ssp(R, tau) for n steps
evolve r from f by classical(R, tau) for n steps
evolve lp from f by ssprk3(R, tau) for n steps
evolve lr from f by rk4(R, tau) for n steps
output m, s, p, r, lp, lr
"""
# Name: the order, the numbers of steps.
SCHEMES = {"m": ("midpoint", 2, (128, 256, 512)),
           "s": ("Strang's splitting", 2, (256, 512, 1024)),
           "p": ("Shu and Osher's", 3, (128, 256, 512)),
           "r": ("classical Runge-Kutta", 4, (128, 256, 512))}


def classical(rate, u, steps):
    """Of u' = rate(u, t), until END."""
    tau = END/steps
    for k in range(steps):
        t = k*tau
        k1 = rate(u, t)
        k2 = rate(u + tau/2*k1, t + tau/2)
        k3 = rate(u + tau/2*k2, t + tau/2)
        k4 = rate(u + tau*k3, t + tau)
        u = u + tau/6*(k1 + 2*k2 + 2*k3 + k4)
    return u


def exact(rate, u):
    """To rounding: classical steps, whose errors of order 4, 5, ... are
    extrapolated away."""
    values = [classical(rate, u, steps) for steps in (250, 500, 1000, 2000)]
    for order in (4, 5, 6):
        values = [b + (b - a)/(2**order - 1)
                  for a, b in zip(values, values[1:])]
    return values[0]


def semi_discrete(grid, reaction):
    m, c = affine(grid.laplace, grid.shape)
    return lambda u, t: m @ u + c + reaction(u)


def check_schemes(workshop, title, program, f, truth, schemes=SCHEMES):
    """Orders of all, in a run for each number of steps."""
    counts = sorted({n for _, _, counts in schemes.values() for n in counts})
    names = list(schemes) + (["lp", "lr"] if "lp" in program.outputs else [])
    answers = {n: program.run({"f": f}, names, {"tau": END/n, "n": n})
               for n in counts}
    for name, (scheme, theory, counts) in schemes.items():
        check_order(workshop, "%s: %s" % (title, scheme), [
            largest(answers[n][name] - truth) for n in counts], theory)
    for own, library in (("p", "lp"), ("r", "lr")):
        if library in names:
            workshop.check_close(
                "%s: %s is the library's" % (title, own),
                answers[128][own], answers[128][library], 1e-13)


def check_time(workshop):
    for title, grid in GRIDS.items():
        f = field(np.random.default_rng(30), grid)
        for text, reaction in REACTIONS.items():
            truth = exact(semi_discrete(grid, reaction), f.ravel()).reshape(
                grid.shape)
            program = workshop.compile(grid.text() + OWN % (text, text))
            program.outputs = ["lp", "lr"]
            check_schemes(workshop, "%s, %s" % (title, text), program, f, truth)


# -- walls that change in time -------------------------------------------------

MOVING = """
input f on X
param tau = 0.1, n = 1
fun D(u, t) = {
  let v on X, boundary %slow dirichlet sin(5*t) = u
  return laplace(v)
}
fun S(u) = %s
fun R(u, t) = D(u, t) + %s
fun midpoint_step(R, u, t, tau) = u + tau*R(u + tau/2*R(u, t), t + tau/2)
fun midpoint(u0) = {
  var u = u0
  var t = 0.0
  for k in 1 .. n {
    u, t = midpoint_step(R, u, t, tau), t + tau
  }
  return u
}
fun strang(u0) = {
  var u = u0
  var t = 0.0
  for k in 1 .. n {
    u = midpoint_step(D, u, t, tau/2)
    u = midpoint_step((v, s) -> S(v), u, t, tau)
    u = midpoint_step(D, u, t + tau/2, tau/2)
    t = t + tau
  }
  return u
}
fun ssp(u0) = {
  var u = u0
  var t = 0.0
  for k in 1 .. n {
    let v = u + tau*R(u, t)
    let w = 3/4*u + 1/4*(v + tau*R(v, t + tau))
    u, t = u/3 + 2/3*(w + tau*R(w, t + tau/2)), t + tau
  }
  return u
}
fun classical(u0) = {
  var u = u0
  var t = 0.0
  for k in 1 .. n {
    let k1 = R(u, t)
    let k2 = R(u + tau/2*k1, t + tau/2)
    let k3 = R(u + tau/2*k2, t + tau/2)
    let k4 = R(u + tau*k3, t + tau)
    u, t = u + tau/6*(k1 + 2*k2 + 2*k3 + k4), t + tau
  }
  return u
}
output m = midpoint(f), s = strang(f), p = ssp(f), r = classical(f)
"""


def moving_grids(value):
    return {
        "moving wall": line(5, given(value), sloping(-1), H),
        "moving and robin": line(5, given(value), leaking(1, 0.5, 1), H),
        "2-D, moving wall": Grid(
            (4, 5), [(given(value), given(1)),
                     (sloping(0.5), leaking(2, 1, 1))], (H, H)),
    }


def check_moving(workshop):
    """The wall's value is sin(5*t)."""
    for title, grid in moving_grids(0).items():
        m, still = affine(grid.laplace, grid.shape)
        ones = moving_grids(1)[title]
        wall = affine(ones.laplace, grid.shape)[1] - still
        f = field(np.random.default_rng(31), grid)
        for text, reaction in REACTIONS.items():
            truth = exact(lambda u, t: m @ u + still + np.sin(5*t)*wall +
                          reaction(u), f.ravel()).reshape(grid.shape)
            program = workshop.compile(grid.text() + MOVING % (
                "x " if grid.rank > 1 else "", text, text))
            program.outputs = []
            check_schemes(workshop, "%s, %s" % (title, text), program, f, truth)


# -- in space ------------------------------------------------------------------

SIZES = (16, 32, 64)


def check_space(workshop, title, text, inputs, solution, sizes=SIZES, rank=1,
                params=lambda n: {}):
    """`inputs` and `solution` are functions of the coordinates, which the
    program itself tells."""
    axes = "xy"[:rank]
    program = workshop.compile(text + "output u, %s\n" % ", ".join(
        "p%s = %s + 0*f" % (a, a) for a in axes))
    errors = []
    for n in sizes:
        start = {name: np.zeros((n,)*rank) for name in inputs}
        where = program.run(start, ["p" + a for a in axes], params(n))
        points = [where["p" + a] for a in axes]
        found = program.run({name: function(*points)
                             for name, function in inputs.items()}, ["u"],
                            params(n))["u"]
        errors.append(largest(found - solution(*points)))
    check_order(workshop, title, errors, 2)


VARYING = """
grid X : 2d, boundary dirichlet sin(x)*cos(2*y), extent [0, 1]
input a on X
input f on X
let Dx = forward(x)
let Dy = forward(y)
fun A(u) = Dx'(stencil(x, [1/2, 1/2], from = 0)(a)*Dx(u))
    + Dy'(stencil(y, [1/2, 1/2], from = 0)(a)*Dy(u))
solve A(u) = f by cg() until residual < 1e-12
"""
TWO_SIDED = """
grid X : 1d, boundary low robin(1, 0.5, %r), high robin(2, 3, %r),
    extent [0, 1]
input f on X
fun A(u) = -laplace(u)
solve A(u) = f by cg() until residual < 1e-12
"""
LEAKING = """
grid X : 2d, boundary x low dirichlet 0, x high robin(1, 2, (sin(1) + 2*cos(1))*exp(y)),
    y low robin(1, 0.5, 0.5*sin(x)), y high robin(3, 1, 4*exp(1)*sin(x)),
    extent [0, 1]
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by cg() until residual < 1e-12
"""
HEAT = """
grid X : 1d, boundary dirichlet 0, extent [0, 1]
param n = 1
input f on X
let tau = 0.5/n
let k = sqrt(1/2)
fun R(u, t) = {
  let v on X, boundary low dirichlet sin(t), high dirichlet exp(-k)*sin(t - k) = u
  return laplace(v)
}
fun heat(u0) = {
  var u = u0
  var t = 0.0
  for j in 1 .. n {
    let k1 = R(u, t)
    let k2 = R(u + tau/2*k1, t + tau/2)
    let k3 = R(u + tau/2*k2, t + tau/2)
    let k4 = R(u + tau*k3, t + tau)
    u, t = u + tau/6*(k1 + 2*k2 + 2*k3 + k4), t + tau
  }
  return u
}
let u = heat(f)
"""
# At x = 1/2, u jumps by 0.25 times the flux. A difference of the step there is
# one over the spacing on one face, in the middle between two cells.
CONTACT = """
grid X : 1d, boundary low dirichlet 0, high dirichlet 1, extent [0, 1]
input f on X
let k = if x < 1/2 then 1 else 5
let D = forward(x)
let mean_resistance = stencil(x, [1/2, 1/2], from = 0)(1/k)
fun A(u) = D'(D(u)/(mean_resistance + 0.25*D(step(x - 1/2))))
solve A(u) = f by cg() until residual < 1e-12
"""


def contact(x):
    """k*u' = c + cos(pi*x)/pi, for the source sin(pi*x)."""
    c = (1 + 1/(5*np.pi**2) - 1/np.pi**2)/(0.5/5 + 0.5 + 0.25)

    def risen(x):
        return c*x + np.sin(np.pi*x)/np.pi**2
    return np.where(x < 0.5, risen(x), 1 - (risen(1.0) - risen(x))/5)


def travelling(x, t):
    k = np.sqrt(0.5)
    return np.exp(-k*x)*np.sin(t - k*x)


def varying_source(x, y):
    """-div(a*grad(u)), a = 1 + x*y^2, u = sin(x)*cos(2*y)."""
    a, u = 1 + x*y**2, np.sin(x)*np.cos(2*y)
    return (5*a*u - y**2*np.cos(x)*np.cos(2*y) +
            2*x*y*2*np.sin(x)*np.sin(2*y))


def check_in_space(workshop):
    check_space(workshop, "a coefficient that is an input, 2-D", VARYING, {
        "a": lambda x, y: 1 + x*y**2, "f": varying_source},
                lambda x, y: np.sin(x)*np.cos(2*y), (31, 63, 127), 2)
    # u = sin(2*x) + 1
    check_space(workshop, "robin, 1-D", TWO_SIDED % (
        1 - 0.5*2, float(2*(np.sin(2) + 1) + 3*2*np.cos(2))),
                {"f": lambda x: 4*np.sin(2*x)},
                lambda x: np.sin(2*x) + 1)
    check_space(workshop, "robin of coordinates, 2-D", LEAKING,
                {"f": lambda x, y: np.sin(x)*np.exp(y)},
                lambda x, y: np.sin(x)*np.exp(y), rank=2)
    check_space(workshop, "heat, u(0, t) = sin(t)", HEAT,
                {"f": lambda x: travelling(x, 0)},
                lambda x: travelling(x, 0.5), (7, 15, 31),
                params=lambda n: {"n": (n + 1)**2})
    check_space(workshop, "contact resistance", CONTACT,
                {"f": lambda x: np.sin(np.pi*x)}, contact)


def main():
    workshop = Workshop(sys.argv[1])
    check_in_space(workshop)
    check_time(workshop)
    check_moving(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
