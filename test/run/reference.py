"""Linear operators on a 1-D grid as docs/language.md defines them: a matrix
with one row for each row of the result, and what the sides add to it."""

import math

import numpy as np

REFLECTING, PERIODIC = "reflecting", "periodic"


def is_dirichlet(side):
    return side not in (REFLECTING, PERIODIC)


class Operator:
    """(K u)[i] = sum_m weights[m] * u[i + first + m], u continued by the rules
    `low` and `high`: REFLECTING, PERIODIC, or the number beyond the side."""

    def __init__(self, n, low, high, weights, first):
        last = first + len(weights) - 1
        centre = (first + last) / 2
        self.n = n
        self.low_rows = max(0, math.ceil(centre)) if is_dirichlet(low) else 0
        self.high_rows = max(0, math.ceil(-centre)) if is_dirichlet(high) else 0
        self.num_rows = n + self.low_rows + self.high_rows
        rows, columns, values = [], [], []
        self.constant = np.zeros(self.num_rows)
        for m, weight in enumerate(weights):
            for row in range(self.num_rows):
                cell = self.continued(row - self.low_rows + first + m, low, high)
                if isinstance(cell, int):
                    rows.append(row)
                    columns.append(cell)
                    values.append(weight)
                else:
                    self.constant[row] += weight * cell
        self.rows, self.columns = np.array(rows, int), np.array(columns, int)
        self.values = np.array(values, float)

    def continued(self, cell, low, high):
        """The cell that a position stands for, or a value (a float)."""
        n = self.n
        while not 0 <= cell < n:
            side = low if cell < 0 else high
            if is_dirichlet(side):
                return float(side)
            if side == PERIODIC:
                return cell % n
            cell = -1 - cell if cell < 0 else 2 * n - 1 - cell
        return cell

    def apply(self, u):
        return self.constant + np.bincount(
            self.rows, self.values * u[self.columns], self.num_rows)

    def transposed(self, p):
        return np.bincount(self.columns, self.values * p[self.rows], self.n)

    def on_cells(self, p):
        """The rows that are cells."""
        return p[self.low_rows:self.low_rows + self.n]
