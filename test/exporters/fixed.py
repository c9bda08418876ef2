#!/usr/bin/env python3
"""Models with fixed parameters and sizes.

usage: fixed.py path/to/pdec path/to/examples [path/to/onnxruntime-node
                path/to/run-onnx.mjs]

Of every example, shape inference finds all dimensions, also inside of loops;
and what ONNX Runtime makes of some is what `pdec run` makes with the same
options.
"""

import os
import sys

import numpy as np
import onnx

sys.dont_write_bytecode = True
import models  # noqa: E402

# Steps, and sizes other than the script's own.
RUNS = [("heat", "slice", "n=7,r=0.3", "40"),
        ("perona_malik", "slice", "lambda=0.1,tau=0.25,n=5", "33"),
        ("wave2d", "slice", "n=4", "21x30"),
        ("gray_scott", "conv", "n=3", "20x17"),
        ("linear_solvers", "slice", "", "12"),
        ("multigrid_cycles", "slice", "", "31"),
        ("advection", "conv", "n=3", "25x31")]
TOLERANCE = {"conv": 1e-5, "slice": 1e-12}


def fixing(about):
    """Options that fix everything at its default."""
    options = []
    for name, (_, default, _) in about.params.items():
        options += ["--set", "%s=%s" % (name, default)]
    for name, (_, sizes, _) in about.grids.items():
        options += ["--size", "%s=%s" % (name, "x".join(map(str, sizes)))]
    return options


def shape_faults(pdec, script, profile):
    model = models.export(pdec, script, "--profile", profile,
                          *fixing(models.Help(pdec, script)))
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True,
                                                 data_prop=True)
    faults = ["no shape of " + name for name in models.undetermined(inferred)]
    return faults + [info.name + " is an input" for info in model.graph.input
                     if not models.shape_of(info)]


def difference(pdec, script, profile, options, runtime):
    """Of the results, relative to the largest value."""
    model = models.export(pdec, script, "--profile", profile, *options)
    fields = models.random_fields(model)
    outputs = [output.name for output in model.graph.output
               if "_converged" not in output.name]
    theirs = models.run(runtime, model, fields, outputs)
    mine = models.run_program(pdec, script, fields, outputs, "--precision",
                              "f32" if profile == "conv" else "f64", *options)
    return max(float(np.max(np.abs(theirs[name] - mine[name].ravel()))
                     / np.max(np.abs(mine[name]))) for name in outputs)


def main(pdec, folder, *runtime):
    scripts, failed = models.examples(folder), 0
    for script in scripts:
        for profile in models.PROFILES:
            for fault in shape_faults(pdec, script, profile):
                print("%s, %s: %s" % (script, profile, fault))
                failed += 1
    for name, profile, params, size in RUNS if len(runtime) == 2 else []:
        options = ["--size", size] + (["--set", params] if params else [])
        found = difference(pdec, os.path.join(folder, name + ".pde"), profile,
                           options, runtime)
        if not found <= TOLERANCE[profile]:
            print("%s, %s: differs by %.1e" % (name, profile, found))
            failed += 1
    print("%d examples, %d faults" % (len(scripts), failed))
    return 1 if failed or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
