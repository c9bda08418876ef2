"""What can go wrong. The text is always the sentence of pdec itself."""

from __future__ import annotations

import difflib
import re
from typing import Iterable, NamedTuple, Optional


class Error(Exception):
    """Of all that this package raises by itself."""


class ArgumentError(Error, ValueError):
    """A call's argument cannot be what it is given for."""


class RunError(Error, RuntimeError):
    """A run failed: an illegal parameter, a step that is unstable, a loop that
    does not converge."""


class ScriptWarning(UserWarning):
    """What the compiler warns of."""


class Diagnostic(NamedTuple):
    """One message of the compiler. Lines and columns count from 1."""
    severity: str  # "error" or "warning"
    text: str
    code: Optional[str]  # such as "E0201", for `pdec explain`
    file: str
    line: int
    column: int


_HEADLINE = re.compile(r"(.*?):(\d+):(\d+): (error|warning): (.*?)"
                       r"(?: \[(\w+)\])?$", re.MULTILINE)


def diagnostics_in(text: str) -> "tuple[Diagnostic, ...]":
    """The messages among what the compiler printed."""
    return tuple(Diagnostic(severity, sentence, code, file, int(line),
                            int(column))
                 for file, line, column, severity, sentence, code
                 in _HEADLINE.findall(text))


class CompileError(Error):
    """A script was refused; `diagnostics` are the messages one by one, and
    `line`, `column` and `code` those of the first error, or None."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.diagnostics = diagnostics_in(text)
        errors = [one for one in self.diagnostics if one.severity == "error"]
        first = errors[0] if errors else None
        self.line = first.line if first else None
        self.column = first.column if first else None
        self.code = (first.code or None) if first else None

    def _render_traceback_(self) -> "list[str]":
        """What IPython shows: the message has the place."""
        return str(self).splitlines()


def suggestion(word: str, words: Iterable[str]) -> str:
    """" (did you mean 'x'?)", or nothing."""
    near = difflib.get_close_matches(word, list(words), n=1)
    return " (did you mean %r?)" % near[0] if near else ""
