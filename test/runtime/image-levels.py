#!/usr/bin/env python3
"""Runs runtime-demo on images of 8 and 16 bits that images.py has not: all
levels, filters of rows, data in pieces, other maxvals. NumPy divides.

usage: image-levels.py path/to/runtime-demo
"""

import struct
import sys
import zlib

sys.dont_write_bytecode = True
import numpy as np
from demo import Tally
from pictures import chunk
from reading import Reader

tally = Tally(sys.argv[1])
reader = Reader(tally)
chance = np.random.default_rng(3)
MAGIC = b"\x89PNG\r\n\x1a\n"


def filtered(rows, kind, step):
    """Rows of bytes as filter `kind` of .png leaves them; `step` is the size of
    a pixel."""
    rows = rows.astype(int)
    left = np.zeros_like(rows)
    left[:, step:] = rows[:, :-step]
    above = np.zeros_like(rows)
    above[1:] = rows[:-1]
    corner = np.zeros_like(rows)
    corner[1:] = left[:-1]
    guess = left + above - corner
    distances = np.abs(guess - np.stack([left, above, corner]))
    paeth = np.choose(distances.argmin(0), [left, above, corner])
    guesses = [0 * rows, left, above, (left + above) // 2, paeth]
    result = (rows - guesses[kind]) % 256
    return np.insert(result, 0, kind, 1).astype("u1").tobytes()


def png(levels, color=0, kind=0, pieces=1, strength=6):
    """The bytes of a .png file of levels[row, column, channel] in u1 or u2."""
    depth = 8 * levels.itemsize
    height, width, channels = levels.shape
    rows = np.frombuffer(levels.astype(levels.dtype.newbyteorder(">")).tobytes(),
                         "u1").reshape(height, -1)
    data = zlib.compress(filtered(rows, kind, channels * depth // 8), strength)
    length = -(-len(data) // pieces)
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return MAGIC + chunk(b"IHDR", head) + b"".join(
        chunk(b"IDAT", data[i:i + length])
        for i in range(0, len(data), length)) + chunk(b"IEND", b"")


def shades(levels, most):
    return (levels / np.float64(most)).astype("f4")


# -- .png ---------------------------------------------------------------------------

for code in ("u1", "u2"):
    most = np.iinfo(code).max
    side = 16 if code == "u1" else 256
    ramp = np.arange(most + 1, dtype=code).reshape(side, side, 1)
    noise = chance.integers(0, most, (23, 37, 1), code, True)
    for kind in range(5):
        reader.expect("ramp of %s, filter %d" % (code, kind), 2, "a.png",
                      png(ramp, kind=kind), shades(ramp[:, :, 0], most))
        reader.expect("noise of %s, filter %d" % (code, kind), 2, "a.png",
                      png(noise, kind=kind, pieces=7), shades(noise[:, :, 0], most))
    reader.expect("stored data of " + code, 2, "a.png", png(ramp, strength=0),
                  shades(ramp[:, :, 0], most))
    for color, channels in ((2, 3), (4, 2), (6, 4)):
        pixels = chance.integers(0, most, (9, 11, channels), code, True)
        weights = [2126, 7152, 722] if color & 2 else [10000]
        grey = (pixels[:, :, :len(weights)].astype("i8") * weights).sum(2)
        for kind in (1, 4):
            reader.expect("colour type %d of %s, filter %d" % (color, code, kind),
                          2, "a.png", png(pixels, color, kind),
                          shades(grey, 10000 * most))
deep = png(chance.integers(0, 65535, (20, 30, 1), "u2", True), pieces=3)
for length in (40, len(deep) // 2, len(deep) - 5):
    reader.refuse("16 bits, cut off at %d" % length, 2, "a.png", deep[:length],
                  "its data are cut off")

# -- .pgm ---------------------------------------------------------------------------

for most in (1, 2, 100, 255, 256, 1000, 4095, 32767, 65535):
    levels = chance.integers(0, most, (7, 9), "i8", True)
    levels.flat[:2] = 0, most
    code = "u1" if most < 256 else ">u2"
    for head in ("P5\n9 7\n%d\n", "P5 9\t7\r\n%d\n", "P5 # x\n#y\n9 7 # z 1\n%d "):
        reader.expect("P5 with maxval %d" % most, 2, "a.pgm",
                      (head % most).encode() + levels.astype(code).tobytes(),
                      shades(levels, most))
    text = "\n".join(" ".join(map(str, row)) for row in levels)
    for end in ("", "\n", "\n# the end\n"):
        reader.expect("P2 with maxval %d" % most, 2, "a.pgm",
                      "P2\n# x\n9 7 %d\n%s%s" % (most, text, end),
                      shades(levels, most))
all_levels = np.arange(65536).reshape(256, 256)
reader.expect("all levels of P5", 2, "a.pgm",
              b"P5 256 256 65535\n" + all_levels.astype(">u2").tobytes(),
              shades(all_levels, 65535))
reader.refuse("16 bits with the low byte first", 2, "a.pgm",
              b"P5 2 1 1000\n" + np.array([1, 1000], "<u2").tobytes(),
              "cell (0, 1) is 59395, which is more than its maxval of 1000")
reader.refuse("8 bits with a large maxval", 2, "a.pgm",
              b"P5 2 2 65535\n" + bytes(4), "8 bytes are needed, but 4")
reader.refuse("16 bits with a small maxval", 2, "a.pgm",
              b"P5 2 2 255\n" + bytes(8), "4 bytes too many")
reader.refuse("an odd byte", 2, "a.pgm", b"P5 2 2 256\n" + bytes(7),
              "8 bytes are needed, but 7")
reader.refuse("CR LF before the data", 2, "a.pgm", b"P5 2 2 255\r\n" + bytes(4),
              "1 bytes too many")
for number in ("-1", "1.5", "1e3", "0x1"):
    reader.refuse("P2 with " + number, 2, "a.pgm", "P2 2 1 9\n1 " + number,
                  "no number at byte")

tally.finish()
