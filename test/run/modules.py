"""Modules in the pde dialect, written and evaluated side by side: each call of
a Module adds operations to its text and says with NumPy what they mean."""

import copy
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, TILES


class Grid:
    """Axes with their rules: "reflecting", "periodic", ("dirichlet", value) or
    ("neumann", slope), low and high."""

    def __init__(self, rules):
        self.rules = rules
        self.rank = len(rules)

    def kind(self, axis, high):
        rule = self.rules[axis][high]
        return rule if isinstance(rule, str) else rule[0]

    def outside(self):
        """The axes of all sides that have a number, their rules, the number."""
        return [(axis, *rule) for axis, sides in enumerate(self.rules)
                for rule in sides if not isinstance(rule, str)]

    def text(self, name, more=""):
        axes = ", ".join('#pde.axis<"%s" : %s, %s%s>' % (
            "xyz"[axis], self.kind(axis, False), self.kind(axis, True),
            more and " coarsened by " + more[axis])
            for axis in range(self.rank))
        return "pde.grid @%s [%s]%s" % (name, axes,
                                        " coarsens @X" if more else "")


class Stencil:
    def __init__(self, offsets, weights, scale=None):
        self.offsets = sorted(offsets)
        self.weights = [weights[offsets.index(o)] for o in self.offsets]
        self.scale = scale

    def span(self, axis):
        along = [offset[axis] for offset in self.offsets]
        return min(along), max(along)

    def room(self, axis):
        first, last = self.span(axis)
        return max(1, -first, last, last - first)

    def extra_rows(self, grid):
        """Rows beyond the cells at dirichlet sides, low and high."""
        low, high = [], []
        for axis in range(grid.rank):
            centre = sum(self.span(axis))
            for rows, side, count in ((low, False, (centre + 1) // 2),
                                      (high, True, (1 - centre) // 2)):
                isOut = grid.kind(axis, side) == "dirichlet"
                rows.append(max(0, count) if isOut else 0)
        return low, high


class Field:
    """A value of the module: its name, its rows beyond the cells, and how to
    compute it. Arrays have all rows."""

    def __init__(self, name, grid, compute, low=None, high=None):
        self.name, self.grid, self.compute = name, grid, compute
        self.low, self.high = low or [0] * 3, high or [0] * 3

    def type(self, rank):
        extra = ""
        if any(self.low[:rank] + self.high[:rank]):
            extra = ", %s, %s" % (self.low[:rank], self.high[:rank])
        return "<@%s, f64%s>" % (self.grid, extra)


class Module:
    """With `varies`, dirichlet values change along the next axis."""

    def __init__(self, grid, coarsening=None, varies=False):
        self.grid, self.coarsening, self.varies = grid, coarsening, varies
        self.lines, self.inputs, self.outputs = [], [], {}
        self.count, self.programs = 0, {}

    # ---- writing

    def add(self, text, **values):
        self.count += 1
        self.lines.append("%%v%d = " % self.count + text)
        return "%%v%d" % self.count

    def number(self, value):
        return self.add("arith.constant %r : f64" % float(value))

    def field(self, text, like, compute, low=None, high=None, grid=None):
        made = Field(None, grid or like.grid, compute, low, high)
        made.name = self.add(text + made.type(self.grid.rank))
        return made

    def text(self):
        grids = [self.grid.text("X")]
        if self.coarsening:
            grids.append(self.grid.text("C", self.coarsening))
        return "%s\npde.program @p {\n%s\n}\n" % ("\n".join(grids),
                                                  "\n".join(self.lines))

    def input(self, name):
        self.inputs.append(name)
        like = Field(None, "X", None)
        return self.field('pde.input "%s" -> ' % name, like,
                          lambda run: run.inputs[name])

    def output(self, name, field):
        self.lines.append('pde.output "%s" %s : %s' % (
            name, field.name, field.type(self.grid.rank)))
        self.outputs[name] = field

    def stencil(self, stencil):
        weights = [self.number(weight) for weight in stencil.weights]
        offsets = ", ".join("array<i64: %s>" % ", ".join(map(str, offset))
                            for offset in stencil.offsets)
        scale = ""
        if stencil.scale is not None:
            scale = " scale " + self.number(stencil.scale)
        name = self.add("pde.stencil [%s] weights(%s)%s : <%d>" % (
            offsets, ", ".join(weights), scale, self.grid.rank))
        return name, stencil

    def application(self, op, k, field, outside=""):
        return "pde.%s %s, %s%s : <%d>, %s -> " % (
            op, k[0], field.name, outside, self.grid.rank,
            field.type(self.grid.rank))

    def apply(self, k, field, rows=None):
        """On the least rows, or on those given, low and high."""
        values, types = [], []
        for axis, kind, value in self.grid.outside():
            values.append(self.number(value))
            types.append("f64")
            if self.varies and kind == "dirichlet":
                types[-1] = "!pde.field<@X, f64>"
                values[-1] = self.add(
                    "pde.coordinate %d first %s spacing %s : <@X, f64>" % (
                        (axis + 1) % self.grid.rank, values[-1], values[-1]))
        outside = ""
        if values:
            outside = " outside(%s : %s)" % (", ".join(values),
                                             ", ".join(types))
        low, high = rows or k[1].extra_rows(self.grid)
        return self.field(
            self.application("apply", k, field, outside), field,
            lambda run: run.apply(k[1], run.value(field), low, high, field),
            low, high)

    def adjoint(self, k, field, like=None):
        """On the cells, or on the rows of another field."""
        to = like or Field(None, "X", None)
        return self.field(
            self.application("adjoint", k, field), field,
            lambda run: run.adjoint(k[1], run.value(field), field.low,
                                    field.high, to), to.low, to.high)

    def continued(self, k, field):
        """The field with all rows that k reads beyond sides."""
        one = self.stencil(Stencil([(0,) * self.grid.rank], [1]))
        rows = k[1].extra_rows(self.grid)
        for axis in range(self.grid.rank):
            for low_or_high, reach, side in zip(
                    rows, k[1].span(axis), (False, True)):
                low_or_high[axis] += reach if side else -reach
                if self.grid.kind(axis, side) == "periodic":
                    low_or_high[axis] = 0
                low_or_high[axis] = max(0, low_or_high[axis])
        return one, self.apply(one, field, rows)

    def map(self, fields, body, compute, low=None, high=None):
        rank = self.grid.rank
        self.count += 1
        arguments = ["%%e%d_%d" % (self.count, i) for i in range(len(fields))]
        bound = ", ".join("%s = %s : !pde.field%s" % (
            argument, field.name, field.type(rank))
            for argument, field in zip(arguments, fields))
        lines, result = body(*arguments)
        made = Field(None, fields[0].grid, compute, low, high)
        made.name = self.add("pde.map (%s) -> !pde.field%s {\n%s\npde.yield %s "
                             ": f64\n}" % (bound, made.type(rank),
                                           "\n".join(lines), result))
        return made

    def binary(self, operation, a, b, compute, low=None, high=None):
        made = "%%s%d" % self.count
        return self.map(
            [a, b], lambda x, y: (
                ["%s = arith.%s %s, %s : f64" % (made, operation, x, y)], made),
            compute, low, high)

    def sum(self, a, b):
        """Of two fields with the same rows."""
        return self.binary("addf", a, b,
                           lambda run: run.value(a) + run.value(b), a.low,
                           a.high)

    def product(self, a, b):
        return self.binary("mulf", a, b,
                           lambda run: run.value(a) * run.value(b), a.low,
                           a.high)

    def cells(self, field, other):
        """The sum with a field that has cells only."""
        return self.binary(
            "addf", field, other,
            lambda run: run.cells(run.value(field), field.low, field.high)
            + run.value(other))

    def flux(self, field):
        """s/(1 + s^2): dear enough to be stored for a stencil."""
        one = self.number(1)
        number = self.count
        name = lambda letter: "%%%s%d" % (letter, number)
        return self.map(
            [field], lambda s: ([
                "%s = arith.mulf %s, %s : f64" % (name("q"), s, s),
                "%s = arith.addf %s, %s : f64" % (name("r"), one, name("q")),
                "%s = arith.divf %s, %s : f64" % (name("t"), s, name("r"))],
                name("t")),
            lambda run: run.value(field) / (1 + run.value(field)**2),
            field.low, field.high)

    def steps(self, starts, step):
        """The first of some fields after three passes of a step, which is given
        the carried ones and gives the next."""
        rank, three = self.grid.rank, self.add("arith.constant 3 : i64")
        carried = []
        for start in starts:
            self.count += 1
            carried.append(Field("%%c%d" % self.count, "X", None, start.low,
                                 start.high))
        line = len(self.lines)
        made = step(*carried)
        body = self.lines[line:]
        del self.lines[line:]
        types = ", ".join("!pde.field" + field.type(rank) for field in carried)
        bound = ", ".join("%s = %s : !pde.field%s" % (
            field.name, start.name, field.type(rank))
            for field, start in zip(carried, starts))
        self.count += 1
        name = "%%v%d" % self.count
        self.lines.append(
            "%s:%d = pde.steps %s pass %%i%d carry (%s) {\n%s\npde.yield %s : "
            "%s\n}" % (name, len(starts), three, self.count, bound,
                       "\n".join(body), ", ".join(field.name for field in made),
                       types))

        def compute(run):
            values = [run.value(start) for start in starts]
            for _ in range(3):
                inner = run.knowing(carried, values)
                values = [inner.value(field) for field in made]
            return values[0]
        return Field(name + "#0", "X", compute, carried[0].low, carried[0].high)

    def staggered(self, k, f, g):
        """Passes of p = p + K u, u = K' p: a field with extra rows is carried."""
        def step(u, p):
            p = self.sum(p, self.apply(k, u))
            return self.adjoint(k, p), p
        return self.steps([g, self.apply(k, f)], step)

    def descent(self, k, f):
        """Passes of e = e + K' phi(K e), on all rows of a field that goes on
        beyond its sides."""
        _, e = self.continued(k, f)
        return self.steps([e], lambda e: [self.sum(e, self.adjoint(
            k, self.flux(self.apply(k, e)), e))])

    def gradient(self, k, f):
        """K' of a function of K phi(e), on all rows of e, which is f and goes on
        beyond its sides; and what the adjoint of that makes of it."""
        one, e = self.continued(k, f)
        inner = self.adjoint(k, self.flux(self.apply(k, self.flux(e))), e)
        return inner, self.adjoint(one, self.product(inner, e))

    def restrict(self, k, field):
        return self.field(self.application("restrict", k, field), field,
                          lambda run: run.restrict(k[1], run.value(field)),
                          grid="C")

    def prolong(self, k, field):
        return self.field(self.application("prolong", k, field), field,
                          lambda run: run.prolong(k[1], run.value(field)),
                          grid="X")

    # ---- running

    def evaluate(self, inputs):
        run = Evaluation(self, inputs)
        return {name: run.value(field)
                for name, field in self.outputs.items()}

    def program(self, workshop, form):
        if form not in self.programs:
            workshop.made += 1
            path = workshop.write("m%d.mlir" % workshop.made, self.text())
            tiles = TILES[workshop.made % len(TILES)]
            self.programs[form] = workshop.compile(path, *FORMS[form],
                                                   "--tiles", tiles)
        return self.programs[form]


class Evaluation:
    """What a module's fields are for some inputs."""

    def __init__(self, module, inputs):
        self.grid, self.coarsening = module.grid, module.coarsening
        self.varies, self.inputs = module.varies, inputs
        self.sizes = next(iter(inputs.values())).shape
        self.known = {}

    def value(self, field):
        if field.name not in self.known:
            self.known[field.name] = field.compute(self)
        return self.known[field.name]

    def knowing(self, fields, values):
        """The same with these values."""
        inner = copy.copy(self)
        inner.known = {**self.known, **{field.name: value for field, value
                                        in zip(fields, values)}}
        return inner

    def cells(self, array, low, high):
        return array[tuple(slice(l, l + n)
                           for l, n in zip(low, self.sizes))]

    def sources(self, stencil, low, high, field):
        """For each tap: its weight, the cells read for all rows (as indices of
        the field's arrays), what is added there, and where the value is
        replaced and by what."""
        rank, n = self.grid.rank, self.sizes
        rows = np.meshgrid(*(np.arange(-low[a], n[a] + high[a])
                             for a in range(rank)), indexing="ij")
        for offset, weight in zip(stencil.offsets, stencil.weights):
            positions = [rows[axis] + offset[axis] for axis in range(rank)]
            cells = tuple(self.inside(axis, position, field)
                          for axis, position in enumerate(positions))
            keeps, added = np.ones(rows[0].shape), np.zeros(rows[0].shape)
            for axis, position in enumerate(positions):
                for side in (False, True):
                    if (field.high if side else field.low)[axis]:
                        continue
                    rule = self.grid.rules[axis][side]
                    beyond = position - n[axis] + 1 if side else -position
                    is_out = beyond > 0
                    if rule[0] == "dirichlet":
                        along = cells[(axis + 1) % rank] if self.varies else 0
                        keeps = np.where(is_out, 0, keeps)
                        added = np.where(is_out, rule[1] * (1 + along), added)
                    elif rule[0] == "neumann":
                        rise = (2 * beyond - 1) * rule[1]
                        added = np.where(is_out, added + rise, added)
            places = tuple(cell + before for cell, before
                           in zip(cells, field.low))
            yield weight * (stencil.scale or 1), places, keeps, added

    def inside(self, axis, position, field):
        """The cells that positions along an axis take their values from; the
        field's own rows, where it has any."""
        n = self.sizes[axis]
        for is_out, side, edge, mirror in (
                (position < 0, False, 0, -1 - position),
                (position >= n, True, n - 1, 2 * n - 1 - position)):
            if (field.high if side else field.low)[axis]:
                continue
            kind = self.grid.kind(axis, side)
            source = {"periodic": position % n,
                      "dirichlet": np.full_like(position, edge)}.get(kind,
                                                                     mirror)
            position = np.where(is_out, source, position)
        return position

    def apply(self, stencil, u, low, high, field):
        """Of u, which has the field's rows."""
        return sum(weight * (keeps * u[cells] + added)
                   for weight, cells, keeps, added
                   in self.sources(stencil, low, high, field))

    def adjoint(self, stencil, p, low, high, field):
        """On the field's rows."""
        result = np.zeros([n + before + beyond for n, before, beyond
                           in zip(self.sizes, field.low, field.high)])
        for weight, cells, keeps, _ in self.sources(stencil, low, high, field):
            np.add.at(result, cells, weight * keeps * p)
        return result

    def transfer(self, stencil):
        """For each tap: its weight, the fine cell for each coarse one, and
        whether it exists."""
        n = self.sizes
        coarse = [{"vertex": (size - 1) // 2, "cell": size // 2,
                   "same": size}[kind]
                  for size, kind in zip(n, self.coarsening)]
        rows = np.meshgrid(*map(np.arange, coarse), indexing="ij")
        for offset, weight in zip(stencil.offsets, stencil.weights):
            cells, exists = [], np.ones(coarse)
            for axis, kind in enumerate(self.coarsening):
                stride = 1 if kind == "same" else 2
                cell = stride * rows[axis] + offset[axis]
                if self.grid.kind(axis, False) != "periodic":
                    exists = exists * ((cell >= 0) & (cell < n[axis]))
                cells.append(cell % n[axis])
            yield weight * (stencil.scale or 1), tuple(cells), exists

    def restrict(self, stencil, u):
        return sum(weight * exists * u[cells]
                   for weight, cells, exists in self.transfer(stencil))

    def prolong(self, stencil, e):
        result = np.zeros(self.sizes)
        for weight, cells, exists in self.transfer(stencil):
            np.add.at(result, cells, weight * exists * e)
        return result
