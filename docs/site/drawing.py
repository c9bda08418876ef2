"""Small diagrams as SVG, in the colours of the page around them."""

import math

WIDTH, HEIGHT, MARGIN = 220, 150, 14


def scale(values, start, end):
    """A function from values to pixels; zero is always in the picture."""
    low, high = min(min(values), 0), max(max(values), 0)
    room = (high - low or 1) * 0.06
    low, high = low - room, high + room
    return lambda value: start + (value - low) / (high - low) * (end - start)


def picture(content, label):
    return '<svg class="diagram" viewBox="0 0 %d %d" role="img" ' \
        'aria-label="%s">\n%s</svg>\n' % (WIDTH, HEIGHT, label, content)


def axes(x, y):
    return '<path class="axis" d="M%d %.1fH%dM%.1f %dV%d"/>\n' % (
        MARGIN, y(0), WIDTH - MARGIN, x(0), MARGIN, HEIGHT - MARGIN)


def scales(places, values):
    return scale(places, MARGIN, WIDTH - MARGIN), \
        scale(values, HEIGHT - MARGIN, MARGIN)


def curves(places, lists, label):
    """One line for each list of values; the first is the strong one."""
    x, y = scales(places, [value for values in lists for value in values])
    content = axes(x, y)
    for number, values in reversed(list(enumerate(lists))):
        points = " ".join("%.1f,%.1f" % (x(a), y(b))
                          for a, b in zip(places, values))
        content += '<polyline class="line%d" points="%s"/>\n' % (number, points)
    return picture(content, label)


def stems(places, lists, label):
    """Values at single cells, beside each other where there are several."""
    x, y = scales(places, [value for values in lists for value in values])
    content = axes(x, y)
    for number, values in enumerate(lists):
        for place, value in zip(places, values):
            at = x(place) + 7 * number - 3.5 * (len(lists) - 1)
            content += '<path class="line%d" d="M%.1f %.1fV%.1f"/>' \
                '<circle class="dot%d" cx="%.1f" cy="%.1f" r="3"/>\n' % (
                    number, at, y(0), y(value), number, at, y(value))
    return picture(content, label)


def squares(rows, label):
    """Values of cells in two dimensions, as numbers."""
    side = (HEIGHT - 2) / len(rows)
    left = (WIDTH - side * len(rows[0])) / 2
    content = ""
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            kind = "none" if value == 0 else "more" if value > 0 else "less"
            content += '<rect class="%s" x="%.1f" y="%.1f" width="%.1f" ' \
                'height="%.1f"/>\n' % (kind, left + j * side, 1 + i * side,
                                       side, side)
            if not math.isclose(value, 0):
                content += '<text x="%.1f" y="%.1f">%s</text>\n' % (
                    left + (j + 0.5) * side, 1 + (i + 0.5) * side + 4,
                    ("%g" % value).replace("-", "\u2212"))
    return picture(content, label)
