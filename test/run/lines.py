#!/usr/bin/env python3
"""What is made of lines along an axis, against NumPy: on every axis of grids of
two and three axes, in all forms and precisions; where fields of fewer axes meet
others, beyond the sides, in steps, and derivatives.

usage: lines.py path/to/pdec
"""

import itertools
import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, random, same_bits

ALL = {"kernel": (), "layers": ("--as", "network", "--layers"),
       "raised": ("--as", "network")}


def total(f, axis):
    """In double, from the first cell to the last, rounded once."""
    return np.take(np.cumsum(f.astype("f8"), axis), -1, axis).astype(f.dtype)


def every_axis(workshop):
    """To the bit, in all forms, for any number of threads."""
    numbers = np.random.RandomState(5)
    for axes in ("xy", "xyz"):
        lines = ["grid X : %dd, boundary reflecting" % len(axes),
                 "input f on X"]
        for a in axes:
            lines.append(
                "output s%s = sum(f, %s), m%s = mean(f, %s), low%s = min(f, "
                "along = %s), high%s = max(f, along = %s), c%s = cumsum(f, %s)"
                % ((a, a)*5))
        lines.append("output both = sum(sum(f, x), y)" if len(axes) == 3 else
                     "output all = sum(sum(f, x), y), one = mean(mean(f, y), x)")
        text = "\n".join(lines) + "\n"
        for (form, options), precision in itertools.product(
                ALL.items(), ("f64", "f32")):
            program = workshop.compile(text, *options, "--precision", precision)
            for shape in ([3, 70], [130, 5], [1, 1]) if axes == "xy" else (
                    [3, 4, 5], [2, 1, 67], [66, 3, 2]):
                f = random(numbers, shape).astype({"f64": "f8", "f32": "f4"}[precision])
                expected = {}
                for axis, a in enumerate(axes):
                    s = total(f, axis)
                    expected["s" + a] = s
                    expected["low" + a] = f.min(axis)
                    expected["high" + a] = f.max(axis)
                    expected["c" + a] = np.cumsum(
                        f.astype("f8"), axis).astype(f.dtype)
                    expected["m" + a] = (s/f.dtype.type(f.shape[axis])).astype(
                        f.dtype)
                if len(axes) == 3:
                    expected["both"] = total(total(f, 0), 0)
                for threads in (1, 2):
                    made = program.run({"f": f}, list(expected),
                                       threads=threads)
                    for name, value in expected.items():
                        title = "%s of %s, %s, %s" % (name, shape, form,
                                                      precision)
                        workshop.check(title + ": shape",
                                       made[name].shape == value.shape,
                                       (made[name].shape, value.shape))
                        workshop.check(title, same_bits(
                            made[name], np.ascontiguousarray(value)),
                            (made[name], value))


def special(workshop):
    """Zeros with signs, infinities; what is not a number reaches its line."""
    f = np.array([[0.0, -0.0, 3.0], [-0.0, 0.0, 1.0], [2.0, 1.0, 4.0]])
    text = """grid X : 2d, boundary reflecting
input f on X
let g = 1/f
let a = min(g, along = y), b = max(f, along = y)
output low = if a < 0 then 0 - 1 else 1
output high = b, small = 1/min(f - 2*max(f, 0), along = x)
"""
    with np.errstate(divide="ignore"):
        expected = {"low": np.where((1/f).min(1) < 0, -1.0, 1.0),
                    "high": f.max(1),
                    "small": 1/(f - 2*np.maximum(f, 0)).min(0)}
    for form, options in ALL.items():
        made = workshop.compile(text, *options).run({"f": f}, list(expected))
        for name, value in expected.items():
            workshop.check("zeros, %s, %s" % (name, form),
                           np.array_equal(made[name], value),
                           (made[name], value))


def together(workshop):
    """Fields of fewer axes among those of more, and conditions."""
    numbers = np.random.RandomState(6)
    text = """grid X : 3d (t, a, b), boundary t reflecting, a periodic, b dirichlet 0.5, spacing [1, 0.5, 2]
input f on X
input p on X.a = 2*a
input q on X.t.b
let m = mean(f, t)
output anomaly = f - m
output outer = mean(mean(f, a), b)*p
output far = sum(sum(f, t), b) + mean(mean(f, a), b)
output mixed = q*p + f
output chosen = if p > 1 then f else m
output places = b*sum(f, a) + index(t)
output list = inner([f, m], [p, q])
output bent = d2(a)(p), sharp = laplace(p) + div(grad(p)), edge = forward(b)'(forward(b)(q))
"""
    f = random(numbers, (4, 5, 6))
    p, q = random(numbers, (5,)), random(numbers, (4, 6))
    m = np.add.reduce(f, 0)/4
    P, Q = p[None, :, None], q[:, None, :]
    b, t = (np.arange(6) + 1)*2.0, np.arange(4.0)
    faces = np.diff(np.pad(q, ((0, 0), (1, 1)), constant_values=0.5))/2
    expected = {
        "anomaly": f - m,
        "outer": f.mean(2).mean(1)[:, None]*p,
        "far": f.sum(2).sum(0)[None, :] + f.mean(2).mean(1)[:, None],
        "mixed": Q*P + f,
        "chosen": np.where(P > 1, f, m),
        "places": b*f.sum(1) + t[:, None],
        "list": f*P + m*Q,
        "bent": (np.roll(p, -1) - 2*p + np.roll(p, 1))/0.25,
        "sharp": 2*(np.roll(p, -1) - 2*p + np.roll(p, 1))/0.25,
        "edge": (faces[:, :-1] - faces[:, 1:])/2,
    }
    for (form, options), precision in itertools.product(
            ALL.items(), (("f64", 1e-13), ("f32", 1e-5))):
        program = workshop.compile(text, *options, "--precision", precision[0])
        made = program.run({"f": f, "p": p, "q": q}, list(expected))
        for name, value in expected.items():
            workshop.check_close("%s, %s, %s" % (name, form, precision[0]),
                                 made[name].astype("f8"), value, precision[1])


