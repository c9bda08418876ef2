#!/usr/bin/env python3
"""OpenCV reads models with fixed parameters and sizes whose blocks are copies,
and computes what `pdec run` computes.

usage: opencv.py path/to/pdec path/to/examples
"""

import os
import sys
import tempfile

import cv2
import numpy as np

sys.dont_write_bytecode = True
import models  # noqa: E402
from fixed import fixing  # noqa: E402

EXAMPLES = ["adams_bashforth", "allen_cahn", "cahn_hilliard", "gray_scott",
            "heat", "inpainting", "kdv", "perona_malik2d",
            "super_time_stepping", "wave2d"]
STEPS = 3
TOLERANCE = 1e-5  # of single precision


def answers(model, fields, outputs):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        with open(path, "wb") as file:
            file.write(model.SerializeToString())
        net = cv2.dnn.readNetFromONNX(path)
    for name, array in fields.items():
        net.setInput(array, name)
    return dict(zip(outputs, net.forward(outputs)))


def difference(pdec, script):
    options = fixing(models.Help(pdec, script)) + ["--set", "n=%d" % STEPS]
    model = models.export(pdec, script, "--unroll", *options)
    fields = models.random_fields(model)
    outputs = [output.name for output in model.graph.output]
    theirs = answers(model, fields, outputs)
    mine = models.run_program(pdec, script, fields, outputs, "--precision",
                              "f32", *options)
    return max(float(np.max(np.abs(theirs[name].ravel() - mine[name].ravel()))
                     / np.max(np.abs(mine[name]))) for name in outputs)


def main(pdec, folder):
    failed = 0
    for name in EXAMPLES:
        found = difference(pdec, os.path.join(folder, name + ".pde"))
        if not found <= TOLERANCE:
            print("%s: differs by %.1e" % (name, found))
            failed += 1
    print("%d examples, %d failed" % (len(EXAMPLES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
