#!/usr/bin/env python3
"""Calls of compiled scripts against NumPy: values, types and orders of arrays,
names, several outputs, rows on faces, coordinates, memory; and what is refused.

usage: calls.py path/to/pdec
"""

import inspect
import pickle
import sys
import tracemalloc

import numpy as np

sys.dont_write_bytecode = True
from package import open_workshop, refusal
import pdec

HEAT = """grid X : 1d, boundary reflecting
param tau = 0.4 where 0 < tau <= 0.5, n = 5 where n >= 0
input f on X
let D = forward(x)
fun R(u) = -D'(D(u))
evolve u from f by explicit(R, tau) for n steps
output u
"""
FACES = """grid X : 2d, boundary x dirichlet 0, y reflecting, size [4, 3],
    extent [[1, 3], [0, 1]]
param c = 2.0
input f on X = 0.25
input g on X = 1
let q = forward(x)(f)
let mean_of_both = (f + c*g)/2
output q, mean_of_both
"""
# A module may read an input after it has written an output.
LATE = """module {
  pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
  pde.program @late {
    %two = arith.constant 2.000000e+00 : f64
    %f = pde.input "f" -> <@X, f64>
    %u = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %b = arith.mulf %a, %two : f64
      pde.yield %b : f64
    }
    pde.output "u" %u : <@X, f64>
    %g = pde.input "g" -> <@X, f64>
    pde.output "v" %g : <@X, f64>
  }
}
"""
NAMES = """grid X : 1d, boundary reflecting, size 3
param lambda = 1.0, threads = 2, class = 3, τ = 4, ϕ = 5
input f on X = 0
let u = f + lambda + 10*threads + 100*class + 1000*τ + 10000*ϕ
output u
"""
LINES = """grid X : 2d (sample, t), boundary sample reflecting, t periodic, spacing [1, 0.5]
grid C : 1d, size 2
input f on X
input p on X.t
output s = sum(f, sample), u = f*p, coarse = restrict(index(C.x))
"""
ARRAYS = """grid X : 1d, boundary periodic, size 6
param W : real[2, 3] = [[1, 2, 3], [4, 5, 6]] where W <= 9, k = 0
input f on X = index(x)
let K = stencil(x, W[k])
output u = K(f), by_W = gradient(sum(K(f)), W)
"""


def heat(f, tau, steps):
    u = f.astype(f.dtype.newbyteorder("="), copy=True)
    for _ in range(steps):
        flux = np.concatenate([[0], np.diff(u), [0]])
        u = u + tau*np.diff(flux)
    return u


def check_values(workshop, numbers):
    for form in ("kernel", "network"):
        program = pdec.compile(HEAT, form=form, name="heat")
        for size in (2, 3, 17, 64, 1001):
            f = numbers.standard_normal(size)
            workshop.check_close("%s, %d cells" % (form, size),
                                 program(f=f, tau=0.3, n=9), heat(f, 0.3, 9),
                                 1e-13)
        workshop.check("its defaults", program(f=f).tobytes() ==
                       program(f=f, tau=0.4, n=5).tobytes())
        again = program(f=f, n=0)
        workshop.check("a call is given nothing of the one before",
                       again.tobytes() == f.tobytes(), again)
    single = pdec.compile(HEAT, precision="f32", name="heat")
    f = numbers.standard_normal(40).astype("f4")
    u = single(f=f, tau=np.float32(0.25), n=np.int8(6))
    workshop.check("in single precision", u.dtype == np.float32)
    workshop.check_close("in single precision", u, heat(f, 0.25, 6), 1e-6)
    return pdec.compile(HEAT, name="heat"), single


def same_values(numbers):
    """Arrays of the same values in other clothes."""
    whole = numbers.integers(-100, 100, 12)
    plain = whole.astype("f8")
    spread = np.zeros(36)
    spread[1::3] = plain
    locked = plain.copy()
    locked.flags.writeable = False
    shifted = np.zeros(12*8 + 1, "u1")[1:].view("f8")
    shifted[:] = plain
    yield from ((plain, other) for other in (
        whole, whole.astype("i1"), plain.astype("f4"), plain.astype("f2"),
        plain.astype(">f8"), plain.astype(">i4"), spread[1::3],
        plain[::-1].copy()[::-1], locked, shifted, list(plain),
        tuple(int(x) for x in whole), np.ma.array(plain), memoryview(plain),
        np.frombuffer(plain.tobytes())))
    yield np.array([0.0, 1, 1]), np.array([False, True, True])
    yield np.full(7, 2.0**60), np.full(7, 2**60)


