#!/usr/bin/env python3
"""Pointwise functions against NumPy, on vectors, their rests and in scalars.

usage: functions.py path/to/pdec
"""

import math
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random, same_bits

# expression of a and b, and of the parameter p = 0.7; the value by NumPy
CASES = {
    "abs(a)": lambda a, b: np.abs(a),
    "exp(a)": lambda a, b: np.exp(a),
    "exp(-100*abs(a))": lambda a, b: np.exp(-100 * np.abs(a)),
    "log(abs(a) + 1)": lambda a, b: np.log(np.abs(a) + 1),
    "sqrt(abs(a))": lambda a, b: np.sqrt(np.abs(a)),
    "sin(a)": lambda a, b: np.sin(a),
    "cos(a)": lambda a, b: np.cos(a),
    "tan(a/4)": lambda a, b: np.tan(a / 4),
    "tanh(a)": lambda a, b: np.tanh(a),
    "atan(a)": lambda a, b: np.arctan(a),
    "atan(a/b) + atan(-1000*b)":
        lambda a, b: np.arctan(a / b) + np.arctan(-1000 * b),
    "asin(tanh(a)) + acos(tanh(b))":
        lambda a, b: np.arcsin(np.tanh(a)) + np.arccos(np.tanh(b)),
    "sinh(a) + cosh(a/2)": lambda a, b: np.sinh(a) + np.cosh(a / 2),
    "cbrt(a)": lambda a, b: np.cbrt(a),
    "erf(a)": lambda a, b: np.vectorize(math.erf)(a),
    "atan2(a, b) + atan2(b, p) + atan2(0, a)":
        lambda a, b: np.arctan2(a, b) + np.arctan2(b, 0.7) + np.arctan2(0, a),
    "hypot(a, b) + hypot(a, 0) + hypot(0*a, 0*b)":
        lambda a, b: np.hypot(a, b) + np.abs(a),
    "mod(a, 0.7) + mod(3*a, b)":
        lambda a, b: np.mod(a, 0.7) + np.mod(3 * a, b),
    "floor(a)": lambda a, b: np.floor(a),
    "min(a, b, 0.5)": lambda a, b: np.minimum(np.minimum(a, b), 0.5),
    "max(a, b)": lambda a, b: np.maximum(a, b),
    "a^2 + a^3 - a^5": lambda a, b: a**2 + a**3 - a**5,
    "(abs(a) + 1)^-3": lambda a, b: (np.abs(a) + 1)**-3,
    "(abs(a) + 1)^p": lambda a, b: (np.abs(a) + 1)**0.7,
    "(abs(a) + 1)^-0.5": lambda a, b: (np.abs(a) + 1)**-0.5,
    "a^64/(1 + a^64)": lambda a, b: a**64 / (1 + a**64),
    "if a < b and not a < 0 then a else b":
        lambda a, b: np.where((a < b) & ~(a < 0), a, b),
    "sign(a) + step(b)": lambda a, b: np.sign(a) + np.where(b < 0, 0.0, 1.0),
    "clamp(a, -0.5, 0.5)": lambda a, b: np.clip(a, -0.5, 0.5),
    "relu(a)": lambda a, b: np.maximum(a, 0),
    "exp(p)*a + sin(p)": lambda a, b: np.exp(0.7) * a + np.sin(0.7),
    "floor(7*p)/2 + 0*a": lambda a, b: 2 + 0 * a,
    "tanh(p)*a + tan(p)": lambda a, b: np.tanh(0.7) * a + np.tan(0.7),
    "atan(p)*a + atan(-3)": lambda a, b: np.arctan(0.7) * a + np.arctan(-3),
}


def check_case(workshop, expression, function, numbers):
    text = ("grid X : 1d, boundary reflecting\nparam p = 0.7\ninput a on X\n"
            "input b on X\noutput u = %s\n" % expression)
    for precision, tolerance in (("f64", 1e-14), ("f32", 2e-6)):
        kernel, network = (
            workshop.compile(text, *FORMS[form], "--precision", precision)
            for form in FORMS)
        for size in (1, 37):
            a, b = random(numbers, (2, size))
            inputs = {"a": a, "b": b}
            found = kernel.run(inputs, ["u"])["u"]
            title = "%s, %s, %d cells" % (expression, precision, size)
            workshop.check_close(title, found.astype(float), function(a, b),
                                 tolerance)
            workshop.check(title + ": network", same_bits(
                found, network.run(inputs, ["u"])["u"]))


