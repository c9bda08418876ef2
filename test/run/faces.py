#!/usr/bin/env python3
"""Fields with rows on boundary faces against NumPy, in both forms: evolutions
with fields on cells, loops, reductions, inputs and outputs; Yee's scheme and the frequency
of a box.

usage: faces.py path/to/pdec path/to/maxwell2d.pde
"""

import math
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, compare, compile_both, random
from reference import Operator

FORWARD, BACKWARD = ([-1, 1], 0), ([-1, 1], -1)

# -- one axis ------------------------------------------------------------------

EVOLVED = """
grid X : 1d, boundary low dirichlet %r, high dirichlet %r
param tau = 0.25, n = 10
input f on X
let D = %s(x)
evolve u, q from f, D(f) by (u, q) -> [u - tau*D'(q), q + tau*D(u)] for n steps
evolve alone from D(f) by p -> p - tau*D(D'(p)) for n steps
fun relaxed(start) = {
  var p = start
  for k in 1 .. 5 {
    p = p - tau*D(D'(p))/k
  }
  return p
}
let held = relaxed(D(f))
let fixed = fixpoint p from like(q, 1) {
  0.5*p + D(f) - 0.05*D(D'(p))
} until change < 1e-3*norm(q), at most 100
output u, q, alone, held, fixed
"""


def evolved(operator, f, tau, steps):
    """D(u) of a state has the values of the sides, D(r) of a rate zeros."""
    def linear(r):
        return operator.apply(r) - operator.constant

    def diffused(p):
        return linear(operator.transposed(p))

    u, q = f, operator.apply(f)
    alone = held = q
    for _ in range(steps):
        u, q = u - tau*operator.transposed(q), q + tau*operator.apply(u)
        alone = alone - tau*diffused(alone)
    for k in range(1, 6):
        held = held - tau*diffused(held)/k
    fixed, change = np.ones_like(q), np.inf
    while change >= 1e-3*np.linalg.norm(q):
        before = fixed
        fixed = 0.5*fixed + operator.apply(f) - 0.05*diffused(fixed)
        change = np.max(np.abs(fixed - before))
    return {"u": u, "q": q, "alone": alone, "held": held, "fixed": fixed}


def check_evolutions(workshop, numbers):
    for name, taps in ("forward", FORWARD), ("backward", BACKWARD):
        low, high = 0.5, -1.0
        programs = compile_both(workshop, EVOLVED % (low, high, name))
        for size, steps in (1, 3), (17, 0), (17, 10), (3000, 40):
            f = random(numbers, size)
            operator = Operator(size, low, high, *taps)
            compare(workshop, "%s, %d cells, %d steps" % (name, size, steps),
                    programs, {"f": f}, evolved(operator, f, 0.25, steps),
                    {"n": steps})


REDUCED = """
grid X : 1d, boundary dirichlet 0
input f on X
input g on X
let D = forward(x)
let p = D(f)
let q = D(g)
fun number(s) = 0*f + s
output total = number(sum(abs(p))), least = number(min(p)),
    most = number(max(p)), average = number(mean(abs(p))),
    product = number(dot(p, q)),
    transposed = number(dot(f, D'(q))), length = number(norm([p, f])),
    largest = number(norm_max(q))
"""


def check_reductions(workshop, numbers):
    programs = compile_both(workshop, REDUCED)
    for size in 1, 40:
        f, g = random(numbers, size), random(numbers, size)
        operator = Operator(size, 0.0, 0.0, *FORWARD)
        p, q = operator.apply(f), operator.apply(g)
        answer = {"total": np.abs(p).sum(), "least": p.min(), "most": p.max(),
                  "average": np.abs(p).mean(), "product": p @ q,
                  "transposed": p @ q,
                  "length": math.sqrt(p @ p + f @ f),
                  "largest": np.abs(q).max()}
        compare(workshop, "reductions, %d cells" % size, programs,
                {"f": f, "g": g},
                {name: np.full(size, value) for name, value in answer.items()},
                {})


# -- files ---------------------------------------------------------------------

