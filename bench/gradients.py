#!/usr/bin/env python3
"""Times the derivative of dot(u, u)/2, u being what a script's evolution ends
with, by the field that it starts from, in turns with the evolution alone. See
README.md beside this."""

import argparse
import os
import resource
import statistics
import subprocess
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
# The field that each starts from, and a grid of which a hundred states are less
# than a gigabyte.
CASES = {"charbonnier": ("f", ["65536", "1048576"]),
         "charbonnier2d": ("f", ["1024x1024"]), "heat2d": ("f", ["1024x1024"]),
         "gray_scott2d": ("u0", ["512x512"])}
FEW = 10


def compiled(options, name, precision, folder):
    """The evolution alone, and with its derivative."""
    with open(os.path.join(here, name + ".pde")) as file:
        script = file.read()
    evolution, output = script.rsplit("\noutput", 1)
    ends = {"alone": "norm = norm(u)",
            "slope": "slope = gradient(dot(u, u)/2, %s)" % CASES[name][0]}
    programs = {}
    for kind, end in ends.items():
        source = os.path.join(folder, "%s_%s.pde" % (name, kind))
        with open(source, "w") as file:
            file.write("%s\noutput %s\n" % (evolution, end))
        programs[kind] = source[:-4] + "_" + precision
        subprocess.run([options.pdec, source, "--precision", precision,
                        "--march", "native", "-o", programs[kind]], check=True)
    return programs


def seconds(program, size, steps, options):
    """Of processor time, that of the system included."""
    command = [program, "--quiet", "--threads", str(options.threads),
               "--size", "X=" + size, "--set", "n=%d" % steps]
    if options.memory:
        command += ["--memory", options.memory]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime -
            before.ru_stime)


def compete(programs, size, options):
    """Nanoseconds for each cell and step, round by round, of both."""
    cells = 1
    for cell in size.split("x"):
        cells *= int(cell)
    many = FEW + options.steps
    times = {kind: [] for kind in programs}
    for _ in range(options.rounds):
        for kind, program in programs.items():
            more, few = (seconds(program, size, steps, options)
                         for steps in (many, FEW))
            times[kind].append((more - few)/options.steps/cells*1e9)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec",
                        default=os.path.join(here, "../build/bin/pdec"))
    parser.add_argument("--script", choices=CASES, action="append")
    parser.add_argument("--precision", choices=["f64", "f32"], action="append")
    parser.add_argument("--size", help="the grid, such as 512x512")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--memory", help="of the states, as programs have it")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("| script | cells | type | evolution ns | with derivative ns | ratio |"
          "\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.script or CASES:
            for precision in options.precision or ["f64", "f32"]:
                programs = compiled(options, name, precision, folder)
                for size in [options.size] if options.size else CASES[name][1]:
                    times = compete(programs, size, options)
                    alone, slope = (statistics.median(times[kind])
                                    for kind in ("alone", "slope"))
                    print("| %s | %s | %s | %.3f | %.3f | %.2f |"
                          % (name, size, precision, alone, slope, slope/alone),
                          flush=True)


if __name__ == "__main__":
    main()
