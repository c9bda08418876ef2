"""Images for tests of the runtime, made and read without its libraries."""

import struct
import zlib

# Adam7: first row and column of each pass, and the steps between.
PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2),
          (0, 1, 2, 2), (1, 0, 2, 1)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(
        ">I", zlib.crc32(body))


def packed(row, depth):
    """The bytes of a row of samples, preceded by filter 0."""
    if depth == 16:
        return b"\0" + struct.pack(">%dH" % len(row), *row)
    bits = "".join(format(sample, "0%db" % depth) for sample in row)
    bits += "0" * (-len(bits) % 8)
    return b"\0" + bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def png(pixels, depth=8, color=0, interlaced=False, extra=b""):
    """The bytes of a .png file. `pixels` holds rows of tuples of samples;
    `extra` are chunks before the data."""
    height, width = len(pixels), len(pixels[0])
    raw = b""
    for top, left, down, right in PASSES if interlaced else [(0, 0, 1, 1)]:
        for row in pixels[top::down]:
            samples = [s for pixel in row[left::right] for s in pixel]
            if samples:
                raw += packed(samples, depth)
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0,
                       interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra +
            chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def chunks(data):
    """The chunks of a .png file, checksums compared."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, []
    while at < len(data):
        length, = struct.unpack(">I", data[at:at + 4])
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        crc, = struct.unpack(">I", data[at + 8 + length:at + 12 + length])
        assert crc == zlib.crc32(kind + body)
        found.append((kind, body))
        at += 12 + length
    assert found[-1] == (b"IEND", b"")
    return found


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def read_png(data):
    """Rows of numbers of a .png file that has one of 8 or 16 bits for each
    pixel."""
    found = chunks(data)
    width, height, depth, color, _, _, interlaced = struct.unpack(
        ">IIBBBBB", found[0][1])
    assert depth in (8, 16) and CHANNELS[color] == 1 and not interlaced
    raw = zlib.decompress(b"".join(body for kind, body in found
                                   if kind == b"IDAT"))
    step = depth // 8
    length = width * step
    assert len(raw) == height * (length + 1)
    rows, above = [], [0] * length
    for y in range(height):
        kind = raw[y * (length + 1)]
        row = []
        for x in range(length):
            a = row[x - step] if x >= step else 0
            b, c = above[x], above[x - step] if x >= step else 0
            guess = [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]
            row.append((raw[y * (length + 1) + 1 + x] + guess) & 255)
        rows.append(row if depth == 8 else
                    list(struct.unpack(">%dH" % width, bytes(row))))
        above = row
    return rows
