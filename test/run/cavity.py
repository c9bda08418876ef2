#!/usr/bin/env python3
"""The steady flow of Inputs/cavity.pde against a table of Ghia, Ghia and Shin
(1982), on 129 x 129 points: u along the vertical centreline at Re = 100. The
error falls with the square of the spacing: below 0.01 on 32 x 32 cells.

usage: cavity.py path/to/pdec path/to/cavity.pde
       cavity.py path/to/pdec path/to/cavity.pde 64   # below 0.005, slowly
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop

TABLE = np.array([
    (0.9766, 0.84123), (0.9688, 0.78871), (0.9609, 0.73722), (0.9531, 0.68717),
    (0.8516, 0.23151), (0.7344, 0.00332), (0.6172, -0.13641),
    (0.5000, -0.20581), (0.4531, -0.21090), (0.2813, -0.15662),
    (0.1719, -0.10150), (0.1016, -0.06434), (0.0703, -0.04775),
    (0.0625, -0.04192), (0.0547, -0.03717)])


def main():
    workshop = Workshop(sys.argv[1])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 32
    tau, bound = 0.32/size, 0.01 if size < 64 else 0.005
    program = workshop.compile(sys.argv[2])

    def flow(time):
        return program.run({}, ["u", "v"], {"tau": tau, "n": round(time/tau)},
                           size="%dx%d" % (size, size))

    found, before = flow(16), flow(15)
    u = found["u"]
    workshop.check("steady", np.max(np.abs(u - before["u"])) < 1e-3,
                   np.max(np.abs(u - before["u"])))
    # The centreline lies between two cells, the walls half a cell beyond them.
    centre = (u[size//2 - 1] + u[size//2])/2
    y = (np.arange(size) + 0.5)/size
    profile = np.interp(TABLE[:, 0], [0, *y, 1], [0, *centre, 1])
    error = np.max(np.abs(profile - TABLE[:, 1]))
    workshop.check("Ghia's table", error < bound, error)
    workshop.check("what goes to the right comes back",
                   abs(np.mean(centre)) < 1e-3, np.mean(centre))
    if size >= 64:
        print("error %.4f" % error)
    return workshop.finish()


sys.exit(main())
