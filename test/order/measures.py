"""What the tests of orders and factors share: the programs of test/run, and how
an order is measured."""

import os
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "run"))
from programs import FORMS, Workshop, random  # noqa: F401, for the tests


def order(errors):
    """The order of errors on steps that halve each time, by least squares."""
    halvings = np.arange(len(errors))
    return -np.polyfit(halvings, np.log2(errors), 1)[0]


def check_order(workshop, title, errors, theory, within=0.1):
    measured = order(errors)
    print("%-60s order %6.3f" % (title, measured))
    workshop.check(title, abs(measured - theory) <= within,
                   "order %g, expected %g, errors %s" %
                   (measured, theory, errors))


def check_below(workshop, title, value, bound):
    print("%-60s %.3g" % (title, value))
    workshop.check(title, value <= bound, "%g > %g" % (value, bound))


def check_near(workshop, title, value, expected, within):
    print("%-60s %.4f" % (title, value))
    workshop.check(title, abs(value - expected) <= within,
                   "%g, expected %g" % (value, expected))


def largest(values):
    return np.max(np.abs(values))
