#!/usr/bin/env python3
"""Models of trained networks: what --weights and --set W=FILE give is part of
them, with the certificate of these weights, and what ONNX Runtime makes of them
is what `pdec run` makes with the same options.

usage: trained.py path/to/pdec [path/to/onnxruntime-node path/to/run-onnx.mjs]
"""

import hashlib
import json
import os
import sys
import tempfile

import numpy as np
import onnx

sys.dont_write_bytecode = True
import fixed  # noqa: E402
import models  # noqa: E402

# A stencil's weights, a number and a bias for each step.
SCRIPT = """grid X : 1d, boundary reflecting, size 16
trainable param w : real[3] = 0
trainable param gain = 0.5
trainable param b : real[4, 2] = 0
param tau = 0.125
input f on X
let K = stencil(x, [w[0], w[1], w[2]])
fun walk(u) = {
  var v = u
  for k in 0 .. 3 {
    v = v - tau*K'(tanh(K(v))) + gain*b[k, 1]
  }
  return v
}
output u = walk(f)
"""
# Its steps are short enough for weights of a sum of squares up to 2/tau.
STEPS = """grid X : 1d, boundary periodic, size 16
trainable param w : real[2] = 0
input f on X
let K = stencil(x, [w[0], w[1]])
evolve u from f by u -> u - 0.5*K'(K(u)) for 3 steps
output u
"""


def check(title, holds, seen=""):
    if not holds:
        print("%s: %s" % (title, seen))
    return int(not holds)


def script_in(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def networks(pdec, folder, runtime):
    script = script_in(folder, "net.pde", SCRIPT)
    numbers = np.random.default_rng(7)
    w, b = numbers.standard_normal(3), numbers.standard_normal((4, 2))
    archive = os.path.join(folder, "w.npz")
    np.savez(archive, w=w, b=b, gain=0.25)
    alone = os.path.join(folder, "w.npy")
    np.save(alone, 2*w)
    with open(archive, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    failed = 0
    for profile in models.PROFILES:
        options = ["--weights", archive, "--size", "16"]
        model = models.export(pdec, script, "--profile", profile, *options)
        onnx.checker.check_model(model, full_check=True)
        told = models.metadata(model)
        failed += check("inputs", {info.name for info in model.graph.input} ==
                        {"f", "tau"}, model.graph.input)
        failed += check("metadata", (told["weights_sha256"], told["fixed.b"],
                                     told["fixed.gain"]) ==
                        (digest, "array of 4x2", "0.25"), told)
        part = models.export(pdec, script, "--profile", profile, "--set",
                             "w=" + alone)
        failed += check("one of them", {info.name for info in part.graph.input}
                        == {"f", "tau", "gain", "b"}, part.graph.input)
        for given in [options, options + ["--set", "w=" + alone]] if runtime \
                else []:
            found = fixed.difference(pdec, script, profile, given, runtime)
            failed += check("results, " + profile,
                            found <= fixed.TOLERANCE[profile], found)
    return failed


def certificates(pdec, folder):
    """By the closed form of two weights around a circle: |w0| + |w1|."""
    script = script_in(folder, "steps.pde", STEPS)
    failed = 0
    for w in ([0.5, -0.5], [1.2, -0.7], [1.2, -0.9], [-2, 1]):
        path = os.path.join(folder, "w.npz")
        np.savez(path, w=np.array(w))
        told = models.metadata(models.export(pdec, script, "--weights", path))
        [evolution] = json.loads(told["pdec.certificate"])["evolutions"]
        [holds] = [claim["holds"] for claim in evolution["claims"]
                   if claim["statement"] == "norm"
                   and claim["theorem"] == "explicit-steps"]
        expected = 0.5*sum(map(abs, w))**2 <= 2
        failed += check("certificate of %s" % w, holds == expected, evolution)
    return failed


def main(pdec, *runtime):
    with tempfile.TemporaryDirectory() as folder:
        failed = networks(pdec, folder, runtime) + certificates(pdec, folder)
    print("%d faults" % failed)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