SHOWN = """
grid X : 2d, boundary dirichlet 0, extent [[0, 1], [0, 2]], size [4, 5]
input f on X = x + y
output q = forward(x)(f), r = backward(y)(f)
"""


def check_files(workshop):
    script = workshop.write("shown.pde", SHOWN)
    csv, vti, plot = (workshop.path("shown." + end)
                      for end in ("csv", "vti", "svg"))
    ran = subprocess.run(
        [workshop.pdec, "run", script, "--output", "q=" + csv, "--plot", plot],
        capture_output=True, text=True, timeout=120)
    workshop.check("summary",
                   ran.stdout.startswith("r on X (4 x 6 cells): "), ran)
    q = np.loadtxt(csv, delimiter=",")
    workshop.check("csv", q.shape == (5, 5), q)
    subprocess.run([workshop.pdec, "run", script, "--quiet", "--output",
                    "q=" + vti], check=True, timeout=120)
    with open(vti, "rb") as file:
        head = file.read(400).decode(errors="replace")
    # Nodes lie at multiples of 1/5 and 1/3: the row below the first at 0.
    workshop.check("vti", 'WholeExtent="0 4 0 4 0 0"' in head and
                   'Origin="0 0.3333333333333333 0"' in head, head)
    with open(plot) as file:
        text = file.read()
    workshop.check("plot", ">q<" in text and ">r<" in text, text[:300])


# -- inputs --------------------------------------------------------------------

GIVEN = """
grid X : 2d, boundary x dirichlet 0, y low dirichlet 0.5, y high reflecting,
    extent [[0, 1], [0, 2]], size [6, 5]
param a = 2.0
let Dx = forward(x)
let By = backward(y)
input f on X = x*y
input p on X, faces Dx
input q on X, faces Dx = a*x + y^2
input s on X, faces By = -1
output flux = Dx'(p + q), q = q, s = s
"""


def check_inputs(workshop, numbers):
    """Rows come with the data, or from defaults that go on along the faces."""
    script = GIVEN.replace("input r on X, faces grad = [Dx(f), f][0]\n", "")
    programs = compile_both(workshop, script)
    for shape in (1, 1), (6, 5), (40, 33):
        n, m = shape
        hx, hy = 1/(n + 1), 2/(m + 0.5)
        x, y = hx*np.arange(0, n + 1), hy*np.arange(1, m + 1)
        q = 3*x[:, None] + y**2
        p = random(numbers, (n + 1, m))
        compare(workshop, "faces of %dx%d cells" % shape, programs,
                {"p": p, "f": random(numbers, shape)},
                {"flux": -np.diff(p + q, axis=0)/hx, "q": q,
                 "s": -np.ones(shape)}, {"a": 3.0})
        own = random(numbers, (n + 1, m))
        compare(workshop, "all faces given, %dx%d cells" % shape, programs,
                {"p": p, "q": own}, {"flux": -np.diff(p + own, axis=0)/hx,
                                     "q": own, "s": -np.ones(shape)}, {})


RESTARTED = """
grid X : 1d, boundary dirichlet 0, size 30
param n = 7
let D = forward(x)
input f on X = exp(-x/5)
input g on X, faces D = D(f)
evolve p, v from f, g by (p, v) -> {
  let w = v - 0.3*D(p)
  return [p + 0.3*D'(w), w]
} for n steps
output p, v
"""


def check_restart(workshop):
    """A run goes on from the files of another, to the bit."""
    script = workshop.write("restarted.pde", RESTARTED)

    def run(steps, source, target):
        given = [] if source is None else [
            "--input", "f=" + workshop.path(source + "p.npy"),
            "--input", "g=" + workshop.path(source + "v.npy")]
        subprocess.run(
            [workshop.pdec, "run", script, "--quiet", "--set",
             "n=%d" % steps, *given,
             "--output", "p=" + workshop.path(target + "p.npy"),
             "--output", "v=" + workshop.path(target + "v.npy")],
            check=True, timeout=120)
        return [np.load(workshop.path(target + name + ".npy"))
                for name in "pv"]
    run(7, None, "first-")
    found, whole = run(11, "first-", "second-"), run(18, None, "whole-")
    workshop.check("restart", whole[1].shape == (31,) and
                   all(map(np.array_equal, found, whole)), (found, whole))


