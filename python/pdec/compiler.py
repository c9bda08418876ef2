"""The compiler as functions."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import warnings
from typing import Any, Optional, Sequence, Union

from . import cache
from .errors import (ArgumentError, CompileError, Error, ScriptWarning,
                     diagnostics_in)
from .gradients import with_gradients
from .program import Program

Script = Union[str, "os.PathLike[str]"]


def find_compiler() -> str:
    """The path of pdec: $PDEC, or the one beside this package (in an
    installation, or a build folder), or the first in $PATH."""
    named = os.environ.get("PDEC")
    if named:
        found = shutil.which(named)
        if found:
            return os.path.abspath(found)
        raise Error("$PDEC is '%s', which is no program" % named)
    package = os.path.dirname(os.path.abspath(__file__))
    # python/pdec of the sources; PREFIX/lib/python3/dist-packages/pdec.
    for way in ("../../build/bin/pdec", "../../../../bin/pdec"):
        path = os.path.normpath(os.path.join(package, way))
        if os.access(path, os.X_OK):
            return path
    found = shutil.which("pdec")
    if not found:
        raise Error("the compiler pdec is not found: install it, or name it in "
                    "the environment variable PDEC")
    return os.path.abspath(found)


class _Source:
    """A script as the compiler is given it: a file, or text."""

    def __init__(self, script: Script, name: Optional[str]) -> None:
        is_text = isinstance(script, str) and "\n" in script
        self.path = "-" if is_text else os.path.abspath(os.fspath(script))
        self.text = str(script) if is_text else self._read()
        stem = "script" if is_text else \
            os.path.splitext(os.path.basename(self.path))[0]
        self.name = name or _identifier(stem)

    def _read(self) -> str:
        try:
            with open(self.path, encoding="utf-8",
                      errors="surrogateescape", newline="") as file:
                return file.read()
        except OSError as error:
            raise Error("cannot read '%s': %s" % (self.path, error.strerror)) \
                from None

    def is_as_read(self) -> bool:
        return self.path == "-" or self._read() == self.text


def _identifier(stem: str) -> str:
    """A name in C, as public names of libraries must be."""
    name = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_"
                   for c in stem) or "script"
    return "script_" + name if name[0].isdigit() or name == "pde" else name


def _call(arguments: Sequence[str], source: _Source
          ) -> "subprocess.CompletedProcess[bytes]":
    text = source.text.encode("utf-8", "surrogateescape") \
        if source.path == "-" else b""
    return subprocess.run([find_compiler(), *arguments], input=text,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _succeed(arguments: Sequence[str], source: _Source) -> "tuple[str, str]":
    """What the compiler prints, and what it warns of."""
    result = _call(arguments, source)
    said = result.stderr.decode("utf-8", "replace").strip()
    if result.returncode == 1:
        raise CompileError(said)
    if result.returncode != 0:
        raise Error(said or "pdec ended with the status %d"
                    % result.returncode)
    return result.stdout.decode("utf-8", "replace"), said


def _code_options(form: str, precision: str, options: Sequence[str]
                  ) -> "list[str]":
    if isinstance(options, str):
        raise TypeError("options must be a sequence of words, as "
                        "['--tiles', '64:4']")
    return ["--as", form, "--precision", precision, *options]


@functools.lru_cache(maxsize=None)
def _processor() -> str:
    """What --march native depends on."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        return "".join(line for line in file.read().split("\n\n")[0]
                       .splitlines(True)
                       if line.startswith(("model name", "flags")))


def _identity(path: str) -> str:
    """Of the compiler: another one makes other libraries."""
    path = os.path.realpath(path)
    status = os.stat(path)
    return "%s %d %d %d %d" % (path, status.st_ino, status.st_size,
                               status.st_mtime_ns, status.st_ctime_ns)


