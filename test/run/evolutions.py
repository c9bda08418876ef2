#!/usr/bin/env python3
"""Schemes against NumPy loops, in both forms and precisions: step counts from
none to more than a tile advances at once, grids of several tiles, loops in
schemes, several evolutions, coefficient fields, parameters.

usage: evolutions.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, compare, compile_both, random
from reference import Operator, PERIODIC, REFLECTING

FORWARD = ([-1, 1], 0)
SECOND = ([1, -2, 1], -1)


def diffuse(operator, phi):
    return lambda u: -operator.transposed(phi(operator.apply(u)))


def perona_malik(s):
    return s * np.exp(-s**2 / 0.5)


# -- one equation, many sizes and step counts ----------------------------------

DIFFUSION = """
grid X : 1d, boundary %s
param tau = 0.2 where tau > 0, n = 1
input f on X
let D = forward(x)
fun R(u) = -D'(perona_malik_flux(D(u), 0.5))
evolve u from f by explicit(R, tau) for n steps
output u
"""


def check_diffusion(workshop, numbers):
    cases = [(17, 0), (17, -3), (17, 1), (17, 200), (1, 5), (2, 70), (300, 65),
             (2690, 45), (6000, 43)]
    for text, low, high in (
            ("reflecting", REFLECTING, REFLECTING),
            ("periodic", PERIODIC, PERIODIC),
            ("low dirichlet 0.5, high reflecting", 0.5, REFLECTING),
            ("low dirichlet -1, high dirichlet 2", -1.0, 2.0)):
        programs = compile_both(workshop, DIFFUSION % text)
        for size, steps in cases:
            f = random(numbers, size)
            operator = Operator(size, low, high, *FORWARD)
            right = diffuse(operator, perona_malik)

            def reference():
                u = f
                for _ in range(steps):
                    u = u + 0.2 * right(u)
                return {"u": u}

            compare(workshop, "%s, %d cells, %d steps" % (text, size, steps),
                    programs, {"f": f}, reference(), {"n": steps})


# -- other shapes of programs --------------------------------------------------

SHAPES = {}


def shape(text):
    """Registers a function of (f, g) that says what the script computes."""
    def add(function):
        SHAPES[function.__name__] = (text, function)
        return function
    return add


@shape("""
grid X : 1d, boundary reflecting
param tau = 0.3, cycle = 7
input f on X
input g on X
fun R(u) = -forward(x)'(charbonnier_flux(forward(x)(u), 0.4))
scheme extrapolated(R, tau, cycle): u -> {
  var v = u
  for k in 0 .. cycle - 1 {
    let a = (4*k + 2)/(2*k + 3)
    u, v = a*(u + tau*R(u)) + (1 - a)*v, u
  }
}
evolve u from f by extrapolated(R, tau, cycle) for 3 steps
output u
""")
def loop_in_scheme(f, g):
    operator = Operator(len(f), REFLECTING, REFLECTING, *FORWARD)
    right = diffuse(operator, lambda s: s / np.sqrt(1 + s**2 / 0.16))
    u = f
    for _ in range(3):
        v = u
        for k in range(7):
            a = (4 * k + 2) / (2 * k + 3)
            u, v = a * (u + 0.3 * right(u)) + (1 - a) * v, u
    return {"u": u}


@shape("""
grid X : 1d, boundary periodic
input f on X
input g on X
let c = 0.5 + 0.25*sin(g)
fun R(u) = -forward(x)'(c*forward(x)(u))
evolve u from f by explicit(R, 0.3) for 70 steps
output u, coefficient = c
""")
def captured_coefficient(f, g):
    operator = Operator(len(f), PERIODIC, PERIODIC, *FORWARD)
    c = 0.5 + 0.25 * np.sin(g)
    u = f
    for _ in range(70):
        u = u - 0.3 * operator.transposed(c * operator.apply(u))
    return {"u": u, "coefficient": c}


@shape("""
grid X : 1d, boundary dirichlet 1
input f on X
input g on X
fun R(u) = d2(x)(u)
evolve u from f by explicit(R, 0.2) for 3 steps
evolve v from u by heun(R, 0.1) for 2 steps
evolve u from u by u -> 0.5*(u + v) for 4 steps
output u, v, w = max(u, g) - min(v, f)
""")
def several_evolutions(f, g):
    operator = Operator(len(f), 1.0, 1.0, *SECOND)
    u = f
    for _ in range(3):
        u = u + 0.2 * operator.apply(u)
    v = u
    for _ in range(2):
        k = operator.apply(v)
        v = v + 0.05 * (k + operator.apply(v + 0.1 * k))
    for _ in range(4):
        u = 0.5 * (u + v)
    return {"u": u, "v": v, "w": np.maximum(u, g) - np.minimum(v, f)}


@shape("""
grid X : 1d, boundary reflecting
param shift : real = 2, times : int = 3
input f on X
input g on X
let smooth = stencil(x, [1, 2, 1])/4
fun repeated(u) = {
  var v = u
  var weight = 1
  for k in 1 .. times {
    weight = weight/2
    v = smooth(v) + weight*shift*g + k
  }
  return v
}
output u = repeated(f), untouched = g, constant = 0*f + times/2
""")
def carried_scalar(f, g):
    operator = Operator(len(f), REFLECTING, REFLECTING, [0.25, 0.5, 0.25], -1)
    v = f
    for k in (1, 2, 3):
        v = operator.apply(v) + 0.5**k * 2 * g + k
    return {"u": v, "untouched": g, "constant": 0 * f + 1.5}


@shape("""
grid X : 1d, boundary dirichlet 0
input f on X
input g on X
fun R(u) = -d2(x)(d2(x)(u))
evolve u from f by u -> u + 0.05*R(u) for 10 steps
output u, energy = abs(u)^3 + sqrt(1 + g^2)^0.5
""")
def operator_of_operator(f, g):
    n = len(f)
    operator = Operator(n, 0.0, 0.0, *SECOND)
    u = f
    for _ in range(10):
        u = u - 0.05 * operator.apply(operator.apply(u))
    return {"u": u, "energy": np.abs(u)**3 + (1 + g**2)**0.25}


@shape("""
grid X : 1d, boundary reflecting, extent [-1, 1]
input f on X
input g on X
let D = central(x)
let weight = exp(-x^2)
evolve u from f by u -> u - 0.01*weight*D(u) for 5 steps
output u, place = x, slope = D'(u*g)
""")
def coordinates(f, g):
    n = len(f)
    h = 2 / n
    operator = Operator(n, REFLECTING, REFLECTING, [-0.5 / h, 0, 0.5 / h], -1)
    x = -1 + (np.arange(n) + 0.5) * h
    u = f
    for _ in range(5):
        u = u - 0.01 * np.exp(-x**2) * operator.apply(u)
    return {"u": u, "place": x, "slope": operator.transposed(u * g)}


@shape("""
grid X : 1d, boundary low dirichlet 0.5, high dirichlet -2
input f on X
input g on X
let D = forward(x)
evolve u from f by u -> u - 0.05*D'(D(u^2)) for 6 steps
output u, v = d2(x)(u*u + g), w = d2(x)(d2(x)(g)), p = d2(x)(x*g)
""")
def derived_outside(f, g):
    """Beyond a side, a pointwise function has its value of the outside values,
    the result of an operator is zero."""
    n = len(f)

    def second(u, low, high):
        return Operator(n, low, high, *SECOND).apply(u)

    difference = Operator(n, 0.25, 4.0, *FORWARD)
    u = f
    for _ in range(6):
        u = u - 0.05 * difference.transposed(difference.apply(u**2))
    x = np.arange(1.0, n + 1)
    return {"u": u, "v": second(u * u + g, 0.75, 2.0),
            "w": second(second(g, 0.5, -2.0), 0.0, 0.0),
            "p": second(x * g, 0.0, -2.0 * (n + 1))}


def check_shapes(workshop, numbers):
    for name, (text, function) in SHAPES.items():
        programs = compile_both(workshop, text)
        for size in (2, 3, 5, 8, 40, 333, 3001):
            f, g = random(numbers, (2, size))
            compare(workshop, "%s, %d cells" % (name, size), programs,
                    {"f": f, "g": g}, function(f, g), {})


# -- comparison ----------------------------------------------------------------


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(2)
    check_diffusion(workshop, numbers)
    check_shapes(workshop, numbers)
    return workshop.finish()


sys.exit(main())
