"""Results of one script against arrays that NumPy computed: many of them in one
program, for compiling takes longer than running."""

import os
import sys

import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "order"))
from measures import FORMS, Workshop  # noqa: E402, F401, for the tests

# Some hundred operations, each wrong by 1e-16 of the largest value at most.
ROUNDING = 1e-12


class Comparison:
    """A script on one grid, which grows by a statement for each result."""

    def __init__(self, workshop, title, grid, fields, text=""):
        self.workshop, self.title, self.fields = workshop, title, fields
        inputs = "".join("input %s on X\n" % name for name in fields)
        self.script = grid.text() + inputs + text
        self.expected = []

    def evolve(self, title, start, step, count, *expected, tolerance=ROUNDING):
        """Expected are all levels after so many steps."""
        names = self.names(len(expected))
        self.script += "evolve %s from %s by %s for %d steps\n" % (
            ", ".join(names), start, step, count)
        self.outputs(title, names, expected, tolerance)

    def solve(self, title, operator, right, start, solver, passes, expected,
              tolerance=ROUNDING):
        """Expected is the iterate after so many passes."""
        name, = self.names(1)
        self.script += ("solve %s(%s) = %s from %s by %s until residual < 0, "
                        "at most %d else accept\n" %
                        (operator, name, right, start, solver, passes))
        self.outputs(title, [name], [expected], tolerance)

    def value(self, title, expression, *expected, tolerance=ROUNDING):
        names = self.names(len(expected))
        self.script += "let %s = %s\n" % (", ".join(names), expression)
        self.outputs(title, names, expected, tolerance)

    def names(self, count):
        return ["r%d_%d" % (len(self.expected), k) for k in range(count)]

    def outputs(self, title, names, expected, tolerance):
        for name, array in zip(names, expected):
            self.script += "output %s\n" % name
            self.expected.append((title, name, array, tolerance))

    def run(self):
        # A result that is no number agrees with nothing.
        with np.errstate(invalid="ignore"):
            # What is compared is the meaning, not the code.
            program = self.workshop.compile(self.script, "-O", "0")
            answer = program.run(self.fields,
                                 [name for _, name, _, _ in self.expected])
            for title, name, array, tolerance in self.expected:
                self.workshop.check_close("%s: %s" % (self.title, title),
                                          answer[name], array, tolerance)


def ends(program, inputs, params):
    """Whether a run ends well, and does not give up."""
    try:
        program.run(inputs, ["u"], params)
        return True
    except RuntimeError as error:
        if "exit code 1:" in str(error):
            return False
        raise


def check_limit(workshop, title, program, enough, too_many):
    """Each is the inputs and parameters of a run."""
    workshop.check(title + " is enough", ends(program, *enough))
    workshop.check(title + " is not exceeded", not ends(program, *too_many))
