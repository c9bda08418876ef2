"""What a compiled script says of itself."""

from __future__ import annotations

import math
from typing import Callable, Mapping, NamedTuple, Optional, Union

from . import abi


class Parameter(NamedTuple):
    """A parameter with its default and its legal values."""
    name: str
    kind: type  # float or int
    default: Union[float, int]
    low: float  # -inf: no bound
    high: float  # inf: no bound
    low_open: bool  # the bound itself is not legal
    high_open: bool
    certified: Optional[float]  # the largest step of which stability is proved

    def __str__(self) -> str:
        text = "%s: %s = %r" % (self.name, self.kind.__name__, self.default)
        text += _bounds(self.low, self.high, self.low_open, self.high_open)
        if self.certified is not None:
            text += ", certified up to %g" % self.certified
        return text


class Array(NamedTuple):
    """A parameter array with the legal values of its entries."""
    name: str
    shape: "tuple[int, ...]"
    low: float  # -inf: no bound
    high: float  # inf: no bound
    low_open: bool  # the bound itself is not legal
    high_open: bool

    def __str__(self) -> str:
        return "%s: array of %s%s" % (
            self.name, " x ".join(map(str, self.shape)),
            _bounds(self.low, self.high, self.low_open, self.high_open))


class Grid(NamedTuple):
    """A grid whose size is the call's. It has no default where `size` is
    None."""
    name: str
    axes: "tuple[str, ...]"
    size: "Optional[tuple[int, ...]]"
    min_size: "tuple[int, ...]"

    @property
    def is_array(self) -> bool:
        return False

    def __str__(self) -> str:
        size = " x ".join(map(str, self.size)) if self.size else "no default"
        return "%s: (%s), %s, at least %s" % (
            self.name, ", ".join(self.axes), size,
            " x ".join(map(str, self.min_size)))


class ArrayGrid(Grid):
    """That of a parameter array, with an axis for each of its indices."""

    @property
    def is_array(self) -> bool:
        return True


class Field(NamedTuple):
    """An input or output. Along each axis it has `before` + cells of the grid +
    `behind` values: fields on faces have more than their grid has cells."""
    name: str
    grid: str
    has_default: bool  # inputs only
    before: "tuple[int, ...]"
    behind: "tuple[int, ...]"

    def __str__(self) -> str:
        return "%s: on %s" % (self.name, self.grid)


class Number(NamedTuple):
    """An output that is a number, or a record of rows of numbers."""
    name: str
    columns: int = 1

    def __str__(self) -> str:
        return self.name + (": a number" if self.columns == 1 else
                            ": %d numbers" % self.columns)


class Loop(NamedTuple):
    """A loop that ends when its measure is small."""
    what: str  # the field, as in the script
    measure: str  # "change", "residual", "value" or "condition"
    line: int


Port = Union[Field, Number]


def _bounds(low: float, high: float, low_open: bool, high_open: bool) -> str:
    text = ""
    if math.isfinite(low):
        text += " %s %g" % (">" if low_open else ">=", low)
    if math.isfinite(high):
        text += " %s %g" % ("<" if high_open else "<=", high)
    return text


def _text(value: Optional[bytes]) -> str:
    return (value or b"").decode()


def _parameter(param: abi.Param, certified: Optional[float]) -> Parameter:
    is_int = param.kind == abi.INT
    return Parameter(_text(param.name), int if is_int else float,
                     param.initial.integer if is_int else param.initial.real,
                     param.low, param.high, bool(param.low_open),
                     bool(param.high_open), certified)


def _grid(grid: abi.Grid) -> Grid:
    rank = grid.rank
    if grid.num_extents:
        shape = tuple(grid.extents[:grid.num_extents])
        axes = tuple(str(axis) for axis in range(len(shape)))
        return ArrayGrid(_text(grid.name), axes, shape, shape)
    size = tuple(grid.size[:rank])
    return Grid(_text(grid.name), tuple(map(_text, grid.axis[:rank])),
                size if all(size) else None, tuple(grid.min_size[:rank]))


