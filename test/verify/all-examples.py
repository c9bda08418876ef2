#!/usr/bin/env python3
"""Verifies every example; with --onnx, its models in ONNX Runtime.

usage: all-examples.py PDEC FOLDER [--onnx]
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


NO_RECORDS = "a model has outputs, but no records"
# What is said of examples that cannot be compared with a model.
APART = {
    "fisher.pde": NO_RECORDS,
    "layers.pde": NO_RECORDS,
    "lorenz.pde": NO_RECORDS,
    # Gas of negative density, which random data are, has no speed of sound.
    "sod.pde": "nothing to compare, the kernel fails",
    "stochastic_heat.pde": NO_RECORDS,
    "wave_energy.pde": NO_RECORDS,
}


def verify(pdec, script, options):
    """None, or what pdec says is wrong."""
    done = subprocess.run([pdec, "verify", *options, script],
                          capture_output=True, text=True, timeout=600)
    says = "of the kernel" if options else "proved on"
    apart = APART.get(os.path.basename(script)) if options else None
    if apart:
        return None if done.returncode == 1 and done.stdout.count(apart) == 2 \
            else "%s is no longer apart: %s" % (script, done.stdout)
    isRaised = options or all(
        "; raised to the same scheme" in line
        for line in done.stdout.splitlines() if "same to the bit" in line)
    if done.returncode == 0 and says in done.stdout and isRaised:
        return None
    return "%s: exit code %d\n%s%s" % (script, done.returncode, done.stdout,
                                       done.stderr)


# examples.test reads the whole of what is said of these.
READ = {"heat.pde", "perona_malik.pde", "charbonnier.pde", "fourth_order.pde"}


def main():
    pdec, folder, options = sys.argv[1], sys.argv[2], sys.argv[3:]
    scripts = sorted(name for name in os.listdir(folder)
                     if name.endswith(".pde") and (options or
                                                   name not in READ))
    # Two at once: this is the longest test, and the last to end.
    with ThreadPoolExecutor(2) as pool:
        said = pool.map(lambda name: verify(pdec, os.path.join(folder, name),
                                            options), scripts)
        faults = [fault for fault in said if fault]
    print("%d examples, %d failed" % (len(scripts), len(faults)))
    print("\n".join(faults))
    return 1 if faults or not scripts else 0


sys.exit(main())
