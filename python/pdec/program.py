"""Compiled scripts as functions."""

from __future__ import annotations

import collections
import ctypes
import inspect
import os
import tempfile
from typing import (Any, Callable, Mapping, NamedTuple, Optional, Sequence,
                    Union)

import numpy as np

from . import abi, arguments
from .errors import ArgumentError, Error, suggestion
from .record import Array, Field, Grid, Loop, Number, Parameter, Port, Record
from .recording import Collector, Entries, OnRecord, Series
from .running import Frame, Progress, Save

# What a call keeps for itself; a script's name that is one of these gets an
# underscore.
_OPTIONS = frozenset(("out", "sizes", "threads", "progress", "interval",
                      "on_record", "from_state", "on_state", "save_every"))


def _outputs(name: str, fields: "tuple[str, ...]", values: Any) -> Any:
    """Several outputs as a named tuple, which can be pickled. The tuple's own
    name is not seen: a script may be called as a word of Python."""
    made = collections.namedtuple("Fields", fields, rename=True)  # type: ignore

    class Outputs(made):  # type: ignore
        __slots__ = ()

        def __reduce__(self) -> Any:
            return _outputs, (name, fields, tuple(self))
    Outputs.__name__ = Outputs.__qualname__ = name
    return Outputs if values is None else Outputs(*values)


class States(NamedTuple):
    """What a run is resumed from, and who is told of its states."""
    given: Optional[bytes]
    save: Optional[Save]
    every: int


class Run(NamedTuple):
    """What Program.run gives."""
    values: Any  # as the call of the program gives them
    coordinates: "dict[str, dict[str, np.ndarray]]"
    """Where the values of each input, output and record lie along each axis."""
    records: "Mapping[str, Series]"


