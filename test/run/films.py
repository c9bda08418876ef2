#!/usr/bin/env python3
"""Records as .pvd series and animated .png images.

usage: films.py path/to/pdec
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as xml

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../runtime"))
from pictures import chunk, chunks, read_png
from programs import Workshop

workshop = Workshop(os.path.abspath(sys.argv[1]))


def script(grid):
    return """grid X : %s
param n = 9
input f on X = 0.5 + noise(1)
let D = forward(x)
evolve u from f by u -> u + 0.1*laplace(u) for n steps
    record film = u every 3
    record slopes = D(u) every 4
    record mass = sum(u) every 3
output u
""" % grid


def run(program, *outputs, code=0):
    ran = subprocess.run([*program.command, *(
        word for output in outputs for word in ("--output", output))],
        capture_output=True, text=True, cwd=workshop.folder, timeout=60)
    workshop.check("exit code of %s" % (outputs,), ran.returncode == code,
                   ran.stderr)
    return ran.stderr


def numbers(text, kind=float):
    return [kind(word) for word in text.split()]


def read_vti(path):
    """Values with the first axis first, origin and spacing."""
    with open(path, "rb") as file:
        data = file.read()
    begin = data.index(b"_", data.index(b"<AppendedData")) + 1
    end = data.rindex(b"\n</AppendedData>")
    # What lies between is no text.
    image = xml.fromstring(data[:begin] + data[end:]).find("ImageData")
    array = image.find("Piece/PointData/DataArray")
    kind = {"Float64": "<f8", "Float32": "<f4"}[array.get("type")]
    length = int.from_bytes(data[begin:begin + 8], "little")
    values = np.frombuffer(data[begin + 8:end], kind)
    extent = numbers(image.get("WholeExtent"), int)
    shape = [high - low + 1 for low, high in zip(extent[::2], extent[1::2])]
    workshop.check("bytes of " + path, length == values.nbytes, length)
    return (values.reshape(shape[::-1]).transpose(), array.get("Name"),
            numbers(image.get("Origin")), numbers(image.get("Spacing")))


def check_series(name, path, film, every, origin, spacing):
    folder = os.path.dirname(path)
    root = xml.parse(path).getroot()
    sets = root.findall("Collection/DataSet")
    workshop.check("snapshots of " + path, root.get("type") == "Collection" and
                   [float(one.get("timestep")) for one in sets] ==
                   list(range(0, every*len(film), every)), len(sets))
    for one, values in zip(sets, film):
        found, told, first, distance = read_vti(
            os.path.join(folder, one.get("file")))
        rank = values.ndim
        workshop.check(one.get("file"), told == name and np.array_equal(
            found.reshape(values.shape), values) and found.dtype == values.dtype
            and first[:rank] == origin and distance[:rank] == spacing,
            (found, values, first, distance))


# -- series ------------------------------------------------------------------------------

GRIDS = (("1d, boundary periodic, extent [1, 3], size 8", [1.0], [0.25]),
         ("2d, boundary reflecting, extent [0, 1], size [4, 8]",
          [0.125, 0.0625], [0.25, 0.125]),
         ("3d, boundary dirichlet 0, spacing 0.5, size [3, 2, 4]", [0.5]*3,
          [0.5]*3))
for k, (grid, origin, spacing) in enumerate(GRIDS):
    program = workshop.compile(script(grid), "--precision",
                               "f32" if k == 1 else "f64")
    folder = workshop.path("series%d" % k)
    os.mkdir(folder)
    run(program, "film=%s/a.npy" % folder, "slopes=%s/b.npy" % folder)
    film, slopes = (np.load("%s/%s.npy" % (folder, name)) for name in "ab")
    run(program, "film=%s/a.pvd" % folder, "slopes=%s/b & c.PVD" % folder)
    check_series("film", folder + "/a.pvd", film, 3, origin, spacing)
    # On a face more at a dirichlet side, which lies before cell 0.
    before = [origin[0] - spacing[0]*(k == 2), *origin[1:]]
    check_series("slopes", folder + "/b & c.PVD", slopes, 4, before, spacing)
    workshop.check("nothing else", len(os.listdir(folder)) == 4 + 4 + 3,
                   os.listdir(folder))

# -- a moving picture --------------------------------------------------------------------

program = workshop.compile(script("2d, boundary reflecting, size [5, 300]"))
run(program, "film=film.npy")
film = np.load(workshop.path("film.npy"))
run(program, "film=film.png")


def frames(path):
    """The frames of an animated image, as the standard has them."""
    with open(path, "rb") as file:
        data = file.read()
    parts = chunks(data)
    found, order = [], []
    for kind, body in parts[2:-1]:
        if kind == b"fcTL":
            found.append((body, b""))
        if kind in (b"fcTL", b"fdAT"):
            order.append(int.from_bytes(body[:4], "big"))
        if kind in (b"IDAT", b"fdAT"):
            workshop.check("the first frame is the still image",
                           (kind == b"IDAT") == (len(found) == 1))
            control, rows = found[-1]
            found[-1] = control, rows + body[4*(kind == b"fdAT"):]
    workshop.check("kinds of chunks", parts[0][0] == b"IHDR" and
                   parts[1][0] == b"acTL" and order == list(range(len(order))),
                   order)
    workshop.check("how many frames there are, for ever", parts[1][1] ==
                   len(found).to_bytes(4, "big") + bytes(4))
    size = parts[0][1][:8]
    workshop.check("each fills the image", all(
        control[4:] == size + bytes(8) + bytes((0, 1, 0, 20, 0, 0))
        for control, _ in found))
    return [np.array(read_png(b"\x89PNG\r\n\x1a\n" + chunk(*parts[0]) +
                              chunk(b"IDAT", rows) + chunk(b"IEND", b"")))
            for _, rows in found]


for option, most in ((), 255), (("--depth", "16"), 65535):
    ran = subprocess.run([*program.command, "--output", "film=film.png", *option],
                         cwd=workshop.folder, capture_output=True)
    moving = frames(workshop.path("film.png"))
    levels = np.floor(np.clip(film, 0, 1)*most + 0.5)
    workshop.check("frames of %d levels" % most, np.array_equal(moving, levels))

# -- what is refused -------------------------------------------------------------------------

said = run(program, "mass=m.png", code=1)
workshop.check("numbers are no film", "(known are .npy and .csv)" in said, said)
said = run(program, "u=u.pvd", code=1)
workshop.check("an output is no series", "(known are .npy, .csv, .png, .pgm and "
               ".vti)" in said, said)
said = run(program, "film=film.pgm", code=1)
workshop.check("known formats", "(known are .npy, .pvd and, 2-D, .png)" in said,
               said)
said = run(workshop.compile(script("1d, size 8")), "film=film.png", code=1)
workshop.check("an image is 2-D", "an image holds a 2-D field, but grid X is 1-D"
               in said, said)
ran = subprocess.run([*program.command, "--output", "film=film.png",
                      "--save-state", "s"], cwd=workshop.folder,
                     capture_output=True, text=True)
workshop.check("no film is gone on with", ran.returncode == 1 and ran.stderr.endswith(
    ": error: cannot write record 'film' to 'film.png': a run that goes on later "
    "has records in .npy and .csv files of their own only\n"), ran.stderr)
# A run that fails leaves nothing.
program = workshop.compile(script("2d, size 4").replace("0.1*", "1e40*"))
os.mkdir(workshop.path("empty"))
for name in "film.pvd", "film.png":
    said = run(program, "film=empty/" + name, code=1)
    workshop.check("an unstable run leaves nothing",
                   not os.listdir(workshop.path("empty")), said)

sys.exit(workshop.finish())