# Values at which a method, not only its rounding, shows: ends of ranges,
# subnormal arguments and results.
EDGES = {
    ("exp(a)", "f64"): (np.exp, [0, -0.0, 1e-300, -700, -740, -745, -746, -1e300,
                                 709.7, 1e-17, 0.34657359, -0.34657360]),
    ("exp(a)", "f32"): (np.exp, [0, -80, -95, -103, -104, -1e30, 88.7, 1e-9]),
    ("1/sqrt(a)", "f64"): (lambda a: 1 / np.sqrt(a),
                           [1, 2, 4, 1e-300, 2.5e-308, 5e-324, 1e-310, 1e300,
                            1.7e308, 3, 0.1]),
    ("1/sqrt(a)", "f32"): (lambda a: 1 / np.sqrt(a),
                           [1, 2, 1e-30, 1.2e-38, 1e-40, 1.5e-45, 3e38]),
}


def check_edges(workshop, expression, precision, function, values):
    text = ("grid X : 1d, boundary reflecting\ninput a on X\n"
            "output u = %s\n" % expression)
    kernel, network = (workshop.compile(text, *FORMS[form], "--precision",
                                        precision)
                       for form in FORMS)
    a = np.array(values, "f4" if precision == "f32" else "f8")
    found = kernel.run({"a": a}, ["u"])["u"]
    expected = function(a.astype("f8"))
    tiny = np.finfo(a.dtype).smallest_subnormal
    error = np.abs(found - expected) / (
        np.finfo(a.dtype).eps * np.abs(expected) + tiny)
    workshop.check("%s, %s at edges" % (expression, precision),
                   np.max(error) <= 2, "%s\n%s\n%s" % (a, found, expected))
    workshop.check("%s, %s at edges: network" % (expression, precision),
                   same_bits(found, network.run({"a": a}, ["u"])["u"]))


# Functions of the mathematics library whose accuracy is known: NumPy's, which is
# asked for long doubles, and the units in the last place by which they may
# differ from it.
ACCURATE = {"atan": (np.arctan, 1)}


def tricky(numbers, real):
    """Random numbers, those of all magnitudes, ends of ranges, zeros with
    signs, infinities and NaN, in no order."""
    info = np.finfo(real)
    ends = [0.0, 1.0, info.max, info.tiny, info.smallest_subnormal, info.eps,
            np.inf, 7 / 16, 11 / 16, 19 / 16, 39 / 16]
    exponents = numbers.uniform(np.log10(info.tiny), np.log10(info.max), 400)
    values = np.concatenate([3 * numbers.standard_normal(400),
                             10**exponents * numbers.choice([-1, 1], 400),
                             ends, np.negative(ends), [np.nan, np.nan]])
    return numbers.permutation(values.astype(real))


def largest_error(found, exact):
    """In units in the last place; infinite if a sign differs."""
    if np.any(np.signbit(found) != np.signbit(exact)):
        return np.inf
    unit = np.spacing(np.abs(exact.astype(found.dtype)))
    return np.max(np.abs(found.astype(exact.dtype) - exact) / unit)


