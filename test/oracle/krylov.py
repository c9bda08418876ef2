"""What conjugate gradients do, said without their recurrences."""

import numpy as np


def basis(matrix, start, count):
    """An orthonormal basis of the span of start, M start, M^2 start, ..."""
    vectors = [start/np.linalg.norm(start)]
    for _ in range(count - 1):
        next_one = matrix @ vectors[-1]
        for _ in range(2):  # the second time for rounding errors
            for vector in vectors:
                next_one = next_one - np.dot(vector, next_one)*vector
        vectors.append(next_one/np.linalg.norm(next_one))
    return np.array(vectors).T


def best(matrix, right, start, count):
    """Of all fields start + a combination of `count` powers of M applied to the
    first residual, the one whose residual is orthogonal to all of these: it is
    the nearest to the solution in the norm of a positive definite M."""
    residual = right - matrix @ start
    v = basis(matrix, residual, count)
    return start + v @ np.linalg.solve(v.T @ matrix @ v, v.T @ residual)


def passes(matrix, right, start, limit):
    """How many terms it takes to make the residual that small."""
    count, u = 0, start
    while np.linalg.norm(right - matrix @ u) > limit:
        count += 1
        u = best(matrix, right, start, count)
    return count