class Program:
    """A compiled script: a function of its inputs and parameters.

    A call takes them by name, and gives the output as an array, or several as a
    named tuple. What is not given has the script's default. Besides, a call
    takes `sizes`, of grids that no array gives, `out`, arrays to write outputs
    to, `threads` (0: all of the machine), and `progress`, which is called with
    a Moment at most every `interval` seconds. An exception that `progress`
    raises, and Ctrl-C, end the run.

    Calls share nothing: threads may make them at the same time. The results
    have the same bits for any number of threads.
    """

    def __init__(self, path: "Union[str, os.PathLike[str]]",
                 origin: "Optional[tuple[Any, tuple[Any, ...]]]" = None
                 ) -> None:
        """Opens a library; `origin` is how to make the same program again."""
        self.path = os.path.abspath(os.fspath(path))
        self._origin = origin or (load, (self.path,))
        self._library = _open(self.path)
        self._record = record = Record(self._library.pde_get_program()[0])
        self.name: str = record.name
        self.source: str = record.source
        self.form: str = record.form
        self.certificate: str = record.certificate
        self.dtype = np.dtype(np.float32 if record.is_f32 else np.float64)
        self.parameters: "dict[str, Parameter]" = {
            param.name: param for param in record.params}
        self.inputs: "dict[str, Field]" = {
            field.name: field for field, _ in record.inputs
            if field.name not in record.arrays}
        self.arrays: "dict[str, Array]" = record.arrays
        self.outputs: "dict[str, Port]" = {
            port.name: port for port, _ in record.outputs}
        self.records: "dict[str, Port]" = {
            port.name: port for port, _ in record.records}
        self.grids: "dict[str, Grid]" = {
            grid.name: grid for grid in record.grids.values()
            if not grid.is_array}
        self.loops: "list[Loop]" = record.loops
        self._describe_call()
        self._frames: "list[Frame]" = []

    def _describe_call(self) -> None:
        record = self._record
        given = [field.name for field, _ in record.inputs]
        names = given + list(self.parameters)
        places = {name: (True, i) for i, name in enumerate(given)}
        places.update((name, (False, i))
                      for i, name in enumerate(self.parameters))
        self.call_names: "dict[str, str]" = arguments.python_names(names,
                                                                   _OPTIONS)
        """The script's name for each keyword of a call."""
        self._places = {name: places[own]
                        for name, own in self.call_names.items()}
        self._required = [i for i, (field, _) in enumerate(record.inputs)
                          if not field.has_default]
        self._has_rows = [any(field.before + field.behind)
                          for field, _ in record.inputs]
        self._numbers = [i for i, (port, _) in enumerate(record.outputs)
                         if isinstance(port, Number)]
        fields = tuple(self.outputs)
        self._pack = _outputs(self.name, tuple(map(_python_name, fields)),
                              None) if len(fields) != 1 else None

    def __call__(self, /, *positional: Any, out: Any = None,
                 sizes: Any = None, threads: int = 0,
                 progress: Optional[Progress] = None, interval: float = 0.1,
                 **given: Any) -> Any:
        if positional:
            raise self._not_named()
        return self._run(given, out, sizes, threads, progress, interval, None,
                         {}, None)

    def run(self, /, *, out: Any = None, sizes: Any = None, threads: int = 0,
            progress: Optional[Progress] = None, interval: float = 0.1,
            on_record: Optional[OnRecord] = None,
            from_state: Optional[bytes] = None, on_state: Optional[Save] = None,
            save_every: int = 0, **given: Any) -> Run:
        """The same as a call, with the fields' coordinates and what evolutions
        record. Instead of keeping that, `on_record` is called with the name of
        a record, the number of steps, and the values; if it raises, the run
        ends.

        `on_state` is called with the state of the run, as bytes, when an
        evolution ends and after each `save_every` steps; a run with the same
        arguments and such a `state` goes on from there, with the same bits."""
        axes = np.zeros((self._record.num_grids, abi.MAX_RANK, 2))
        shapes: "dict[int, tuple[int, ...]]" = {}
        collector = Collector()
        states = States(from_state, on_state, save_every)
        values = self._run(given, out, sizes, threads, progress, interval, axes,
                           shapes, on_record or collector, states)
        record = self._record
        return Run(values, {
            port.name: _places(port, record.all_grids[grid], shapes[grid],
                               axes[grid])
            for port, grid in record.inputs + record.outputs + record.records
            if isinstance(port, Field)}, collector.series())

    def gradient(self, *names: str, of: Sequence[str] = ()) -> Program:
        """Compiles the script again, with derivatives with respect to inputs
        and real parameters: its outputs are those of this program and then
        d_NAME for each name. They are of the sum of all outputs, or of those
        in `of`, each weighted by a further input OUTPUT_bar, if it is a field,
        or parameter OUTPUT_bar, 1 by default, if it is a number."""
        from .compiler import compile_gradient
        if self._origin[0] is load:
            raise Error("'%s' is a library without its script, which gradient "
                        "needs: compile that" % self.path)
        return compile_gradient(self, self._origin[1], names, of)

    def torch_function(self, *names: str, of: Sequence[str] = ()
                       ) -> "Callable[..., Any]":
        """A function that takes tensors of PyTorch for inputs and parameters,
        and gives tensors, and through which PyTorch differentiates: by the
        arguments that are named here, which may be parameter arrays, too.
        `of` are the outputs that have derivatives, all without it. Derivatives
        of second order are refused."""
        from .tensors import torch_function
        return torch_function(self, names, of)

    def _run(self, given: "dict[str, Any]", out: Any, sizes: Any, threads: int,
             progress: Optional[Progress], interval: float,
             axes: Optional[np.ndarray],
             shapes: "dict[int, tuple[int, ...]]", told: Optional[OnRecord],
             states: "Optional[States]" = None) -> Any:
        frame = self._frames.pop() if self._frames else \
            Frame(self._library, self._record)
        try:
            fields = self._take(frame, given, sizes, shapes)
            wanted = None if out is None else self._wanted(out)
            results = self._make_room(frame, wanted, shapes, fields)
            frame.call.axes = None if axes is None else axes.ctypes.data
            if told and self.records:
                frame.take = self._entries(shapes, told).take
            if states:
                frame.state, frame.save = states.given, states.save
                frame.call.save_every = states.every
            frame.execute(threads, progress, interval)
        finally:
            frame.clear()
            self._frames.append(frame)
        for i in self._numbers:
            if not wanted or self._record.outputs[i][0].name not in wanted:
                results[i] = results[i].item()
        return self.packed(results)

    def packed(self, results: "Sequence[Any]") -> Any:
        """Outputs as a call gives them: the only one, or a named tuple."""
        return results[0] if self._pack is None else self._pack(*results)

    def _entries(self, shapes: "dict[int, tuple[int, ...]]", told: OnRecord
                 ) -> Entries:
        ports = [port for port, _ in self._record.records]
        return Entries(ports, [self._shape(port, grid, shapes)
                               for port, grid in self._record.records],
                       [self._type(port) for port in ports], told)

    def _type(self, port: Port) -> "np.dtype[Any]":
        return np.dtype(np.float64) if isinstance(port, Number) else self.dtype

    @staticmethod
    def _shape(port: Port, grid: int, shapes: "dict[int, tuple[int, ...]]"
               ) -> "tuple[int, ...]":
        if isinstance(port, Number):
            return (port.columns,) if port.columns > 1 else ()
        return _shape(port, shapes[grid])

    def _take(self, frame: Frame, given: "dict[str, Any]", sizes: Any,
              shapes: "dict[int, tuple[int, ...]]"
              ) -> "dict[int, np.ndarray]":
        """Puts parameters and inputs into a frame; `shapes` get the sizes of
        all grids. The arrays returned must live until the run is over."""
        fields: "dict[int, np.ndarray]" = {}
        for name, value in given.items():
            place = self._places.get(name)
            if place is None:
                raise self._unknown(name)
            is_input, i = place
            if not is_input:
                self._set(frame, i, value)
            elif value is not None:
                fields[i] = self._field(i, value)
        self._settle(fields, sizes, shapes)
        for i, array in fields.items():
            frame.inputs[i] = _address(array)
        for i in self._required:
            if i not in fields:
                raise self._missing(i)
        for grid, cells in shapes.items():
            if grid in self._record.derived or \
                    self._record.grids[grid].is_array:
                continue  # its size is the script's, or follows
            begin = grid*abi.MAX_RANK
            frame.sizes[begin:begin + len(cells)] = cells
        return fields

    def _set(self, frame: Frame, i: int, value: Any) -> None:
        param = self._record.params[i]
        if param.kind is int:
            frame.integers[i] = arguments.as_int(param, value)
        else:
            frame.reals[i] = value if type(value) is float else \
                arguments.as_real(param, value)

    def _field(self, i: int, value: Any) -> np.ndarray:
        # The usual case first: arrays that can be taken as they are.
        if type(value) is np.ndarray and value.dtype is self.dtype and \
                value.flags.carray:
            return value
        return arguments.as_array(self._what(i), value, self.dtype)

    def _what(self, i: int) -> str:
        name = self._record.inputs[i][0].name
        return ("parameter %r" if name in self.arrays else "input %r") % name

    def _settle(self, fields: "dict[int, np.ndarray]", sizes: Any,
                shapes: "dict[int, tuple[int, ...]]") -> None:
        """The size of each grid: of arrays, or as given, or the script's.
        Numbers become fields of that size."""
        record = self._record
        if sizes is not None:
            shapes.update(arguments.read_sizes(sizes, {
                place: grid for place, grid in record.grids.items()
                if not grid.is_array}))
        numbers = []
        for i, array in fields.items():
            field, grid = record.inputs[i]
            cells = array.shape
            if not cells:
                numbers.append(i)
                continue
            if grid in record.derived:
                continue
            if record.grids[grid].is_array:
                self._check_array(i, cells)
            elif self._has_rows[i] or len(cells) != len(field.before) or \
                    0 in cells:
                cells = arguments.cells_of(self._what(i), field,
                                           record.grids[grid], cells)
            if shapes.setdefault(grid, cells) != cells:
                raise self._disagreement(fields, sizes, i, shapes[grid], cells)
        if len(shapes) != len(record.grids):
            self._add_defaults(fields, shapes)
        for grid in record.derived:
            shapes[grid] = record.shape(grid, shapes)
        for i, array in fields.items():
            field, grid = record.inputs[i]
            if grid in record.derived and array.shape and \
                    array.shape != shapes[grid]:
                raise ArgumentError("%s has the shape %s, but grid %s has %s" % (
                    self._what(i), array.shape, field.grid, shapes[grid]))
        for i in numbers:
            field, grid = record.inputs[i]
            fields[i] = np.full(_shape(field, shapes[grid]), fields[i])

    def _check_array(self, i: int, shape: "tuple[int, ...]") -> None:
        wanted = self.arrays[self._record.inputs[i][0].name].shape
        if shape != wanted:
            raise ArgumentError("%s has the shape %s, but must have %s" % (
                self._what(i), shape, wanted))

    def _disagreement(self, fields: "dict[int, np.ndarray]", sizes: Any, i: int,
                      known: "tuple[int, ...]", cells: "tuple[int, ...]"
                      ) -> ArgumentError:
        grid = self._record.inputs[i][1]
        first = next(k for k in fields if self._record.inputs[k][1] == grid
                     and fields[k].ndim)
        name = self._record.grids[grid].name
        by_arrays = sizes is None or (isinstance(sizes, Mapping) and
                                      name not in sizes)
        return ArgumentError(
            "the sizes of grid %s disagree: %s has %s cells, but %s has %s" % (
                name, self._what(i), arguments.times(cells),
                self._what(first) if by_arrays else "'sizes'",
                arguments.times(known)))

    def _add_defaults(self, fields: "dict[int, np.ndarray]",
                      shapes: "dict[int, tuple[int, ...]]") -> None:
        for place, grid in self._record.grids.items():
            if place in shapes:
                continue
            if grid.size is None:
                raise self._unknown_size(fields, grid)
            shapes[place] = grid.size

    def _not_named(self) -> ArgumentError:
        inputs = [port.name for port, _ in self._record.inputs]
        example = (inputs + [param.name for param in self._record.params])[:1]
        return ArgumentError("inputs and parameters are given by their names%s"
                             % "".join(": %s(%s=...)" % (self.name, name)
                                       for name in example))

    def _missing(self, i: int) -> ArgumentError:
        return ArgumentError("input %r has no default, so its data must be "
                             "given" % self._record.inputs[i][0].name)

    def _unknown_size(self, fields: "dict[int, np.ndarray]", grid: Grid
                      ) -> ArgumentError:
        for i in self._required:
            if i not in fields and \
                    self._record.inputs[i][0].grid == grid.name:
                return self._missing(i)
        return ArgumentError("the size of grid %s is not known: give sizes={%r:"
                             " %s}" % (grid.name, grid.name, (
                                 "N", "(N, M)", "(N, M, K)")[
                                     len(grid.axes) - 1]))

    def _make_room(self, frame: Frame, wanted: "Optional[Mapping[str, Any]]",
                   shapes: "dict[int, tuple[int, ...]]",
                   fields: "dict[int, np.ndarray]") -> "list[Any]":
        results = []
        for i, (port, grid) in enumerate(self._record.outputs):
            shape = self._shape(port, grid, shapes)
            array = wanted.get(port.name) if wanted else None
            if array is None:
                array = np.empty(shape, self._type(port))
            else:
                arguments.check_room("output %r" % port.name, array,
                                     self._type(port), shape)
                self._part(frame, array, fields)
            frame.outputs[i] = _address(array)
            results.append(array)
        return results

    def _wanted(self, out: Any) -> "Mapping[str, Any]":
        """The arrays for outputs, by name."""
        if not isinstance(out, Mapping):
            if len(self.outputs) != 1:
                raise ArgumentError("out must name outputs, since there are %d "
                                    "of them: out={%r: ...}"
                                    % (len(self.outputs), next(iter(
                                        self.outputs), "u")))
            out = {next(iter(self.outputs)): out}
        for name in out:
            if name not in self.outputs:
                raise ArgumentError("the script has no output %r%s" % (
                    name, suggestion(str(name), self.outputs)))
        return out

    @staticmethod
    def _part(frame: Frame, array: np.ndarray,
              fields: "dict[int, np.ndarray]") -> None:
        """An input that lies where an output will be is copied."""
        for i, given in fields.items():
            if np.may_share_memory(given, array):
                fields[i] = given.copy()
                frame.inputs[i] = _address(fields[i])

    def _unknown(self, name: str) -> ArgumentError:
        return ArgumentError("%s has no input or parameter %r%s" % (
            self.source, name, suggestion(name, self.call_names)))

    @property
    def __signature__(self) -> inspect.Signature:
        """For help, and for tools that complete calls."""
        kind = inspect.Parameter.KEYWORD_ONLY
        names = []
        for field in self.inputs.values():
            default = None if field.has_default else inspect.Parameter.empty
            names.append(inspect.Parameter(_python_name(field.name), kind,
                                           default=default))
        for name in self.arrays:
            names.append(inspect.Parameter(_python_name(name), kind,
                                           default=None))
        for param in self.parameters.values():
            names.append(inspect.Parameter(_python_name(param.name), kind,
                                           default=param.default,
                                           annotation=param.kind))
        own = inspect.signature(Program.__call__).parameters
        return inspect.Signature(names + [own[name] for name in own
                                          if name in _OPTIONS])

    def __repr__(self) -> str:
        return "<pdec.Program %s (%s, %s)>" % (self.name, self.form, self.dtype)

    def __str__(self) -> str:
        """What the program takes and gives, as text."""
        text = "%s, compiled from %s (%s, %s)" % (self.name, self.source,
                                                  self.form, self.dtype)
        for title, items in (("inputs", self.inputs), ("outputs", self.outputs),
                             ("records", self.records),
                             ("parameters", {**self.parameters,
                                             **self.arrays}),
                             ("grids", self.grids)):
            if items:
                text += "\n\n" + title + "".join(
                    "\n  " + str(item) for item in items.values())
        return text

    def __reduce__(self) -> Any:
        return self._origin


