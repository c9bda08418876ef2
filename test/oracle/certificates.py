#!/usr/bin/env python3
"""What certificates claim of a program, against what the program does.

usage: certificates.py path/to/pdec [PROGRAMS [SEED]]
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from certificate_facts import check_facts, flux, several
from certified import ROUNDING, certificate, certificates, held
from comparison import Workshop
from counterexamples import check_counterexamples
from diffusion_steps import (
    CYCLES, EXPLICIT, HOLDING, Rate, crank_nicolson, dufort_frankel_roots,
    implicit, leapfrog_roots)
from grids import AXES, affine
from random_diffusions import Diffusion

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

    def step(self, tau, u, rate=None):
        """None where an iteration finds no solution."""
        rate = rate or self.rate
        if self.name in EXPLICIT:
            return EXPLICIT[self.name](rate, tau, u)
        if self.name in CYCLES:
            rate = rate.hold(u) if self.name in HOLDING else rate
            return CYCLES[self.name](rate, tau, u, self.count)
        return {"implicit": implicit,
                "crank_nicolson": crank_nicolson}[self.name](rate, tau, u)

    def watched(self, tau, u):
        """A step, and the largest of all terms in its sums: what rounding
        leaves of the mean is in proportion to these, which nothing bounds if a
        flux grows faster than its argument. What is lost in one stage changes
        no later mean, since those add nothing to it, whatever they start
        from; of an iteration only what its solution leaves counts."""
        terms = Watched(self.rate, tau)
        if not self.is_implicit:
            end = self.step(tau, u, terms)
            return end, terms.largest
        end = self.step(tau, u)
        for v in (u, end):
            if v is not None:
                terms.note(v)
        return end, terms.largest

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
                # What a flux is at zero is a source, and no part of the roots.
                slope = (part.flux.phi(s) - part.flux.phi(0*s))/s
                held.append(lambda v, k=k, g=slope: -k.T @ (g*(k @ v)))
            else:
                held.append(Rate.hold(part, u))
        return lambda v: sum(part(v) for part in held)


class Watched:
    """Of all that a rate is evaluated for: the largest term of a step."""

    def __init__(self, rate, tau):
        self.rate, self.tau, self.largest = rate, tau, 0.0

    def note(self, u):
        self.largest = max(self.largest, np.max(np.abs(u)),
                           self.tau*np.max(self.rate.terms(u)))

    def __call__(self, u):
        self.note(u)
        return self.rate(u)

    def hold(self, u):
        self.rate = self.rate.hold(u)
        return self


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
        if (scheme.levels == 1 and not scheme.is_implicit and diffusion.fits and
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
            end, largest = search.scheme.watched(search.tau, u)
            # What is claimed of real numbers ends where floating ones do.
            if end is None or not np.isfinite(end).all():
                continue
            self.workshop.check(
                "mean", abs(np.mean(end) - np.mean(u)) <= ROUNDING*largest,
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
        lines = script.split("\n")
        at = next(k for k, line in enumerate(lines) if "evolve" in line)
        later = "\n".join(lines[at:]).replace("for 1 steps", "for 50 steps")
        for name in ("u0", "u1"):
            later = later.replace(name, name + "_later")
        answer = self.ended(script + later, u)
        for name, tau in (("u0", longest), ("u1", shorter)):
            with np.errstate(all="ignore"):
                expected = scheme.step(tau, u.ravel()).reshape(u.shape)
            self.workshop.check_close("a step of\n" + script, answer[name],
                                      expected, 1e-10)
        for name, evolution in zip(("u0", "u1"), evolutions):
            if held(evolution, "norm")[0]:
                self.workshop.check(
                    "the norm after many steps",
                    np.linalg.norm(answer[name + "_later"]) <=
                    np.linalg.norm(u)*(1 + 50*ROUNDING), script)

    def ended(self, script, u):
        program = self.workshop.in_memory(
            self.workshop.write("random.pde", script), "-O", "0")
        return program.run({"f": u}, ["u0", "u1", "u0_later", "u1_later"],
                           threads=1)


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
    check_soundness(workshop, np.random.default_rng(seed), count)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
