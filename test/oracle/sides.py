"""What lies beyond the sides of a grid, from the definitions of the rules."""

import numpy as np


class Side:
    """A rule at one end of an axis, with its numbers.

    `numbers` are those of the rule's name in Beyond, after u, d and h. Each is
    a number, or a function of the other coordinates: an array of what is beyond
    every line of cells that ends there. `text` is how a script names the rule.
    """

    def __init__(self, kind, *numbers, text=None):
        self.kind, self.numbers = kind, numbers
        listed = ["%r" % n for n in numbers]
        self.text = text or ("robin(%s)" % ", ".join(listed)
                             if kind == "robin" else " ".join([kind] + listed))

    def homogeneous(self):
        """The same rule for differences of two fields that keep it: errors,
        search directions, residuals."""
        zeros = {"dirichlet": (0.0,), "neumann": (0.0,)}
        if self.kind == "robin":
            return Side("robin", *self.numbers[:2], 0.0)
        return Side(self.kind, *zeros.get(self.kind, ()))

    def along(self, axis, grid):
        """The rule at an end of that axis of a grid."""
        return self

    @property
    def is_vertex(self):
        """Whether the side is a node of the grid, one spacing beyond the
        last."""
        return self.kind == "dirichlet"


class VaryingSide(Side):
    """A dirichlet side whose value is a function of the coordinates; on a grid,
    an array of the values along the side. On a coarser grid it is evaluated
    anew."""

    def __init__(self, text, function, *values):
        super().__init__("dirichlet", *values, text="dirichlet " + text)
        self.expression, self.function = text, function

    def along(self, axis, grid):
        """The function does not depend on the coordinate across the side."""
        coordinates = [np.take(c, 0, axis) for c in grid.coordinates()]
        return VaryingSide(self.expression, self.function,
                           self.function(*coordinates))


class Beyond:
    """The d-th value beyond the low end of the first axis of u, d = 1, 2, ...

    A high end is the low one of the field read backwards; see `beyond`.
    """

    @staticmethod
    def reflecting(u, d, h):
        """Mirrored at the end, half a cell beyond the last."""
        return u[d - 1]

    @staticmethod
    def periodic(u, d, h):
        return u[-d]

    @staticmethod
    def dirichlet(u, d, h, value):
        return value + 0*u[0]

    @staticmethod
    def neumann(u, d, h, slope):
        """The cell and its mirror image are (2d - 1)*h apart."""
        return u[d - 1] + (2*d - 1)*h*slope

    @staticmethod
    def robin(u, d, h, a, b, value):
        """a*u + b*du/dn = value at the end, half a cell beyond the last: there,
        u is the mean of the cell and its mirror image, and the slope outwards
        is their difference by their distance."""
        slope = b/((2*d - 1)*h)
        return (value - (a/2 - slope)*u[d - 1])/(a/2 + slope)

    @staticmethod
    def extrapolated(u, d, h):
        """On the line through the last two cells."""
        return (d + 1)*u[0] - d*u[1]

    # A field's own rule on a grid whose ends are not where that rule's are.

    @staticmethod
    def value_at_face(u, d, h, value):
        """The mean of the cell and its mirror image."""
        return 2*value - u[d - 1]

    @staticmethod
    def slope_at_node(u, d, h, a, b, value):
        """a*u + b*du/dn = value at the node one spacing beyond the last cell,
        of the parabola through the last two cells; there, d - 1 spacings
        farther."""
        places = np.array([-h, -2*h])
        lines = [[1, s, s*s] for s in places] + [[a, b, 0]]
        s = (d - 1)*h
        weights = np.linalg.solve(np.transpose(lines), [1, s, s*s])
        return weights[0]*u[0] + weights[1]*u[1] + weights[2]*value


def beyond(rule, u, d, end, h=1.0):
    """The d-th value beyond the end ("low" or "high") of the first axis of
    u."""
    inwards = u if end == "low" else u[::-1]
    return getattr(Beyond, rule.kind)(inwards, d, h, *rule.numbers)


def continued(u, axis, sides, width, h):
    """u with so many values more at both ends of an axis."""
    first = np.moveaxis(u, axis, 0)
    low, high = ([beyond(rule, first, d, end, h) for d in range(1, width + 1)]
                 for rule, end in zip(sides, ("low", "high")))
    return np.moveaxis(np.stack(low[::-1] + list(first) + high), 0, axis)
