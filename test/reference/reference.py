"""The plain evaluator against NumPy, and then kernel and network against it.

    reference.py DIRECTORY REFERENCE-RUN PDEC [ONNXRUNTIME-PACKAGE]

Random modules in the pde dialect: stencils with their adjoints under all
boundary rules, continued fields, hierarchies, reductions, coordinates, noise
and loops. NumPy continues fields cell by cell by the rules' formulas, and takes
adjoints from the columns of operators.
"""

import itertools
import json
import os
import random
import re
import subprocess
import sys

import numpy as np

directory, evaluator, pdec, *onnxruntime = sys.argv[1:]
os.makedirs(directory, exist_ok=True)
rng = random.Random(7)

REFLECTING, PERIODIC, DIRICHLET, NEUMANN, ROBIN, EXTRAPOLATED = (
    "reflecting", "periodic", "dirichlet", "neumann", "robin", "extrapolated")
# Scalars of each distance: weights, and the factor of the value.
WEIGHTS = {ROBIN: 1, EXTRAPOLATED: 2}


class Side:
    """A rule with its weights and factors for the distances 1, 2, ..., and a
    value: a number, or an array with the rows that it has below cell 0."""

    def __init__(self, rule, weights=(), factors=(), value=0.0, low=None):
        self.rule, self.weights, self.factors = rule, weights, factors
        self.value, self.low = value, low

    def linear(self):
        return Side(self.rule, self.weights, [0.0] * len(self.factors))


class Continued:
    """A field with extra rows, continued beyond them by the rules of sides."""

    def __init__(self, field, low, size, sides):
        self.field, self.low, self.size, self.sides = field, low, size, sides
        self.known = {}

    def has(self, at, axis):
        return 0 <= at[axis] + self.low[axis] < self.field.shape[axis]

    def at(self, at, axes):
        """The value at a position, continued along the first axes only."""
        key = (at, axes)
        if key not in self.known:
            self.known[key] = self.compute(at, axes)
        return self.known[key]

    def compute(self, at, axes):
        if axes == 0:
            return self.field[tuple(i + r for i, r in zip(at, self.low))]
        axis = axes - 1
        if self.has(at, axis):
            return self.at(at, axis)
        n, i = self.size[axis], at[axis]
        high = i >= n
        d = i - n + 1 if high else -i
        side = self.sides[axis][high]
        cell = lambda j: self.at(at[:axis] + (j,) + at[axis + 1:], axes)
        from_side = lambda depth: cell(n - 1 - depth if high else depth)
        value = self.value(side, at, axis)
        if side.rule == PERIODIC:
            return cell(i % n)
        if side.rule == DIRICHLET:
            return value
        if side.rule == REFLECTING:
            return from_side(d - 1)
        if side.rule == NEUMANN:
            return from_side(d - 1) + (2 * d - 1) * value
        if side.rule == ROBIN:
            w, = side.weights[d - 1]
            return w * from_side(d - 1) + side.factors[d - 1] * value
        p, q = side.weights[d - 1]
        return p * from_side(0) + q * from_side(1) + side.factors[d - 1] * value

    def value(self, side, at, axis):
        """A value at its own place, as docs/pde-dialect.md says."""
        if not isinstance(side.value, np.ndarray):
            return side.value
        place = []
        for b, i in enumerate(at):
            n = self.size[b]
            if b == axis:
                i = min(max(i, 0), n - 1)
            while not self.has(at[:b] + (i,) + at[b + 1:], b):
                rule = self.sides[b][i >= n].rule
                if rule == PERIODIC:
                    i %= n
                elif rule == REFLECTING:
                    i = (2 * n if i >= n else 0) - 1 - i
                else:
                    break
            place.append(min(max(i + side.low[b], 0),
                             side.value.shape[b] - 1))
        return side.value[tuple(place)]