def check_clothes(workshop, program, numbers):
    for plain, other in same_values(numbers):
        expected = program(f=plain)
        workshop.check("%s %s" % (type(other), getattr(other, "dtype", "")),
                       program(f=other).tobytes() == expected.tobytes())
    square = pdec.compile(FACES, name="faces")
    f = numbers.standard_normal((4, 3))
    for other in (np.asfortranarray(f), f.T.copy().T, f[::-1].copy()[::-1]):
        workshop.check("order", square(f=other)[1].tobytes() ==
                       square(f=f)[1].tobytes())


def check_memory(workshop, program):
    """Python's own memory for a call: none for what can be taken as it is."""
    f, u = np.ones(1 << 20), np.empty(1 << 20)

    def peak(**given):
        tracemalloc.start()
        program(n=1, **given)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most/f.nbytes
    workshop.check("taken as it is", peak(f=f, out=u) < 0.01)
    workshop.check("converted", peak(f=f.astype("f4"), out=u) > 0.99)
    workshop.check("one output", 0.99 < peak(f=f) < 1.01)


def check_outputs(workshop, program, numbers):
    f = numbers.standard_normal(30)
    expected = program(f=f)
    u = np.empty(30)
    workshop.check("out", program(f=f, out=u) is u and
                   u.tobytes() == expected.tobytes())
    workshop.check("in place", program(f=f, out=f) is f and
                   f.tobytes() == expected.tobytes())
    late = pdec.compile(LATE, name="late")
    f, g = numbers.standard_normal((2, 9))
    expected = late(f=f, g=g)
    found = late(f=f, g=g, out={"u": g})
    workshop.check("an output where another input is", found.u is g and
                   found.v.tobytes() == expected.v.tobytes() and
                   found.u.tobytes() == expected.u.tobytes(), (found, expected))
    f = numbers.standard_normal(30)
    for wrong in (np.empty(29), np.empty(30, "f4"), [0.0]*30):
        told = refusal(pdec.ArgumentError, program, f=f, out=wrong)
        workshop.check("wrong room", told == "out for output 'u' must be an "
                       "array of 30 values of type float64", told)
    workshop.check("wrong room", "out for output 'u' must be contiguous and "
                   "writeable" == refusal(pdec.ArgumentError, program, f=f,
                                          out=np.empty(60)[::2]))
    faces = pdec.compile(FACES, name="faces")
    f, g = numbers.standard_normal((2, 4, 3))
    result = faces(f=f, g=g, c=-3.0)
    workshop.check("several outputs", type(result).__name__ == "faces" and
                   result._fields == ("q", "mean_of_both"), result)
    word = pdec.compile(FACES, name="class")(f=f, g=g, c=-3.0)
    workshop.check("a word of Python", type(word).__name__ == "class" and
                   word.q.tobytes() == result.q.tobytes(), word)
    padded = np.zeros((6, 3))
    padded[1:5] = f
    h = 2/5  # nodes: the sides are nodes, too
    faced = np.diff(padded, axis=0)/h
    workshop.check_close("on faces", result.q, faced, 1e-14)
    workshop.check_close("beside", result.mean_of_both, (f - 3*g)/2, 1e-14)
    copy = pickle.loads(pickle.dumps(result))
    workshop.check("pickled", type(copy).__name__ == "faces" and
                   copy.q.tobytes() == result.q.tobytes())
    room = np.empty((4, 3))
    result = faces(f=f, g=2.0, out={"mean_of_both": room})
    workshop.check("a number is a field", result.mean_of_both is room)
    workshop.check_close("a number is a field", room, (f + 4)/2, 1e-14)
    workshop.check("defaults", (faces().mean_of_both == 1.125).all() and
                   faces(sizes=(5, 7)).q.shape == (6, 7) and
                   faces(sizes={"X": 9}).q.shape == (10, 9))
    return faces