def in_steps(workshop):
    """A batch of signals, and a state of fewer axes."""
    numbers = np.random.RandomState(7)
    text = """grid S : 2d (signal, t), boundary signal reflecting, t reflecting
param tau = 0.2, n = 9
input f on S
input k on S.signal
let D = forward(t)
evolve u from f - mean(f, t) by u -> u - tau*D'(k*D(u)) - 0.1*cumsum(u, t)/size(t) for n steps
evolve v from mean(f, signal) by v -> v + tau*laplace(v) for n steps
record total = sum(v, t) every 3
record profile = v every 4
output u, v
"""
    f, k = random(numbers, (3, 12)), np.array([0.5, 1.0, 1.5])
    u, v = f - f.mean(1)[:, None], f.mean(0)
    totals, profiles = [v.sum()], [v]
    for step in range(1, 10):
        wide = np.pad(u, ((0, 0), (1, 1)), "edge")
        flow = k[:, None]*np.diff(wide, axis=1)
        u = u + 0.2*np.diff(flow, axis=1) - 0.1*np.cumsum(u, 1)/12
        v = v + 0.2*np.diff(np.pad(v, 1, "edge"), 2)
        totals += [v.sum()] if step % 3 == 0 else []
        profiles += [v] if step % 4 == 0 else []
    for form, options in ALL.items():
        program = workshop.compile(text, *options)
        made = program.run({"f": f, "k": k}, ["u", "v", "total", "profile"])
        workshop.check_close("batch, " + form, made["u"], u, 1e-12)
        workshop.check_close("evolved profile, " + form, made["v"], v, 1e-12)
        workshop.check_close("recorded sum, " + form, made["total"][:, 1],
                             np.array(totals), 1e-12)
        workshop.check_close("recorded profile, " + form, made["profile"],
                             np.array(profiles), 1e-12)


def derivatives(workshop):
    """Against differences of the function in NumPy, and along directions."""
    numbers = np.random.RandomState(8)
    text = """grid X : 2d, boundary reflecting
input f on X
input p on X.y
input d on X
let s = sum(f^2, x), c = cumsum(f, y)
let J = dot(s, p) + norm(c)^2/2 + sum(max(f, along = y)^2) + sum(min(f*p, along = x)) + sum(f*mean(f, y)^2)
output J, g = gradient(J, f), h = gradient(J, p), along = derivative(max(f, along = y) + cumsum(f, y), f, d)
"""
    f, p, d = random(numbers, (4, 6)), random(numbers, (6,)), random(
        numbers, (4, 6))

    def value(f, p):
        return ((f**2).sum(0) @ p + (np.cumsum(f, 1)**2).sum()/2
                + (f.max(1)**2).sum() + (f*p).min(0).sum()
                + (f*f.mean(1)[:, None]**2).sum())

    def slopes(function, x):
        result = np.zeros_like(x)
        for place in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[place] = 1e-5
            result[place] = (function(x + step) - function(x - step))/2e-5
        return result

    expected = {"J": np.array(value(f, p)),
                "g": slopes(lambda x: value(x, p), f),
                "h": slopes(lambda x: value(f, x), p),
                "along": (d[np.arange(4), f.argmax(1)][:, None]
                          + np.cumsum(d, 1))}
    for form, options in ALL.items():
        made = workshop.compile(text, *options).run(
            {"f": f, "p": p, "d": d}, list(expected))
        for name, result in expected.items():
            workshop.check_close("derivative %s, %s" % (name, form),
                                 made[name], result,
                                 1e-13 if name == "J" else 1e-8)


def profiles_that_do_not_fit(workshop):
    text = "grid X : 2d\ninput f on X\ninput p on X.y\noutput u = f*p\n"
    program = workshop.compile(text)
    np.save(workshop.path("f.npy"), np.zeros((3, 4)))
    for shape, told in (((5,), "input 'p' has 5 cells"), ((3, 4), "rank")):
        np.save(workshop.path("p.npy"), np.zeros(shape))
        ran = subprocess.run(
            [*program.command, "--input", "f=%s,p=%s" % (
                workshop.path("f.npy"), workshop.path("p.npy"))],
            capture_output=True, text=True)
        workshop.check("a profile of %s" % (shape,), ran.returncode == 1
                       and told in ran.stderr, ran.stderr)


def main():
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    every_axis(workshop)
    special(workshop)
    together(workshop)
    in_steps(workshop)
    derivatives(workshop)
    profiles_that_do_not_fit(workshop)
    return workshop.finish()


sys.exit(main())