def check_accurate(workshop, name, function, bound, numbers):
    """All values at several places of vectors and their rests, in both forms.
    Files hold finite numbers only: quotients give the others, and 7 stands for
    NaN."""
    text = ("grid X : 1d, boundary reflecting\ninput a on X\ninput b on X\n"
            "let s = %s(a/b)\noutput u = if s == s then s else 7\n" % name)
    for precision, real in (("f64", np.float64), ("f32", np.float32)):
        values = tricky(numbers, real)
        above, below = values.copy(), np.ones_like(values)
        above[np.isinf(values)] = np.sign(values[np.isinf(values)])
        above[np.isnan(values)] = 0
        below[~np.isfinite(values)] = 0
        exact = function(values.astype(np.longdouble))
        exact[np.isnan(exact)] = 7
        first = None
        for form in FORMS:
            program = workshop.compile(text, *FORMS[form], "--precision",
                                       precision)
            for shift in range(9):
                title = "%s, %s, %s, from %d on" % (name, precision, form,
                                                    shift)
                found = program.run({"a": above[shift:], "b": below[shift:]},
                                    ["u"])["u"]
                first = found if first is None else first
                error = largest_error(found, exact[shift:])
                workshop.check(title, error <= bound, "%g ulp" % error)
                workshop.check(title + ": bits",
                               same_bits(found, first[shift:]))


def check_constants(workshop, name, function, bound):
    """The same of numbers that are known when a script is checked, when a
    program is compiled, and when it runs."""
    for value in (0.1, -0.7, 1.9, 1e5, -1e-5):
        text = ("grid X : 1d, boundary reflecting\nparam p = %r\ninput a on X\n"
                "output u = like(a, %s(%r)), v = %s(like(a, %r))\n"
                "output w = like(a, %s(p))\n"
                % (value, name, value, name, value, name))
        for precision, real in (("f64", np.float64), ("f32", np.float32)):
            for form in FORMS:
                program = workshop.compile(text, *FORMS[form], "--precision",
                                           precision)
                found = program.run({"a": np.ones(19, real)}, ["u", "v", "w"])
                for output, given in (("u", value), ("v", real(value)),
                                      ("w", value)):
                    exact = np.full(19, function(np.longdouble(given)))
                    error = largest_error(found[output], exact)
                    workshop.check(
                        "%s of %r, %s, %s, %s" % (name, value, precision, form,
                                                  output),
                        error <= bound, "%g ulp" % error)


# Of two arguments, in units in the last place. What they give for zeros has no
# sign.
OF_TWO = {"atan2": (np.arctan2, 2), "hypot": (np.hypot, 2)}


def check_of_two(workshop, name, function, bound, numbers):
    """Of all magnitudes and signs, nearly equal, zero, and at the ends of the
    range."""
    text = ("grid X : 1d, boundary reflecting\ninput a on X\ninput b on X\n"
            "let s = %s(a, b)\noutput u = if s - s == 0 then s else 7\n" % name)
    for precision, real in (("f64", np.float64), ("f32", np.float32)):
        values = tricky(numbers, real)
        values = values[np.isfinite(values)]
        a, b = numbers.permutation(values), numbers.permutation(values)
        near = 3 * numbers.standard_normal(3000)
        a = np.concatenate([a, near.astype(real), values, near.astype(real)])
        b = np.concatenate([b, (near * (1 + 1e-3 * numbers.standard_normal(
            3000))).astype(real), 0 * values, numbers.permutation(near).astype(
                real)])
        a, b = a + real(0), b + real(0)  # zeros have no sign, either
        exact = function(a.astype(np.longdouble), b.astype(np.longdouble))
        exact[np.abs(exact) > np.finfo(real).max] = 7
        programs = [workshop.compile(text, *FORMS[form], "--precision",
                                     precision) for form in FORMS]
        found, other = [program.run({"a": a, "b": b}, ["u"])["u"]
                        for program in programs]
        unit = np.spacing(np.minimum(np.abs(exact), np.finfo(real).max).astype(
            real)).astype(np.longdouble)
        errors = np.abs(found - exact)/unit
        worst = np.argmax(errors)
        print("%s, %s: %.4f" % (name, precision, errors[worst]))
        workshop.check("%s, %s" % (name, precision), errors[worst] <= bound,
                       "%g ulp of %r, %r: %r, not %r" % (
                           errors[worst], a[worst], b[worst], found[worst],
                           exact[worst]))
        workshop.check("%s, %s: bits" % (name, precision),
                       same_bits(found, other))