def compile(script: Script, *, form: str = "kernel", precision: str = "f64",
            options: Sequence[str] = (), name: Optional[str] = None
            ) -> Program:
    """Compiles a script: a path, or text (a string of more than one line).

    `form` is "kernel" or "network", `precision` "f64" or "f32"; `options` are
    further words for pdec (docs/compiling.md). What was compiled before, by
    this or another process, is not compiled again. A script that is refused
    raises a CompileError; what the compiler warns of becomes ScriptWarnings.
    """
    source = _Source(script, name)
    words = _code_options(form, precision, options)

    def make(path: str) -> str:
        said = _succeed([source.path, "--emit", "lib", "-o", path, "--name",
                         source.name, *words], source)[1]
        if not source.is_as_read():
            raise _Changed
        return said

    key = cache.key_of([_identity(find_compiler()), _processor(), source.name,
                        source.path, source.text, *words])
    how = dict(form=form, precision=precision, options=tuple(options),
               name=source.name)
    try:
        path, said = cache.library(key, make)
    except _Changed:
        return compile(script, **how)
    try:
        program = _opened(path, source.path, source.text, how)
    except (Error, OSError):
        # Damaged, or removed by another process since.
        cache.remove(path)
        path, said = cache.library(key, make)
        program = _opened(path, source.path, source.text, how)
    for one in diagnostics_in(said):
        warnings.warn("%s:%d: %s" % (one.file, one.line, one.text),
                      ScriptWarning, stacklevel=2)
    return program


class _Changed(Exception):
    """The file was changed before the compiler read it."""


def _opened(library: str, path: str, text: str, how: "dict[str, Any]"
            ) -> Program:
    return Program(library, (_again, (library, path, text, how)))


def _again(library: str, path: str, text: str, how: "dict[str, Any]"
           ) -> Program:
    """A pickled program: its library, or else the same one anew."""
    if os.path.exists(library):
        return _opened(library, path, text, how)
    if path == "-":
        return compile(text, **how)
    if _Source(path, None).text != text:
        raise Error("the program cannot be made again here: '%s' has changed"
                    % path)
    return compile(path, **how)


def compile_gradient(program: Program, origin: "tuple[Any, ...]",
                     names: Sequence[str], of: Sequence[str]) -> Program:
    """Program.gradient, of a program that was compiled here."""
    _, _, text, how = origin
    if isinstance(of, str):
        raise TypeError("of must be a sequence of names, as ['u']")
    if not names:
        raise ArgumentError("gradient needs the name of an input or parameter")
    how = {**how, "name": how["name"] + "_gradient"}
    try:
        return compile(with_gradients(text, program, names, of), **how)
    except CompileError as error:
        for name in program.outputs:
            if error.code == "E0201" and "'%s'" % name in str(error):
                raise ArgumentError(
                    "output %r has no name in the script, which gradient needs:"
                    " write 'let %s = ...' and 'output %s'"
                    % (name, name, name)) from None
        raise


def clear_cache() -> None:
    """Removes all compiled scripts that are kept (docs/python.md)."""
    cache.clear()


def verify(script: Script, *, precision: Optional[str] = None,
           seed: Optional[int] = None, options: Sequence[str] = ()) -> str:
    """Proves and tests that kernel, network and reference agree, and returns
    the report. Raises an Error with it if they do not."""
    source = _Source(script, None)
    words = ["verify", source.path, *options]
    if precision:
        words += ["--precision", precision]
    if seed is not None:
        words += ["--seed", str(seed)]
    result = _call(words, source)
    report = result.stdout.decode("utf-8", "replace")
    said = result.stderr.decode("utf-8", "replace").strip()
    if result.returncode == 1 and diagnostics_in(said):
        raise CompileError(said)
    if result.returncode != 0:
        raise Error((report + said).strip())
    return report


def certificate(script: Script, *, precision: str = "f64") -> "dict[str, Any]":
    """What is proved of a script's time steps (docs/certificates.md)."""
    source = _Source(script, None)
    text, _ = _succeed([source.path, "--emit", "cert", "--precision",
                        precision], source)
    return dict(json.loads(text))
