#!/usr/bin/env python3
"""The certificate in a model's metadata: that of the script, or of the script
with the values that --set and --size fix, whose limits NumPy knows from the
scheme's matrix.

usage: certificate.py path/to/pdec path/to/examples
"""

import hashlib
import json
import os
import sys
import tempfile

import numpy as np

sys.dont_write_bytecode = True
import models

PDEC = sys.argv[1]
SCRIPT = """grid X : 1d, boundary reflecting, size 12
param tau = 0.3 where tau > 0, n = 5
input f on X
let D = forward(X.x)
evolve u from f by explicit(u -> -D'(D(u)), tau) for n steps
output u
"""
failures = []


def check(title, holds, found=""):
    if not holds:
        failures.append("%s: %s" % (title, found))


def told(script, *options):
    return models.metadata(models.export(PDEC, script, *options))


def limit(cells):
    """The longest step that lets no norm grow: 2/|D|^2, by the matrix."""
    matrix = np.zeros((cells, cells))
    for row in range(cells - 1):
        matrix[row, row], matrix[row, row + 1] = -1, 1
    return 2/np.linalg.norm(matrix, 2)**2


def check_examples(folder):
    for name in ("perona_malik", "fast_diffusion", "heat",
                 "poisson2d"):
        path = os.path.join(folder, name + ".pde")
        for profile, precision in (("conv", "f32"), ("slice", "f64")):
            said = told(path, "--profile", profile)
            printed = models.told(PDEC, path, "--emit", "cert", "--precision",
                                  precision)
            text = said["pdec.certificate"]
            check(name + ": the certificate", json.loads(text) ==
                  json.loads(printed), text)
            check(name + ": compact", "\n" not in text and ": " not in text,
                  text)
            with open(path, "rb") as file:
                check(name + ": the hash", said["script_sha256"] ==
                      hashlib.sha256(file.read()).hexdigest())


def check_fixed(path):
    for options, cells, tau in (
            ((), 12, 0.3), (("--size", "3"), 3, 0.3),
            (("--set", "tau=0.505"), 12, 0.505),
            (("--set", "tau=0.51"), 12, 0.51),
            (("--set", "tau=0.6", "--size", "3"), 3, 0.6),
            (("--set", "tau=0.6", "--size", "2000"), 2000, 0.6)):
        said = told(path, "--profile", "slice", *options)
        evolution, = json.loads(said["pdec.certificate"])["evolutions"]
        norm = [claim["holds"] for claim in evolution["claims"]
                if claim["statement"] == "norm"]
        title = "fixed " + " ".join(options)
        check(title + ": holds", norm == [tau <= limit(cells)], evolution)
        step = evolution["step"]
        check(title + ": value", step["value"] == tau, step)
        # NumPy rounds the singular value.
        check(title + ": limit", -1e-12 < limit(cells) - step["limit"] <
              1e-6*limit(cells), step)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "steps.pde")
    with open(path, "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    check_fixed(path)
check_examples(sys.argv[2])
print("\n".join(failures))
sys.exit(bool(failures))
