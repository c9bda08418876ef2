"""What evolutions record, as arrays."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Mapping, NamedTuple, Sequence

import numpy as np

from .record import Port

OnRecord = Callable[[str, int, np.ndarray], Any]


class Series(NamedTuple):
    """The entries of one record: `values[k]` is a field, or a row of numbers,
    after `steps[k]` time steps."""
    steps: np.ndarray
    values: np.ndarray


class Entries:
    """Takes entries from where the library has them."""

    def __init__(self, records: "Sequence[Port]",
                 shapes: "Sequence[tuple[int, ...]]",
                 dtypes: "Sequence[np.dtype[Any]]", told: OnRecord) -> None:
        self.kinds = list(zip(records, shapes, dtypes))
        self.told = told

    def take(self, index: int, step: int, address: int) -> None:
        port, shape, dtype = self.kinds[index]
        values = np.empty(shape, dtype)
        ctypes.memmove(values.ctypes.data, address, values.nbytes)
        self.told(port.name, step, values)


class Collector:
    """Keeps them all."""

    def __init__(self) -> None:
        self.steps: "dict[str, list[int]]" = {}
        self.values: "dict[str, list[np.ndarray]]" = {}

    def __call__(self, name: str, step: int, values: np.ndarray) -> None:
        self.steps.setdefault(name, []).append(step)
        self.values.setdefault(name, []).append(values)

    def series(self) -> "Mapping[str, Series]":
        return {name: Series(np.array(steps), np.array(self.values[name]))
                for name, steps in self.steps.items()}
