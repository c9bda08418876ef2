#!/usr/bin/env python3
"""Steps whose cells are averages of cells nearby: what is certified of transport,
diffusion and decay on random grids, against dense matrices.

usage: cell_averages.py path/to/pdec [PROGRAMS [SEED]]
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from certified import ROUNDING, certificate
from comparison import Workshop
from diffusion_steps import Stencil, backward, central, d2, forward
from grids import AXES, PERIODIC, REFLECTING, Grid, affine
from random_diffusions import grid_text
from sides import Side

RANGES = ("range", "range-of-zero", "range-of-sides")


def random_grid(numbers):
    rank = int(numbers.choice([1, 1, 2, 2, 3]))
    choices = [REFLECTING, Side("dirichlet", 0.0), Side("dirichlet", 0.75),
               Side("neumann", 0.0)]
    pairs = [(PERIODIC,)*2 if numbers.random() < 0.5 else
             tuple(choices[k] for k in numbers.integers(len(choices), size=2))
             for _ in range(rank)]
    shape = tuple(int(n) for n in numbers.integers(
        3, {1: 13, 2: 6, 3: 4}[rank], rank))
    return Grid(shape, pairs, tuple(
        float(numbers.choice([1.0, 0.5, 2.0])) for _ in range(rank)))


FLUX = """fun t(axis, u, b) = {
  let s = forward(axis)(u) + b
  return -forward(axis)'(tanh(s))
}
"""


class Term:
    """A part of R: its text, and what it makes of a field. `factor` may be an
    array: then it differs from cell to cell."""

    def __init__(self, text, matrix, constant, is_linear=True):
        self.text, self.matrix, self.constant = text, matrix, constant
        self.is_linear = is_linear

    def __call__(self, u):
        return self.matrix @ u + self.constant


class Flux(Term):
    """-D'(tanh(s)) with s = D u + bias."""

    def __init__(self, text, difference, bias):
        super().__init__(text, *difference, is_linear=False)
        self.bias = bias

    def __call__(self, u):
        s = self.matrix @ u + self.constant + self.bias
        return -self.matrix.T @ np.tanh(s)