def check_record(workshop, program, faces):
    run = faces.run(sizes=(4, 2))
    x = 1.4 + 0.4*np.arange(4)
    workshop.check_close("places of cells", run.coordinates["f"]["x"], x, 1e-14)
    workshop.check_close("places of faces", run.coordinates["q"]["x"],
                         1.4 + 0.4*np.arange(-1, 4), 1e-14)
    workshop.check_close("along the other axis", run.coordinates["q"]["y"],
                         np.array([0.25, 0.75]), 1e-14)
    workshop.check("and the values", run.values.q.shape == (5, 2))
    tau, n = program.parameters["tau"], program.parameters["n"]
    workshop.check("parameters", tau[:7] == ("tau", float, 0.4, 0, 0.5, True,
                                             False) and
                   n[:6] == ("n", int, 5, 0, np.inf, False), (tau, n))
    workshop.check("the certified step", abs((tau.certified or 0) - 0.5) < 1e-9
                   and n.certified is None, tau)
    workshop.check("grids", program.grids["X"] == ("X", ("x",), None, (1,)) and
                   faces.grids["X"].size == (4, 3), program.grids)
    workshop.check("fields", faces.inputs["f"].has_default and
                   not program.inputs["f"].has_default and
                   faces.outputs["q"].behind == (1, 0) or
                   faces.outputs["q"].before == (1, 0), faces.outputs)
    names = list(inspect.signature(program).parameters)
    workshop.check("signature", names == ["f", "tau", "n", "out", "sizes",
                                          "threads", "progress", "interval"],
                   names)
    workshop.check("certificate", "proved: the Euclidean norm of u never grows"
                   in program.certificate)
    workshop.check("text", "tau: float = 0.4 > 0 <= 0.5" in str(program))


def check_names(workshop):
    program = pdec.compile(NAMES, name="names")
    workshop.check("defaults", (program() == 54321).all())
    value = program(**{"lambda": 2}, threads_=3, class_=4, τ=5, ϕ=6,
                    threads=1)
    workshop.check("all names", (value == 65432).all(), value)
    workshop.check("lambda_", (program(lambda_=0.5) == 54320.5).all())
    names = set(inspect.signature(program).parameters)
    workshop.check("in the signature", {"f", "lambda_", "threads_", "class_",
                                        "τ"} <= names, names)


def refused(numbers):
    """What is wrong with a call of HEAT, and what it is told."""
    f = numbers.standard_normal(8)
    masked = np.ma.array(f, mask=f > np.median(f))
    no_data = "input 'f' has no default, so its data must be given"
    cannot = "cannot hold without loss: convert it with " \
        "astype(numpy.float64) if it may be rounded"
    return [
        (dict(), no_data), (dict(f=None), no_data),
        (dict(sizes=3), no_data),
        (dict(f=1.0), "the size of grid X is not known: give sizes={'X': N}"),
        (dict(g=f), "has no input or parameter 'g'"),
        (dict(f=f, taw=1), "no input or parameter 'taw' (did you mean 'tau'?)"),
        (dict(f=f, n=2.5), "parameter 'n' must be an integer, but is 2.5"),
        (dict(f=f, n="2"), "parameter 'n' must be an integer, but is '2'"),
        (dict(f=f, n=2**63), "parameter 'n' is set to 9223372036854775808, "
         "which is too large"),
        (dict(f=f, tau="1"), "parameter 'tau' must be a number, but is '1'"),
        (dict(f=f, tau=[1]), "parameter 'tau' must be a number, but is [1]"),
        (dict(f=f, tau=1j), "parameter 'tau' must be a number, but is 1j"),
        (dict(f=f, tau=10**400), "which is too large"),
        (dict(f=f + 0j), "values of type complex128, but must have real"),
        (dict(f=["a"]*8), "values of type <U1, but must have real"),
        (dict(f=[[1], [2, 3]]), "input 'f' is no array"),
        (dict(f=masked), "input 'f' has masked values: fill them in"),
        (dict(f=f.astype("g")), cannot),
        (dict(f=np.full(8, 2**53 + 1)), cannot),
        (dict(f=np.full(8, 2**64 - 1, "u8")), cannot),
        (dict(f=f.reshape(2, 4)), "input 'f' has 2 axes, but grid X has 1"),
        (dict(f=f[:0]), "input 'f' has 0 values, but grid X needs at least 1"),
        (dict(f=f, sizes=3), "the sizes of grid X disagree: input 'f' has 8 "
         "cells, but 'sizes' has 3"),
        (dict(f=f, sizes={"Y": 8}), "the script has no grid 'Y'"),
        (dict(f=f, sizes=0), "sizes must give grid X a positive number of "
         "cells, but give 0"),
        (dict(f=f, sizes=(8, 8)), "sizes must give grid X a positive number"),
        (dict(f=f, out={"v": f}), "the script has no output 'v'"),
    ]


