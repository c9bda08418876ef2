#!/usr/bin/env python3
"""Fixpoints with reductions, alone and inside of steps, against NumPy: how many
passes they make, what they end with, what happens when they never end.

usage: fixpoints.py path/to/pdec
"""

import re
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random, same_bits

MODULE = """
pde.grid @X [#pde.axis<"x" : periodic, periodic>,
             #pde.axis<"y" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 1 : i64 : i64
  %max = pde.param "max" = 500 : i64 : i64
  %bound = pde.param "bound" = 1.0e-3 : f64 : f64
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -4.0 : f64
  %fifth = arith.constant 0.2 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1, 0>, array<i64: 0, -1>, array<i64: 0, 0>,
                    array<i64: 0, 1>, array<i64: 1, 0>]
    weights(%one, %one, %minus, %one, %one) : <2>
  %r:2 = pde.steps %n pass %i carry (%v = %f : !pde.field<@X, f64>,
                                     %passes = %zero : f64) {
    %s:2 = pde.fixpoint %max pass %j carry (%u = %v : !pde.field<@X, f64>,
                                            %c = %passes : f64)
        attributes {loop = 0 : i64, what = "u", measure = "change",
                    line = 7 : i64 ACCEPT} {
      %l = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
      %w = pde.map (%a = %u : !pde.field<@X, f64>,
                    %b = %l : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %t = arith.mulf %b, %fifth : f64
        %x = arith.addf %a, %t : f64
        pde.yield %x : f64
      }
      %d = pde.map (%a = %w : !pde.field<@X, f64>,
                    %b = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %t = arith.subf %a, %b : f64
        pde.yield %t : f64
      }
      %change = pde.reduce max_abs %d : !pde.field<@X, f64>
      %done = arith.cmpf olt, %change, %bound : f64
      %more = arith.addf %c, %one : f64
      pde.until %done measured %change against %bound
        yield %w, %more : !pde.field<@X, f64>, f64
    }
    // The field that the fixpoint began with is still needed.
    %e = pde.map (%a = %s#0 : !pde.field<@X, f64>,
                  %b = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.addf %a, %b : f64
      pde.yield %t : f64
    }
    pde.yield %e, %s#1 : !pde.field<@X, f64>, f64
  }
  %norm = pde.reduce dot %r#0, %r#0 : !pde.field<@X, f64>, !pde.field<@X, f64>
  %numbers = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %a, %zero : f64
    %x = arith.addf %t, %norm : f64
    pde.yield %x : f64
  }
  %count = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %a, %zero : f64
    %x = arith.addf %t, %r#1 : f64
    pde.yield %x : f64
  }
  pde.output "v" %r#0 : <@X, f64>
  pde.output "norm" %numbers : <@X, f64>
  pde.output "count" %count : <@X, f64>
}
"""
OUTPUTS = ["v", "norm", "count"]


def smoothed(u):
    up, down = np.roll(u, 1, 0), np.roll(u, -1, 0)
    left = np.concatenate((u[:, :1], u[:, :-1]), 1)
    right = np.concatenate((u[:, 1:], u[:, -1:]), 1)
    return u + ((((up + left) + -4 * u) + right) + down) * 0.2


def expected(f, n, most, bound):
    v, passes = f, 0
    for _ in range(n):
        u = v
        for _ in range(most):
            before, u = u, smoothed(u)
            passes += 1
            if np.max(np.abs(u - before)) < bound:
                break
        v = u + v
    return v, passes


def check_values(workshop, programs):
    numbers = np.random.default_rng(3)
    for sizes in ((3, 4), (2, 9), (33, 41), (70, 1100)):
        f = random(numbers, sizes)
        for params in ({}, {"n": 3}, {"n": 0}, {"max": 0},
                       {"n": 2, "max": 7, "bound": 1e-9}):
            v, passes = expected(f, params.get("n", 1), params.get("max", 500),
                                 params.get("bound", 1e-3))
            title, first = "%s %s " % (sizes, params), None
            for form, threads in (("kernel", 1), ("kernel", 2), ("kernel", 3),
                                  ("network", 2)):
                found = programs[form].run({"f": f}, OUTPUTS, params=params,
                                           threads=threads)
                first = first or found
                workshop.check(title + "passes",
                               np.all(found["count"] == passes),
                               found["count"])
                workshop.check_close(title + "v", found["v"], v, 1e-12)
                workshop.check_close(title + "norm", found["norm"],
                                     np.full(sizes, np.sum(v * v)), 1e-12)
                workshop.check(title + "bits", all(
                    same_bits(first[name], found[name]) for name in OUTPUTS))


def ran(workshop, program, sizes, params):
    np.save(workshop.path("f.npy"),
            random(np.random.default_rng(4), sizes))
    command = program.command + ["--input", "f=" + workshop.path("f.npy"),
                                 "--profile"]
    for name, value in params.items():
        command += ["--set", "%s=%r" % (name, value)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def check_failure(workshop, program):
    result = ran(workshop, program, (9, 9), {"max": 3})
    workshop.check("a failure", result.returncode == 1 and
                   "did not converge: after 3 passes" in result.stderr,
                   result.stderr)


def check_memory(workshop, program):
    """Twenty fields would be 40 MiB."""
    peaks = []
    for n, most in ((1, 5), (3, 40)):
        result = ran(workshop, program, (512, 512),
                     {"n": n, "max": most, "bound": 0.0})
        peaks.append(float(re.search(r"peak memory +([0-9.]+) MiB",
                                     result.stdout + result.stderr).group(1)))
    workshop.check("memory", peaks[1] < peaks[0] + 3, peaks)


def main():
    workshop = Workshop(sys.argv[1])
    accepting = workshop.write("accept.mlir",
                               MODULE.replace("ACCEPT", ", accept"))
    strict = workshop.write("strict.mlir", MODULE.replace("ACCEPT", ""))
    programs = {form: workshop.compile(accepting, *FORMS[form])
                for form in FORMS}
    check_values(workshop, programs)
    check_failure(workshop, workshop.compile(strict))
    check_memory(workshop, programs["kernel"])
    return workshop.finish()


sys.exit(main())