class Program:
    def __init__(self, numbers):
        self.numbers, self.grid = numbers, random_grid(numbers)
        self.cells = int(np.prod(self.grid.shape))
        self.lets = ""
        self.terms = [self.term() for _ in range(numbers.integers(1, 4))]
        self.scheme = str(numbers.choice(
            ["explicit", "explicit", "heun", "ssprk3", "implicit"]))
        if not all(term.is_linear for term in self.terms):
            self.scheme = "explicit"

    def on_cells(self, stencil):
        return stencil.on(self.grid, [(0, 0)]*self.grid.rank)

    def speed(self, axis, signs):
        """A number or a field, its text and its values in cells."""
        a, b, w = (float(n) for n in np.round(self.numbers.uniform(
            0.2, 1.5, 3), 2))
        sign = signs[self.numbers.integers(len(signs))]
        if self.numbers.random() < 0.5:
            return "%r" % (sign*a), np.full(self.cells, sign*a)
        x = self.grid.coordinates()[axis].ravel()
        name = "c%d" % len(self.lets.split("let "))
        self.lets += "let %s = %r*(%r + %r*sin(%r*%s))\n" % (
            name, float(sign), a, b, w, AXES[axis])
        return name, sign*(a + b*np.sin(w*x))

    def term(self):
        axis = int(self.numbers.integers(self.grid.rank))
        name, h = AXES[axis], self.grid.spacings[axis]
        kind = self.numbers.choice(["diffusion", "upwind", "upwind",
                                    "conservative", "central", "flux",
                                    "biased", "decay"])
        k = float(np.round(self.numbers.uniform(0.1, 1.2), 2))
        if kind == "diffusion":
            matrix, constant = self.on_cells(d2(axis, h))
            return Term("%r*d2(%s)(u)" % (k, name), k*matrix, k*constant)
        if kind == "decay":
            return Term("(-%r)*u" % k, -k*np.eye(self.cells), 0)
        if kind == "central":
            matrix, constant = self.on_cells(central(axis, h))
            return Term("%r*central(%s)(u)" % (k, name), k*matrix, k*constant)
        if kind in ("flux", "biased"):
            bias = k if kind == "biased" else 0.0
            return Flux("t(%s, u, %r)" % (name, bias),
                        forward(axis, h).on(self.grid), bias)
        text, c = self.speed(axis, [1, -1])
        down, up = (self.on_cells(s(axis, h)) for s in (backward, forward))
        if kind == "upwind":
            parts = [np.maximum(c, 0)[:, None]*down[0] +
                     np.minimum(c, 0)[:, None]*up[0],
                     np.maximum(c, 0)*down[1] + np.minimum(c, 0)*up[1]]
            return Term("(-upwind(%s, %s, u))" % (name, text), -parts[0],
                        -parts[1])
        # What flows out of a cell on one side flows into the next.
        c = abs(c)
        return Term("(-backward(%s)(abs(%s)*u))" % (name, text),
                    -self.transported(axis, h, c)[0],
                    -self.transported(axis, h, c)[1])

    def transported(self, axis, h, c):
        """backward(c*u): beyond its sides u has the field's rule, and so has a
        product what that makes of it."""
        def applied(u):
            return (self.on_cells(backward(axis, h))[0] @
                    (c*u.ravel()) + self.beyond(axis, h, c)).reshape(u.shape)
        return affine(applied, self.grid.shape)

    def beyond(self, axis, h, c):
        low = self.grid.sides[axis][0]
        value = low.numbers[0] if low.kind == "dirichlet" else 0.0
        return 0.0*c if value == 0 else np.nan*c

    def script(self, tau):
        return (grid_text(self.grid) + "param tau = %r\ninput f on X\n" % tau +
                self.lets + FLUX + "fun R(u) = " +
                " + ".join(term.text for term in self.terms) +
                "\nevolve u from f by %s(R, tau) for 1 steps\noutput u\n" %
                self.scheme)

    def rate(self, u):
        return sum(term(u) for term in self.terms)

    def step(self, tau, u):
        rate = self.rate
        if self.scheme == "explicit":
            return u + tau*rate(u)
        if self.scheme == "heun":
            x = u + tau*rate(u)
            return (u + x + tau*rate(x))/2
        if self.scheme == "ssprk3":
            x = u + tau*rate(u)
            y = 0.75*u + 0.25*(x + tau*rate(x))
            return u/3 + 2/3*(y + tau*rate(y))
        matrix = sum(term.matrix for term in self.terms)
        return np.linalg.solve(np.eye(self.cells) - tau*matrix,
                               u + tau*self.rate(0*u))

    @property
    def values(self):
        """Those at sides."""
        return [side.numbers[0] for pair in self.grid.sides for side in pair
                if side.kind == "dirichlet"]

    def fields(self):
        for u in np.eye(self.cells):
            yield u
            yield -u
        for _ in range(20):
            yield (self.numbers.standard_normal(self.cells) *
                   10**self.numbers.uniform(-2, 1))


class Soundness:
    def __init__(self, workshop, numbers):
        self.workshop, self.numbers, self.tally = workshop, numbers, {}

    def counted(self, what):
        self.tally[what] = self.tally.get(what, 0) + 1

    def program(self):
        program = Program(self.numbers)
        if any(np.isnan(np.sum(term.constant)) for term in program.terms):
            return
        tau = float(np.round(self.numbers.uniform(0.02, 1.5), 3))
        evolution = certificate(self.workshop, program.script(tau))
        self.claims(program, tau, evolution)
        limits = [claim["limit"] for claim in evolution["claims"]]
        limits.append((evolution.get("step") or {}).get("limit"))
        self.counted("programs")
        for limit in {limit for limit in limits if limit}:
            self.counted("limits")
            for size in (limit*(1 - 1e-6), 0.7*limit):
                again = certificate(self.workshop, program.script(size))
                self.claims(program, size, again)
                for claim in evolution["claims"]:
                    own = claim["limit"] or evolution["step"]["limit"]
                    kept = {c["statement"] for c in again["claims"]
                            if c["holds"]}
                    if own and size <= own and not claim["growth"]:
                        self.workshop.check(
                            "up to the limit", claim["statement"] in kept or
                            claim["statement"] in RANGES and
                            kept.intersection(RANGES), "%r, %s\n%s" % (
                                size, again["claims"], program.script(size)))

    def claims(self, program, tau, evolution):
        seen = "tau = %r, %s\n%s" % (tau, evolution["claims"],
                                     program.script(tau))
        check = self.workshop.check
        zero = program.step(tau, np.zeros(program.cells))
        is_linear = all(term.is_linear for term in program.terms)
        matrix = np.array([program.step(tau, e) - zero
                           for e in np.eye(program.cells)]).T
        for claim in evolution["claims"]:
            if not claim["holds"]:
                continue
            statement = claim["statement"]
            self.counted(statement)
            if is_linear and statement in ("norm", "distance"):
                check(statement, np.linalg.norm(matrix, 2) <= 1 + ROUNDING, seen)
            if is_linear and statement in RANGES + ("non-negative",):
                check("factors", np.min(matrix) >= -ROUNDING, seen)
            if statement == "norm":
                for u in program.fields():
                    check("norm", np.linalg.norm(program.step(tau, u)) <=
                          np.linalg.norm(u)*(1 + ROUNDING), seen)
            elif statement in RANGES:
                self.ranges(program, tau, statement, seen)
            elif statement == "non-negative":
                for u in program.fields():
                    end = program.step(tau, abs(u))
                    check("non-negative", np.min(end) >= -ROUNDING*np.max(
                        abs(u)), seen)
        if evolution["keeps_mean"]:
            self.counted("mean")
            for u in program.fields():
                left = ROUNDING*np.max(abs(u))*program.cells*(1 + tau)
                check("mean", abs(np.sum(program.step(tau, u) - u)) <= left,
                      seen)

    def ranges(self, program, tau, statement, seen):
        more = {"range": [], "range-of-zero": [0.0],
                "range-of-sides": [0.0] + program.values}[statement]
        for u in program.fields():
            end = program.step(tau, u)
            low = min([np.min(u)] + more)
            high = max([np.max(u)] + more)
            left = ROUNDING*max(abs(low), abs(high))
            self.workshop.check(statement, np.min(end) >= low - left and
                                np.max(end) <= high + left, seen)


