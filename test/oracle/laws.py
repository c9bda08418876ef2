#!/usr/bin/env python3
"""Laws, on random programs: to name a part by `let` never changes a result; and
schemes written as in a textbook are what NumPy makes of the formula, at sides
of all kinds.

usage: laws.py path/to/pdec [PROGRAMS [SEED]]
"""

import re
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Workshop
from crossings import stencil, widened
from grids import AXES, Grid
from problems import field
from sides import Side

# -- random grids --------------------------------------------------------------

FUNCTIONS = [("sin(x) + y", lambda x, y: np.sin(x) + y),
             ("exp(y - x)", lambda x, y: np.exp(y - x)),
             ("x*y", lambda x, y: x*y)]


def number(numbers):
    return float(np.round(numbers.uniform(-2, 2), 2))


def random_side(numbers, rank):
    """A rule, its text, and its function of the coordinates or None."""
    kinds = ["reflecting", "dirichlet", "neumann", "robin", "extrapolated"]
    # Lines have no coordinates along their sides.
    kind = numbers.choice(kinds + ["function"]*(rank > 1))
    if kind == "function":
        functions = FUNCTIONS
        text, function = functions[numbers.integers(len(functions))]
        return Side("dirichlet", 0.0, text="dirichlet " + text), function
    if kind == "robin":
        a, b = np.round(numbers.uniform(0.25, 2, 2), 2)
        return Side("robin", float(a), float(b), number(numbers)), None
    given = [number(numbers)] if kind in ("dirichlet", "neumann") else []
    return Side(kind, *given), None


def random_pair(numbers, rank):
    if numbers.random() < 0.15:
        return (Side("periodic"), None), (Side("periodic"), None)
    return random_side(numbers, rank), random_side(numbers, rank)


def random_grid(numbers):
    """A grid, and the functions of its sides."""
    rank = int(numbers.integers(1, 3))
    pairs = [random_pair(numbers, rank) for _ in range(rank)]
    values = {(axis, end): function for axis, pair in enumerate(pairs)
              for end, (_, function) in enumerate(pair) if function}
    shape = tuple(int(n) for n in numbers.integers(3, 7, rank))
    spacings = tuple(float(h) for h in np.round(
        numbers.uniform(0.2, 0.6, rank), 2))
    return Grid(shape, [(low, high) for (low, _), (high, _) in pairs],
                spacings), values


# -- random programs, with and without names -----------------------------------


class Names:
    """Statements that name parts; without them, parts stay where they are."""

    def __init__(self, named):
        self.named, self.lines = named, []

    def part(self, text):
        if not self.named:
            return "(%s)" % text
        name = "part%d" % len(self.lines)
        self.lines.append("let %s = %s" % (name, text))
        return name


# An expression is a template and its parts.
UNARY = ["{0} + 1", "2*{0}", "-{0}", "sin({0})", "{0}^2", "{0}/3", "x*{0}",
         "tau*{0}", "central(x)({0})", "d2(x)({0})", "0.1*laplace({0})",
         "stencil(x, [1, 2, 1])({0})/4", "laplace({0})", "exp(-{0}^2)",
         "R({0})", "R({0})", "upwind(x, c, {0})",
         "forward(x)'(forward(x)({0}))",
         "forward(x)'(stencil(x, [1/2, 1/2], from = 0)(c)*forward(x)({0}))",
         "central(x)(c*{0})"]
UNARY_2D = ["central(y)({0})", "(central(x)*central(y))({0})", "y*{0}",
            "grad'(grad({0}))"]
BINARY = ["{0} + {1}", "{0} - {1}", "{0}*{1}", "{0} + tau*{1}",
          "{0}/2 + {1}/2", "max({0}, {1})", "3/4*{0} + 1/4*{1}",
          "{0} + tau/2*({1} + 1)"]


def random_expression(numbers, leaves, rank, depth):
    """A tree of templates."""
    if depth == 0 or numbers.random() < 0.1:
        return leaves[numbers.integers(len(leaves))]
    unary = UNARY + (UNARY_2D if rank == 2 else [])
    choices, parts = (unary, 1) if numbers.random() < 0.55 else (BINARY, 2)
    return (choices[numbers.integers(len(choices))],) + tuple(
        random_expression(numbers, leaves, rank, depth - 1)
        for _ in range(parts))


def written(tree, names):
    if isinstance(tree, str):
        return tree
    parts = [written(part, names) for part in tree[1:]]
    return names.part(tree[0].format(*parts))


