#!/usr/bin/env python3
"""Reads the pictures of --plot: which fields are in them, their colours, and
which way up.

usage: plots.py path/to/pdec path/to/root
"""

import base64
import os
import subprocess
import sys
import xml.etree.ElementTree as xml

import cv2

sys.dont_write_bytecode = True
pdec, root = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, os.path.join(root, "test", "runtime"))
from pictures import chunks, read_png  # noqa: E402
from programs import Workshop  # noqa: E402

workshop = Workshop(pdec)
SVG = "{http://www.w3.org/2000/svg}"


def draw(script, *options):
    """The root of a picture."""
    path = workshop.path("p.svg")
    subprocess.run([pdec, "run", workshop.write("p.pde", script), "--quiet",
                    "--plot", path] + list(options), check=True, timeout=60)
    return xml.parse(path).getroot()


def texts(picture):
    return ["".join(node.itertext()) for node in picture.iter(SVG + "text")]


class Image:
    """An image: the index of each cell's colour, the colours, the boxes."""

    def __init__(self, node, shape):
        data = base64.b64decode(node.get("href").split(",")[1])
        rows = read_png(data)
        down, across = len(rows)//shape[0], len(rows[0])//shape[1]
        self.cells = [row[::across] for row in rows[::down]]
        palette = dict(chunks(data))[b"PLTE"]
        self.colors = [tuple(palette[i:i + 3])
                       for i in range(0, len(palette), 3)]


def images(picture, shape):
    return [Image(node, shape) for node in picture.iter(SVG + "image")]


def indices(rows, low, high):
    return [[int((v - low)/(high - low)*255 + 0.5) for v in row] for row in rows]


# Which way up: cell (i, j) is 5*i + j.
COUNTED = """grid X : 2d, size [3, 5]
input f on X = 5*index(x) + index(y)
output u = f
"""
values = [[5*i + j for j in range(5)] for i in range(3)]
for words, rows, upright in [
        ([], values, "x"), (["--plot-y", "down"], values, "x"),
        (["--plot-y", "up"],
         [[values[j][4 - i] for j in range(3)] for i in range(5)], "y")]:
    picture = draw(COUNTED, *words)
    found = images(picture, (len(rows), len(rows[0])))
    workshop.check("cells %s" % words, len(found) == 2 and all(
        image.cells == indices(rows, 0, 14) for image in found),
        found[0].cells)
    turned = {node.text for node in picture.iter(SVG + "text")
              if "rotate" in node.get("transform", "")}
    workshop.check("the upright axis %s" % words, turned == {upright}, turned)

# An axis that is too long is shown by means over blocks, of which the last has
# fewer cells: in the picture they end where the frame ends, whichever way up.
LONG = "grid X : 2d, size [4, 1025]\ninput f on X = index(y)\noutput u = f\n"
for words, box in [([], "0 0 341.66667 4"),
                   (["--plot-y", "up"], "0 0.33333333 4 341.66667")]:
    boxes = [node.get("viewBox") for node in draw(LONG, *words).iter(SVG + "svg")]
    workshop.check("blocks %s" % words, boxes[1:] == [box, box], boxes)

# Colours of signed fields have zero in their middle, which is grey.
SIGNED = """grid X : 2d, size [1, 4]
output u = 0*index(x) + %s
"""
u, v, w = [images(draw(SIGNED % field), (1, 4))[0] for field in
           ("index(y) - 1", "index(y) - 0.1", "index(y) + 1")]
workshop.check("a signed field", u.cells == indices([[-1, 0, 1, 2]], -2, 2),
               u.cells)
low, middle, high = u.colors[0], u.colors[128], u.colors[255]
workshop.check("from blue", low[2] > low[0] + 50, low)
workshop.check("over grey", max(middle) - min(middle) < 12 and min(middle) > 200,
               middle)
workshop.check("to red", high[0] > high[2] + 50, high)
workshop.check("hardly below zero is not signed", v.colors == w.colors != u.colors)

# Comparable fields share a scale, others have their own.
SHARED = """grid X : 2d, size [1, 5]
output a = 0*index(x) + index(y)/4, b = 0.25 + index(y)/8, c = 100*index(y),
    d = index(y)/40
"""
a, b, c, d = images(draw(SHARED), (1, 5))
workshop.check("the wider one", a.cells == [[0, 64, 128, 191, 255]], a.cells)
workshop.check("the other on its scale", b.cells == [[64, 96, 128, 159, 191]],
               b.cells)
workshop.check("one that is larger", c.cells == a.cells, c.cells)
workshop.check("one that is smaller", d.cells == a.cells, d.cells)

# Curves that lie on others have gaps, and inputs that say nothing are left out.
CURVES = """grid X : 1d, size 50
input f on X = 1
input g on X = x^2
output u = x, v = x + 1e-6, w = x - 1e-6, z = 30 - x, f_again = f
"""
picture = draw(CURVES)
dashes = [node.get("stroke-dasharray") for node in picture.iter(SVG + "path")
          if node.get("stroke-linejoin") == "round"]
