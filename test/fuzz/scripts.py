"""Random scripts of all that the language has, for comparisons of bits: what is
random in gradients' scripts, and extrema, shifts, points, channels, parameter
arrays, hierarchies, numbers in states, conditions of loops, records, and
derivatives of all this."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "gradient"))
import random_scripts  # noqa: E402
from random_scripts import AXES  # noqa: E402


class Script(random_scripts.Script):
    """`text`, `rank` and `outputs`, of which `fields` have cells; the inputs
    are f and g."""

    FEATURES = ["arithmetic", "operators", "evolution", "loop", "equation",
                "hierarchy", "system", "extrema", "shift", "points", "channels",
                "channels", "entries", "until", "timed", "lists"]

    TRANSFERS = random_scripts.Script.TRANSFERS + [
        "prolong(0.3*d2(x)(restrict({0})))", "prolong(restrict({0}) + p)",
        "prolong(abs(restrict({0})))", "prolong(restrict({0}, homogeneous = true))"]

    SLOPES = 0.4  # how often derivatives are outputs, instead of their number

    def __init__(self, numbers):
        self.arrays = []
        super().__init__(numbers)

    def axis(self):
        return AXES[int(self.numbers.integers(self.rank))]

    def array(self, *extents):
        """A parameter array, by its name."""
        name = self.name("W")
        indices = "ijklmn"[:len(extents)]
        terms = " + ".join("%r*%s" % (self.real(-1, 1), index)
                           for index in indices)
        self.arrays.append("%s : real[%s] = (%s) -> %s*sin(%s + %r)" % (
            name, ", ".join(map(str, extents)), ", ".join(indices),
            self.real(0.1, 0.5), terms, self.real(0, 6)))
        return name

    # -- features --------------------------------------------------------------

    def extrema(self):
        kind = self.pick(["min", "max"])
        count = int(self.numbers.integers(1, 6))
        if self.is_likely(0.3) and self.rank > 1:
            made = "stencil(X, (%s) -> %r*%s^2 - q*%s, to = %s, over = %s)" % (
                ", ".join("ijk"[:self.rank]), self.real(-1, 1), "i", "j",
                [int(n) for n in self.numbers.integers(1, 3, self.rank)], kind)
        elif self.is_likely(0.3):
            made = "%s(%s, tau, %d)" % (
                self.pick(["erosion", "dilation"]), self.axis(), count)
        else:
            weights = self.array(count) if self.is_likely(0.4) else str(
                [self.real(-1, 1) for _ in range(count)])
            made = "stencil(%s, %s, from = %d, over = %s)" % (
                self.axis(), weights, -int(self.numbers.integers(count)), kind)
        name = self.name("D")
        self.lines.append("let %s = %s" % (name, made))
        field = self.state()
        text = self.pick(["{0}({1})", "{0}'({1})", "{0}'({0}({1}))",
                          "{0}({0}({1}))", "({0}*{0})({1})",
                          "{0}(0.5*{1} + p)"]).format(name, field)
        # Beyond the sides lies nothing: a cell may see nothing at all.
        self.add("clamp(%s, -2, 2)" % text)

    def shift(self):
        by = self.pick(["p", "-q", "tau*%s" % "20", "0.3*norm(f)", "-1.7",
                        "40*p"])
        self.add("shift(%s, %s*spacing(%s), %d)(%s)" % (
            self.axis(), by, "x", int(self.numbers.integers(1, 4)),
            self.state()))

    def point(self):
        return "[%s]" % ", ".join(
            self.pick(["p", "q*2", "n*tau", "-0.2", "1.5"]) + "*2"
            for _ in range(self.rank)) if self.rank > 1 else self.pick(
                ["p", "q*2", "n*tau", "2.25"])

    def points(self):
        field, p = self.state(), self.point()
        self.add("spread(at(%s, %s), %s, %s)" % (
            field, p, self.point(), self.pick(["X", field])))
        if self.is_likely(0.5):
            self.add("like(f, inner(at([%s, g], %s), [1, q]))" % (field, p))

    def channels(self):
        ins, outs = (int(n) for n in self.numbers.integers(2, 6, 2))
        along = self.is_likely(0.4)
        blocks = int(self.numbers.integers(1, 3))
        taps = [int(n) for n in self.numbers.integers(
            1, 4, 1 if along else self.rank)]
        weights = self.array(blocks, outs, ins, *taps)
        bias = self.array(blocks, outs)
        fields = [self.state()]*ins
        name, last = self.name("N"), ins - 1
        self.lines.append("""fun %s(%s) = {
  var u = [%s]
  for k in 0 .. %d {
    let K = stencil(%s, %s[k])
    u = %s
  }
  return u
}""" % (name, ", ".join("a%d" % i for i in range(ins)),
            ", ".join("%r*a%d" % (self.real(-1, 1), i) for i in range(ins)),
            blocks - 1,
            self.axis() if along else "X", weights, self.pick([
                "u - 0.3*K'(tanh(K(u) + %s[k]))" % bias,
                "0.5*u + K'(max(K(u), 0.1)*%s[k])" % bias,
                "K'(K(u) + p)"])))
        self.lines.append("let %s = %s(%s)" % (name + "r", name,
                                               ", ".join(fields)))
        for i in {0, last}:
            self.add("%sr[%d]" % (name, i))

    def entries(self):
        array = self.array(3, 2)
        self.add(self.pick([
            "{0}[1, 1]*{1} + {0}[2, 0]", "inner({0}[n - 1], [{1}, p])",
            "stencil(x, [{0}[0, 0], 1, {0}[0, 1]])({1})"]).format(
                array, self.state()))

    def until(self):
        name, count = self.name("u"), self.name("k")
        self.lines.append(
            "evolve {u}, {k} from %s, 0 by (u, k) -> [u + tau*(%s), k + 1] until"
            " %s, at most 9".format(u=name, k=count) % (
                self.state(), random_scripts.RATES[
                    int(self.numbers.integers(8))].format("u", a="0.4"),
                self.pick(["norm({u}) < 1 or {k} >= 4", "{k} >= n",
                           "change < 0.3 or {k} >= 5",
                           "max({u}) < 0.7 or {k} > 2"]).format(
                               u=name, k=count)))
        self.terms.append(name)
        self.names.append(name)
        self.add("like(f, %s)" % count)

    def timed(self):
        name, time = self.name("u"), self.name("t")
        self.lines.append(
            "evolve %s, %s from %s, %s by (u, t) -> [u + tau*t*(%s), %s] for "
            "n steps\n  record %s = [%s, mean(%s)] every 2" % (
                name, time, self.state(), self.pick(["0", "p", "tau"]),
                "0.3*laplace(u) - q*u", self.pick([
                    "t + tau", "t + tau*norm(u)", "min(t + 0.3, max(u))"]),
                self.name("seen"), time, name))
        self.terms.append(name)
        self.add("like(f, tanh(%s))" % time)

    def lists(self):
        a, b = self.state(), self.state()
        self.add(self.pick([
            "inner(tanh([{0}, {1}]), [q, {1}])", "mean([{0}, {1}])*{0}",
            "norm([{0}, {1}^2])*{1}", "([{0}, {1}] + [p, q])[1]",
            "div(charbonnier_flux(grad({0}), q))",
            "dot([{0}, {1}], [{1}, {0}])*{0}/50"]).format(a, b))

    # -- the whole -------------------------------------------------------------

    def finish(self, grid):
        shown = list(dict.fromkeys(self.terms))
        total = " + ".join("mean(tanh(%s))" % term for term in shown)
        if self.is_likely(self.SLOPES):
            for name in ["f", "g", *[line.split()[0] for line in self.arrays]]:
                shown.append("d_%s = gradient(J_, %s)" % (name, name))
            shown.append("d_p = gradient(J_, p)")
        else:
            shown.append("J = J_")
        self.outputs = [one.split()[0] for one in shown]
        self.fields = list(dict.fromkeys(self.terms))
        declared = ", ".join(
            ["%s = %r where %s > 0" % (name, value, name)
             for name, value in self.params.items()] + self.arrays)
        self.text = "%sparam n = 3, %s\n%s\nlet J_ = %s\noutput %s\n" % (
            grid, declared, "\n".join(self.lines), total, ", ".join(shown))

    def cells(self, most):
        """A random shape for the grid, one that can be halved where it must."""
        if not self.is_coarsened:
            return tuple(int(n) for n in self.numbers.integers(5, most,
                                                               self.rank))
        return tuple(2*int(n) - own % 2 for n, own in zip(
            self.numbers.integers(3, max(4, most//2), self.rank), self.shape))
