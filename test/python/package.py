"""What the tests of the Python package share: the package itself, from the
sources, with the compiler that is tested and a cache of its own."""

import os
import sys

sys.dont_write_bytecode = True
_folder = os.path.dirname(os.path.abspath(__file__))
root = os.path.normpath(os.path.join(_folder, os.pardir, os.pardir))
sys.path[:0] = [os.path.join(root, "python"), os.path.join(root, "test", "run")]
from programs import Workshop  # noqa: E402


def open_workshop():
    """As test/run has it; pdec keeps its libraries in it."""
    os.environ["PDEC"] = os.path.abspath(sys.argv[1])
    workshop = Workshop(sys.argv[1])
    os.environ["PDEC_CACHE"] = workshop.path("cache")
    return workshop


def find_torch():
    """PyTorch, or where it is not installed what Inputs/torch has of it."""
    try:
        import torch
    except ImportError:
        sys.path.append(os.path.join(_folder, "Inputs"))
        import torch
    return torch


def refusal(kind, function, *arguments, **named):
    """The sentence with which a call is refused, or what it gave instead."""
    try:
        return "no refusal, but %r" % (function(*arguments, **named),)
    except kind as error:
        return str(error)