def random_rules(numbers, grid, rank):
    """Rules of a field's own: the clause of an input or a let."""
    if numbers.random() < 0.4:
        return ""
    clauses = []
    for axis in range(rank):
        if grid.sides[axis][0].kind == "periodic":
            continue
        name = AXES[axis] + " " if rank > 1 else ""
        for end in ("low", "high"):
            if numbers.random() < 0.6:
                rule, _ = random_side(numbers, rank)
                clauses.append("%s%s %s" % (name, end, rule.text))
    return ", boundary " + ", ".join(clauses) if clauses else ""


def block(tree, named, result):
    """The body of a function or a scheme: `result` is how its value is
    given."""
    names = Names(named)
    value = written(tree, names)
    if not named:
        return value
    return "{\n  %s\n  %s%s\n}" % ("\n  ".join(names.lines), result, value)


def random_program(numbers):
    """Two texts of the same program, without and with names; its grid."""
    grid, _ = random_grid(numbers)
    rank = grid.rank
    rules = random_rules(numbers, grid, rank)
    inner = [t for t in (random_expression(numbers, ["u", "u", "c", "x"], rank,
                                           3) for _ in range(2))]
    # R cannot call itself.
    rate = without_calls(inner[0])
    step = random_expression(numbers, ["u", "u", "c", "g", "x"], rank, 4)
    top = random_expression(numbers, ["u", "w", "g", "x"], rank, 3)
    scheme = numbers.random() < 0.5
    return [program(grid, rules, rate, step, top, scheme, named)
            for named in (False, True)], grid


def without_calls(tree):
    if isinstance(tree, str):
        return tree
    template = "laplace({0})" if tree[0] == "R({0})" else tree[0]
    return (template,) + tuple(without_calls(part) for part in tree[1:])


def program(grid, rules, rate, step, top, scheme, named):
    names = Names(named)
    value = written(top, names)
    text = grid.text() + "param tau = 0.01\ninput f on X\ninput c on X\n"
    text += "input g on X%s\n" % rules
    text += "fun R(u) = %s\n" % block(rate, named, "return ")
    if scheme:
        text += "scheme s(R): u -> %s\n" % block(step, named, "u = ")
        text += "evolve u from f by s(R) for 2 steps\n"
    else:
        text += "fun s(u) = %s\n" % block(step, named, "return ")
        text += "evolve u from f by s for 2 steps\n"
    text += "evolve w from g by explicit(R, tau) for 1 steps\n"
    return text + "\n".join(names.lines) + "\noutput r = 0*f + %s, v = u\n" % (
        value)


def outcome(workshop, text, inputs):
    """The bits of a run, or the code of the error."""
    path = workshop.write("law.pde", text)
    try:
        answer = workshop.in_memory(path, "-O", "0").run(inputs, ["r", "v"])
        return answer["r"].tobytes() + answer["v"].tobytes()
    except RuntimeError as error:
        code = re.search(r"\[(E\d+)\]|is (not finite) ", str(error))
        return code.group(1) or code.group(2) if code else str(error)


