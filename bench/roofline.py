#!/usr/bin/env python3
"""Draws what run.py --json measured as a roofline: the speeds of pdec and of the
best plain loop over the operations for each byte that one pass a step moves,
below what memory and arithmetic allow. See README.md beside this."""

import argparse
import json
import math

from contest import EPSILON

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 460, 60, 24, 20, 52
PDEC, PLAIN, ROOF, INK = "#1f6fb4", "#c2571a", "#777", "#222"


class Scale:
    """Logarithms of base 2 onto pixels; the values, and some room for names."""

    def __init__(self, values, start, end):
        self.low = math.log2(min(values)) - 0.25
        self.high = math.log2(max(values)) + 0.5
        self.start, self.end = start, end

    def __call__(self, value):
        part = (math.log2(value) - self.low)/(self.high - self.low)
        return self.start + part*(self.end - self.start)

    def marks(self):
        return [2.0**k for k in range(math.ceil(self.low),
                                      math.floor(self.high) + 1)]


def line(x1, y1, x2, y2, colour, more=""):
    return ('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" %s/>'
            % (x1, y1, x2, y2, colour, more))


def text(x, y, words, more=""):
    return '<text x="%.1f" y="%.1f" %s>%s</text>' % (x, y, more, words)


def axes(x, y):
    yield text((LEFT + WIDTH - RIGHT)/2, HEIGHT - 10,
               "operations for each byte that one pass a step moves",
               'text-anchor="middle"')
    yield text(16, (TOP + HEIGHT - BOTTOM)/2, "operations a nanosecond",
               'text-anchor="middle" transform="rotate(-90 16 %.1f)"'
               % ((TOP + HEIGHT - BOTTOM)/2))
    for mark in x.marks():
        yield line(x(mark), TOP, x(mark), HEIGHT - BOTTOM, "#ddd")
        yield text(x(mark), HEIGHT - BOTTOM + 18, "%g" % mark,
                   'text-anchor="middle"')
    for mark in y.marks():
        yield line(LEFT, y(mark), WIDTH - RIGHT, y(mark), "#ddd")
        yield text(LEFT - 8, y(mark) + 4, "%g" % mark, 'text-anchor="end"')


def roofs(machine, x, y):
    """Memory's goes up to where it meets that of arithmetic."""
    memory, arithmetic = machine["memory"], machine["multiply_add"]
    low, high = 2.0**x.low, 2.0**x.high
    end = min(high, arithmetic/memory)
    thick = 'stroke-width="2"'
    yield line(x(low), y(memory*low), x(end), y(memory*end), ROOF, thick)
    yield line(x(low), y(arithmetic), x(high), y(arithmetic), ROOF, thick)
    yield text(WIDTH - RIGHT - 6, y(arithmetic) + 16,
               "arithmetic: %.0f GFlop/s, fused" % arithmetic,
               'text-anchor="end" fill="%s"' % ROOF)
    yield text(LEFT + 8, y(memory*low) + 18, "memory: %.0f GB/s" % memory,
               'fill="%s"' % ROOF)


def speeds(run):
    """Operations in a nanosecond, of pdec and of the plain loop."""
    return (run["operations"]/run["ns"][0],
            run["operations"]/run["peers"][0]["ns"][0])


def points(run, x, y):
    at = x(run["operations"]/run["bytes"])
    pdec, plain = (y(speed) for speed in speeds(run))
    yield line(at, pdec, at, plain, "#999")
    yield '<circle cx="%.1f" cy="%.1f" r="5" fill="%s"/>' % (at, pdec, PDEC)
    yield ('<circle cx="%.1f" cy="%.1f" r="5" fill="white" stroke="%s" '
           'stroke-width="2"/>' % (at, plain, PLAIN))
    top = min(pdec, plain) - 10
    yield text(at + 4, top, run["script"],
               'transform="rotate(-75 %.1f %.1f)"' % (at + 4, top))


def legend():
    left, top = LEFT + 14, TOP + 70
    yield '<circle cx="%d" cy="%d" r="5" fill="%s"/>' % (left, top, PDEC)
    yield text(left + 12, top + 4, "pdec")
    yield ('<circle cx="%d" cy="%d" r="5" fill="white" stroke="%s" '
           'stroke-width="2"/>' % (left, top + 20, PLAIN))
    yield text(left + 12, top + 24, "best plain loop")


def picture(runs, machine):
    x = Scale([run["operations"]/run["bytes"] for run in runs], LEFT,
              WIDTH - RIGHT)
    y = Scale([2.0**x.low*machine["memory"], machine["multiply_add"],
               *(speed for run in runs for speed in speeds(run))],
              HEIGHT - BOTTOM, TOP)
    yield ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" '
           'font-family="sans-serif" font-size="12" fill="%s">'
           % (WIDTH, HEIGHT, INK))
    yield '<rect width="%d" height="%d" fill="white"/>' % (WIDTH, HEIGHT)
    yield from axes(x, y)
    yield from roofs(machine, x, y)
    for run in runs:
        yield from points(run, x, y)
    yield from legend()
    yield "</svg>"


def read(files, precision, threads):
    """The runs asked for, and the most that was measured of the machine."""
    runs, machine = [], {"memory": 0, "multiply_add": 0}
    for name in files:
        with open(name, encoding="utf-8") as file:
            data = json.load(file)
        # Steps on small grids can be too short to be measured.
        runs += [run for run in data["runs"] if run["precision"] == precision
                 and run["threads"] == threads and min(
                     run["ns"][0], run["peers"][0]["ns"][0]) > 0]
        best = data["machine"].get(precision, {}).get(str(threads), {})
        machine = {key: max(value, best.get(key, 0))
                   for key, value in machine.items()}
    return runs, machine


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precision", choices=EPSILON, default="f64")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", metavar="FILE.svg", dest="output", required=True)
    parser.add_argument("files", nargs="+", metavar="FILE.json")
    options = parser.parse_args()
    runs, machine = read(options.files, options.precision, options.threads)
    if not runs:
        parser.error("the files have no measured run in %s with %d threads"
                     % (options.precision, options.threads))
    with open(options.output, "w", encoding="utf-8") as file:
        file.write("\n".join(picture(runs, machine)) + "\n")


if __name__ == "__main__":
    main()