workshop.check("gaps", dashes == [None, None, "14 14", "7 21", None, None],
               dashes)
workshop.check("curves", {"g", "u", "v", "w", "z", "f_again"} <=
               set(texts(picture)) and "f" not in texts(picture),
               texts(picture))
picture = draw("grid X : 1d, size 9\ninput f on X = 1\noutput total = sum(f)\n")
workshop.check("where nothing else is drawn, they are",
               "f" in texts(picture), texts(picture))

# Records of numbers, over the steps or over the first of several that grows. A
# long one keeps its peaks, here a spike in row 3001 of 5001.
def curves(picture):
    """The points of each curve, in pixels."""
    return [[tuple(map(float, point.split()))
             for point in node.get("d")[1:].replace("h0", "").split("L")]
            for node in picture.iter(SVG + "path")
            if node.get("stroke-linejoin") == "round"]


COURSE = """evolve k from 0 by k -> k + 1 for %d steps
  record %s every 1
output k
"""
picture = draw(COURSE % (4, "squares = k^2"))
points = curves(picture)[0]
workshop.check("over the steps", "step" in texts(picture) and
               [x for x, y in points] == [72 + 157*k for k in range(5)] and
               [round((points[0][1] - y)/(points[0][1] - points[1][1]))
                for x, y in points] == [0, 1, 4, 9, 16], points)
picture = draw(COURSE % (4, "pairs = [k^2, k, 3 - k]"))
both = curves(picture)
workshop.check("over the first", {"pairs.0", ".1", ".2"} <= set(texts(picture))
               and len(both) == 2 and all(
                   abs(x - (72 + 628*k**2/16)) < 0.06
                   for k, (x, y) in enumerate(both[1])), both)
picture = draw(COURSE % (4, "pairs = [-k, k]"))
workshop.check("which must grow", "step" in texts(picture) and
               len(curves(picture)) == 2, texts(picture))
picture = draw(COURSE % (5000, "spike = if k == 3001 then 1 else 0"))
points = curves(picture)[0]
highest = min(points, key=lambda point: point[1])
workshop.check("a spike", len(points) < 2100 and
               abs(highest[0] - (72 + 628*3001/5000)) < 0.06 and
               sum(y < highest[1] + 200 for x, y in points) == 1, highest)

# As pixels: two for each of the other, the same colours of cells and curves.
def pixels(script, *options):
    path = workshop.path("p.png")
    subprocess.run([pdec, "run", workshop.write("p.pde", script), "--quiet",
                    "--plot", path] + list(options), check=True, timeout=60)
    return cv2.imread(path)[:, :, ::-1].astype(int)  # from blue, green, red


def near(a, b):
    return max(abs(x - y) for x, y in zip(a, b)) <= 2


for words, rows in [([], values), (["--plot-y", "up"],
                                   [[values[j][4 - i] for j in range(3)]
                                    for i in range(5)])]:
    picture, image = draw(COUNTED, *words), pixels(COUNTED, *words)
    width, height = (float(picture.get(name)) for name in ("width", "height"))
    workshop.check("size in pixels %s" % words,
                   (len(image[0]), len(image)) == (2*width, 2*height))
    # The first image lies in the first group, which is moved.
    frame = next(node for node in picture.iter(SVG + "svg")
                 if node.get("viewBox") and node is not picture)
    left, top, across, down = (float(frame.get(name)) for name in
                               ("x", "y", "width", "height"))
    colors = images(picture, (len(rows), len(rows[0])))[0].colors
    faults = []
    for i, row in enumerate(indices(rows, 0, 14)):
        for j, index in enumerate(row):
            x = 2*(left + (j + 0.5)*across/len(row))
            y = 2*(44 + top + (i + 0.5)*down/len(rows))
            if not near(image[int(y)][int(x)], colors[index]):
                faults.append((i, j, image[int(y)][int(x)], colors[index]))
    workshop.check("colours of pixels %s" % words, not faults, faults)
    # Marks of the title, of which no font is known, lie above the frame.
    dark = (image[10:80].max(axis=2) < 100).sum()
    workshop.check("a title %s" % words, dark > 100, dark)

LINE = "grid X : 1d, size 50\ninput f on X = x^2\noutput \u03bb = x\n"
picture, image = draw(LINE), pixels(LINE)
curve = [node for node in picture.iter(SVG + "path")
         if node.get("stroke-linejoin") == "round"][-1]
points = [tuple(map(float, point.split()))
          for point in curve.get("d")[1:].split("L")]
blue = tuple(bytes.fromhex(curve.get("stroke")[1:]))
missed = [point for point in points
          if not near(image[int(2*point[1])][min(int(2*point[0]), 1399)], blue)]
workshop.check("a curve in pixels", len(points) == 50 and len(missed) <= 1,
               missed)
sys.exit(workshop.finish())
