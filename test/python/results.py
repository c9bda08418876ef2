#!/usr/bin/env python3
"""What runs hand over besides fields: numbers, and what evolutions record.

usage: results.py path/to/pdec
"""

import os
import signal
import sys
import threading

import numpy as np

sys.dont_write_bytecode = True
from package import open_workshop, refusal
import pdec

SCRIPT = """grid X : 1d, boundary periodic, size 12
grid Y : 2d, boundary dirichlet 0, size 4
param tau = 0.25, n = 10
input f on X = X.x
input g on Y = 1
evolve u, t from f, 0
    by (u, t) -> [u + tau*laplace(u), t + tau] for n steps
    record energy = [t, sum(u^2)] every 4
    record largest = max(u) every 5
    record levels = u every 5
output u, end = t, both = 2*g
"""
LONG = 10**12


def reference(f, n, tau=0.25):
    """All states, from the formula."""
    states = [f]
    for _ in range(n):
        u = states[-1]
        states.append(u + tau*(np.roll(u, 1) - 2*u + np.roll(u, -1)))
    return np.array(states)


def check_numbers(workshop, program):
    f = np.random.default_rng(1).random(12)
    run = program(f=f, n=7)
    workshop.check("a number is a float", type(run.end) is float and
                   run.end == 7*0.25, run.end)
    room = np.zeros(())
    result = program(f=f, out={"end": room})
    workshop.check("or is written where it should be", result.end is room and
                   room == 2.5, result.end)
    single = pdec.compile(SCRIPT, precision="f32", name="single")
    workshop.check("a number is a double in f32, too",
                   single(f=f.astype(np.float32)).end == 2.5)
    told = refusal(pdec.ArgumentError, program, f=f,
                   out={"end": np.zeros((), np.float32)})
    workshop.check("no other room", "output 'end'" in told, told)
    workshop.check("the program says so", isinstance(
        program.outputs["end"], pdec.Number) and
        "end: a number" in str(program), program)


def check_records(workshop, program):
    f = np.random.default_rng(2).random(12)
    states = reference(f, 11)
    run = program.run(f=f, n=11)
    energy, levels = run.records["energy"], run.records["levels"]
    workshop.check("numbers with their steps", list(energy.steps) == [0, 4, 8]
                   and np.allclose(energy.values[:, 0], [0, 1, 2], 0, 0) and
                   np.allclose(energy.values[:, 1],
                               (states[[0, 4, 8]]**2).sum(1), 1e-14), energy)
    workshop.check("fields", list(levels.steps) == [0, 5, 10] and
                   np.allclose(levels.values, states[[0, 5, 10]], 0, 1e-14),
                   levels)
    largest = run.records["largest"]
    workshop.check("one number each has no further axis",
                   largest.values.shape == (3,) and np.allclose(
                       largest.values, states[[0, 5, 10]].max(1)), largest)
    workshop.check("where its values lie", np.array_equal(
        run.coordinates["levels"]["x"], run.coordinates["u"]["x"]))
    workshop.check("the result is the same with and without records",
                   program(f=f, n=11).u.tobytes() == run.values.u.tobytes())

    entries = []
    told = program.run(f=f, n=11, on_record=lambda *entry: entries.append(
        entry))
    workshop.check("entries are told one by one, and not kept",
                   not told.records and
                   [(name, step) for name, step, _ in entries] ==
                   [("energy", 0), ("largest", 0), ("levels", 0),
                    ("energy", 4), ("largest", 5), ("levels", 5),
                    ("energy", 8), ("largest", 10), ("levels", 10)] and
                   np.array_equal(entries[-1][2], levels.values[-1]), entries)


def check_states(workshop, program):
    f = np.random.default_rng(3).random(12)
    whole = program.run(f=f, n=11)
    states = []
    told = program.run(f=f, n=11, on_state=states.append, save_every=3)
    workshop.check("a run that is saved is the same", len(states) == 4 and
                   told.values.u.tobytes() == whole.values.u.tobytes(), states)
    for done, state in zip((3, 6, 9, 11), states):
        rest = program.run(f=f, n=11, from_state=state)
        workshop.check("it goes on after %d steps" % done,
                       rest.values.u.tobytes() == whole.values.u.tobytes() and
                       rest.values.end == whole.values.end)
        steps = [step for step in whole.records["levels"].steps if step > done]
        kept = rest.records.get("levels")
        workshop.check("with what it records from there",
                       list(kept.steps if kept else []) == steps, kept)
    told = refusal(pdec.RunError, program.run, f=f + 1, n=11, from_state=states[0])
    workshop.check("other data", told == "cannot resume from the given state: "
                   "input 'f' had other values when it was saved", told)
    told = refusal(pdec.RunError, program.run, f=f, n=11, from_state=b"nothing")
    workshop.check("no state", told.startswith(
        "cannot resume from the given state: it is no state"), told)

    def fail(state):
        raise LookupError(len(state))
    told = refusal(LookupError, program.run, f=f, n=LONG, on_state=fail,
                   save_every=5)
    workshop.check("on_state that raises ends a run",
                   told == str(len(states[0])), told)


def check_ends(workshop, program):
    def fail(name, step, values):
        raise LookupError("%s %d" % (name, step))
    told = refusal(LookupError, program.run, n=LONG, on_record=fail)
    workshop.check("on_record that raises ends a run", told == "energy 0", told)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for given in (dict(on_record=lambda *entry: None),
                  dict(on_record=lambda *entry: None,
                       progress=lambda moment: None, interval=0)):
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        told = refusal(KeyboardInterrupt, program.run, n=LONG, **given)
        timer.join()
        workshop.check("Ctrl-C ends a run that records", told == "", told)
    workshop.check("and the next one is whole",
                   list(program.run().records["energy"].steps) == [0, 4, 8])


def main():
    workshop = open_workshop()
    program = pdec.compile(SCRIPT, name="results")
    check_numbers(workshop, program)
    check_records(workshop, program)
    check_states(workshop, program)
    check_ends(workshop, program)
    return workshop.finish()


sys.exit(main())
