"""Gradients against what they are for: the remainder of the first Taylor
polynomial is of order two.

usage: taylor.py path/to/pdec example.pde ...

Each example gets a number of its outputs and the derivatives of that number
with respect to every input and every real parameter. Then J(m + e*d) - J(m) -
e*<gradient, d> is a quarter for half the e, in both forms of the program that
share no code, and these have the same bits."""

import os
import re
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop, same_bits  # noqa: E402

# Smaller and shorter than for pictures.
SIZES = {1: "20", 2: "10x10", 3: "7x7x7"}
HIERARCHIES = {"cavity.pde": "16x16", "nonlinear_fas.pde": "63",
               "multigrid_cycles.pde": "31", "poisson2d.pde": "15x15"}
STEPS = 4

# Outputs that are no fields.
NUMBERS = ["t"]
# Largest values have kinks wherever another cell becomes the largest.
KINKED_OUTPUT = "norm_max("
# Upwind choices between neighbours have kinks in the cells of these themselves:
# fronts whose data are symmetric, gas at rest. Minima over neighbours have kinks,
# too: test/run/extrema.py has their derivatives. lorenz.pde has no grid.
APART = {"level_set.pde", "sod.pde", "shallow_water.pde", "morphology.pde",
         "scale_space.pde", "lorenz.pde"}


class Example:
    """An example, with derivatives of a number of its outputs."""

    def __init__(self, path):
        self.name = os.path.basename(path)
        with open(path) as file:
            text = re.sub("#.*", "", file.read())
        # What iterations leave is to be less than the second term.
        text = re.sub(r"\b1e-(9|10)\b", "1e-15", text)
        self.rank = int(re.search(r"grid X : (\d)d", text).group(1))
        body, outputs = re.split(r"\noutput ", text)[:2]
        self.outputs = [name.strip() for name in
                        re.split(r",(?![^(]*\))", outputs.strip())
                        if KINKED_OUTPUT not in name]
        self.inputs = re.findall(r"\ninput (\w+) on X", text)
        self.params = self.real_params(text)
        self.counts = re.findall(r"\bn = \d+", text)
        self.text = body + self.derivatives()

    @staticmethod
    def real_params(text):
        found = []
        for statement in re.findall(
                r"\nparam (.*?)(?=\n(?:grid|param|input|let|fun|scheme|evolve|"
                r"solve|output)\b)", text + "\noutput ", re.S):
            found += [(name, float(value)) for name, value in re.findall(
                r"(\w+) = (-?\d+\.\d*(?:e-?\d+)?|\d+e-?\d+)", statement)]
        return found

    def derivatives(self):
        lines, terms = [], []
        for i, output in enumerate(self.outputs):
            lines.append("let out%d = %s" % (i, output.rpartition("=")[2]))
            square = "out%d^2/2" if output in NUMBERS else (
                "dot(out%d, out%d)/2 + sum(out%d)")
            terms.append(square.replace("%d", str(i)))
        lines.append("let J = " + " + ".join(terms))
        field = "out0"
        shown = {"J_": "like(%s, J)" % field}
        for name in self.inputs:
            shown["in_" + name] = name
            shown["g_" + name] = "gradient(J, %s)" % name
        for name, _ in self.params:
            shown["g_" + name] = "like(%s, gradient(J, %s))" % (field, name)
        self.shown = list(shown)
        return "\n%s\noutput %s\n" % (
            "\n".join(lines), ",\n    ".join(
                "%s = %s" % one for one in shown.items()))

    def run(self, program, inputs=None, params=None, shown=None):
        params = dict(params or {})
        if self.counts:
            params["n"] = STEPS
        return program.run(inputs or {}, shown or self.shown, params,
                           size="X=" + HIERARCHIES.get(self.name, SIZES[self.rank]))


def orders_of(at, slope, scale):
    """How fast the remainder falls over four halvings; none if J is linear."""
    start = at(0)
    rest = [abs(at(e) - start - e*slope) for e in (scale/2**k for k in range(5))]
    if max(rest) < 1e-12*(abs(start) + abs(scale*slope)):
        return []
    return np.log2(np.array(rest[:-1])/rest[1:])


def check_direction(workshop, title, at, slope, size):
    """`at(e)` is J a step e away, `slope` what its derivative should be. Steps
    may be too long for the second term to be the largest of the rest, or so
    short that rounding is; a wrong slope is wrong for all."""
    for scale in (1e-3, 1e-2, 1e-4, 1e-1):
        try:
            orders = orders_of(at, slope, scale*size)
        except RuntimeError:  # beyond what the scheme can do
            continue
        if np.all(np.abs(np.array(orders) - 2) < 0.05):
            break
    else:
        workshop.check(title, False, "orders %s" % orders)
        return
    workshop.check(title, True)


def check_example(workshop, path):
    example = Example(path)
    kernel, network = (workshop.compile(example.text, *options)
                       for options in FORMS.values())
    results = example.run(kernel)
    others = example.run(network)
    workshop.check(example.name + ": forms", all(
        same_bits(results[name], others[name]) for name in results))
    rng = np.random.default_rng(7)

    def value(inputs=None, params=None):
        return example.run(kernel, inputs, params, ["J_"])["J_"].flat[0]
    for name in example.inputs:
        base = results["in_" + name]
        towards = rng.uniform(-1, 1, base.shape)
        check_direction(workshop, "%s: %s" % (example.name, name),
                        lambda e: value({name: base + e*towards}),
                        np.sum(results["g_" + name]*towards), 1)
    data = {name: results["in_" + name] for name in example.inputs}
    for name, start in example.params:
        # Defaults of inputs are data, which may depend on parameters.
        check_direction(workshop, "%s: %s" % (example.name, name),
                        lambda e: value(data, {name: start + e}),
                        results["g_" + name].flat[0], -start)


def main():
    workshop = Workshop(sys.argv[1])
    for path in sys.argv[2:]:
        if os.path.basename(path) in APART:
            continue
        try:
            check_example(workshop, path)
        except RuntimeError as error:
            workshop.check(path, False, str(error))
    sys.exit(workshop.finish())


main()
