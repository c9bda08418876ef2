"""What python/pdec needs of PyTorch, by its documentation, for tests where it
is not installed: tensors that share memory with arrays, operations with a
context, and derivatives of one operation."""

import numpy as np


class Tensor:
    def __init__(self, array, requires_grad=False):
        self._array = array
        self.requires_grad = requires_grad
        self.grad = None
        self._operation = None  # the context and the place in its results

    dtype = property(lambda self: self._array.dtype)
    ndim = property(lambda self: self._array.ndim)
    shape = property(lambda self: self._array.shape)

    def detach(self):
        return Tensor(self._array)

    def numpy(self):
        if self.requires_grad:
            raise RuntimeError("Can't call numpy() on Tensor that requires "
                               "grad. Use tensor.detach().numpy() instead.")
        return self._array

    def to(self, dtype):
        return Tensor(self._array.astype(dtype))

    def item(self):
        return self._array.item()

    def backward(self, bar=None):
        """Of one operation, whose arguments are leaves."""
        if bar is None:
            assert self.ndim == 0
            bar = Tensor(np.ones((), self.dtype))
        context, place = self._operation
        bars = [Tensor(np.zeros(result.shape, result.dtype))
                for result in context.results]
        bars[place] = bar
        slopes = context.operation.backward(context, *bars)
        assert len(slopes) == len(context.arguments)
        for argument, slope in zip(context.arguments, slopes):
            if not isinstance(argument, Tensor):
                assert slope is None
            elif argument.requires_grad:
                assert slope.shape == argument.shape
                assert slope.dtype == argument.dtype
                argument.grad = slope


def from_numpy(array):
    if not isinstance(array, np.ndarray):
        raise TypeError("expected np.ndarray (got %s)" % type(array).__name__)
    return Tensor(array)


def tensor(data, dtype=None, requires_grad=False):
    return Tensor(np.array(data, dtype), requires_grad)


from . import autograd  # noqa: E402, F401
