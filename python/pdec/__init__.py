"""pdec in Python: scripts compiled to functions of NumPy arrays.

    import numpy, pdec
    heat = pdec.compile("heat.pde")
    u = heat(f=numpy.random.rand(200), tau=0.2)

`compile` takes a script, a file or its text, `load` a library that
`pdec SCRIPT --emit lib` made; both give a `Program`, which says of itself what
it takes and is called with it. `verify` and `certificate` are the compiler's
proofs. docs/python.md is the guide.
"""

from ._version import __version__
from .compiler import certificate, clear_cache, compile, find_compiler, verify
from .errors import (ArgumentError, CompileError, Diagnostic, Error, RunError,
                     ScriptWarning)
from .notebook import load_ipython_extension
from .program import Program, Run, load
from .record import Array, Field, Grid, Loop, Number, Parameter
from .recording import Series
from .running import Moment

__all__ = ["ArgumentError", "Array", "CompileError", "Diagnostic", "Error",
           "Field", "Grid", "Loop", "Moment", "Number", "Parameter", "Program",
           "Run", "RunError", "ScriptWarning", "Series", "__version__",
           "certificate", "clear_cache", "compile", "find_compiler", "load",
           "load_ipython_extension", "verify"]
