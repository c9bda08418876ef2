"""The script that computes a script's derivatives, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Sequence

from .errors import ArgumentError, suggestion
from .record import Field, Port

if TYPE_CHECKING:
    from .program import Program


def with_gradients(text: str, program: Program, names: Sequence[str],
                   of: Sequence[str]) -> str:
    """Adds to a script the derivatives of a weighted sum of its outputs, as
    outputs d_NAME. The weights are inputs OUTPUT_bar of fields and parameters
    of numbers."""
    outputs = [_output(program, name) for name in of or program.outputs]
    if not outputs:
        raise ArgumentError("%s has no outputs to differentiate"
                            % program.source)
    total = _unused(text, "weighted_sum")
    lines, terms = [], []
    for port in outputs:
        bar = _new(text, port.name + "_bar")
        if isinstance(port, Field):
            lines.append("input %s on %s" % (bar, port.grid))
            terms.append("sum(%s*%s)" % (bar, port.name))
        else:
            lines.append("param %s = 1.0" % bar)
            terms.append("%s*%s" % (bar, port.name))
    lines.append("let %s = %s" % (total, " + ".join(terms)))
    for name in names:
        _check_variable(program, name)
        lines.append("output %s = gradient(%s, %s)"
                     % (_new(text, "d_" + name), total, name))
    return "%s\n%s\n" % (text, "\n".join(lines))


def _output(program: Program, name: str) -> Port:
    port = program.outputs.get(name)
    if port is None:
        raise ArgumentError("the script has no output %r%s" % (
            name, suggestion(name, program.outputs)))
    if isinstance(port, Field) and any(port.before + port.behind):
        raise ArgumentError("output %r lies on faces, of which gradient takes "
                            "no weights: name other outputs by of=[...]" % name)
    return port


def _check_variable(program: Program, name: str) -> None:
    if name in program.inputs or name in program.arrays:
        return
    param = program.parameters.get(name)
    if param is None:
        raise ArgumentError("%s has no input or parameter %r%s" % (
            program.source, name,
            suggestion(name, [*program.inputs, *program.parameters])))
    if param.kind is int:
        raise ArgumentError("parameter %r is an integer, which has no "
                            "derivative" % name)


def _new(text: str, name: str) -> str:
    """A name that a user has to know."""
    if _unused(text, name) != name:
        raise ArgumentError("the script uses the name %r, which gradient needs"
                            % name)
    return name


def _unused(text: str, name: str) -> str:
    while re.search(r"\b%s\b" % re.escape(name), text):
        name += "_"
    return name
