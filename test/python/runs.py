#!/usr/bin/env python3
"""Runs from Python: how they are watched and ended, many at a time, in threads
and processes, and a hundred thousand of them.

usage: runs.py path/to/pdec
"""

import concurrent.futures
import faulthandler
import multiprocessing
import os
import resource
import signal
import sys
import threading

import numpy as np

sys.dont_write_bytecode = True
from package import open_workshop, refusal
import pdec

HEAT = """grid X : 1d, boundary reflecting
param tau = 0.4, n = 5
input f on X
evolve u from f by u -> u + tau*laplace(u) for n steps
output u
"""
HALVE = """grid X : 1d, boundary reflecting, size 3
input f on X = 1
let u = fixpoint v from f { v/2 } until change < 1e-3, at most 50
output u
"""
SLOW_STEPS = """grid X : 1d, boundary periodic, size 60000
param count = 3000
input f on X = noise(1)
fun slow(u0) = {
  var u = u0
  for k in 1 .. count {
    u = u - 0.1*u*u*u
  }
  return u
}
evolve u from f by u -> slow(u) for 3 steps
output u
"""
LONG = 10**15  # steps, of which no test sees the end
MANY = 100000


class Told(Exception):
    pass


def fail(*_):
    raise Told


def check_ends(workshop, program):
    """Ctrl-C and other signals whose handlers raise, as Python's own do."""
    f = np.random.default_rng(1).random(50000)
    expected = program(f=f[:9]).tobytes()
    # Who runs tests may ignore it, and then Python does, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGALRM, fail)
    for kind, error in ((signal.SIGINT, KeyboardInterrupt),
                        (signal.SIGALRM, Told)):
        for given in (dict(), dict(threads=1), dict(progress=lambda _: None),
                      dict(progress=lambda _: None, interval=0)):
            timer = threading.Timer(0.2, os.kill, (os.getpid(), kind))
            timer.start()
            told = refusal(error, program, f=f, n=LONG, **given)
            timer.join()
            workshop.check("%s ends a run %s" % (kind, given), told == "", told)
            workshop.check("and the next one is whole",
                           program(f=f[:9]).tobytes() == expected)
    told = refusal(Told, program, f=f, n=LONG, progress=fail, interval=0)
    workshop.check("progress that raises ends a run", told == "", told)

    nested = []

    def call(*_):
        nested.append(program(f=f[:9]).tobytes())
        fail()
    signal.signal(signal.SIGALRM, call)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGALRM)).start()
    told = refusal(Told, program, f=f, n=LONG)
    workshop.check("a handler may call the same program",
                   nested == [expected] and told == "", (nested, told))


def check_progress(workshop, program):
    f = np.zeros(1000)
    f[500] = 1
    for interval in (0, 1e-9):
        moments = []
        program(f=f, n=3000, progress=moments.append, interval=interval,
                threads=1)
        done = [moment.done for moment in moments]
        workshop.check("steps are told, each once", len(done) > 1 and
                       done == sorted(set(done)) and done[0] > 0, done)
        workshop.check("what is told", all(
            moment.loop is None and moment.total == 3000
            for moment in moments), moments[:2])
    workshop.check("to the last", done[-1] == 3000, done[-3:])
    moments = []
    program(f=f, n=3000, progress=moments.append, interval=1e9)
    workshop.check("no more often than asked for", not moments, moments)
    pdec.compile(SLOW_STEPS, name="slow")(progress=moments.append, interval=0)
    workshop.check("a step that takes long is told once, too",
                   [moment.done for moment in moments] == [1, 2, 3], moments)
    moments.clear()
    pdec.compile(HALVE, name="halve")(progress=moments.append, interval=0)
    workshop.check("passes are told with their loop",
                   [moment.done for moment in moments] ==
                   list(range(1, len(moments) + 1)) and
                   moments[-1].measure < moments[-1].bound <= 2e-3 and
                   moments[-1].loop == ("v", "change", 3), moments)


def bits(job):
    program, seed, threads = job
    numbers = np.random.default_rng(seed)
    f = numbers.random(numbers.integers(2, 3000))
    return program(f=f, n=40 + seed, threads=threads).tobytes()


def check_many(workshop, program, path):
    """The same bits from all threads and processes."""
    expected = [bits((program, seed, 1)) for seed in range(48)]
    jobs = [(program, seed, seed % 3) for seed in range(48)]
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        found = list(pool.map(bits, jobs*3))
    workshop.check("12 threads", found == expected*3)
    loaded = pdec.load(path)
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(3) as pool:
            for one in (program, loaded):
                found = pool.map(bits, [(one, *job[1:]) for job in jobs])
                workshop.check("processes by %s" % method, found == expected)
    stop = threading.Event()

    def go_on():
        while not stop.is_set():
            program(f=np.zeros(20000), n=200, threads=2)
    other = threading.Thread(target=go_on)
    other.start()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.map(bits, jobs)
    stop.set()
    other.join()
    workshop.check("processes made while others run", found == expected)


def memory():
    """Of this process now, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])*resource.getpagesize()


def check_leaks(workshop, program):
    f, u = np.ones(64), np.empty(64)

    def call(count):
        for _ in range(count):
            program(f=f, tau=0.1, n=1, threads=1)
    call(2000)
    before = memory()
    call(MANY)
    workshop.check("calls leave nothing", memory() - before < 2**20,
                   memory() - before)
    for _ in range(200):
        refusal(pdec.Error, program, f=f*np.nan)
    before = memory()
    for _ in range(5000):
        refusal(pdec.Error, program, f=f*np.nan)
        refusal(pdec.Error, program, f=f, g=1)
        refusal(Told, program, f=f, n=10, progress=fail, interval=0)
        program.run(f=f, n=1, out=u)
    workshop.check("nor do those that fail", memory() - before < 2**20,
                   memory() - before)


def main():
    faulthandler.dump_traceback_later(120, exit=True)
    workshop = open_workshop()
    program = pdec.compile(HEAT, name="heat")
    path = workshop.path("heat.so")
    os.link(program.path, path)
    check_ends(workshop, program)
    check_progress(workshop, program)
    check_many(workshop, program, path)
    check_leaks(workshop, program)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