def apply(taps, scale, continued, low, high):
    rank = len(continued.size)
    result = np.zeros([n + a + b for n, a, b in zip(continued.size, low, high)])
    for row in np.ndindex(*result.shape):
        for offset, weight in taps:
            at = tuple(r - a + o for r, a, o in zip(row, low, offset))
            result[row] += weight * continued.at(at, rank)
    return scale * result


def matrix(function, shape):
    """A linear function's matrix, column by column."""
    columns = []
    for cell in np.ndindex(*shape):
        unit = np.zeros(shape)
        unit[cell] = 1
        columns.append(function(unit).ravel())
    return np.array(columns).T


def linear(taps, sides, given_low, given_shape, size, low, high):
    """The matrix of an apply's linear part, for a field with these rows."""
    zeros = [[side.linear() for side in ends] for ends in sides]
    return matrix(lambda unit: apply(
        taps, 1, Continued(unit, given_low, size, zeros), low, high),
        given_shape)


def restrict(taps, field, grid, coarsening):
    stride = [1 if c == "same" else 2 for c in coarsening]
    shape = [{"same": n, "cell": n // 2, "vertex": (n - 1) // 2}[c]
             for n, c in zip(field.shape, coarsening)]
    result = np.zeros(shape)
    for cell in np.ndindex(*shape):
        for offset, weight in taps:
            at = [s * i + o for s, i, o in zip(stride, cell, offset)]
            at = [p % n if rules[0] == PERIODIC else p
                  for p, n, rules in zip(at, field.shape, grid)]
            if all(0 <= p < n for p, n in zip(at, field.shape)):
                result[cell] += weight * field[tuple(at)]
    return result


def noise(seed, count):
    mask, golden = 2**64 - 1, 0x9E3779B97F4A7C15
    values = []
    for cell in range(count):
        z = (seed * golden + cell + golden) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        values.append(((z ^ (z >> 31)) >> 11) * 2.0**-52 - 1)
    return np.array(values)


def run(name, module, sizes, inputs, params={}):
    """The outputs of the evaluator, flat."""
    path = os.path.join(directory, name + ".mlir")
    with open(path, "w") as file:
        file.write(module)
    lines = [f"size {grid} " + " ".join(map(str, n)) for grid, n in sizes]
    lines += [f"param {key} {value}" for key, value in params.items()]
    lines += [f"input {key} " + " ".join(repr(float(x)) for x in value.ravel())
              for key, value in inputs.items()]
    done = subprocess.run([evaluator, path], input="\n".join(lines) + "\n",
                          text=True, capture_output=True)
    assert done.returncode == 0, (path, done.stderr)
    outputs = {}
    for line in done.stdout.splitlines():
        if "did not converge" in line:
            return line
        key, *values = line.split()
        outputs[key] = np.array([float(value) for value in values])
    return outputs


def in_f32(module):
    """The same with fields of f32: in types, and in the regions of maps."""
    return "".join(re.sub(": f64", ": f32", line)
                   if line.startswith("    ") else line
                   for line in module.replace("@X, f64", "@X, f32")
                   .splitlines(keepends=True))


FORMS = {"f32": {"kernel": [], "network": ["--as", "network", "--layers"]}}
FORMS["f64"] = {"raised": ["--as", "network"], **FORMS["f32"]}


def same_bits(name, module, inputs, outputs):
    """All forms; some in f32, too."""
    precisions = [("f64", module)]
    if name[-1] in "0369":
        precisions.append(("f32", in_f32(module)))
    for element, text in precisions:
        path = os.path.join(directory, f"{name}-{element}")
        with open(path + ".mlir", "w") as file:
            file.write(text)
        options = []
        for key, value in inputs.items():
            np.save(f"{path}-{key}.npy", value)
            options += ["--input", f"{key}={path}-{key}.npy"]
        found = []
        for form, chosen in FORMS[element].items():
            files = [f"{path}-{key}-{form}.npy" for key in outputs]
            done = subprocess.run(
                [pdec, "run", path + ".mlir", *chosen, *options,
                 *(word for key, file in zip(outputs, files)
                   for word in ("--output", f"{key}={file}"))],
                text=True, capture_output=True)
            assert done.returncode == 0, (path, form, done.stderr)
            assert done.stderr == "", (path, form, done.stderr)
            found.append([np.load(file).tobytes() for file in files])
        assert all(one == found[0] for one in found), path
        kind = name.rstrip("0123456789")
        if onnxruntime and sum(kind in one[0] for one in models) < 20:
            models.append((name, element, inputs,
                           {key: np.load(file).ravel().astype(float)
                            for key, file in zip(outputs, files)}))


models = []  # name, precision, inputs, the network's outputs


def check_models():
    """Both profiles in ONNX Runtime, in one process."""
    here = os.path.dirname(os.path.abspath(__file__))
    lines = []
    for name, element, inputs, _ in models:
        path = os.path.join(directory, f"{name}-{element}")
        profile = "conv" if element == "f32" else "slice"
        subprocess.run([pdec, path + ".mlir", "--emit", "onnx", "--profile",
                        profile, "-o", path + ".onnx"], check=True)
        with open(path + ".json", "w") as file:
            json.dump([{"name": key, "type": "float" + element[1:],
                        "shape": value.shape,
                        "cells": value.ravel().tolist()}
                       for key, value in inputs.items()], file)
        lines.append(f"{path}.onnx {path}.json\n")
    with open(os.path.join(directory, "models"), "w") as file:
        file.writelines(lines)
    done = subprocess.run(
        ["node", os.path.join(here, "run-onnx.js"), *onnxruntime,
         os.path.join(directory, "models")], text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    for (name, element, _, outputs), line in zip(
            models, done.stdout.splitlines(), strict=True):
        for key, values in json.loads(line).items():
            if key not in outputs:
                continue
            error = np.max(np.abs(np.array(values) - outputs[key]))
            most = {"f32": 1e-5, "f64": 1e-12}[element]
            assert error <= most * (1 + np.max(np.abs(outputs[key]))), (
                name, element, key, error)


def verify(name):
    path = os.path.join(directory, name + ".mlir")
    done = subprocess.run([pdec, "verify", path], text=True,
                          capture_output=True)
    assert done.returncode == 0, (path, done.stdout + done.stderr)


def check(name, found, expected):
    expected = np.asarray(expected).ravel()
    assert found.shape == expected.shape, (name, found.shape, expected.shape)
    error = np.max(np.abs(found - expected), initial=0)
    assert error <= 1e-12 * (1 + np.max(np.abs(expected), initial=0)), (
        name, error)


RULES = [REFLECTING, DIRICHLET, NEUMANN, ROBIN, EXTRAPOLATED]


def random_grid(rank):
    def rules():
        if rng.random() < 0.2:
            return (PERIODIC, PERIODIC)
        return tuple(rng.choice(RULES) for side in range(2))
    return [rules() for axis in range(rank)]


def axes(grid, coarsening=None):
    parts = []
    for i, (low, high) in enumerate(grid):
        tail = f" coarsened by {coarsening[i]}" if coarsening else ""
        parts.append(f'#pde.axis<"{"xyz"[i]}" : {low}, {high}{tail}>')
    return "[" + ", ".join(parts) + "]"


def random_taps(rank, reach=2):
    box = list(itertools.product(range(-reach, reach + 1), repeat=rank))
    offsets = sorted(rng.sample(box, rng.randint(2, min(6, len(box)))))
    return [(offset, rng.choice([1.0, -1.0, 0.5, 0.375, -2.0]))
            for offset in offsets]


def stencil(name, taps, scale=None):
    offsets = ", ".join(f"array<i64: {', '.join(map(str, o))}>"
                        for o, _ in taps)
    text = ""
    for i, (_, weight) in enumerate(taps):
        text += f"  %{name}{i} = arith.constant {weight:e} : f64\n"
    weights = ", ".join(f"%{name}{i}" for i in range(len(taps)))
    tail = ""
    if scale is not None:
        text += f"  %{name}s = arith.constant {scale:e} : f64\n"
        tail = f" scale %{name}s"
    rank = len(taps[0][0])
    return text + (f"  %{name} = pde.stencil [{offsets}] weights({weights})"
                   f"{tail} : <{rank}>\n")


def rows_of(taps, grid):
    """The least rows of a result, as docs/pde-dialect.md says."""
    low, high = [], []
    for axis, rules in enumerate(grid):
        total = (min(o[axis] for o, _ in taps) + max(o[axis] for o, _ in taps))
        low.append(max(0, (total + 1) // 2) if rules[0] == DIRICHLET else 0)
        high.append(max(0, (1 - total) // 2) if rules[1] == DIRICHLET else 0)
    return low, high


def field_type(low, high):
    if not any(low) and not any(high):
        return "<@X, f64>"
    return f"<@X, f64, {low}, {high}>"


def reach_beyond(taps, axis, high, rows, given):
    """How far the taps reach beyond rows that are given."""
    along = [o[axis] for o, _ in taps]
    return max(0, rows + (max(along) if high else -min(along)) - given)


class Writer:
    """The text of a module, and what its values are."""

    def __init__(self, grid, shape):
        self.grid, self.shape, self.rank = grid, shape, len(grid)
        self.text, self.count = "", 0

    def name(self):
        self.count += 1
        return f"%n{self.count}"

    def number(self, value):
        name = self.name()
        self.text += f"  {name} = arith.constant {value:e} : f64\n"
        return name

    def position(self):
        """A field that is another number at each position, with random rows
        at all sides that are no circle's."""
        low, high = [[0 if rules[0] == PERIODIC else rng.choice([0, 0, 1, 3])
                      for rules in self.grid] for _ in range(2)]
        made = field_type(low, high)
        array, product = np.ones([1] * self.rank), None
        for axis in range(self.rank):
            first, spacing = 0.5 + axis, 0.25
            name = self.name()
            a, b = self.number(first), self.number(spacing)
            self.text += (f"  {name} = pde.coordinate {axis} first {a} spacing "
                          f"{b} : {made}\n")
            rows = np.arange(-low[axis], self.shape[axis] + high[axis])
            array = array * (first + spacing * rows).reshape(
                [-1 if b == axis else 1 for b in range(self.rank)])
            product = name if product is None else self.map2(
                product, name, made, "arith.mulf")
        return product, f"!pde.field{made}", array, low

    def map2(self, a, b, made, op):
        name, x, y, z = (self.name() for _ in range(4))
        self.text += (f"  {name} = pde.map ({x} = {a} : !pde.field{made}, "
                      f"{y} = {b} : !pde.field{made}) -> !pde.field{made} {{\n"
                      f"    {z} = {op} {x}, {y} : f64\n"
                      f"    pde.yield {z} : f64\n  }}\n")
        return name

    def sides(self):
        """Random rules for an application, and how to write them."""
        rules, own = self.grid, ""
        if rng.random() < 0.6:
            rules = [r if r[0] == PERIODIC else
                     tuple(rng.choice(RULES) for _ in range(2))
                     for r in self.grid]
            own = " sides [" + ", ".join(
                f"#pde.sides<{a}, {b}>" for a, b in rules) + "]"
        return rules, own

    def given(self, rules, taps, low, high, given_low, given_high):
        """What random sides are given; the operands of an apply, and the
        weights of an adjoint."""
        sides, operands, types, weights = [], [], [], []
        for axis, ends in enumerate(rules):
            row = []
            for is_high, rule in enumerate(ends):
                side = Side(rule)
                reach = reach_beyond(taps, axis, is_high,
                                     (high if is_high else low)[axis],
                                     (given_high if is_high else
                                      given_low)[axis])
                if rule in WEIGHTS:
                    for _ in range(reach):
                        own = [rng.choice([1.0, -0.5, 0.75, 2.0, 0.3])
                               for _ in range(WEIGHTS[rule])]
                        factor = rng.choice([1.0, 0.1, -0.7])
                        names = [self.number(w) for w in own]
                        side.weights += tuple([own])
                        side.factors += tuple([factor])
                        operands += names + [self.number(factor)]
                        types += ["f64"] * (len(own) + 1)
                        weights += names
                if rule not in (REFLECTING, PERIODIC):
                    if rng.random() < 0.5:
                        name, kind, side.value, side.low = self.position()
                    else:
                        side.value = rng.choice([0.0, 0.25, -0.5])
                        name, kind = self.number(side.value), "f64"
                    operands.append(name)
                    types.append(kind)
                row.append(side)
            sides.append(row)
        clause = (f" outside({', '.join(operands)} : {', '.join(types)})"
                  if operands else "")
        return sides, clause, f" weights({', '.join(weights)})" * bool(weights)

    def stencil(self, taps, scale=None):
        name = self.name()
        self.text += stencil(name[1:], taps, scale)
        return name


def more_rows(low, high, rules):
    """Sometimes more rows than needed, at sides that are no circle's."""
    low, high = list(low), list(high)
    for axis, ends in enumerate(rules):
        if ends[0] != PERIODIC:
            low[axis] += rng.random() < 0.25
            high[axis] += rng.random() < 0.25
    return low, high


def test_operator(number, rank):
    """K u with all kinds of sides, and K' of a function of it."""
    grid, taps = random_grid(rank), random_taps(rank)
    scale = rng.choice([None, 0.25, -1.5])
    factor = 1 if scale is None else scale
    shape = [rng.randint(4, 7 if rank < 3 else 5) for axis in range(rank)]
    u = np.array([rng.uniform(-1, 1) for _ in range(np.prod(shape))])
    u = u.reshape(shape)
    none = [0] * rank
    writer = Writer(grid, shape)
    rules, own = writer.sides()
    low, high = more_rows(*rows_of(taps, rules), rules)
    sides, clause, weights = writer.given(rules, taps, low, high, none, none)
    k = writer.stencil(taps, scale)
    made = field_type(low, high)
    module = f"""pde.grid @X {axes(grid)}
pde.program @operator{number} {{
  %u = pde.input "u" -> <@X, f64>
{writer.text}  %ku = pde.apply {k}, %u{clause}{own} : <{rank}>, <@X, f64> -> {made}
  %p = pde.map (%a = %ku : !pde.field{made}) -> !pde.field{made} {{
    %s = arith.mulf %a, %a : f64
    pde.yield %s : f64
  }}
  %t = pde.adjoint {k}, %p{weights}{own} : <{rank}>, {made} -> <@X, f64>
  %v = pde.map (%a = %ku : !pde.field{made}, %b = %t : !pde.field<@X, f64>) -> !pde.field<@X, f64> {{
    %s = arith.addf %a, %b : f64
    pde.yield %s : f64
  }}
  pde.output "t" %t : <@X, f64>
  pde.output "v" %v : <@X, f64>
}}
"""
    name = f"operator{number}"
    found = run(name, module, [("X", shape)], {"u": u})
    ku = apply(taps, factor, Continued(u, none, shape, sides), low, high)
    t = factor * (linear(taps, sides, none, shape, shape, low, high).T
                  @ (ku**2).ravel()).reshape(shape)
    cells = tuple(slice(a, a + n) for a, n in zip(low, shape))
    check(name, found["t"], t)
    check(name, found["v"], ku[cells] + t)
    same_bits(name, module, {"u": u}, ["t", "v"])
    return name


def test_continued(number, rank):
    """A field that is continued explicitly, a function of it, an operator; and
    the way back: its adjoint on all these rows, a function of it, and the
    adjoint of the continuation."""
    none, identity = [0] * rank, [((0,) * rank, 1.0)]
    grid = random_grid(rank)
    taps = identity if rng.random() < 0.15 else random_taps(rank)
    shape = [rng.randint(4, 6 if rank < 3 else 4) for axis in range(rank)]
    u = np.array([rng.uniform(-1, 1) for _ in range(np.prod(shape))])
    u = u.reshape(shape)
    writer = Writer(grid, shape)
    rules, own = writer.sides()
    low, high = more_rows(*rows_of(taps, rules), rules)
    # Rows of the argument: all that the taps reach or more, at some sides none.
    given_low, given_high = [], []
    for axis, ends in enumerate(rules):
        for is_high, rows in enumerate((given_low, given_high)):
            reach = reach_beyond(taps, axis, is_high,
                                 (high if is_high else low)[axis], 0)
            has = ends[0] != PERIODIC and rng.random() < 0.8
            more = rng.choice([0, 0, 1, 3])
            rows.append(min(reach + more, min(shape)) if has else 0)
    first, inner = writer.sides()
    first_sides, first_clause, first_weights = writer.given(
        first, identity, given_low, given_high, none, none)
    sides, clause, weights = writer.given(rules, taps, low, high, given_low,
                                          given_high)
    one, k = writer.stencil(identity), writer.stencil(taps)
    given, made = field_type(given_low, given_high), field_type(low, high)
    module = f"""pde.grid @X {axes(grid)}
pde.program @continued{number} {{
  %u = pde.input "u" -> <@X, f64>
{writer.text}  %e = pde.apply {one}, %u{first_clause}{inner} : <{rank}>, <@X, f64> -> {given}
  %f = pde.map (%a = %e : !pde.field{given}) -> !pde.field{given} {{
    %s = arith.mulf %a, %a : f64
    %r = arith.addf %s, %a : f64
    pde.yield %r : f64
  }}
  %kf = pde.apply {k}, %f{clause}{own} : <{rank}>, {given} -> {made}
  %q = pde.map (%a = %kf : !pde.field{made}) -> !pde.field{made} {{
    %s = arith.mulf %a, %a : f64
    pde.yield %s : f64
  }}
  %a = pde.adjoint {k}, %q{weights}{own} : <{rank}>, {made} -> {given}
  %b = pde.map (%a0 = %a : !pde.field{given}, %a1 = %e : !pde.field{given}) -> !pde.field{given} {{
    %s = arith.mulf %a0, %a1 : f64
    pde.yield %s : f64
  }}
  %t = pde.adjoint {one}, %b{first_weights}{inner} : <{rank}>, {given} -> <@X, f64>
  %v = pde.map (%a0 = %kf : !pde.field{made}) -> !pde.field<@X, f64> {{
    pde.yield %a0 : f64
  }}
  pde.output "v" %v : <@X, f64>
  pde.output "a" %a : {given}
  pde.output "t" %t : <@X, f64>
}}
"""
    name = f"continued{number}"
    found = run(name, module, [("X", shape)], {"u": u})
    e = apply(identity, 1, Continued(u, none, shape, first_sides), given_low,
              given_high)
    kf = apply(taps, 1, Continued(e * e + e, given_low, shape, sides), low,
               high)
    cells = tuple(slice(a, a + n) for a, n in zip(low, shape))
    check(name, found["v"], kf[cells])
    a = (linear(taps, sides, given_low, e.shape, shape, low, high).T
         @ (kf**2).ravel()).reshape(e.shape)
    check(name, found["a"], a)
    check(name, found["t"], linear(
        identity, first_sides, none, shape, shape, given_low, given_high).T
        @ (a * e).ravel())
    same_bits(name, module, {"u": u}, ["v", "a", "t"])
    return name


def test_transfer(number, rank):
    """Restriction, prolongation, a reduction of each kind."""
    grid = random_grid(rank)
    # Half of an odd circle is none.
    coarsening = [rng.choice(["cell", "same"] + ["vertex"] *
                             (rules[0] != PERIODIC)) for rules in grid]
    shape = [{"vertex": 7, "cell": 6, "same": 5}[c] for c in coarsening]
    taps = random_taps(rank)
    u = np.array([rng.uniform(-1, 1) for _ in range(np.prod(shape))])
    u = u.reshape(shape)
    kinds = ["sum", "min", "max", "max_abs"]
    reductions = "".join(
        f"  %{kind} = pde.reduce {kind} %r : !pde.field<@Y, f64>\n"
        for kind in kinds)
    sums = ["%dot"] + ["%" + kind for kind in kinds]
    chain = "    %s0 = arith.addf %a, %dot : f64\n" + "".join(
        f"    %s{i} = arith.addf %s{i - 1}, {sums[i]} : f64\n"
        for i in range(1, len(sums)))
    module = f"""pde.grid @X {axes(grid)}
pde.grid @Y {axes(grid, coarsening)} coarsens @X
pde.program @transfer{number} {{
{stencil("k", taps)}  %u = pde.input "u" -> <@X, f64>
  %r = pde.restrict %k, %u : <{rank}>, <@X, f64> -> <@Y, f64>
  %p = pde.prolong %k, %r : <{rank}>, <@Y, f64> -> <@X, f64>
{reductions}  %dot = pde.reduce dot %u, %p : !pde.field<@X, f64>, !pde.field<@X, f64>
  %v = pde.map (%a = %p : !pde.field<@X, f64>) -> !pde.field<@X, f64> {{
{chain}    pde.yield %s{len(sums) - 1} : f64
  }}
  pde.output "v" %v : <@X, f64>
}}
"""
    name = f"transfer{number}"
    found = run(name, module, [("X", shape)], {"u": u})
    r = restrict(taps, u, grid, coarsening)
    k = matrix(lambda e: restrict(taps, e, grid, coarsening), shape)
    p = (k.T @ r.ravel()).reshape(shape)
    numbers = [np.sum(u * p), r.sum(), r.min(), r.max(), np.abs(r).max()]
    check(name, found["v"], p + sum(numbers))
    return name


def test_loops():
    """A loop with a condition in a loop of steps; what does not converge."""
    module = """pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : periodic, periodic>]
pde.program @loops {
  %n = pde.param "n" = 2 : i64 : i64
  %most = pde.param "most" = 60 : i64 : i64
  %bound = arith.constant 1.0e-3 : f64
  %half = arith.constant 0.5 : f64
  %noise = pde.noise %n : <@X, f64>
  %f = pde.input "f" default %noise : !pde.field<@X, f64> -> <@X, f64>
  %u = pde.steps %n pass %i carry (%v = %f : !pde.field<@X, f64>) {
    %w = pde.fixpoint %most pass %j carry (%z = %v : !pde.field<@X, f64>) attributes {loop = 0 : i64, line = 1 : i64, measure = "change", what = "z"} {
      %next = pde.map (%a = %z : !pde.field<@X, f64>, %b = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %s = arith.mulf %a, %half : f64
        %t = arith.addf %s, %b : f64
        pde.yield %t : f64
      }
      %change = pde.map (%a = %z : !pde.field<@X, f64>, %b = %next : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %d = arith.subf %b, %a : f64
        pde.yield %d : f64
      }
      %size = pde.reduce max_abs %change : !pde.field<@X, f64>
      %done = arith.cmpf olt, %size, %bound : f64
      pde.until %done measured %size against %bound yield %next : !pde.field<@X, f64>
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  pde.output "u" %u : <@X, f64>
}
"""
    shape = (4, 5)
    found = run("loops", module, [("X", shape)], {})
    u = noise(2, 20)
    for _ in range(2):
        z = u
        while True:
            z, before = 0.5 * z + u, z
            if np.abs(z - before).max() < 1e-3:
                break
        u = z
    check("loops", found["u"], u)
    failed = run("loops", module, [("X", shape)], {}, {"most": 3})
    assert failed == "the iteration for 'z' did not converge in 3 passes", failed
    return "loops"


operators = [test_operator(i, 1 + i % 3) for i in range(42)]
arguments = [test_continued(i, 1 + i % 3) for i in range(24)]
transfers = [test_transfer(i, 1 + i % 3) for i in range(24)]
loops = test_loops()
for name in operators[:6] + arguments[:6] + transfers[:3] + [loops]:
    verify(name)
if onnxruntime:
    check_models()