# Of the library's functions, which are chosen from two formulas each.
SLOPES = {
    "asin(a)": lambda a: 1 / np.sqrt(1 - a**2),
    "acos(a)": lambda a: -1 / np.sqrt(1 - a**2),
    "sinh(3*a)": lambda a: 3 * np.cosh(3 * a),
    "cosh(3*a)": lambda a: 3 * np.sinh(3 * a),
    "cbrt(a)": lambda a: 1 / (3 * np.cbrt(a)**2),
    "erf(3*a)": lambda a: 6 / np.sqrt(np.pi) * np.exp(-9 * a**2),
    "atan2(a, 0.3)": lambda a: 0.3 / (a**2 + 0.09),
    "atan2(0.3, a)": lambda a: -0.3 / (a**2 + 0.09),
    "atan2(a - 0.5, 0.3)": lambda a: 0.3 / ((a - 0.5)**2 + 0.09),
    "hypot(a, 0.3)": lambda a: a / np.hypot(a, 0.3),
    "mod(a, 0.35)": lambda a: np.ones(a.shape),
}


def check_slopes(workshop):
    """Gradients and derivatives on both sides of all seams."""
    a = np.concatenate([np.linspace(-0.97, 0.97, 78), [0.5, -0.5, 1 / 3, 0.3, -0.3]])
    text = "grid X : 1d, boundary reflecting\ninput a on X\n" + "".join(
        "output g%d = gradient(sum(%s), a), d%d = derivative(%s, a, 1)\n" %
        (k, text, k, text) for k, text in enumerate(SLOPES))
    names = [way + str(k) for k in range(len(SLOPES)) for way in "gd"]
    for form in FORMS:
        found = workshop.compile(text, *FORMS[form]).run({"a": a}, names)
        for k, (text_of, slope) in enumerate(SLOPES.items()):
            for way in "gd":
                workshop.check_close("slope of %s, %s" % (text_of, form),
                                     found["%s%d" % (way, k)] / slope(a),
                                     np.ones(a.shape), 1e-12)


# What only NaN (the square root of a number below 0) and zeros with signs show.
ORDERS = """grid X : 1d, boundary reflecting
input a on X
input b on X
let n = sqrt(a)
fun known(s) = if s == s then 1 else 0
fun below(s) = if 1/s < 0 then 1 else 0
output u = known(min(n, b)) + 2*known(min(b, n)) + 4*known(max(n, b)) + 8*known(max(b, n))
output v = known(min(n, 0.5)) + 2*known(min(0.5, n)) + 4*known(max(n, 0.5)) + 8*known(max(0.5, n))
output w = below(min(a, b)) + 2*below(min(b, a)) + 4*below(max(a, b)) + 8*below(max(b, a))
"""


def check_orders(workshop):
    a = np.array([-1.0, 1, -0.0, 0, 2, -3] * 3)
    b = np.array([1.0, 2, 0, -0.0, 1, -1] * 3)
    known = np.where(a < 0, 0, 15)
    below = np.array([3, 0, 3, 3, 0, 15] * 3)
    for form in FORMS:
        for precision in ("f64", "f32"):
            program = workshop.compile(ORDERS, *FORMS[form], "--precision",
                                       precision)
            found = program.run({"a": a, "b": b}, ["u", "v", "w"])
            for name, expected in (("u", known), ("v", known), ("w", below)):
                workshop.check("orders of %s, %s, %s" % (name, form, precision),
                               np.array_equal(found[name], expected),
                               (found[name], expected))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(3)
    for expression, function in CASES.items():
        try:
            check_case(workshop, expression, function, numbers)
        except RuntimeError as problem:
            workshop.check(expression, False, problem)
    for (expression, precision), (function, values) in EDGES.items():
        check_edges(workshop, expression, precision, function, values)
    for name, (function, bound) in ACCURATE.items():
        check_accurate(workshop, name, function, bound, numbers)
        check_constants(workshop, name, function, bound)
    for name, (function, bound) in OF_TWO.items():
        check_of_two(workshop, name, function, bound, numbers)
    check_slopes(workshop)
    check_orders(workshop)
    return workshop.finish()


sys.exit(main())