# -- limit(R) -------------------------------------------------------------------


class Limits:
    """What limit(R) is when a program runs, with another k than the script's,
    against matrices: of u + limit(R)*R(u) no factor is negative and
    the sums along all rows, or along all columns, are at most one; or its norm
    is at most one."""

    def __init__(self, workshop, numbers):
        self.workshop, self.numbers, self.tally = workshop, numbers, {}

    def program(self):
        while True:
            program = Program(self.numbers)
            if not any(np.isnan(np.sum(t.constant)) for t in program.terms):
                break
        rate = " + ".join(term.text for term in program.terms)
        script = (grid_text(program.grid) + "input f on X\n" + program.lets +
                  "param k = 1.0 where 0 < k <= 4\n" + FLUX +
                  "fun R(u) = k*(%s)\noutput l = like(f, limit(R, X))\n" % rate)
        try:
            ran, what = self.workshop.compile(script, "-O", "0"), "limits"
            self.limit(program, ran, script)
        except RuntimeError as error:
            what = "refused"
            self.workshop.check("refused", "[E0802]" in str(error) and
                                not self.has_limit(program, rate) or
                                "[E0708]" in str(error), error)
        self.tally[what] = self.tally.get(what, 0) + 1

    @staticmethod
    def has_limit(program, rate):
        """Whether there is a theorem for the only term."""
        sides = [side for pair in program.grid.sides for side in pair]
        kinds = {side.kind for side in sides}
        # A slope is known to be zero if all values at sides are.
        has_slopes = "neumann" in kinds and any(program.values)
        is_flow = "abs(" in rate and kinds != {"periodic"}
        is_biased = any(getattr(term, "bias", 0) for term in program.terms)
        return len(program.terms) == 1 and not (
            has_slopes or is_flow or is_biased or "central" in rate)

    def limit(self, program, ran, script):
        k = float(self.numbers.uniform(0.3, 4))
        start = np.zeros(program.grid.shape)
        limit = ran.run({"f": start}, ["l"], {"k": k})["l"].flat[0]
        seen = "limit %r, k = %r\n%s" % (limit, k, script)
        self.workshop.check("a number", 0 < limit < np.inf, seen)
        step = lambda u: program.step(k*limit, u)
        program.scheme = "explicit"
        if all(term.is_linear for term in program.terms):
            zero = step(np.zeros(program.cells))
            matrix = np.array([step(e) - zero for e in np.eye(program.cells)]).T
            sums = min(matrix.sum(axis=0).max(), matrix.sum(axis=1).max())
            self.workshop.check(
                "a true limit", np.min(matrix) >= -ROUNDING and
                sums <= 1 + ROUNDING or
                np.linalg.norm(matrix, 2) <= 1 + ROUNDING, seen)
            return
        # A bias adds data, which limit(R) counts as zero.
        if any(getattr(term, "bias", 0) for term in program.terms):
            return
        values = max([0.0] + [abs(value) for value in program.values])
        for u in program.fields():
            end = step(u)
            self.workshop.check(
                "a true limit", np.max(abs(end)) <= max(np.max(abs(u)), values)*
                (1 + ROUNDING) or any(
                    np.linalg.norm(end, p) <= np.linalg.norm(u, p)*(1 + ROUNDING)
                    for p in (1, 2)), seen)


