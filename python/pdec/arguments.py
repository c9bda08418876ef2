"""What a call is given, turned into what the library takes, or refused with a
sentence. Nothing is lost on the way: a value that the program's own type cannot
hold as it is, is refused."""

from __future__ import annotations

import keyword
import operator
import unicodedata
from typing import Any, Mapping, Sequence

import numpy as np

from .errors import ArgumentError
from .record import Field, Grid, Parameter


def python_names(names: Sequence[str], reserved: "frozenset[str]"
                 ) -> "dict[str, str]":
    """The names as keywords of a call: for each that may be used, the script's.
    What Python or the call itself reserves gets an underscore; Python
    normalises identifiers, so the normalised name serves, too."""
    result: "dict[str, str]" = {}
    for name in names:
        if name not in reserved:
            result[name] = name
    for name in names:
        if name in reserved or keyword.iskeyword(name):
            result.setdefault(name + "_", name)
        result.setdefault(unicodedata.normalize("NFKC", name), name)
    return result


def as_real(param: Parameter, value: Any) -> float:
    if not isinstance(value, (str, bytes)) and np.ndim(value) == 0:
        try:
            return float(value)
        except OverflowError:
            raise ArgumentError("parameter %r is set to %s, which is too large"
                                % (param.name, value)) from None
        except (TypeError, ValueError):
            pass
    raise ArgumentError("parameter %r must be a number, but is %r"
                        % (param.name, value))


def as_int(param: Parameter, value: Any) -> int:
    if type(value) is int and -2**63 <= value < 2**63:
        return value
    try:
        result = operator.index(value)
    except TypeError:
        raise ArgumentError("parameter %r must be an integer, but is %r"
                            % (param.name, value)) from None
    if not -2**63 <= result < 2**63:
        raise ArgumentError("parameter %r is set to %d, which is too large"
                            % (param.name, result))
    return result


def _is_lossless(array: np.ndarray, dtype: np.dtype) -> bool:
    """Whether all values are ones of `dtype`."""
    if np.can_cast(array.dtype, dtype, "safe") and array.dtype.kind != "i" \
            and array.dtype.kind != "u":
        return True
    if array.dtype.kind not in "iu" or array.size == 0:
        return False
    # Integers by their values: beyond the mantissa only some are numbers of
    # the type, which is exact up to there.
    exact = 2**(np.finfo(dtype).nmant + 1)
    if -exact <= array.min() and array.max() <= exact:
        return True
    # Compared as integers of any size: a comparison of arrays would round.
    return all(int(value) == int(dtype.type(value)) for value in array.flat)


def as_array(what: str, value: Any, dtype: np.dtype) -> np.ndarray:
    """A C-ordered array of the type, the same memory where it is one."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise ArgumentError("%s has masked values: fill them in" % what)
    is_array = hasattr(value, "dtype")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ArgumentError("%s is no array: %s" % (what, error)) from None
    if array.dtype.kind not in "fiub":
        raise ArgumentError("%s has values of type %s, but must have real "
                            "numbers" % (what, array.dtype))
    # Numbers that have no type of their own become ones of the program's.
    if array.dtype.kind == "f" and not is_array:
        array = np.asarray(value, dtype)
    elif array.size and not _is_lossless(array, dtype):
        raise ArgumentError(
            "%s has the type %s, which %s cannot hold without loss: convert it "
            "with astype(numpy.%s) if it may be rounded"
            % (what, array.dtype, dtype, dtype))
    return np.require(array, dtype, "CA")


def times(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape))


def check_rank(what: str, field: Field, shape: Sequence[int]) -> None:
    rank = len(field.before)
    if len(shape) != rank:
        raise ArgumentError("%s has %d axes, but grid %s has %d"
                            % (what, len(shape), field.grid, rank))


def cells_of(what: str, field: Field, grid: Grid, shape: Sequence[int]
             ) -> "tuple[int, ...]":
    """The size of the grid on which a field of this shape lies."""
    check_rank(what, field, shape)
    cells = tuple(map(lambda n, before, behind: n - before - behind, shape,
                      field.before, field.behind))
    if min(cells) < 1:
        more = ["%d more along %s" % (before + behind, axis) for axis, before,
                behind in zip(grid.axes, field.before, field.behind)
                if before + behind]
        on_faces = ", but on these faces it needs %s than the grid has cells" \
            % " and ".join(more)
        raise ArgumentError("%s has %s values%s" % (
            what, times(shape), on_faces if more else
            ", but grid %s needs at least %s cells"
            % (grid.name, times(grid.min_size))))
    return cells


def _size(grid: Grid, value: Any) -> "tuple[int, ...]":
    values = value if np.ndim(value) else [value]*len(grid.axes)
    try:
        cells = tuple(map(operator.index, values))
    except TypeError:
        cells = ()
    if len(cells) != len(grid.axes) or \
            not all(1 <= n < 2**63 for n in cells):
        raise ArgumentError(
            "sizes must give grid %s %s, but give %r" % (
                grid.name, "a positive number of cells" if len(grid.axes) == 1
                else "%d positive numbers of cells" % len(grid.axes), value))
    return cells


def read_sizes(sizes: Any, grids: "Mapping[int, Grid]"
               ) -> "dict[int, tuple[int, ...]]":
    """Sizes by grid. One without a grid's name is that of the only one."""
    places = {grid.name: place for place, grid in grids.items()}
    if not isinstance(sizes, Mapping):
        if len(places) != 1:
            raise ArgumentError("sizes must name grids, since there are %d of "
                                "them: sizes={%r: N}"
                                % (len(places), next(iter(places), "X")))
        sizes = {next(iter(places)): sizes}
    for name in sizes:
        if name not in places:
            raise ArgumentError("the script has no grid %r" % (name,))
    return {places[name]: _size(grids[places[name]], value)
            for name, value in sizes.items()}


def check_room(what: str, array: Any, dtype: np.dtype, shape: "tuple[int, ...]"
               ) -> None:
    """Whether an output can be written where the caller wants it."""
    if not isinstance(array, np.ndarray) or array.dtype != dtype or \
            array.shape != shape:
        raise ArgumentError("out for %s must be an array of %s values of type "
                            "%s" % (what, times(shape), dtype))
    if not (array.flags.c_contiguous and array.flags.aligned and
            array.flags.writeable):
        raise ArgumentError("out for %s must be contiguous and writeable"
                            % what)