def check_refusals(workshop):
    """Files of faces say what they do not fit."""
    script = workshop.write("restarted.pde", RESTARTED)
    files = {}
    for size in 1, 30, 31:
        files[size] = workshop.path("%d.npy" % size)
        np.save(files[size], np.zeros(size))
    for given, message in (
            (["--input", "g=" + files[30], "--input", "f=" + files[30]],
             "the sizes of grid X disagree: input 'g' has the faces of 29 "
             "cells, but input 'f' has 30 cells"),
            (["--input", "g=" + files[31], "--size", "20"],
             "the sizes of grid X disagree: input 'g' has the faces of 30 "
             "cells, but --size gives 20 cells"),
            (["--input", "g=" + files[1]],
             "cannot read input 'g' from '%s': it has 1 cell, but on these "
             "faces it needs 1 more along x than the grid has cells"
             % files[1])):
        ran = subprocess.run([workshop.pdec, "run", script, *given],
                             capture_output=True, text=True, timeout=120)
        workshop.check(message, ran.returncode == 1 and message in ran.stderr,
                       ran)


# -- Maxwell's equations -------------------------------------------------------

def yee(e, hx, hy, tau, steps):
    """All levels of E, then Hx and Hy; walls one node beyond the array."""
    h = 1/(e.shape[0] + 1)
    full = np.pad(e, 1)
    levels = [e]
    for _ in range(steps):
        hx = hx - tau*np.diff(full[1:-1, :], axis=1)/h
        hy = hy + tau*np.diff(full[:, 1:-1], axis=0)/h
        full[1:-1, 1:-1] += tau*(np.diff(hy, axis=0) - np.diff(hx, axis=1))/h
        levels.append(full[1:-1, 1:-1].copy())
    return levels, hx, hy


def check_maxwell(workshop, numbers, script):
    with open(script) as file:
        programs = compile_both(workshop, file.read())
    e = random(numbers, (31, 31))
    given = {"hx": random(numbers, (31, 32)), "hy": random(numbers, (32, 31))}
    for start in {}, given:
        levels, hx, hy = yee(e, start.get("hx", np.zeros((31, 32))),
                             start.get("hy", np.zeros((32, 31))), 0.02, 40)
        compare(workshop, "Yee's scheme from " + ", ".join(["e", *start]),
                programs, {"e": e, **start},
                {"E": levels[-1], "Hx": hx, "Hy": hy}, {"tau": 0.02, "n": 40})
    # The lowest mode swings with the frequency sqrt(2)*pi, on this grid a
    # little slower. H starts half a step before E: so does the phase.
    size, tau, steps = 63, 0.005, 400
    x = np.arange(1, size + 1)/(size + 1)
    mode = np.outer(np.sin(np.pi*x), np.sin(np.pi*x))
    found = programs["kernel", "f64"].run({"e": mode}, ["E"],
                                          {"tau": tau, "n": steps})["E"]
    wave = math.sqrt(2)*math.sin(math.pi/(2*(size + 1)))*(size + 1)*2
    omega = 2/tau*math.asin(tau*wave/2)
    workshop.check("frequency", abs(omega/(math.sqrt(2)*math.pi) - 1) < 1e-3,
                   omega)
    swing = math.cos(omega*tau*(steps + 0.5))/math.cos(omega*tau/2)
    workshop.check_close("lowest mode", found, swing*mode, 1e-11)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(5)
    check_evolutions(workshop, numbers)
    check_reductions(workshop, numbers)
    check_files(workshop)
    check_inputs(workshop, numbers)
    check_restart(workshop)
    check_refusals(workshop)
    check_maxwell(workshop, numbers, sys.argv[2])
    return workshop.finish()


sys.exit(main())