def check_limits(workshop, count, seed):
    limits = Limits(workshop, np.random.default_rng(seed))
    for _ in range(count):
        limits.program()
    print(limits.tally)


# -- numbers of the literature -------------------------------------------------

COURANT = """grid X : %s
param tau = %r
input f on X
fun R(u) = %s
evolve u from f by %s(R, tau) for 1 steps
output u
"""

# The grid, R, the scheme and the longest step that keeps u in its range.
KNOWN = [
    ("1d, boundary periodic, size 9", "-upwind(x, -0.5, u)", "explicit", 2.0),
    ("1d, boundary periodic, extent [0, 1], size 10", "-backward(x)(u)",
     "explicit", 0.1),
    ("2d, boundary periodic, size 9",
     "-upwind(x, 1, u) - upwind(y, -3, u)", "explicit", 0.25),
    ("1d, boundary periodic, size 9", "-upwind(x, 2, u) + 3*laplace(u)",
     "explicit", 1/8),
    ("1d, boundary periodic, size 9", "-2*central(x)(u) + laplace(u)",
     "explicit", 1/2),
    ("3d, boundary reflecting, size 4", "laplace(u)", "explicit", 1/6),
    ("1d, boundary periodic, size 9", "-backward(x)(u)", "ssprk3", 1.0),
    ("1d, boundary dirichlet 0, size 9", "-backward(x)(u)", "heun", 1.0),
    ("2d, boundary dirichlet 0, extent [-1, 1], size 15",
     "-upwind(x, -y, u) - upwind(y, x, u)", "explicit", 1/16),
]


def check_known(workshop):
    for grid, rate, scheme, exact in KNOWN:
        script = COURANT % (grid, exact/2, rate, scheme)
        evolution = certificate(workshop, script)
        step = evolution.get("step") or {}
        claims = {c["statement"]: c for c in evolution["claims"] if c["holds"]}
        ranges = [claims[name] for name in RANGES if name in claims]
        limit = ranges and (ranges[0]["limit"] or step.get("limit"))
        workshop.check("limit of %s" % rate, limit and
                       exact*(1 - 2e-5) <= limit <= exact*(1 + 1e-9) or
                       "y" in rate and "-y" in rate and limit and
                       exact*0.98 <= limit, "%r, exact %r: %s" % (
                           limit, exact, evolution))
        if scheme != "explicit":
            continue
        # On a grid of another size, with spacings that follow from it.
        program = workshop.compile(
            "grid X : %s\ninput f on X\nfun R(u) = %s\n"
            "output l = like(f, limit(R, X))\n" % (grid, rate), "-O", "0")
        shape = [6, 7, 8][:int(grid[0])]
        # The last: h = 2/(N + 1), and |x| and |y| are less than 1.
        exact = {0.1: 1/6, 1/16: 1/(7/2 + 8/2)}.get(exact, exact)
        limit = program.run({"f": np.zeros(shape)}, ["l"])["l"].flat[0]
        # Eigenvalues allow longer steps than cells do.
        most = 1.1*exact if rate == "laplace(u)" else exact
        workshop.check("limit(R) of %s" % rate, exact*(1 - 1e-9) <= limit <= most,
                       "%r, exact %r" % (limit, exact))
    # A central difference alone, or with too little diffusion, has no range.
    for rate in ("-central(x)(u)", "-3*central(x)(u) + laplace(u)",
                 "-forward(x)(u)"):
        evolution = certificate(workshop, COURANT % (
            "1d, boundary periodic, size 9", 0.01, rate, "explicit"))
        workshop.check("no range of " + rate, not [
            c for c in evolution["claims"] if c["holds"] and
            c["statement"] not in ("roots",)], evolution)


def main():
    workshop = Workshop(sys.argv[1])
    given = [int(text) for text in sys.argv[2:]]
    count, seed = given + [60, 5][len(given):]
    check_known(workshop)
    soundness = Soundness(workshop, np.random.default_rng(seed))
    for _ in range(count):
        soundness.program()
    print(soundness.tally)
    check_limits(workshop, count//4, seed)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