def _python_name(name: str) -> str:
    return next(usable for usable, own in arguments.python_names(
        [name], _OPTIONS).items() if own == name and not
        arguments.keyword.iskeyword(usable))


def _address(array: np.ndarray) -> int:
    """Of its first value. The way by the buffer takes a quarter of the time,
    but is for writeable memory only."""
    if array.flags.writeable:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))
    return array.ctypes.data


def _shape(field: Field, cells: "tuple[int, ...]") -> "tuple[int, ...]":
    if not any(field.before + field.behind):
        return cells
    return tuple(map(sum, zip(cells, field.before, field.behind)))


def _places(field: Field, grid: Grid, cells: "tuple[int, ...]",
            axes: np.ndarray) -> "dict[str, np.ndarray]":
    """x_i = first + i*spacing, counted from the field's first row."""
    if grid.is_array:
        return {axis: np.arange(n) for axis, n in zip(grid.axes, cells)}
    return {axis: first + spacing*np.arange(-before, n - before)
            for axis, (first, spacing), n, before
            in zip(grid.axes, axes, _shape(field, cells), field.before)}


# Which file each path was when it was opened.
_opened: "dict[str, tuple[int, int]]" = {}


def _open(path: str) -> ctypes.CDLL:
    """Opens what lies at the path now: the system gives the library that it has
    once opened by a name, whatever has replaced its file."""
    status = os.stat(path)
    identity = (status.st_dev, status.st_ino)
    if _opened.setdefault(path, identity) == identity:
        return _checked(path, path)
    with tempfile.TemporaryDirectory() as folder:
        other = os.path.join(folder, os.path.basename(path))
        os.symlink(path, other)
        return _checked(other, path)


def _checked(name: str, path: str) -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(name)
        version = library.pde_abi_version()
    except (OSError, AttributeError) as error:
        raise Error("cannot load '%s': it is no library of pdec (%s)"
                    % (path, error)) from None
    if version != abi.ABI_VERSION:
        raise Error("cannot load '%s': it has version %d of pdec's interface, "
                    "but this package has %d: compile it again"
                    % (path, version, abi.ABI_VERSION))
    library.pde_get_program.restype = ctypes.POINTER(abi.Program)
    return library


def load(path: "Union[str, os.PathLike[str]]") -> Program:
    """A library that `pdec SCRIPT --emit lib` made."""
    return Program(path)
