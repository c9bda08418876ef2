#!/usr/bin/env python3
"""What certificates claim of a program, against what the program does.

usage: certificates.py path/to/pdec [PROGRAMS [SEED]]

Counterexamples: programs that once had a false claim, each with the data that
show it. A claim may be withdrawn, or be true; it may not be made and fail.
"""

import itertools
import json
import math
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Workshop
from diffusion_steps import (
    CYCLES, DIFFUSIVITIES, EXPLICIT, HOLDING, Rate, Stencil, central,
    crank_nicolson, d2, dufort_frankel_roots, explicit, forward, fsi, gradient,
    implicit, leapfrog_roots, norm_squared, rkl1, rkl2)
from grids import AXES, Grid, PERIODIC, REFLECTING, affine
from random_diffusions import Diffusion
from sides import Side

# Statements are about exact arithmetic: this is left for rounding.
ROUNDING = 1e-11

LINE = """grid X : 1d, boundary %s%s
param tau = %r
input f on X
let D = forward(x)
fun R(u) = -D'(D(u))
"""


def line(rule="reflecting", size=", size 8", tau=0.1):
    return LINE % (rule, size, tau)


def certificates(workshop, script):
    """Of all evolutions of a script."""
    path = workshop.write("certified.pde", script)
    run = subprocess.run([workshop.pdec, path, "--emit", "cert"],
                         capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        raise RuntimeError("%s\n%s" % (script, run.stderr))
    return json.loads(run.stdout)["evolutions"]


def certificate(workshop, script):
    """Of the script's only evolution."""
    evolution, = certificates(workshop, script)
    return evolution


def claimed(evolution):
    """The statements that hold, and "mean". Those about the exact solution of
    an iteration say nothing of a tolerance."""
    exact = any(claim["of_exact_solution"] for claim in evolution["claims"])
    claims = {claim["statement"] for claim in evolution["claims"]
              if claim["holds"] and not claim["of_exact_solution"]}
    return claims | ({"mean"} if evolution["keeps_mean"] and not exact
                     else set())


class Case:
    """A program that evolves u from f, or u and v from f and g, with the start
    at which a claim was seen to fail; `other` is a second one, for
    distances."""

    def __init__(self, title, script, start, other=None, tau=None):
        self.title, self.script = title, script
        self.start, self.other, self.tau = start, other, tau

    def claims(self, workshop):
        """What is said of the value of tau that is tried."""
        evolution = certificate(workshop, self.script)
        if self.tau is None:
            return claimed(evolution)
        step = evolution.get("step")
        return claimed(evolution) if step and (
            step["limit"] is None or self.tau <= step["limit"]) else set()

    def end(self, workshop, start):
        program = workshop.in_memory(
            workshop.write("tried.pde", self.script))
        params = {} if self.tau is None else {"tau": self.tau}
        results = ["u", "v"][:len(start)]
        answer = program.run(dict(zip("fg", start)), results, params,
                             threads=1)
        return np.concatenate([answer[name] for name in results])

    def check(self, workshop):
        claims = self.claims(workshop)
        end = self.end(workshop, self.start)
        before, after = (np.linalg.norm(u)
                         for u in (np.concatenate(self.start), end))
        seen = "from %g to %g, claimed: %s\n%s" % (
            before, after, sorted(claims), self.script)
        workshop.check(self.title + ": norm", "norm" not in claims or
                       after <= before*(1 + ROUNDING), "norm " + seen)
        # Roots in the closed disc let a mode grow by at most a multiple of the
        # number of steps.
        workshop.check(self.title + ": roots", "roots" not in claims or
                       after <= 1000*before, "norm " + seen)
        other = self.other or [0*u for u in self.start]
        apart = np.linalg.norm(np.concatenate(self.start) -
                               np.concatenate(other))
        later = np.linalg.norm(end - self.end(workshop, other))
        means = np.mean(np.concatenate(self.start)), np.mean(end)
        workshop.check(self.title + ": mean", "mean" not in claims or
                       np.isclose(*means, rtol=0, atol=ROUNDING),
                       "mean from %g to %g\n%s" % (*means, self.script))
        workshop.check(
            self.title + ": distance", "distance" not in claims or
            later <= apart*(1 + ROUNDING),
            "distance from %g to %g\n%s" % (apart, later, self.script))


def evolved(step, count=20, **grid):
    return line(**grid) + "evolve u from f by %s for %d steps\noutput u\n" % (
        step, count)


ONE, CHESS = np.ones(8), (-1.0)**np.arange(8)
AT_SIDES = """u -> {
  let v on X, boundary %s = u
  u = u + tau*laplace(v)
}"""
TWO_GRIDS = """grid X : 1d, boundary reflecting, size 2
grid Y : 1d, boundary reflecting, size 100
param tau = 0.9
input f on X
input g on Y
let A = forward(X.x)
let B = forward(Y.x)
evolve u, v from f, g by (u, v) -> [%s, %s] for 50 steps
output u, v
"""


def numbers_of_fields():
    """Numbers that depend on the state, or that nothing is known of."""
    yield Case("a mean in the rate",
               evolved("u -> u + tau*R(u) + 0.1*mean(u)"), [ONE])
    for rule in ("dirichlet 5*mean(u)", "neumann max(u)"):
        yield Case("a side with " + rule, evolved(AT_SIDES % rule), [ONE])
    yield Case("a dirichlet side with a mean",
               evolved(AT_SIDES % "dirichlet 5*mean(u)", rule="dirichlet 0"),
               [ONE])
    yield Case("a coefficient of a mean",
               evolved("u -> u + tau*R(u)/(1 + mean(u)^2)", 1),
               [10*CHESS], [10*CHESS + 0.5])
    yield Case("a step that a mean selects",
               evolved("u -> u + (if mean(u) > 0 then tau else 2*tau)*R(u)",
                       1), [10*CHESS + 0.1], [10*CHESS - 0.1])
    yield Case("a product of two unknown numbers",
               line() + "let c = 1/exp(-max(f)*min(f))\n"
               "evolve u from f by u -> u - tau*D'(c*D(u)) for 20 steps\n"
               "output u\n", [2 + CHESS])
    for weights in ("%s*forward(x)", "stencil(x, [-%s, %s])"):
        a, b = (weights.replace("%s", name) for name in "ab")
        yield Case("an adjoint with another factor, " + b,
                   line() + "let a = sin(max(f))\nlet b = sin(min(f))\n"
                   "let A = %s\nlet B = %s\n" % (a, b) +
                   "evolve u from f by u -> u - tau*A'(B(u)) for 10 steps\n"
                   "output u\n", [CHESS])


def others():
    for end in ("change < 1e-9, at most 1 else accept", "true, at most 5"):
        yield Case("an iteration until " + end,
                   evolved("u -> fixpoint v from u { u + tau*R(v) } until " +
                           end, tau=0.9), [CHESS])
    yield Case("an iteration that starts from zero",
               evolved("u -> fixpoint v from like(u, 0) "
                       "{ v + 0.5*(u + tau*R(v) - v) } "
                       "until change < 1e-9, at most 1 else accept", 1), [ONE])
    yield Case("a large tolerance",
               evolved("implicit(R, tau, tol = 100.0)", 1, tau=0.9), [CHESS])
    yield Case("sides of different values", evolved("""u -> {
  let v on X, boundary dirichlet 5 = u
  let w on X, boundary dirichlet 1 = u
  u = u + tau*(laplace(v) - laplace(w))
}"""), [ONE])
    yield Case("a step that is not proportional to its parameter",
               evolved("explicit(R, tau + 10*max(tau - 0.3, 0))", 5),
               [CHESS], tau=0.5)
    fields = [(-1.0)**np.arange(n) for n in (2, 100)]
    yield Case("fluxes on two grids",
               TWO_GRIDS % ("u - tau*A'(A(u))", "v - tau*B'(B(v))"), fields)
    yield Case("laplace on two grids",
               TWO_GRIDS % ("u + tau*laplace(u)", "v + tau*laplace(v)"),
               fields)
    yield Case("a single cell between robin sides",
               line("robin(1, -0.3333, 0)", "", 0.25) +
               "evolve u from f by u -> u + tau*laplace(u) for 5 steps\n"
               "output u\n", [np.ones(1)])


def check_counterexamples(workshop):
    count = 0
    for cases in (numbers_of_fields, others):
        for case in cases():
            case.check(workshop)
            count += 1
    print("%d counterexamples" % count)


# -- facts ---------------------------------------------------------------------

FLUX = """grid X : 1d, boundary %s, size %d, spacing %r
param tau = %r
input f on X
let D = %s
fun R(u) = -D'(%s)
"""


def flux(script="D(u)", operator="forward(x)", rule="periodic", size=8,
         tau=0.1, spacing=1.0):
    return FLUX % (rule, size, spacing, tau, operator, script)


def steps(step, script, count=1):
    return script + "evolve u from f by %s for %d steps\noutput u\n" % (step,
                                                                        count)


def several(script, evolutions, starts="f"):
    """Each is a step; those of two levels start from "f, f"."""
    levels = len(starts.split(", "))
    for number, step in enumerate(evolutions):
        names = ", ".join("%s%d" % (name, number) for name in "uv"[:levels])
        script += "evolve %s from %s by %s for 1 steps\noutput u%d\n" % (
            names, starts, step, number)
    return script


def held(evolution, statement):
    """Whether such a claim holds, and the bound of growth."""
    for claim in evolution["claims"]:
        if claim["statement"] == statement:
            return claim["holds"], claim["growth"]
    return False, None


class Facts:
    """Numbers of the literature, compared with what is certified."""

    def __init__(self, workshop):
        self.workshop, self.count = workshop, 0

    def evolution(self, step, script):
        return certificate(self.workshop, steps(step, script))

    def true(self, title, holds, seen=""):
        self.count += 1
        self.workshop.check("fact: " + title, holds, "seen: %s" % (seen,))

    def near(self, title, bound, exact, within=0.02):
        """A bound from above, and not far above."""
        self.true(title, bound is not None and
                  exact*(1 - 1e-12) <= bound <= exact*(1 + within),
                  "%r, exact %r" % (bound, exact))

    def limit(self, title, evolution, exact, within=0.02):
        """A limit from below, and not far below."""
        step = evolution.get("step") or {"limit": None}
        found = step["limit"]
        self.true(title, found is not None and
                  exact*(1 - within) <= found <= exact*(1 + 1e-6),
                  "%r, exact %r" % (found, exact))

    def run(self, step, script, start, count, **params):
        program = self.workshop.in_memory(self.workshop.write(
            "fact.pde", steps(step, script, count)))
        return program.run({"f": np.asarray(start, float)}, ["u"], params,
                           threads=1)["u"]

    # -- fluxes ----------------------------------------------------------------

    def weickert(self):
        """Its slopes go down to -2.335; what counts is Phi(s)/s <= 1."""
        evolution = self.evolution("explicit(R, tau)",
                                   flux("weickert_flux(D(u), 1)"))
        use, = evolution["operators"]
        self.near("Weickert's L", use["gain"][1], 1)
        self.true("Weickert's flux is no backward diffusion",
                  0 >= use["gain"][0] >= -1e-9, use)
        low, high = use["slopes"] or (None, None)
        self.true("Weickert's slopes", (low is None or low <= -2.3349) and
                  (high is None or high >= 1), use)
        self.limit("Weickert's limit", evolution, 2/4)
        self.true("Weickert's norm", held(evolution, "norm")[0])
        self.true("distances with Weickert's flux",
                  not held(evolution, "distance")[0])

    def fab(self):
        """One step of a chessboard grows by 1 + tau*|K|^2*0.375."""
        for h in (1.0, 0.5):
            script = flux("fab_flux(D(u), lambda)", spacing=h, tau=h*h/2) + (
                "param lambda = 0.3\n")
            evolution = self.evolution("explicit(R, tau)", script)
            holds, growth = held(evolution, "norm")
            self.true("FAB is not certified", not holds, evolution)
            self.near("FAB's growth", growth, 1.75)
            start = math.sqrt(3)/2*0.3*h*CHESS
            end = self.run("explicit(R, tau)", script, start, 1)
            ratio = np.linalg.norm(end)/np.linalg.norm(start)
            self.true("FAB's growth is attained", abs(ratio - 1.75) < 1e-12,
                      ratio)

    # -- operators -------------------------------------------------------------

    def mirrored(self, text, weights, first):
        """Under reflection, on grids of several sizes."""
        exact = []
        for size in (2, 3, 12, 60):
            matrix, _ = Stencil(weights, first, 0).on(
                Grid((size,), [(REFLECTING, REFLECTING)], (1.0,)))
            exact.append(norm_squared(matrix))
            script = flux(operator=text, rule="reflecting", size=size)
            use, = self.evolution("explicit(R, tau)", script)["operators"]
            self.near("%s on %d cells" % (text, size), use["norm_squared"],
                      exact[-1])
        return exact

    def traps(self):
        pair = self.mirrored("stencil(x, [1, 1])", [1, 1], 0)
        self.true("[1, 1]", abs(pair[0] - 5.236) < 1e-3 and
                  abs(pair[-1] - 16/3) < 1e-3, pair)
        three = self.mirrored("stencil(x, [1, 2, -1])", [1, 2, -1], -1)
        self.true("[1, 2, -1]", abs(three[-1] - 10.47) < 0.01, three)
        use, = self.evolution("explicit(R, tau)", flux(
            operator="stencil(x, [1, 1])", rule="reflecting").replace(
                "size 8, ", ""))["operators"]
        self.near("[1, 1] on any number of cells", use["norm_squared"], 16/3,
                  0.5)
        five = "stencil(x, [1, -8, 0, 8, -1])"
        for rule in ("periodic", "reflecting", "dirichlet 0"):
            use, = self.evolution("explicit(R, tau)", flux(
                operator=five, rule=rule, size=64))["operators"]
            matrix, _ = Stencil([1, -8, 0, 8, -1], -2, 0).on(Grid(
                (64,), [(Side(rule.split()[0], *[0.0]*("0" in rule)),)*2],
                (1.0,)))
            self.near(five + ", " + rule, use["norm_squared"],
                      norm_squared(matrix), 0.01)
            self.true(five + " by its symbol, " + rule,
                      use["norm_squared"] <= 271.2, use)

    # -- cycles ----------------------------------------------------------------

    def freezing(self):
        """Without it, Perona and Malik's flux lets two cells grow."""
        script = flux("perona_malik_flux(D(u), 1)", rule="reflecting", size=2,
                      tau=1.0)
        evolution = self.evolution("fsi(R, tau, cycle = 40)", script)
        self.true("FSI without freezing is not certified",
                  not held(evolution, "norm")[0], evolution)
        start = np.array([1.7992, -1.9051])
        end = self.run("fsi(R, tau, cycle = 40)", script, start, 1)
        ratio = np.linalg.norm(end)/np.linalg.norm(start)
        self.true("FSI without freezing grows 7.9 times",
                  abs(ratio - 7.9) < 0.05, ratio)
        longest = interval_limit(fsi, 40, 4)/2
        for name, holds in (("perona_malik", True), ("weickert", True),
                            ("charbonnier", True), ("fab", False)):
            evolution = self.evolution("fsi(R, tau, cycle = 40)", flux(
                "freeze(%s_diffusivity(D(u), 1))*D(u)" % name,
                rule="reflecting", size=2, tau=0.9))
            self.true("frozen FSI, " + name,
                      held(evolution, "norm")[0] == holds, evolution)
            if holds:
                self.limit("limit of frozen FSI, " + name, evolution,
                           longest, 1e-3)

    def rkl(self):
        """Between eigenvalues of [-4, 0] a step may be longer than the articles
        say for some odd numbers of stages."""
        slacks = {3: 1.161, 5: 1.053, 7: 1.027, 9: 1.016, 11: 1.011}
        held_flux = "freeze(charbonnier_diffusivity(D(u), 1))*D(u)"
        for name, scheme, arguments, theory in (
                ("rkl1", rkl1, ("D(u)", held_flux), lambda s: s*(s + 1)/4),
                ("rkl2", rkl2, ("D(u)",), lambda s: (s*s + s - 2)/8)):
            longest = {s: interval_limit(scheme, s, 2*s*s)/4
                       for s in range(2, 12)}
            for stages, exact in longest.items():
                ratio = exact/theory(stages)
                slack = slacks.get(stages, 1) if name == "rkl2" else 1
                self.true("slack of %s, %d stages" % (name, stages),
                          abs(ratio - slack) < 0.002, ratio)
            for argument in arguments:
                evolutions = certificates(self.workshop, several(
                    flux(argument), ["%s(R, tau, stages = %d)" % (name, s)
                                     for s in longest]))
                for (stages, exact), evolution in zip(longest.items(),
                                                      evolutions):
                    self.limit("limit of %s, %d stages" % (name, stages),
                               evolution, exact, 1e-3)

    # -- iterations ------------------------------------------------------------

    def picard(self):
        """|K|^2 is 4. The slowest mode of the error is the chessboard."""
        for rate, rule in ((0.9, lambda r: r and abs(r - 0.9) < 1e-3),
                           (1.01, lambda r: r is None or r >= 1.01)):
            for argument in ("D(u)", "truncated_tv_flux(D(u), 1)"):
                evolution = self.evolution(
                    "implicit(R, tau)", flux(argument, tau=rate/4))
                found = evolution.get("contraction")
                self.true("Picard's rate %g" % rate, rule(found), found)
                self.true("implicit steps of any size",
                          held(evolution, "norm")[0] and
                          evolution["step"]["limit"] is None, evolution)
        end = self.run("implicit(R, tau, max = 500)", flux(tau=0.9/4), CHESS, 1)
        self.true("Picard's iteration converges",
                  np.allclose(end, CHESS/1.9, rtol=0, atol=1e-8), end)
        try:
            self.run("implicit(R, tau, max = 500)", flux(tau=1.01/4), CHESS, 1)
            self.true("Picard's iteration does not converge", False)
        except RuntimeError as error:
            self.true("Picard's iteration does not converge",
                      "exit code 1:" in str(error), error)

    def damped(self):
        for size in (0.5, 3.0, 40.0):
            script = flux("truncated_tv_flux(D(u), 1)", tau=size/4)
            evolution = self.evolution(
                "implicit(R, tau, omega = 2/(2 + 4*tau), max = 5000)", script)
            self.near("damped rate at %g" % size, evolution.get("contraction"),
                      size/(2 + size), 0.001)

    # -- two levels ------------------------------------------------------------

    def dufort_frankel(self):
        """Roots in the disc for any tau if and only if alpha >= |K|^2/4."""
        cases = [(tau, alpha) for tau in (0.3, 20.0, 2000.0)
                 for alpha in (0.99, 1.001, 3.0)]
        for argument, statement in (("D(u)", "roots"),
                                    ("charbonnier_flux(D(u), 1)",
                                     "frozen-roots")):
            evolutions = certificates(self.workshop, several(
                flux(argument), ["dufort_frankel(R, %r, %r)" % case
                                 for case in cases], "f, f"))
            for (tau, alpha), evolution in zip(cases, evolutions):
                inside = dufort_frankel_roots(np.linspace(-4, 0, 1001), tau,
                                              alpha) <= 1 + 1e-9
                found = held(evolution, statement)[0]
                self.true("Du Fort and Frankel, alpha = %g, tau = %g" %
                          (alpha, tau), found == inside == (alpha >= 1) and
                          not held(evolution, "norm")[0], (found, inside))

    def leapfrog(self):
        """tau^2*|K|^2 <= 4."""
        cases = {"0.5": True, "0.999999999": True, "1.001": False}
        for rate in ("-D'(D(u))", "laplace(u)"):
            evolutions = certificates(self.workshop, several(
                flux().replace("-D'(D(u))", rate),
                ["leapfrog(R, %s)" % tau for tau in cases], "f, f"))
            for (tau, holds), evolution in zip(cases.items(), evolutions):
                self.true("leapfrog, %s, tau = %s" % (rate, tau),
                          held(evolution, "roots")[0] == holds, evolution)

    def gradients(self):
        """Bounds of components add up, for coupled fluxes too."""
        script = """grid X : 2d, boundary periodic, size [6, 8]
param tau = 0.1
input f on X
fun R(u) = {
  let p = grad(u)
  return -grad'(exp(-inner(p, p)/2)*p)
}
"""
        self.limit("a gradient", self.evolution("explicit(R, tau)", script),
                   1/4)


def interval_limit(scheme, stages, most):
    """The largest b below `most` with |p| <= 1 on [-b, 0], where a step of size
    1 multiplies by p(eigenvalue)."""
    ends = np.linspace(0, most, 40001)[1:]
    outside = np.abs(scheme(lambda u: -ends*u, 1.0, 1 + 0*ends,
                            stages)) > 1 + 1e-11
    return ends[np.argmax(outside)]


def check_facts(workshop):
    facts = Facts(workshop)
    for part in (facts.weickert, facts.fab, facts.traps, facts.freezing,
                 facts.rkl, facts.picard, facts.damped, facts.dufort_frankel,
                 facts.leapfrog, facts.gradients):
        part()
    print("%d facts" % facts.count)


# -- sharpness -----------------------------------------------------------------

RULES = {
    "periodic": (PERIODIC, PERIODIC),
    "reflecting": (REFLECTING, REFLECTING),
    "dirichlet 0": (Side("dirichlet", 0.0),)*2,
    "low dirichlet 0, high reflecting": (Side("dirichlet", 0.0), REFLECTING),
}
SIZES = (2, 3, 5, 12, 64, 199)
OPERATORS = {"forward": forward(0), "central": central(0), "d2": d2(0),
             "grad": None}


def limit_script(rule, size, cases):
    """`cases` are names of operators and fluxes."""
    script = ("grid X : 1d, boundary %s, size %d\n" % (rule, size) +
              "grid Y : 2d, boundary %s, size [%d, 3]\n" % (
                  rule if rule == "periodic" or "low" in rule else
                  "x %s, y %s" % (rule, rule), size) +
              "param tau = 0.01\ninput f on X\ninput g on Y\n")
    for number, (operator, name) in enumerate(cases):
        argument = "p" if name == "linear" else "p, 1"
        grid, body = ("X", "let p = %s(X.x)(u)" % operator)
        back = "-%s(X.x)'(%s_flux(%s))" % (operator, name, argument)
        if operator == "grad":
            grid, body = "Y", "let p, q = grad(u)"
            back = "-grad'([%s_flux(%s), %s_flux(%s)])" % (
                name, argument, name, argument.replace("p", "q"))
        script += "fun R%d(u) = {\n  %s\n  return %s\n}\n" % (number, body,
                                                           back)
        script += "evolve u%d from %s by explicit(R%d, tau) for 1 steps\n" % (
            number, "f" if grid == "X" else "g", number)
        script += "output u%d\n" % number
    return script


def dense(operator, rule, size):
    """The operators of a rate: one, or those of a gradient."""
    if operator == "grad":
        return gradient(Grid((size, 3), [RULES[rule]]*2, (1.0, 1.0)))
    return [OPERATORS[operator].on(Grid((size,), [RULES[rule]], (1.0,)))]


def check_sharpness(workshop, every):
    """How much of the longest step is certified, where Phi(s)/s <= 1 is
    attained for small s. With `every`, all pairs of operators and fluxes and a
    large grid; else all of both, in turn."""
    names, least, below, count = list(DIFFUSIVITIES), 1.0, [], 0
    sizes = SIZES if every else SIZES[:-1]
    for turn, (rule, size) in enumerate(itertools.product(RULES, sizes)):
        cases = [(operator, names[(turn + k + j) % len(names)])
                 for j, operator in enumerate(OPERATORS)
                 for k in range(len(names) if every else 1)]
        evolutions = certificates(workshop, limit_script(rule, size, cases))
        for (operator, name), evolution in zip(cases, evolutions):
            title = "%s of %s, %s, %d cells" % (name, operator, rule, size)
            count += 1
            operators = dense(operator, rule, size)
            stacked = np.vstack([k for k, _ in operators])
            _, values, rows = np.linalg.svd(stacked, full_matrices=False)
            squared = values[0]**2
            limit = (evolution.get("step") or {}).get("limit")
            if squared < 1e-12:  # a central difference of two cells around
                # a circle is zero, and any step is fine.
                workshop.check(title, held(evolution, "norm")[0])
                continue
            if limit is None:
                below.append("%s: no limit, %s" % (title,
                                                   evolution.get("obstacle")))
                workshop.check(title + ": a limit", False, evolution)
                continue
            share = limit*squared/2
            workshop.check(title + ": a true limit", share <= 1 + 1e-11, share)
            workshop.check(title + ": held there", held(evolution, "norm")[0])
            least = min(least, share)
            if share < 0.98:
                below.append("%s: %.4f, |K|^2 <= %s, exact %.5g" % (
                    title, share, ["%.5g (%s)" % (use["norm_squared"],
                                                  use["bound"])
                                   for use in evolution["operators"]],
                    squared))
            start = 1e-6*rows[0]
            end = explicit(Rate(operators, DIFFUSIVITIES[name]),
                           1.02*2/squared, start)
            workshop.check(title + ": growth beyond it", np.linalg.norm(end) >
                           1.03*np.linalg.norm(start))
    print("%d limits, the least %.4f of the exact one, %d below 0.98" % (
        count, least, len(below)))
    for line in below:
        print("  " + line)
    workshop.check("limits are sharp", len(below) <= count/20)


# -- random programs -----------------------------------------------------------

SCHEMES = list(EXPLICIT) + list(CYCLES) + ["implicit", "crank_nicolson",
                                           "leapfrog", "dufort_frankel"]


class Scheme:
    """Its text for a name of the step size, and what it does."""

    def __init__(self, numbers, diffusion):
        self.diffusion, self.rate = diffusion, diffusion.rate
        self.name = str(numbers.choice(SCHEMES))
        self.count = int(numbers.integers(2, 8))
        self.alpha = float(np.round(
            diffusion.size/4*numbers.choice([0.8, 1.01, 1.5, 3.0]), 3) + 0.001)
        argument = {"fsi": ", cycle = %d", "fed": ", cycle = %d",
                    "rkl1": ", stages = %d", "rkl2": ", stages = %d"}
        self.argument = argument.get(self.name, "")
        if self.argument:
            self.argument = self.argument % self.count
        if self.name == "dufort_frankel":
            self.argument = ", %r" % self.alpha

    @property
    def levels(self):
        return 2 if self.name in ("leapfrog", "dufort_frankel") else 1

    @property
    def is_implicit(self):
        return self.name in ("implicit", "crank_nicolson")

    @property
    def starts(self):
        return ", ".join(["f"]*self.levels)

    def text(self, tau):
        return "%s(R, %s%s)" % (self.name, tau, self.argument)

    def step(self, tau, u):
        """None where an iteration finds no solution."""
        if self.name in EXPLICIT:
            return EXPLICIT[self.name](self.rate, tau, u)
        if self.name in CYCLES:
            rate = self.rate.hold(u) if self.name in HOLDING else self.rate
            return CYCLES[self.name](rate, tau, u, self.count)
        return {"implicit": implicit,
                "crank_nicolson": crank_nicolson}[self.name](self.rate, tau, u)

    def radius(self, tau, u):
        """Of the roots, with everything frozen at u."""
        linear, _ = affine(self.frozen(u), (len(u),))
        eigenvalues = np.linalg.eigvals(linear)
        if np.allclose(linear, linear.T, rtol=0, atol=1e-13*max(
                1, np.max(np.abs(linear)))):
            eigenvalues = np.linalg.eigvalsh((linear + linear.T)/2)
        if self.name == "leapfrog":
            return leapfrog_roots(eigenvalues, tau)
        return dufort_frankel_roots(eigenvalues, tau, self.alpha)

    def frozen(self, u):
        if self.diffusion.is_linear:
            return self.rate
        held = []
        for part in self.rate.parts:
            if part.flux.kind == "odd":
                k, b = part.operators[0]
                s = k @ u + b
                s = np.where(np.abs(s) < 1e-9, 1e-9, s)
                held.append(lambda v, k=k, g=part.flux.phi(s)/s: -k.T @ (
                    g*(k @ v)))
            else:
                held.append(Rate.hold(part, u))
        return lambda v: sum(part(v) for part in held)


class Search:
    """Fields that a step lets grow as much as can be found."""

    def __init__(self, numbers, scheme, tau):
        self.numbers, self.scheme, self.tau = numbers, scheme, tau
        grid = scheme.diffusion.grid
        self.cells = int(np.prod(grid.shape))
        chess = (-1.0)**np.sum(np.indices(grid.shape), 0).ravel()
        steepest = np.linalg.svd(affine(scheme.frozen(0.1*chess),
                                        (self.cells,))[0])[2][0]
        self.shapes = [chess, steepest, np.ones(self.cells),
                       np.eye(self.cells)[0], np.eye(self.cells)[-1]]

    def field(self):
        shapes = self.shapes + [self.numbers.standard_normal(self.cells)]*3
        u = shapes[self.numbers.integers(len(shapes))]
        return u*10**self.numbers.uniform(-2.5, 1.5)

    def growth(self, pair):
        """Of the norm, or of the distance if there are two fields."""
        ends = [self.scheme.step(self.tau, u) for u in pair]
        if any(end is None for end in ends):
            return 0.0
        before = pair[0] - pair[1] if len(pair) == 2 else pair[0]
        after = ends[0] - ends[1] if len(pair) == 2 else ends[0]
        # A distance is known to the rounding of what it is a difference of; a
        # solution, to that times the equation's condition.
        left = 1e-14*max(np.linalg.norm(u) for u in pair + ends)
        if self.scheme.is_implicit:
            left *= 1 + self.tau*self.scheme.diffusion.size
        if np.linalg.norm(before) < 1e-9*np.linalg.norm(pair[0]):
            return 0.0
        return max(0, np.linalg.norm(after) - left)/np.linalg.norm(before)

    def worst(self, levels, tries, changes):
        found, best = None, -1.0
        for turn in range(tries + changes):
            if turn < tries:
                pair = [self.field()]
                if levels == 2:
                    pair.append(pair[0] + self.field())
            else:
                k = self.numbers.integers(levels)
                pair = list(found)
                pair[k] = pair[k]*(1 + self.numbers.normal()*0.3) + (
                    self.numbers.standard_normal(self.cells)*np.max(np.abs(
                        pair[k]))*10**self.numbers.uniform(-3, -0.5))
            growth = self.growth(pair)
            if growth > best:
                found, best = pair, growth
        return found, best


class Soundness:
    def __init__(self, workshop, numbers):
        self.workshop, self.numbers = workshop, numbers
        self.tally = {}

    def counted(self, what):
        self.tally[what] = self.tally.get(what, 0) + 1

    def program(self):
        numbers = self.numbers
        diffusion = Diffusion(numbers)
        if not np.isfinite(diffusion.size):
            self.counted("too small grids")
            return
        scheme = Scheme(numbers, diffusion)
        longest = 2/diffusion.size
        if scheme.name == "leapfrog":
            longest = 2/np.sqrt(diffusion.size)
        tau = float(longest*numbers.choice([0.3, 0.9, 1.5]))
        script = several(diffusion.text + "param tau = %r\n" % tau,
                         [scheme.text("tau")], scheme.starts)
        try:
            evolution = certificate(self.workshop, script)
        except RuntimeError as error:
            # A stencil that reaches too far for the grid, and the like.
            self.workshop.check("a message", "[E" in str(error), error)
            self.counted("refused")
            return
        self.counted("programs")
        self.operators(diffusion, evolution, script)
        self.fluxes(diffusion, evolution, script)
        self.claims(scheme, tau, evolution, script)
        step = evolution.get("step")
        claims = {c["statement"] for c in evolution["claims"] if c["holds"]}
        if not step:
            return
        self.workshop.check("only tau", step["param"] == "tau", script)
        limit = step["limit"]
        self.counted("limits" if limit is not None else "limits, none")
        longest = 1000*tau if limit is None else limit
        shorter = float(longest*numbers.uniform(0.01, 1))
        script = several(
            diffusion.text + "param tau = %r\nparam sigma = %r\n" % (
                longest, shorter),
            [scheme.text("tau"), scheme.text("sigma")], scheme.starts)
        again = certificates(self.workshop, script)
        for size, other in zip((longest, shorter), again):
            held_again = {c["statement"] for c in other["claims"] if c["holds"]}
            self.workshop.check(
                "held up to the limit", held_again and (
                    not claims or evolution["claims"][0]["statement"] in
                    held_again or held_again & claims),
                "%s at %r, then %s\n%s" % (sorted(claims), size,
                                           sorted(held_again), script))
            self.claims(scheme, size, other, script)
        if (scheme.levels == 1 and not scheme.is_implicit and
                numbers.random() < 0.34):
            self.run(scheme, longest, shorter, again, script)

    def operators(self, diffusion, evolution, script):
        """Every bound is at least what is bounded."""
        lines = script.split("\n")
        for use in evolution["operators"]:
            line = lines[use["place"]["line"] - 1]
            for mark, bounds in diffusion.bounds.items():
                if mark not in line:
                    continue
                along = [a for a in AXES if "along " + a in use["name"]]
                exact = bounds[AXES.index(along[0]) if len(bounds) > 1 else 0]
                self.counted("norms")
                self.workshop.check(
                    "a bound of an operator",
                    use["norm_squared"] is None or
                    use["norm_squared"] >= exact*(1 - 1e-12),
                    "%s, exact %r\n%s" % (use, exact, script))

    def fluxes(self, diffusion, evolution, script):
        lines = script.split("\n")
        for use in evolution["operators"]:
            line = lines[use["place"]["line"] - 1]
            for k, flux in enumerate(diffusion.fluxes):
                if "t%d =" % k not in line and "grad'" not in line:
                    continue
                s = (10**self.numbers.uniform(-6, 6, 10000) *
                     self.numbers.choice([-1, 1], 10000))
                # Breaks and extrema lie where s is neither small nor large.
                s[:4000] = self.numbers.uniform(-6, 6, 4000)
                with np.errstate(all="ignore"):
                    # A constant in a flux is counted apart.
                    if flux.phi(np.zeros(1))[0] == 0:
                        self.inside("gain", use["gain"], flux.phi(s)/s, script)
                    if flux.coupled:
                        continue
                    t = s*(1 + self.numbers.choice([-1, 1], len(s)) *
                           10**self.numbers.uniform(-4, 0, len(s)))
                    a, b = flux.phi(s), flux.phi(t)
                    rounding = 1e-15*(1 + abs(a) + abs(b))/abs(s - t)
                    self.inside("slopes", use["slopes"],
                                ((a - b)/(s - t))[rounding < 1e-9], script)

    def inside(self, name, interval, values, script):
        if interval is None:
            return
        values = values[np.isfinite(values)]
        low, high = np.min(values), np.max(values)
        left = 2e-9*max(1, abs(low), abs(high))
        self.counted("bounds of " + name)
        self.workshop.check(
            "bounds of the " + name,
            (interval[0] is None or interval[0] <= low + left) and
            (interval[1] is None or interval[1] >= high - left),
            "%s, seen %r to %r\n%s" % (interval, low, high, script))

    def claims(self, scheme, tau, evolution, script):
        claims = {c["statement"]: c for c in evolution["claims"]}
        search = Search(self.numbers, scheme, tau)
        if scheme.levels == 2:
            self.roots(search, claims, script)
            return
        tries, changes = (8, 8) if scheme.is_implicit else (24, 36)
        with np.errstate(all="ignore"):
            for levels, statement in ((1, "norm"), (2, "distance")):
                claim = claims.get(statement)
                if claim is None:
                    continue
                bound = 1 if claim["holds"] else claim["growth"]
                if bound is None:
                    continue
                self.counted(statement if claim["holds"]
                             else "growth of the " + statement)
                pair, growth = search.worst(levels, tries, changes)
                self.workshop.check(
                    statement, growth <= bound*(1 + ROUNDING),
                    "%r times, bound %r, tau = %r, from %s\n%s" % (
                        growth, bound, tau, pair, script))
                self.linear(search, statement, bound, script)
                self.onwards(search, statement, pair, bound, script)
            if evolution["keeps_mean"]:
                self.means(search, script)

    def linear(self, search, statement, bound, script):
        """The exact norm of a step's matrix."""
        if not search.scheme.diffusion.is_linear:
            return
        zero = np.zeros(search.cells)
        if search.scheme.step(search.tau, zero) is None:
            return
        columns = [search.scheme.step(search.tau, e)
                   for e in np.eye(search.cells)]
        if any(column is None for column in columns):
            return
        matrix = np.array(columns).T - search.scheme.step(
            search.tau, zero)[:, None]
        norm = np.linalg.norm(matrix, 2)
        self.workshop.check(statement + ", linear",
                            norm <= bound*(1 + ROUNDING),
                            "%r, bound %r, tau = %r\n%s" % (
                                norm, bound, search.tau, script))

    def onwards(self, search, statement, pair, bound, script):
        """Twenty steps from the worst start."""
        if bound != 1:
            return
        for _ in range(20):
            growth = search.growth(pair)
            self.workshop.check(statement + ", later",
                                growth <= 1 + ROUNDING, "%r, tau = %r\n%s" % (
                                    growth, search.tau, script))
            pair = [search.scheme.step(search.tau, u) for u in pair]
            if any(u is None for u in pair) or not all(
                    np.linalg.norm(u) > 1e-200 for u in pair):
                return

    def means(self, search, script):
        self.counted("means")
        for _ in range(3):
            u = search.field()
            end = search.scheme.step(search.tau, u)
            if end is None:
                continue
            scale = max(np.max(np.abs(u)), np.max(np.abs(end)))
            self.workshop.check(
                "mean", abs(np.mean(end) - np.mean(u)) <= ROUNDING*scale,
                "%r, then %r\n%s" % (np.mean(u), np.mean(end), script))

    def roots(self, search, claims, script):
        for statement in ("roots", "frozen-roots"):
            if statement not in claims or not claims[statement]["holds"]:
                continue
            self.counted(statement)
            for _ in range(10):
                radius = search.scheme.radius(search.tau, search.field())
                self.workshop.check(statement, radius <= 1 + 1e-7,
                                    "%r, tau = %r\n%s" % (
                                        radius, search.tau, script))

    def run(self, scheme, longest, shorter, evolutions, script):
        """The program does what the formula says, and many of its steps what
        is claimed."""
        self.counted("runs")
        u = self.numbers.standard_normal(scheme.diffusion.grid.shape)
        answer = self.ended(script, u)
        for name, tau in (("u0", longest), ("u1", shorter)):
            with np.errstate(all="ignore"):
                expected = scheme.step(tau, u.ravel()).reshape(u.shape)
            self.workshop.check_close("a step of\n" + script, answer[name],
                                      expected, 1e-10)
        answer = self.ended(script.replace("for 1 steps", "for 50 steps"), u)
        for name, evolution in zip(("u0", "u1"), evolutions):
            if held(evolution, "norm")[0]:
                self.workshop.check("the norm after many steps", np.linalg.norm(
                    answer[name]) <= np.linalg.norm(u)*(1 + 50*ROUNDING),
                    script)

    def ended(self, script, u):
        program = self.workshop.in_memory(
            self.workshop.write("random.pde", script), "-O", "0")
        return program.run({"f": u}, ["u0", "u1"], threads=1)


def check_soundness(workshop, numbers, count):
    soundness = Soundness(workshop, numbers)
    for _ in range(count):
        soundness.program()
    print("%s" % soundness.tally)


def main():
    workshop = Workshop(sys.argv[1])
    given = [int(text) for text in sys.argv[2:]]
    count, seed = given + [60, 5][len(given):]
    check_counterexamples(workshop)
    check_facts(workshop)
    check_sharpness(workshop, every=count > 500)
    check_soundness(workshop, np.random.default_rng(seed), count)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
