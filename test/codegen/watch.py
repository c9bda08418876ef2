#!/usr/bin/env python3
"""A Python host of compiled libraries: it is told of every time step and every
pass, may end a run, in the midst of a step too, and learns where the cells lie.

usage: watch.py path/to/pdec
"""

import ctypes
import os
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "run"))
from programs import FORMS, Workshop  # noqa: E402


class Moment(ctypes.Structure):
    _fields_ = [("loop", ctypes.c_int32), ("done", ctypes.c_int64),
                ("total", ctypes.c_int64), ("measure", ctypes.c_double),
                ("bound", ctypes.c_double)]


MONITOR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p,
                           ctypes.POINTER(Moment))


class Call(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("params", ctypes.c_void_p),
                ("sizes", ctypes.c_void_p), ("inputs", ctypes.c_void_p),
                ("outputs", ctypes.c_void_p), ("threads", ctypes.c_int),
                ("monitor", MONITOR), ("recorder", ctypes.c_void_p),
                ("closure", ctypes.c_void_p), ("axes", ctypes.c_void_p),
                ("interval", ctypes.c_double), ("state", ctypes.c_void_p),
                ("state_size", ctypes.c_size_t), ("saver", ctypes.c_void_p),
                ("save_every", ctypes.c_int64)]


HEAT = """grid X : 2d, boundary x reflecting, y dirichlet 0, extent [[1, 3], [0, 1]],
    size [8, 9]
param n = 500
input f on X = x*y
evolve u from f by u -> u + 0.001*laplace(u) for n steps
output u
"""
SOLVE = """grid X : 1d, boundary dirichlet 0, extent [0, 1], size 31
input f on X = 1
fun A(u) = -laplace(u)
solve A(u) = f by cg() until residual < 1e-9, at most 100
output u
"""


class Library:
    def __init__(self, workshop, name, script, *options):
        path = workshop.path(name + ".so")
        workshop.compile(script, "--emit", "lib", "--name", name, *options)
        made = workshop.path("p%d" % workshop.made)
        os.rename(made, path)
        self.execute = getattr(ctypes.CDLL(path), name + "_execute")

    def run(self, cells, monitor=None, size=None, threads=1, interval=0):
        """Exit code, message, result, and places along three axes."""
        result, axes = np.zeros(cells), np.zeros((3, 2))
        outputs = (ctypes.c_void_p*1)(result.ctypes.data)
        call = Call(ctypes.sizeof(Call) if size is None else size)
        call.outputs = ctypes.addressof(outputs)
        call.threads, call.axes = threads, axes.ctypes.data
        call.interval = interval
        call.monitor = MONITOR(monitor) if monitor else MONITOR()
        message = ctypes.create_string_buffer(300)
        code = self.execute(ctypes.byref(call), message,
                            ctypes.c_size_t(len(message)))
        return code, message.value.decode(), result, axes


def noting(seen, *names):
    """A monitor that notes these of each moment. On a busy machine one may come
    again, at first one of no steps."""
    def note(_, moment):
        now = tuple(getattr(moment[0], name) for name in names)
        if moment[0].done and now not in seen[-1:]:
            seen.append(now)
        return 0
    return note


def check_steps(workshop):
    seen = []
    note = noting(seen, "loop", "done", "total")
    code, *_ = Library(workshop, "fast", HEAT).run(72, note)
    workshop.check("steps that are made at once are told at once",
                   code == 0 and 1 < len(seen) < 500 and sorted(seen) == seen
                   and seen[-1] == (-1, 500, 500), seen)
    seen.clear()
    library = Library(workshop, "warm", HEAT, "--tiles", "16x16:1")
    code, message, watched, axes = library.run(72, note)
    workshop.check("watched", (code, message) == (0, ""), message)
    workshop.check("each step is told",
                   seen == [(-1, k + 1, 500) for k in range(500)], seen[:3])
    workshop.check_close("places", axes[:2], np.array(
        [[1.125, 0.25], [0.1, 0.1]]), 1e-15)
    code, message, alone, _ = library.run(72)
    workshop.check("not watched", code == 0 and
                   alone.tobytes() == watched.tobytes() and alone.any())
    seen.clear()
    code, message, _, _ = library.run(
        72, lambda closure, moment: note(closure, moment) or len(seen) == 7)
    workshop.check("ended", code == 2 and len(seen) == 7, (code, len(seen)))
    workshop.check("the end is told", "ended by its monitor" in message,
                   message)
    seen.clear()
    code, _, rested, _ = library.run(72, note, interval=1e9)
    workshop.check("a monitor is not called before its interval is over",
                   code == 0 and not seen and
                   rested.tobytes() == watched.tobytes(), seen[:3])
    code, message, _, _ = library.run(72, size=8)
    workshop.check("another version's call", code == 1 and
                   "another version" in message, message)


LONG = """grid X : 2d, boundary periodic, size [200, 300]
input f on X = noise(1)
param count = 1000000000
fun endless(u0) = {
  var u = u0
  for k in 1 .. count {
    u = u + 0.1*laplace(u)
  }
  return u
}
evolve u from f by u -> endless(u) for 1 steps
output u
"""


def check_long_step(workshop):
    """A step that takes days ends soon after the monitor wants it to."""
    for form in FORMS:
        library = Library(workshop, "long_" + form, LONG, *FORMS[form])
        for threads in 1, 2:
            moments = []

            def note(_, moment):
                moments.append((moment[0].done, moment[0].total))
                return len(moments) == 3
            code, message, _, _ = library.run(60000, note, threads=threads,
                                              interval=1e-3*(threads - 1))
            workshop.check("ended within a step of the %s" % form,
                           code == 2 and moments == [(0, 0)]*3 and
                           "ended by its monitor" in message,
                           (code, message, moments))


def check_passes(workshop):
    library = Library(workshop, "solve_it", SOLVE)
    seen = []
    note = noting(seen, "loop", "done", "measure", "bound")
    code, message, u, _ = library.run(31, note)
    x = np.arange(1, 32)/32
    workshop.check("solved", code == 0, message)
    workshop.check_close("its result", u, x*(1 - x)/2, 1e-8)
    workshop.check("each pass is told", [k for _, k, _, _ in seen] ==
                   list(range(1, len(seen) + 1)), seen)
    workshop.check("with its residual", len(seen) > 3 and
                   seen[-1][2] < 1e-9 <= seen[-2][2] and
                   all(bound == 1e-9 for _, _, _, bound in seen), seen)


def main():
    workshop = Workshop(sys.argv[1])
    check_steps(workshop)
    check_long_step(workshop)
    check_passes(workshop)
    return workshop.finish()


sys.exit(main())
