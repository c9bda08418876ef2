#!/usr/bin/env python3
"""Runs runtime-demo on .npy files as NumPy writes them: the values that NumPy
reads back, or a message that names the type and what helps.

usage: npy-files.py path/to/runtime-demo
"""

import io
import sys

sys.dont_write_bytecode = True
import numpy as np
from demo import Tally
from reading import Reader

tally = Tally(sys.argv[1])
reader = Reader(tally)
chance = np.random.default_rng(2)


def written(array, version=None):
    """The bytes of a file of some format version; None leaves it to NumPy."""
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version)
    return file.getvalue()


def reads(title, array, *versions):
    """`array` is read as NumPy reads it, on a grid of its rank."""
    for version in versions or [None]:
        data = written(array, version)
        back = np.load(io.BytesIO(data))
        reader.expect("%s, %s" % (title, version), back.ndim, "a.npy", data, back)


def refuses(title, array, *parts):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    for rank in (1, 2):
        reader.refuse(title, rank, "a.npy", file.getvalue(), *parts)


# -- element types, byte orders, orders of axes, versions ---------------------------

KINDS = ["?", "f2", "f4", "f8", *[k + s for k in "iu" for s in "1248"]]
VERSIONS = [(1, 0), (2, 0), (3, 0)]


def sample(kind, shape):
    """Values from all of a type's range."""
    if kind[0] == "f":
        return (chance.standard_normal(shape) *
                10.0 ** chance.integers(-4, 4, shape)).astype(kind)
    if kind == "?":
        return chance.integers(0, 2, shape).astype(kind)
    limits = np.iinfo(kind)
    values = chance.integers(limits.min, limits.max, shape, kind, True)
    values.flat[:2] = limits.min, limits.max
    return values


for kind in KINDS:
    for order in "<>":
        line = sample(kind, 9).astype(np.dtype(kind).newbyteorder(order))
        table = sample(kind, (5, 7)).astype(line.dtype)
        reads("line of " + order + kind, line, *VERSIONS)
        reads("table of " + order + kind, table, *VERSIONS)
        reads("Fortran's table of " + order + kind, np.asfortranarray(table),
              *VERSIONS)

# -- numbers at the limits of types -------------------------------------------------

half = np.arange(65536, dtype="u2").view("f2")
half = half[np.isfinite(half)]
reads("all halves", half)
reads("all halves in big-endian order", half.astype(">f2"))
reads("all halves as a table", half.reshape(2048, -1))
reads("limits of f4", np.array([np.finfo("f4").max, np.finfo("f4").tiny, 1e-45,
                                -0.0], "f4"))
reads("limits of f8", np.array([np.finfo("f8").max, np.finfo("f8").tiny, 5e-324,
                                -0.0], "f8"))
# Rounded once, to the precision of the program.
reads("integers beyond f8", np.array([2**53 + 1, 2**63 - 1, -2**63], "i8"))
reads("integers beyond f4", np.array([[2**24 + 1, 2**62 + 1, 2**64 - 1]], "u8"))
byte = written(np.array([True, False]))
reader.expect("bool of another byte", 1, "a.npy", byte[:-2] + b"\x02\x00", [1, 0])

# -- views, large tables, rows and columns --------------------------------------------

whole = chance.standard_normal((300, 400))
for title, view in [("steps", whole[::2, ::3]), ("reversed", whole[::-1, ::-1]),
                    ("transposed", whole.T), ("column", whole[:, 5]),
                    ("broadcast", np.broadcast_to(whole[:3, :1], (3, 4))),
                    ("swapped", whole.byteswap().newbyteorder().T)]:
    reads(title, view)
for kind in (">f4", "<i2", "f8"):
    line = np.arange(70000).astype(kind) % 1000
    for title, array in [("column", line[:, None]), ("row", line[None]),
                         ("column of Fortran", np.asfortranarray(line[:, None])),
                         ("row of Fortran", np.asfortranarray(line[None]))]:
        for version in VERSIONS:
            reader.expect(title + " of " + kind, 1, "a.npy",
                          written(array, version), line)
        reads(title + " of " + kind, array)
reads("matrix", np.asmatrix(whole[:4, :5]))
reader.expect("matrix of a row", 1, "a.npy", written(np.asmatrix([1., 2, 3])),
              [1, 2, 3])

# -- what is refused ------------------------------------------------------------------

for shape in ((2, 3), (1, 1, 3), (3, 1, 1), ()):
    reader.refuse("rank %d" % len(shape), 1, "a.npy", written(np.zeros(shape)),
                  "it has rank %d, but grid X has rank 1" % len(shape))
for shape in ((3,), (2, 3, 1), ()):
    reader.refuse("rank %d" % len(shape), 2, "a.npy", written(np.zeros(shape)),
                  "it has rank %d, but grid G has rank 2" % len(shape))
for shape in ((0, 1), (1, 0)):
    reader.refuse("no cells", 1, "a.npy", written(np.zeros(shape)), "no cells")

SAVE = "save a.astype('f8')"
for title, array, *parts in [
        ("complex", np.array([1 + 2j, 3]), "'<c16' (complex)", "a.real"),
        ("short complex", np.array([1j], "c8"), "'<c8' (complex)", "a.real"),
        ("big-endian complex", np.array([1j], ">c16"), "'>c16' (complex)",
         "a.real"),
        ("long double", np.array([1, 2], "g"), "'%s' (long double)" %
         np.dtype("g").str, SAVE),
        ("long complex", np.array([1, 2], "G"), "'%s' (complex)" %
         np.dtype("G").str, "a.real"),
        ("strings", np.array(["1.5", "2"]), "'<U3' (strings)", SAVE),
        ("bytes", np.array([b"1.5", b"2"]), "'|S3' (strings)", SAVE),
        ("objects", np.array([1, None], object), "'|O' (Python objects)", SAVE),
        ("long integers", np.array([10**30, 1]), "'|O' (Python objects)", SAVE),
        ("dates", np.array(["2020-01-01"], "M8[D]"),
         "'<M8[D]' (dates or times)", "astype('i8')"),
        ("times", np.array([5], "m8[s]"), "'<m8[s]' (dates or times)",
         "astype('i8')"),
        ("void", np.zeros(2, "V8"), "'|V8' (bare bytes)", "one of its fields"),
        ("records", np.zeros(2, [("x", "f8"), ("y", "i4")]), "a structure",
         "a['x']"),
        ("nested records", np.zeros(2, [("x", [("y", "f8")])]), "a structure",
         "a['x']"),
        ("records with arrays", np.zeros(2, [("x", "f8", (3,))]), "a structure",
         "a['x']"),
        ("lists", np.array([[1], [1, 2]], object), "'|O' (Python objects)",
         SAVE)]:
    refuses(title, array, "its element type is " + parts[0], *parts[1:])
for value in ("nan", "inf", "-inf"):
    for kind in ("f2", ">f2", "f4", ">f8"):
        reader.refuse(value, 1, "a.npy", written(np.array([1, 2, value], kind)),
                      "cell 2 is " + value)
        reader.refuse(value, 2, "a.npy", written(np.asfortranarray(
            np.array([[1, 2], [value, 3]], kind))), "cell (1, 0) is " + value)
archive = io.BytesIO()
np.savez(archive, a=np.ones(3))
for rank in (1, 2):
    reader.refuse(".npz", rank, "a.npy", archive.getvalue(), "not an .npy file")

tally.finish()
