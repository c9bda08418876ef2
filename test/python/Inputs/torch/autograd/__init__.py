"""Operations, and the check of their derivatives."""

import numpy as np

from . import function


class Context:
    def __init__(self, operation, arguments):
        self.operation, self.arguments = operation, arguments
        self.without = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_non_differentiable(self, *results):
        self.without = results


class Function(function.Base):
    @classmethod
    def apply(cls, *arguments):
        context = Context(cls, arguments)
        context.results = cls.forward(context, *arguments)
        needed = any(getattr(argument, "requires_grad", False)
                     for argument in arguments)
        for place, result in enumerate(context.results):
            if needed and not any(result is one for one in context.without):
                result.requires_grad = True
                result._operation = context, place
        return context.results


def gradcheck(call, arguments, eps=1e-6, atol=1e-5, rtol=1e-3):
    """All derivatives of all results against central differences."""
    for place, result in enumerate(call(*arguments)):
        if not result.requires_grad:
            continue
        for index in np.ndindex(result.shape):
            bar = np.zeros(result.shape, result.dtype)
            bar[index] = 1
            call(*arguments)[place].backward(type(result)(bar))
            for argument in arguments:
                if argument.requires_grad and not _agree(
                        call, arguments, argument, place, index, eps, atol,
                        rtol):
                    raise RuntimeError("Jacobian mismatch")
    return True


def _agree(call, arguments, argument, place, index, eps, atol, rtol):
    slopes = argument.grad.numpy()
    for at in np.ndindex(argument.shape):
        values = []
        own = argument._array[at]
        for step in (eps, -eps):
            argument._array[at] = own + step
            values.append(call(*arguments)[place].detach().numpy()[index])
        argument._array[at] = own
        expected = (values[0] - values[1])/(2*eps)
        if abs(slopes[at] - expected) > atol + rtol*abs(expected):
            return False
    return True
