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
fun smooth(A, b) = {
  let d = diagonal(L, b)
  return u -> u + 0.7*(b - A(u))/(d - exp(u))
}
"""


# Transport, which nothing makes symmetric, and an equation of both signs.
FLOW = """
grid X : 2d, boundary dirichlet 0, extent [0, 1], size [15, 31]
input f on X = x*(1 - y)
fun A(u) = 50*u - laplace(u) + 40*upwind(x, 1, u)
"""
INDEFINITE = """
grid X : 2d, boundary dirichlet 0, extent [0, 1], size [15, 31]
input f on X = x*(1 - y)
fun A(u) = -200*u - laplace(u)
"""
CIRCLE = """
grid X : 1d, boundary periodic, extent [0, 1], size 50
input f on X = exp(sin(2*pi*x))
fun Q(u) = u^2/2
"""
ADAPTED = """%sevolve u, t, h from f, 0, 0.3 by %s(
    (u, t) -> R(u) + 0.1*sin(t), 5, %s) until t >= 5, at most 500
output u
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
    ("bdf2", DIFFUSION + "fun L(u) = d2(x)(u)\nevolve u, v from f, f by "
     "bdf2(L, 2.0) for 5 steps\noutput u\n"),
    ("sdirk2", evolve(DIFFUSION + "fun L(u) = d2(x)(u)\n",
                      "sdirk2(L, 2.0)")),
    ("sdirk2 (newton)", evolve(DIFFUSION, "sdirk2(R, 0.5, by = newton())", 3)),
    ("imex", evolve(DIFFUSION + "fun L(u) = d2(x)(u)\nfun E(u) = sin(u)\n",
                    "imex(E, L, 0.5)")),
    ("bs23", ADAPTED % (DIFFUSION, "bs23", "1e-3")),
    ("dp45", ADAPTED % (DIFFUSION, "dp45", "1e-4")),
    ("muscl", evolve(CIRCLE, "ssprk3(u -> -muscl(x, Q, 3, u), 0.003)", 20)),
    ("weno5", evolve(CIRCLE, "ssprk3(u -> -weno5(x, Q, 3, u), 0.003)", 20)),
    ("godunov", evolve(CIRCLE, "explicit(u -> -sqrt(godunov(x, 1, u)), 0.005)",
                       20)),
    ("jacobi", solve("jacobi(4/5)")),
    ("red_black", solve("red_black()")),
    ("chebyshev", solve("chebyshev(60, 6000)")),
    ("cg", solve("cg()", count=12)),
    ("cg (by v_cycle)", solve("cg(by = v_cycle(2, 2))", count=5)),
    ("bicgstab", solve("bicgstab()", FLOW, count=8)),
    ("gmres", solve("gmres(6)", FLOW, count=3)),
    ("minres", solve("minres()", INDEFINITE, count=12)),
    ("newton", solve("newton()", BRATU, count=4)),
    ("anderson", solve("anderson(3, omega = 2e-4)", BRATU, count=12)),
    ("v_cycle", solve("v_cycle(2, 1, levels = 3)", count=6)),
    ("w_cycle", solve("w_cycle(2, 1, levels = 3)", count=6)),
    ("f_cycle", solve("f_cycle(2, 1, levels = 3)", count=6)),
    ("fmg", solve("fmg(2, 1, levels = 3)", count=3)),
    ("fas", solve("fas(smooth, 2, 2, levels = 3)", BRATU, count=6)),
]

# In time; in space where it is said; of the error from pass to pass.
ORDERS = {
    "explicit": "1", "heun": "2", "rk4": "4", "ssprk3": "3", "leapfrog": "2",
    "dufort_frankel": "2", "fsi": "1", "fed": "1", "rkl1": "1", "rkl2": "2",
    "implicit": "1", "crank_nicolson": "2",
    "semi_implicit": "1", "bdf2": "2", "sdirk2": "2", "imex": "2",
    "bs23": "3, by steps that adapt", "dp45": "5, by steps that adapt",
    "muscl": "2 in space, 1 at shocks", "weno5": "5 in space, 1 at shocks",
    "newton": "2 from pass to pass",
    "cg": "the best of a Krylov space", "minres": "the best of a Krylov space",
    "gmres": "the best of a Krylov space",
}

HEAD = """\
# Schemes and their forms

Made by `test/equal/schemes.py --write`, checked by each run of the tests. Kernel and network, layer by layer, have the same bits in f64 and f32 after the whole run;
the ONNX models, in ONNX Runtime, agree with the kernel within 1e-5 (`conv`, f32) and 1e-12 (`slice`, f64) of the largest value.

The orders of schemes in time are measured by [`test/order/time.py`](../test/order/time.py) and `test/oracle/stiff_steps.py`, those in space by
`test/oracle/conservation.py`; solvers without one converge at a rate of their own, which `pdec check` [estimates](certificates.md#estimates) for many.

| scheme | order | kernel | network | ONNX `conv` | ONNX `slice` |
|---|---|---|---|---|---|
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
    return "| `%s` | %s | %s |\n" % (name, ORDERS.get(name.split()[0], ""),
                                   " | ".join(cells))


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