def check_refusals(workshop, program, single, faces, numbers):
    for given, sentence in refused(numbers):
        told = refusal(pdec.ArgumentError, program, **given)
        workshop.check("refused: %s" % sentence, sentence in told, told)
    f = numbers.standard_normal(8)
    f[3] = np.nan
    for given, sentence in (
            (dict(f=f), "input 'f' is not finite (first at cell 3)"),
            (dict(f=f*0 + 1, tau=0.6),
             "parameter 'tau' must be > 0 and <= 0.5, but it is 0.6"),
            (dict(f=np.ones(8), threads=-1), "threads must be from 0 to 1024")):
        told = refusal(pdec.RunError, program, **given)
        workshop.check("refused: %s" % sentence, sentence in told, told)
    told = refusal(pdec.ArgumentError, single, f=np.ones(8))
    workshop.check("doubles in single precision", "input 'f' has the type "
                   "float64, which float32 cannot hold without loss: convert "
                   "it with astype(numpy.float32) if it may be rounded" ==
                   told, told)
    for given, sentence in (
            (dict(f=np.ones((4, 3)), g=np.ones((5, 3))),
             "the sizes of grid X disagree: input 'g' has 5 x 3 cells, but "
             "input 'f' has 4 x 3"),
            (dict(out=np.ones((4, 3))), "out must name outputs, since there "
             "are 2 of them"),
            (dict(sizes={"X": (3,)}), "2 positive numbers of cells")):
        told = refusal(pdec.ArgumentError, faces, **given)
        workshop.check("refused: %s" % sentence, sentence in told, told)
    workshop.check("and then goes on", (faces().mean_of_both == 1.125).all())


def check_fewer_axes(workshop, numbers):
    """Profiles are arrays of one axis, by the axis's own name."""
    program = pdec.compile(LINES)
    f, p = numbers.standard_normal((3, 5)), numbers.standard_normal(5)
    run = program.run(f=f, p=p)
    workshop.check("of fewer axes", np.array_equal(run.values.s, f[0] + f[1]
                                                   + f[2])
                   and np.array_equal(run.values.u, f*p)
                   and run.values.coarse.shape == (1,), run.values)
    workshop.check("their places", list(run.coordinates["s"]) == ["t"] and
                   list(run.coordinates["u"]) == ["sample", "t"] and
                   np.array_equal(run.coordinates["s"]["t"], 0.5*np.arange(5)),
                   run.coordinates)
    workshop.check("a number for a profile",
                   np.array_equal(program(f=f, p=2).u, 2*f))
    told = refusal(pdec.ArgumentError, program, f=f, p=p[1:])
    workshop.check("a profile that does not fit", told == "input 'p' has the "
                   "shape (4,), but grid X.t has (5,)", told)
    told = refusal(pdec.ArgumentError, program, f)
    workshop.check("by position", told == "inputs and parameters are given by "
                   "their names: script(f=...)", told)


def check_arrays(workshop):
    program = pdec.compile(ARRAYS, name="arrays")
    W, f = np.array([[1., 2, 3], [4, 5, 6]]), np.arange(6.)

    def applied(w):
        return w[0]*np.roll(f, 1) + w[1]*f + w[2]*np.roll(f, -1)
    found = program(k=1)
    workshop.check("default of an array", (found.u == applied(W[1])).all() and
                   (found.by_W == [[0, 0, 0], [15, 15, 15]]).all())
    workshop.check("an array", (program(W=-W).u == applied(-W[0])).all())
    workshop.check("a number for all entries",
                   (program(W=2, k=1).u == applied([2, 2, 2])).all())
    workshop.check("no grid of the script",
                   (program(f=1.0, sizes=4).u == [6]*4).all())
    told = refusal(pdec.ArgumentError, program, sizes={"W": 6})
    workshop.check("nor by its name", "the script has no grid 'W'" in told, told)
    shown = program.arrays["W"]
    workshop.check("its record", shown.shape == (2, 3) and shown.high == 9 and
                   "W: array of 2 x 3 <= 9" in str(program) and
                   list(program.grids) == ["X"] and list(program.inputs) == ["f"]
                   and "W" in inspect.signature(program).parameters)
    told = refusal(pdec.ArgumentError, program, W=W[0])
    workshop.check("its shape", told == "parameter 'W' has the shape (3,), but "
                   "must have (2, 3)", told)
    told = refusal(pdec.RunError, program, W=2*W)
    workshop.check("its values", told == "parameter 'W' must be <= 9, but its "
                   "entry [1, 1] is 10", told)
    places = program.run()
    workshop.check("a run with places", (places.values.u == applied(W[0])).all())


def main():
    workshop = open_workshop()
    numbers = np.random.default_rng(1)
    program, single = check_values(workshop, numbers)
    check_clothes(workshop, program, numbers)
    check_memory(workshop, program)
    faces = check_outputs(workshop, program, numbers)
    check_record(workshop, program, faces)
    check_names(workshop)
    check_arrays(workshop)
    check_fewer_axes(workshop, numbers)
    check_refusals(workshop, program, single, faces, numbers)
    return workshop.finish()


sys.exit(main())