def _left(parent: abi.Grid, grid: abi.Grid
          ) -> "list[Optional[Callable[[int], int]]]":
    """What a derived grid has of the cells of each of its parent's axes; None:
    it has no such axis."""
    if grid.rank < parent.rank:
        return [None if parent.size[axis] == 1 else lambda size: size
                for axis in range(parent.rank)]
    kinds: "list[Callable[[int], int]]" = [
        lambda size: (size - 1)//2, lambda size: size//2, lambda size: size]
    return [(lambda size: 1) if grid.size[axis] else
            kinds[grid.coarsening[axis]] for axis in range(grid.rank)]


class Record:
    """A pde_program in Python's own terms. It keeps nothing of its memory."""

    def __init__(self, program: abi.Program) -> None:
        self.name = _text(program.name)
        self.source = _text(program.source)
        self.form = _text(program.form)
        self.is_f32 = program.type == abi.F32
        self.certificate = _text(program.certificate)
        certified: "dict[int, float]" = {}
        for evolved in program.evolved[:program.num_evolved]:
            param, limit = evolved.step_param, evolved.step_limit
            if param >= 0:
                certified[param] = min(limit, certified.get(param, limit))
        self.params = [_parameter(program.params[i], certified.get(i))
                       for i in range(program.num_params)]
        all_grids = program.grids[:program.num_grids]
        self.num_grids = len(all_grids)
        # Places in the list of all; the others are coarser versions of these.
        self.grids = {i: _grid(grid) for i, grid in enumerate(all_grids)
                      if grid.parent < 0}
        self.all_grids = {i: _grid(grid) for i, grid in enumerate(all_grids)}
        # Of a coarser grid, or one of fewer axes: its parent, and what of each
        # of that one's axes is left.
        self._derived = {i: (grid.parent, _left(all_grids[grid.parent], grid))
                         for i, grid in enumerate(all_grids)
                         if grid.parent >= 0}
        self.inputs = [(self._field(port), port.grid)
                       for port in program.inputs[:program.num_inputs]]
        self.arrays = self._arrays(program.inputs[:program.num_inputs])
        # Numbers have the grid -1.
        self.outputs = [(self._port(port, 1), port.grid)
                        for port in program.outputs[:program.num_outputs]]
        self.records = [(self._port(record.port, record.columns),
                         record.port.grid)
                        for record in program.records[:program.num_records]]
        # Derived grids with fields that are given or handed over.
        self.derived = {grid for _, grid in
                        self.inputs + self.outputs + self.records
                        if grid in self._derived}
        self.loops = [Loop(_text(loop.what), _text(loop.measure), loop.line)
                      for loop in program.loops[:program.num_loops]]

    def shape(self, place: int, shapes: "Mapping[int, tuple[int, ...]]"
              ) -> "tuple[int, ...]":
        """The size of a grid, given those of the grids that have their own."""
        if place not in self._derived:
            return shapes[place]
        parent, left = self._derived[place]
        return tuple(keep(size) for keep, size in
                     zip(left, self.shape(parent, shapes)) if keep)

    def _field(self, port: abi.Port) -> Field:
        grid = self.all_grids[port.grid]
        return Field(_text(port.name), grid.name, bool(port.has_default),
                     *self._rows(port))

    def _port(self, port: abi.Port, columns: int) -> Port:
        return Number(_text(port.name), columns) if port.grid < 0 else \
            self._field(port)

    def _rows(self, port: abi.Port
              ) -> "tuple[tuple[int, ...], tuple[int, ...]]":
        grid = self.all_grids[port.grid]
        rank = len(grid.axes)
        if grid.is_array:
            return (0,)*rank, (0,)*rank
        return tuple(port.low[:rank]), tuple(port.high[:rank])

    def _arrays(self, ports: "list[abi.Port]") -> "dict[str, Array]":
        """The inputs that are parameters."""
        arrays = {}
        for port in ports:
            if self.all_grids[port.grid].is_array:
                entries = port.entries
                arrays[_text(port.name)] = Array(
                    _text(port.name), self.grids[port.grid].size, entries.low,
                    entries.high, bool(entries.low_open),
                    bool(entries.high_open))
        return arrays
