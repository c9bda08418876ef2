#!/usr/bin/env python3
"""Every scheme of the library in all its forms: the table of docs/schemes.md.

usage: schemes.py PDEC TABLE [--write]

A cell is filled when the whole run agrees: kernel and network to the last bit in
both precisions, the ONNX models within 1e-5 (conv, f32) and 1e-12 (slice, f64)
of the largest value. --write makes the table anew; without it, the table found
must be the one in TABLE.
"""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "run"))
from programs import FORMS, Workshop  # noqa: E402

TOLERANCES = {"conv": ("f32", 1e-5), "slice": ("f64", 1e-12)}

# A grid and data, and what a scheme does with them.
DIFFUSION = """
grid X : 1d, boundary reflecting, size 64
input f on X = sin(x/5) + step(x - 30)
let D = forward(x)
fun R(u) = {
  let p = D(u)
  return -D'(freeze(charbonnier_diffusivity(p, 0.5))*p)
}
"""
WAVE = """
grid X : 2d, boundary dirichlet 0, size [15, 20]
input f on X = exp(-((x - 5)^2 + (y - 8)^2)/10)
fun R(u) = laplace(u)
"""
EQUATION = """
grid X : 2d, boundary dirichlet 0, extent [0, 1], size [15, 31]
input f on X = x*(1 - y)
fun A(u) = 50*u - laplace(u)
"""
BRATU = """
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 31
input f on X = 10*x
fun L(u) = -laplace(u)
fun A(u) = L(u) - exp(u)
fun newton(A, b) = {
  let d = diagonal(L, b)
  return u -> u + 0.7*(b - A(u))/(d - exp(u))
}
"""


def evolve(problem, step, count=5):
    return "%sevolve u from f by %s for %d steps\noutput u\n" % (
        problem, step, count)


def solve(solver, problem=EQUATION, count=30):
    """A fixed number of passes: f32 and f64 then do the same work."""
    return ("%ssolve A(u) = f by %s until residual < 0, at most %d else accept\n"
            "output u\n" % (problem, solver, count))


SCHEMES = [
    ("explicit", evolve(DIFFUSION, "explicit(R, 0.4)", 20)),
    ("heun", evolve(DIFFUSION, "heun(R, 0.4)", 20)),
    ("rk4", evolve(DIFFUSION, "rk4(R, 0.4)", 20)),
    ("ssprk3", evolve(DIFFUSION, "ssprk3(R, 0.4)", 20)),
    ("leapfrog", WAVE + "evolve u, v from f, leapfrog_start(R, 0.5, f) "
     "by leapfrog(R, 0.5) for 20 steps\noutput u\n"),
    ("dufort_frankel", DIFFUSION + "evolve u, v from "
     "explicit(R, 1/2.1)(f), f by dufort_frankel(R, 2.0, 1.05) "
     "for 20 steps\noutput u\n"),
    ("fsi", evolve(DIFFUSION, "fsi(R, 0.4, cycle = 8)")),
    ("fed", evolve(DIFFUSION, "fed(R, 0.4, cycle = 8)")),
    ("rkl1", evolve(DIFFUSION, "rkl1(R, 5.0, stages = 6)")),
    ("rkl2", evolve(DIFFUSION, "rkl2(R, 4.0, stages = 6)")),
    ("nesterov", evolve(DIFFUSION, "nesterov(R, 0.4, cycle = 8)")),
    ("implicit (Picard)", evolve(DIFFUSION, "implicit(R, 0.1)")),
    ("implicit (damped)",
     evolve(DIFFUSION, "implicit(R, 5.0, omega = 2/22)")),
    ("crank_nicolson", evolve(DIFFUSION, "crank_nicolson(R, 0.2)")),
    ("semi_implicit", evolve(DIFFUSION, "semi_implicit(R, 2.0, tol = 1e-14 + "
                             "50*epsilon)")),
    ("jacobi", solve("jacobi(4/5)")),
    ("red_black", solve("red_black()")),
    ("chebyshev", solve("chebyshev(60, 6000)")),
    ("cg", solve("cg()", count=12)),
    ("v_cycle", solve("v_cycle(2, 1, levels = 3)", count=6)),
    ("w_cycle", solve("w_cycle(2, 1, levels = 3)", count=6)),
    ("f_cycle", solve("f_cycle(2, 1, levels = 3)", count=6)),
    ("fmg", solve("fmg(2, 1, levels = 3)", count=3)),
    ("fas", solve("fas(newton, 2, 2, levels = 3)", BRATU, count=6)),
]

HEAD = """\
# Schemes and their forms

Made by `test/equal/schemes.py --write`, checked by each run of the tests. Kernel and network, layer by layer, have the same bits in f64 and f32 after the whole run;
the ONNX models, in ONNX Runtime, agree with the kernel within 1e-5 (`conv`, f32) and 1e-12 (`slice`, f64) of the largest value.

| scheme | kernel | network | ONNX `conv` | ONNX `slice` |
|---|---|---|---|---|
"""


def same_bits(workshop, script):
    """Whether kernel and network agree, in both precisions."""
    for precision in ("f64", "f32"):
        made = [workshop.in_memory(script, *FORMS[form], "--precision",
                                   precision).run({}, ["u"])["u"].tobytes()
                for form in FORMS]
        if made[0] != made[1]:
            return False
    return True


def onnx_differences(workshop, path):
    """The largest difference by profile, from pdec verify --onnx."""
    done = subprocess.run([workshop.pdec, "verify", "--onnx", path],
                          capture_output=True, text=True, timeout=300)
    found = re.findall(r"^(\w+), f\d\d: .* within (\S+) of", done.stdout,
                       re.MULTILINE)
    workshop.check("pdec verify --onnx exits 0", done.returncode == 0,
                   done.stdout + done.stderr)
    return {profile: float(value) for profile, value in found}


def row(workshop, name, text):
    path = workshop.write(re.sub(r"\W+", "_", name) + ".pde", text)
    bits = same_bits(workshop, path)
    differences = onnx_differences(workshop, path)
    cells = ["same bits" if bits else ""] * 2
    for profile, (_, tolerance) in TOLERANCES.items():
        fits = differences.get(profile, 1) <= tolerance
        cells.append("within %g" % tolerance if fits else "")
    workshop.check(name + " in all forms", all(cells),
                   "%s %s" % (cells, differences))
    return "| `%s` | %s |\n" % (name, " | ".join(cells))


def library_schemes(folder):
    """The names that the library declares as schemes."""
    names = set()
    for file in os.listdir(folder):
        if file.endswith(".pde"):
            with open(os.path.join(folder, file)) as source:
                names |= set(re.findall(r"^scheme (\w+)", source.read(),
                                        re.MULTILINE))
    return names


def main():
    workshop = Workshop(sys.argv[1])
    table = sys.argv[2]
    root = os.path.dirname(os.path.dirname(os.path.abspath(table)))
    rows = [row(workshop, name, text) for name, text in SCHEMES]
    missing = library_schemes(os.path.join(root, "compiler", "library")) - {
        name.split()[0] for name, _ in SCHEMES}
    workshop.check("all schemes of the library are here", not missing, missing)
    made = HEAD + "".join(rows)
    if "--write" in sys.argv:
        with open(table, "w") as file:
            file.write(made)
    with open(table) as file:
        workshop.check("the table is up to date", file.read() == made, made)
    return workshop.finish()


sys.exit(main())
