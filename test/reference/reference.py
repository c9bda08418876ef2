"""The plain evaluator against NumPy, and then kernel and network against it.

    reference.py DIRECTORY REFERENCE-RUN PDEC

Random modules in the pde dialect: stencils with their adjoints under all
boundary rules, hierarchies, reductions, coordinates, noise and loops. NumPy
continues fields by padding, and takes adjoints from the columns of operators.
"""

import itertools
import os
import random
import subprocess
import sys

import numpy as np

directory, evaluator, pdec = sys.argv[1:]
os.makedirs(directory, exist_ok=True)
rng = random.Random(7)

REFLECTING, PERIODIC, DIRICHLET, NEUMANN = (
    "reflecting", "periodic", "dirichlet", "neumann")
REACH = 4  # how far fields are continued


def pad(field, axis, rules, values, reach=REACH):
    """Continues an axis; values[side] is a number or an array that fits."""
    moved = np.moveaxis(field, axis, 0)
    n = len(moved)
    layers = {i: moved[i] for i in range(n)}
    for d in range(1, reach + 1):
        for side, at in ((0, -d), (1, n - 1 + d)):
            value = values[side]
            if rules[side] == PERIODIC:
                layers[at] = moved[at % n]
            elif rules[side] == DIRICHLET:
                layers[at] = (np.moveaxis(value, axis, 0)[0]
                              if isinstance(value, np.ndarray) else
                              np.full_like(moved[0], value))
            else:
                image = -1 - at if side == 0 else 2 * n - 1 - at
                slope = (2 * d - 1) * value if rules[side] == NEUMANN else 0
                layers[at] = layers[image] + slope
    return np.moveaxis(
        np.stack([layers[i] for i in range(-reach, n + reach)]), 0, axis)


def inside(field, axis, rules):
    """Continues what is given for the outside of another axis."""
    values = []
    for side in (0, 1):
        edge = np.take(field, [0 if side == 0 else -1], axis)
        values.append(edge if rules[side] == DIRICHLET else 0.0)
    return pad(field, axis, rules, values)


def continued(field, grid, outside):
    for axis, rules in enumerate(grid):
        values = []
        for value in outside[axis]:
            if isinstance(value, np.ndarray):
                for earlier in range(axis):
                    value = inside(value, earlier, grid[earlier])
            values.append(value)
        field = pad(field, axis, rules, values)
    return field


def apply(taps, scale, field, grid, outside, low, high):
    whole = continued(field, grid, outside)
    shape = [n + a + b for n, a, b in zip(field.shape, low, high)]
    result = np.zeros(shape)
    for offset, weight in taps:
        cut = tuple(slice(REACH - a + o, REACH - a + o + n)
                    for o, a, n in zip(offset, low, shape))
        result += weight * whole[cut]
    return scale * result


def matrix(function, shape):
    """A linear function's matrix, column by column."""
    columns = []
    for cell in np.ndindex(*shape):
        unit = np.zeros(shape)
        unit[cell] = 1
        columns.append(function(unit).ravel())
    return np.array(columns).T


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


def random_grid(rank):
    def rules():
        if rng.random() < 0.2:
            return (PERIODIC, PERIODIC)
        return tuple(rng.choice([REFLECTING, DIRICHLET, NEUMANN])
                     for side in range(2))
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


def test_operator(number, rank):
    """K u with all kinds of outsides, and K' of a function of it."""
    grid, taps = random_grid(rank), random_taps(rank)
    scale = rng.choice([None, 0.25, -1.5])
    low, high = rows_of(taps, grid)
    for axis, rules in enumerate(grid):  # sometimes more than needed
        low[axis] += rules[0] == DIRICHLET and rng.random() < 0.3
        high[axis] += rules[1] == DIRICHLET and rng.random() < 0.3
    shape = [rng.randint(4, 7 if rank < 3 else 5) for axis in range(rank)]
    u = np.array([rng.uniform(-1, 1) for _ in range(np.prod(shape))])
    u = u.reshape(shape)

    text, operands, types, outside = "", [], [], []
    coordinates = {a: 0.5 + 0.25 * np.broadcast_to(
        np.arange(shape[a]).reshape([-1 if b == a else 1 for b in range(rank)]),
        shape) for a in range(rank)}
    for axis, rules in enumerate(grid):
        given = []
        for rule in rules:
            if rule == DIRICHLET and rank > 1 and rng.random() < 0.5:
                along = rng.choice([a for a in range(rank) if a != axis])
                operands.append(f"%along{along}")
                types.append("!pde.field<@X, f64>")
                given.append(coordinates[along])
            else:
                value = rng.choice([0.0, 0.25, -0.5])
                if rule in (DIRICHLET, NEUMANN):
                    text += (f"  %g{len(operands)} = arith.constant "
                             f"{value:e} : f64\n")
                    operands.append(f"%g{len(operands)}")
                    types.append("f64")
                given.append(value)
        outside.append(given)
    fields = "".join(
        f"  %along{a} = pde.coordinate {a} first %half spacing %quarter"
        f" : <@X, f64>\n" for a in range(rank))
    clause = (f" outside({', '.join(operands)} : {', '.join(types)})"
              if operands else "")
    made = field_type(low, high)
    module = f"""pde.grid @X {axes(grid)}
pde.program @operator{number} {{
  %half = arith.constant 0.5 : f64
  %quarter = arith.constant 0.25 : f64
{fields}{text}{stencil("k", taps, scale)}  %u = pde.input "u" -> <@X, f64>
  %ku = pde.apply %k, %u{clause} : <{rank}>, <@X, f64> -> {made}
  %p = pde.map (%a = %ku : !pde.field{made}) -> !pde.field{made} {{
    %s = arith.mulf %a, %a : f64
    pde.yield %s : f64
  }}
  %t = pde.adjoint %k, %p : <{rank}>, {made} -> <@X, f64>
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
    factor = 1 if scale is None else scale
    ku = apply(taps, factor, u, grid, outside, low, high)
    zero = [[0.0, 0.0]] * rank
    k = matrix(lambda e: apply(taps, factor, e, grid, zero, low, high), shape)
    t = (k.T @ (ku**2).ravel()).reshape(shape)
    cells = tuple(slice(a, a + n) for a, n in zip(low, shape))
    check(name, found["t"], t)
    check(name, found["v"], ku[cells] + t)
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


names = [test_operator(i, 1 + i % 3) for i in range(60)]
names += [test_transfer(i, 1 + i % 3) for i in range(24)]
names.append(test_loops())
for name in names[:9] + names[60:66] + names[-1:]:
    verify(name)
