"""Numbers of the literature about stable steps, each against what is
certified."""

import math
from fractions import Fraction

import numpy as np

from certified import certificate, certificates, held
from counterexamples import CHESS
from diffusion_steps import (
    Stencil, dufort_frankel_roots, fsi, gradient, norm_squared, rkl1, rkl2)
from grids import PERIODIC, REFLECTING, Grid
from random_diffusions import grid_text
from sides import Side

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
        for name, cycle, start, exact in (
                ("perona_malik_rational", 33, [1.0649, -1.0553], 3.77),
                ("truncated_bfb", 39, [-1.1261, 1.126], 11.0)):
            step = "fsi(R, tau, cycle = %d)" % cycle
            script = flux("%s_flux(D(u), 1)" % name, size=2, tau=0.5)
            end = self.run(step, script, start, 1)
            ratio = np.linalg.norm(end)/np.linalg.norm(start)
            self.true("FSI without freezing, " + name, not held(
                self.evolution(step, script), "norm")[0] and
                abs(ratio - exact) < 0.05*exact, ratio)
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

    def bias(self):
        """Of a monotone flux it leaves that solutions do not move apart."""
        for text, holds in (("max(D(u) + 0.3, 0)", True),
                            ("tanh(D(u) - 0.3)", True),
                            ("perona_malik_flux(D(u) + 0.3, 1)", False)):
            evolution = self.evolution("explicit(R, tau)", flux(text))
            self.true("a bias in " + text, not held(evolution, "norm")[0] and
                      held(evolution, "distance")[0] == holds, evolution)

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

    def start_of_dufort_frankel(self):
        """After an explicit step of 1/(2 alpha) no linear mode grows."""
        numbers = np.random.default_rng(3)
        for tau in (2.0, 20.0, 200.0):
            script = flux() + (
                "evolve u, v from f + R(f)/2.0002, f by dufort_frankel(R, %r, "
                "1.0001) for 50 steps\noutput u\n" % tau)
            program = self.workshop.in_memory(
                self.workshop.write("fact.pde", script))
            for f in (CHESS, np.eye(8)[0], numbers.standard_normal(8)):
                end = program.run({"f": f}, ["u"], threads=1)["u"]
                self.true("Du Fort and Frankel's start, tau = %g" % tau,
                          np.linalg.norm(end) <= np.linalg.norm(f)*(1 + 1e-9),
                          (f, end))

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

    # -- means -----------------------------------------------------------------

    def means(self):
        """The mean stays the same however large a flux is: in rational numbers
        to the last digit, and with one kind of sides it does not."""
        for side, keeps in ((Side("neumann", -0.75), True),
                            (Side("robin", 1.0, 2.0, 0.5), False)):
            grid = Grid((3, 2, 2), [(Side("neumann", 0.0), REFLECTING),
                                    (PERIODIC, PERIODIC), (REFLECTING, side)],
                        (0.25, 2.0, 0.5))
            evolution = self.evolution(
                "explicit(R, 0.0625)", grid_text(grid) + """input f on X
fun R(u) = {
  let p = grad(u)
  return -grad'(inner(p, p)^2*p)
}
""")
            u = as_rationals(np.arange(12)**3 % 31)
            parts = [(as_rationals(k), as_rationals(k) @ u + as_rationals(b))
                     for k, b in gradient(grid)]
            square = sum(p*p for _, p in parts)
            end = u - sum(k.T @ (square**2*p) for k, p in parts)/16
            self.true("the mean, %s" % side.kind,
                      evolution["keeps_mean"] == keeps == (sum(end) == sum(u)),
                      "%s, then %s" % (sum(u), sum(end)))


def as_rationals(numbers):
    return np.vectorize(Fraction, otypes=[object])(numbers)


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
                 facts.rkl, facts.bias, facts.picard, facts.damped,
                 facts.dufort_frankel, facts.start_of_dufort_frankel,
                 facts.leapfrog, facts.gradients, facts.means):
        part()
    print("%d facts" % facts.count)