def check_names(workshop, numbers, count):
    outcomes = {"results": 0}
    for _ in range(count):
        (inline, named), grid = random_program(numbers)
        inputs = {name: field(numbers, grid) for name in "fcg"}
        one, two = (outcome(workshop, text, inputs)
                    for text in (inline, named))
        workshop.check("names change nothing", one == two,
                       "%r\n%s%r\n%s" % (one, inline, two, named))
        kind = "results" if isinstance(one, bytes) else one
        workshop.check("a result or a message", re.fullmatch(
            r"results|E\d+|not finite", kind), "%s\n%s" % (kind, inline))
        outcomes[kind] = outcomes.get(kind, 0) + 1
    print("names: %s" % outcomes)
    workshop.check("some programs run", outcomes["results"] >= count//4)


# -- textbook schemes ----------------------------------------------------------


# What operators are applied to: a state, or a function of it.
ARGUMENTS = [("u", lambda u: u), ("sin(u)", np.sin), ("u^2/2", lambda u: u*u/2)]
REACTIONS = [("1", lambda u: 1 + 0*u), ("10*u", lambda u: 10*u),
             ("10*sin(u)", lambda u: 10*np.sin(u))]


def random_rate(numbers, grid, values):
    """Linear operators and a reaction, as text and as a function."""
    rank = grid.rank
    weights = np.round(numbers.uniform(-1, 1, (3,)*rank), 2)
    reaction, react = REACTIONS[numbers.integers(len(REACTIONS))]
    argument, made = ARGUMENTS[numbers.integers(len(ARGUMENTS))]
    laplacian = float(np.round(numbers.uniform(0, 1), 2))
    text = "stencil(%s, %s)(%s) + %r*laplace(u) + %s" % (
        "x" if rank == 1 else "X", weights.tolist(), argument, laplacian,
        reaction)

    def rate(u):
        wide = widened(u, grid, 1, values)
        return (stencil(made(wide), weights, 1) +
                laplacian*laplace(wide, grid) + react(u))
    return text, rate


def laplace(wide, grid):
    result = 0
    for axis, h in enumerate(grid.spacings):
        shape = [1]*grid.rank
        shape[axis] = 3
        weights = np.reshape([1, -2, 1], shape)
        result = result + stencil(wide, weights, 1)/h**2
    return result


def tableau(numbers):
    """An explicit Runge-Kutta method, its coefficients in the text."""
    stages = int(numbers.integers(1, 5))
    a = np.round(numbers.uniform(-1, 1, (stages, stages)), 2)
    b = np.round(numbers.uniform(-1, 1, stages), 2)
    lines = []
    for i in range(stages):
        terms = " + ".join("%r*k%d" % (float(a[i, j]), j) for j in range(i))
        lines.append("let k%d = R(u%s)" % (
            i, " + tau*(%s)" % terms if i else ""))
    lines.append("u = u + tau*(%s)" % " + ".join(
        "%r*k%d" % (float(b[i]), i) for i in range(stages)))

    def step(first, second, tau, u):
        rates = []
        for i in range(stages):
            rates.append(first(u + tau*sum(
                a[i, j]*rates[j] for j in range(i))))
        return u + tau*sum(b[i]*rates[i] for i in range(stages))
    return "{\n  %s\n}" % "\n  ".join(lines), step


def euler(rate, tau, u):
    return u + tau*rate(u)


def midpoint(first, second, tau, u):
    return u + tau*first(u + tau/2*first(u))


def splitting(first, second, tau, u):
    return euler(first, tau/2, euler(second, tau, euler(first, tau/2, u)))


def strong_stability(first, second, tau, u):
    v = euler(first, tau, u)
    w = 3/4*u + 1/4*euler(first, tau, v)
    return u/3 + 2/3*euler(first, tau, w)


def one_after_the_other(first, second, tau, u):
    return euler(second, tau, euler(first, tau, u))


def source_first(first, second, tau, u):
    return euler(first, tau, u + tau)


# Bodies of schemes of R and S, and of steps a and b made of these.
TEXTBOOK = [
    ("u + tau*R(u + tau/2*R(u))", midpoint),
    ("{\n  let half = u + tau/2*R(u)\n  u = u + tau*R(half)\n}", midpoint),
    ("{\n  let k = R(u)\n  u = u + tau*R(u + tau/2*k)\n}", midpoint),
    ("half(b(half(u)))", splitting),
    ("{\n  u = half(u)\n  u = b(u)\n  u = half(u)\n}", splitting),
    ("{\n  let v = u + tau*R(u)\n  let w = 3/4*u + 1/4*(v + tau*R(v))\n"
     "  u = u/3 + 2/3*(w + tau*R(w))\n}", strong_stability),
    ("{\n  let v = a(u)\n  let w = 3/4*u + 1/4*a(v)\n"
     "  u = 1/3*u + 2/3*a(w)\n}", strong_stability),
    ("b(a(u))", one_after_the_other),
    ("{\n  let v = a(u)\n  u = b(v)\n}", one_after_the_other),
    ("{\n  u = u + tau\n  u = u + tau*R(u)\n}", source_first),
    ("{\n  let v = u + tau\n  u = v + tau*R(v)\n}", source_first),
    ("a(u + tau)", source_first),
]
TEXT = """param tau = 0.001
input f on X
fun R(u) = %s
fun S(u) = %s
scheme own(R, S, a, b, half): u -> %s
evolve u from f
    by own(R, S, explicit(R, tau), u -> u + tau*S(u), explicit(R, tau/2))
    for 3 steps
output u
"""


def check_textbook(workshop, numbers, count):
    """To the rounding errors of values that rules beyond the sides enlarge."""
    tau = 0.001
    for _ in range(count):
        grid, values = random_grid(numbers)
        (first_text, first), (second_text, second) = (
            random_rate(numbers, grid, values) for _ in range(2))
        body, step = (tableau(numbers) if numbers.random() < 0.4 else
                      TEXTBOOK[numbers.integers(len(TEXTBOOK))])
        text = grid.text() + TEXT % (first_text, second_text, body)
        f = field(numbers, grid)
        u = f
        for _ in range(3):
            u = step(first, second, tau, u)
        try:
            found = workshop.in_memory(workshop.write("law.pde", text), "-O",
                                       "0").run({"f": f}, ["u"])["u"]
            workshop.check_close(text, found, u, 1e-12)
        except RuntimeError as error:
            workshop.check(text, False, str(error))


def main():
    workshop = Workshop(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    check_names(workshop, np.random.default_rng(seed), count)
    check_textbook(workshop, np.random.default_rng(seed + 1), count)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
