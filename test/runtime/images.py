#!/usr/bin/env python3
"""Runs runtime-demo on images and .vti files.

usage: images.py path/to/runtime-demo
"""

import os
import random
import struct
import sys
import xml.etree.ElementTree as xml

sys.dont_write_bytecode = True
from demo import Tally, npy, read_npy
from pictures import CHANNELS, chunk, png, read_png

tally = Tally(sys.argv[1])
put = tally.put


def content(name):
    with open(tally.path(name), "rb") as file:
        return file.read()


def values_of(title, name, data):
    """What the copy program makes of an image, as a list and the shape."""
    put(name, data)
    result = tally.run("--input", "a=" + name, "--output", "c=out.npy",
                       "--quiet", demo="copy")
    if result.returncode != 0:
        tally.check(title, False, result.stderr)
        return [], ""
    shape = content("out.npy").split(b"'shape': ")[1].split(b", }")[0]
    return read_npy(tally.path("out.npy")), shape.decode()


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def expect(title, name, data, expected, shape):
    seen = values_of(title, name, data)
    tally.check(title, seen == ([single(v) for v in expected], shape), seen)


def refuse(title, arguments, message, demo="copy"):
    tally.refuse(title, arguments, message, demo=demo)


def refuse_file(title, name, data, reason):
    put(name, data)
    refuse(title, "--input a=%s --output c=new.npy" % name,
           "cannot read input 'a' from '%s': %s" % (name, reason))


# -- .png files of all kinds ----------------------------------------------------

chance = random.Random(1)
for depth in (1, 2, 4, 8, 16):
    for height, width in ((1, 1), (3, 5), (11, 9), (2, 70)):
        most = 2 ** depth - 1
        rows = [[(chance.randint(0, most),) for _ in range(width)]
                for _ in range(height)]
        flat = [p[0] / most for row in rows for p in row]
        for interlaced in (False, True):
            expect("grey of %d bits" % depth, "a.png",
                   png(rows, depth, interlaced=interlaced), flat,
                   "(%d, %d)" % (height, width))
for color, depth in ((2, 8), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16)):
    most = 2 ** depth - 1
    rows = [[tuple(chance.randint(0, most) for _ in range(CHANNELS[color]))
             for _ in range(7)] for _ in range(6)]
    weights = (2126, 7152, 722) if color & 2 else (10000,)
    flat = [sum(w * s for w, s in zip(weights, p)) / (10000 * most)
            for row in rows for p in row]
    for interlaced in (False, True):
        expect("colour type %d" % color, "a.png",
               png(rows, depth, color, interlaced), flat, "(6, 7)")
palette = chunk(b"PLTE", bytes([0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 51, 0]))
expect("palette", "a.png", png([[(0,), (1,)], [(2,), (3,)]], 2, 3,
                               extra=palette),
       [0, 1, 0.2126, 0.7152 * 0.2], "(2, 2)")
expect("palette with transparency", "a.png",
       png([[(0,), (1,), (2,)]], 4, 3,
           extra=palette + chunk(b"tRNS", bytes([0, 9]))),
       [0, 1, 0.2126], "(1, 3)")
expect("transparent grey", "a.png",
       png([[(0,), (255,), (51,)]], extra=chunk(b"tRNS", b"\0\xff")),
       [0, 1, 0.2], "(1, 3)")
expect("upper case", "A.PNG", png([[(255,)]]), [1], "(1, 1)")
expect("unknown and damaged texts", "a.png", png(
    [[(255,)]], extra=chunk(b"teXt", b"x" * 5000) + chunk(b"zTXt", b"bad")),
       [1], "(1, 1)")

# -- .png files that are wrong --------------------------------------------------

