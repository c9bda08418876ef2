"""Programs that once had a false claim, each with the data that show it. A claim
may be withdrawn, or be true; it may not be made and fail."""

import numpy as np

from certified import ROUNDING, certificate, claimed

LINE = """grid X : 1d, boundary %s%s
param tau = %r
input f on X
let D = forward(x)
fun R(u) = -D'(D(u))
"""


def line(rule="reflecting", size=", size 8", tau=0.1):
    return LINE % (rule, size, tau)


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
