"""Scripts in the cells of notebooks: %load_ext pdec, then %%pde NAME."""

from __future__ import annotations

import shlex
from typing import Any

from .compiler import compile
from .errors import Error


def load_ipython_extension(ipython: Any) -> None:
    """What %load_ext pdec calls."""
    def pde(line: str, cell: str) -> None:
        """%%pde NAME [--as FORM] [--precision P] [more options of pdec]

        Compiles the cell and gives the program that name."""
        name, options = _read_line(line)
        form, precision = _taken(options, "--as", "kernel"), \
            _taken(options, "--precision", "f64")
        program = compile(cell + "\n", form=form, precision=precision,
                          options=options, name=name)
        ipython.push({name: program})
    ipython.register_magic_function(pde, magic_kind="cell", magic_name="pde")


def _read_line(line: str) -> "tuple[str, list[str]]":
    words = shlex.split(line)
    if not words or not words[0].isidentifier():
        raise Error("%%pde needs a name for the program first: %%pde heat")
    return words[0], words[1:]


def _taken(options: "list[str]", flag: str, default: str) -> str:
    """An option's value, which is removed from the list."""
    if flag not in options:
        return default
    place = options.index(flag)
    if place + 1 == len(options):
        raise Error("%s needs a value" % flag)
    _, value = options[place:place + 2]
    del options[place:place + 2]
    return value