good = png([[(chance.randint(0, 255),) for _ in range(40)] for _ in range(30)])
refuse_file("empty", "a.png", b"", "it is empty")
refuse_file("text", "a.png", "1,2,3\n", "it is not a .png file")
refuse_file("magic cut off", "a.png", good[:4], "it is not a .png file")
for length in (8, 20, 33, 50, len(good) // 2, len(good) - 13, len(good) - 1):
    refuse_file("cut off at %d" % length, "a.png", good[:length],
                "its data are cut off")
damaged = bytearray(good)
damaged[len(good) // 2] ^= 0xFF
put("a.png", bytes(damaged))
result = tally.run("--input", "a=a.png", demo="copy")
tally.check("damaged data", result.returncode == 1 and result.stderr.startswith(
    "demo: error: cannot read input 'a' from 'a.png': it is damaged ("),
    result.stderr)
huge = (b"\x89PNG\r\n\x1a\n" +
        chunk(b"IHDR", struct.pack(">IIBBBBB", 900000, 900000, 8, 0, 0, 0, 0)) +
        chunk(b"IDAT", b"x" * 100) + chunk(b"IEND", b""))
refuse_file("claims 810 gigapixels", "a.png", huge,
            "its data are cut off: 157 bytes cannot hold 900000 x 900000 pixels")
for width, height, why in ((0, 3, "Invalid IHDR data"),
                           (2000000000, 1, "Invalid IHDR data"),
                           (0xFFFFFFFF, 1, "PNG unsigned integer out of range")):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    refuse_file("width %d" % width, "a.png",
                b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head),
                "it is damaged (%s)" % why)
short = b"\x89PNG\r\n\x1a\n" + chunk(
    b"IHDR", struct.pack(">IIBBBBB", 4, 3, 8, 0, 0, 0, 0))
refuse_file("too few rows", "a.png", short + png([[(1,)] * 4] * 2)[33:],
            "it is damaged (Not enough image data)")
bomb = chunk(b"iCCP", b"x\0\0" + b"\x78\x9c" + b"\0" * 100000)
expect("a profile that is damaged", "a.png", png([[(255,)]], extra=bomb), [1],
       "(1, 1)")

# Whatever is wrong with a file, the program ends in an orderly way.
for trial in range(150):
    victim = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        victim[chance.randrange(8, len(victim))] = chance.randint(0, 255)
    put("a.png", bytes(victim))
    result = tally.run("--input", "a=a.png", "--quiet", demo="copy")
    tally.check("mutation %d" % trial, result.returncode in (0, 1)
                and result.stderr.count("\n") == result.returncode,
                (result.returncode, result.stderr))

# -- .pgm files -----------------------------------------------------------------

expect("P2", "a.pgm", "P2\n# a comment\n3 2 # another\n10\n0 5 10\n1 2 3\n",
       [0, .5, 1, .1, .2, .3], "(2, 3)")
expect("P5", "a.pgm", b"P5 2 2 255\n" + bytes([0, 51, 255, 10]),
       [0, 0.2, 1, 10 / 255], "(2, 2)")
expect("P5 of 16 bits", "a.pgm",
       b"P5\n2 1\n65535\n" + struct.pack(">HH", 65535, 13107), [1, 0.2],
       "(1, 2)")
expect("P5 whose data look like blanks", "a.pgm", b"P5\n2 1\n35\n\n#",
       [10 / 35, 1], "(1, 2)")
refuse_file("empty .pgm", "a.pgm", b"", "it is empty")
refuse_file("text as .pgm", "a.pgm", "1,2\n", "it is not a .pgm file")
refuse_file("colours", "a.pgm", "P6 1 1 255\nabc", "it is a P6 file, but only "
            "grey images, P2 and P5, are accepted")
refuse_file("no width", "a.pgm", "P5 x 1 255\n",
            "it has something that is no number at byte 3")
refuse_file("width 0", "a.pgm", "P5 0 1 255\n",
            "its width must be from 1 to 2147483647")
refuse_file("maxval too large", "a.pgm", "P5 1 1 65536\nab",
            "its maxval must be from 1 to 65535")
refuse_file("header cut off", "a.pgm", "P5 1 ", "its data are cut off")
refuse_file("no end of header", "a.pgm", "P5 1 1 255", "its header is "
            "malformed")
refuse_file("P5 cut off", "a.pgm", "P5 2 2 255\nabc",
            "its data are cut off: 4 bytes are needed, but 3 are there")
refuse_file("P5 of petabytes", "a.pgm", "P5 2147483647 2147483647 300\nabc",
            "its data are cut off: 9223372028264841218 bytes are needed, but 3 "
            "are there")
refuse_file("bytes too many", "a.pgm", "P5 2 1 255\nabcd",
            "2 bytes too many follow its data")
refuse_file("P2 cut off", "a.pgm", "P2 3 1 99\n1    2", "its data are cut off")
refuse_file("P2 with more", "a.pgm", "P2 2 1 9\n1 2 3",
            "more numbers follow its data")
refuse_file("P2 with a word", "a.pgm", "P2 2 1 9\n1 -2",
            "it has something that is no number at byte 11")
refuse_file("above maxval", "a.pgm", "P2 2 2 9\n1 2\n3 10",
            "cell (1, 1) is 10, which is more than its maxval of 9")

# -- writing images -------------------------------------------------------------

put("a.npy", npy([-1.0, 0.0, 0.001, 0.0021, 0.5, 1.0, 1e30, 0.2],
                 shape="(2, 4)"))
LEVELS = [[0, 0, 0, 1], [128, 255, 255, 51]]
for name in ("o.png", "o.pgm"):
    result = tally.run("--input", "a=a.npy", "--output", "c=" + name, "--quiet",
                       demo="copy")
    tally.check("writes " + name, result.returncode == 0, result.stderr)
tally.check(".png levels", read_png(content("o.png")) == LEVELS)
tally.check(".pgm bytes", content("o.pgm") ==
            b"P5\n4 2\n255\n" + bytes(LEVELS[0] + LEVELS[1]))
for name in ("o.png", "o.pgm"):
    expect("reads its own " + name, name, content(name),
           [v / 255 for row in LEVELS for v in row], "(2, 4)")
noise = [pow(3, i, 65537) / 65536 for i in range(300 * 201)]
put("n.npy", npy(noise, shape="(300, 201)"))
tally.run("--input", "a=n.npy", "--output", "c=n.png", "--quiet", demo="copy")
tally.check("noise", [v for row in read_png(content("n.png")) for v in row] ==
            [int(single(v) * 255 + 0.5) for v in noise])

# 16 bits, the higher byte first.
DEEP = [[0, 0, 66, 138], [32768, 65535, 65535, 13107]]
for name in ("o.png", "o.pgm"):
    result = tally.run("--input", "a=a.npy", "--output", "c=" + name, "--quiet",
                       "--depth", "16", demo="copy")
    tally.check("writes deep " + name, result.returncode == 0, result.stderr)
tally.check("deep .png", content("o.png")[24] == 16 and
            read_png(content("o.png")) == DEEP, read_png(content("o.png")))
tally.check("deep .pgm", content("o.pgm") == b"P5\n4 2\n65535\n" +
            struct.pack(">8H", *DEEP[0], *DEEP[1]), content("o.pgm"))
for name in ("o.png", "o.pgm"):
    expect("reads its own deep " + name, name, content(name),
           [v / 65535 for row in DEEP for v in row], "(2, 4)")
tally.run("--input", "a=n.npy", "--output", "c=n.png", "--quiet", "--depth=16",
          demo="copy")
tally.check("deep noise", [v for row in read_png(content("n.png")) for v in row]
            == [int(single(v) * 65535 + 0.5) for v in noise])
tally.run("--input", "a=n.npy", "--output", "c=n8.png", "--quiet", "--depth=8",
          demo="copy")
tally.check("8 bits by name", [v for row in read_png(content("n8.png"))
                               for v in row] ==
            [int(single(v) * 255 + 0.5) for v in noise])
refuse("depth of no image", "--depth 16 --input a=a.npy --output c=new.npy",
       "--depth is for .png and .pgm outputs, but none is written")
refuse("another depth", "--depth 12 --input a=a.npy --output c=new.png",
       "--depth must be 8 or 16, the bits of a level, but is '12'")
refuse("1-D output", "--output new.png", "cannot write output 'u' to 'new.png': "
       "an image holds a 2-D field, but grid X is 1-D; use .npy", demo="heat")
refuse("1-D input", "--input a.pgm", "cannot read input 'f' from 'a.pgm': "
       "an image holds a 2-D field, but grid X is 1-D; use .npy", demo="heat")
refuse("3-D output", "--output v=new.png", "cannot write output 'v' to "
       "'new.png': an image holds a 2-D field, but grid V is 3-D; use .npy",
       demo="solve")
os.symlink("/dev/full", tally.path("full.png"))
refuse("full disk", "--input a=n.npy --output c=full.png", "cannot write output "
       "'c' to 'full.png': No space left on device")

# -- .vti -----------------------------------------------------------------------


def read_vti(data):
    """Type, name, extent, origin, spacing and values, x the fastest."""
    start = data.index(b"_", data.index(b"<AppendedData")) + 1
    end = data.rindex(b"\n</AppendedData>")
    # The raw part aside, it is XML.
    root = xml.fromstring(data[:start] + data[end:])
    assert root.attrib == {"type": "ImageData", "version": "1.0",
                           "byte_order": "LittleEndian",
                           "header_type": "UInt64"}, root.attrib
    image, array = root.find("ImageData"), root.find(".//PointData/DataArray")
    assert root.find(".//Piece").get("Extent") == image.get("WholeExtent")
    length, = struct.unpack("<Q", data[start:start + 8])
    assert length == end - start - 8
    assert array.get("format") == "appended" and array.get("offset") == "0"
    code = {"Float64": "d", "Float32": "f"}[array.get("type")]
    values = struct.unpack("<%d%s" % (length // struct.calcsize(code), code),
                           data[start + 8:end])
    return (array.get("type"), array.get("Name"),
            *[[float(word) for word in image.get(key).split()]
              for key in ("WholeExtent", "Origin", "Spacing")], list(values))


for sizes in ((3, 4, 5), (1, 1, 1), (70, 100, 41), (1, 2, 9)):
    x, y, z = sizes
    result = tally.run("--size", "V=%dx%dx%d" % sizes, "--output", "v=v.vti",
                       "--output", "u=u.vti", "--output", "w=w.vti", "--output",
                       "v=v.npy", demo="solve")
    tally.check("one output, two files", result.returncode == 1)
    for name in ("v.vti", "v.npy"):
        result = tally.run("--size", "V=%dx%dx%d" % sizes, "--output",
                           "v=" + name, "--quiet", demo="solve")
        tally.check("writes " + name, result.returncode == 0, result.stderr)
    own = read_npy(tally.path("v.npy"))
    expected = [own[(i * y + j) * z + k] for k in range(z) for j in range(y)
                for i in range(x)]
    seen = read_vti(content("v.vti"))
    tally.check("3-D .vti", seen == (
        "Float64", "v", [0, x - 1, 0, y - 1, 0, z - 1], [0, 1, 2],
        [1 / x, 1 / y, 1 / z], expected), seen[:-1])
result = tally.run("--output", "u=u.vti", "--output", "w=w.vti", demo="solve")
tally.check("writes .vti", result.returncode == 0, result.stderr)
seen = read_vti(content("u.vti"))
tally.check("2-D .vti", seen[:-1] == (
    "Float64", "u", [0, 14, 0, 30, 0, 0], [0, 1, 0], [1 / 15, 1 / 31, 1])
    and len(seen[-1]) == 15 * 31, seen[:-1])
seen = read_vti(content("w.vti"))
tally.check("1-D .vti", seen[:-1] == (
    "Float64", "w", [0, 49, 0, 0, 0, 0], [0, 0, 0], [1 / 50, 1, 1])
    and len(seen[-1]) == 50, seen[:-1])
tally.run("--input", "a=a.npy", "--output", "c=c.vti", demo="copy")
seen = read_vti(content("c.vti"))
tally.check("f32 .vti", seen[0] == "Float32" and seen[-1][:4] ==
            [-1, 0.5, 0, 1], seen)
refuse("reads no .vti", "--input a=c.vti", "cannot read input 'a' from 'c.vti': "
       "a .vti file is only written, not read; use .npy")

tally.finish()
