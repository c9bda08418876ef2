"""Programs as operations of PyTorch, which differentiates through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Sequence

import numpy as np

from .errors import ArgumentError, Error

if TYPE_CHECKING:
    from .program import Program


class _Backward:
    """The derivatives of a program's outputs, weighted, by its arguments. Names
    of arguments are those of a call."""

    def __init__(self, program: Program, names: Sequence[str],
                 of: Sequence[str]) -> None:
        self.slopes = program.gradient(*names, of=of)
        self.outputs = tuple(program.outputs)
        self.weighted = frozenset(of or self.outputs)
        self.places = {word: "d_" + own
                       for word, own in program.call_names.items()
                       if own in names}
        words = {own: name for name, own in self.slopes.call_names.items()}
        self.bars = {name: words[name + "_bar"] for name in self.weighted}

    def __call__(self, given: "dict[str, Any]", bars: Sequence[np.ndarray],
                 names: Sequence[str]) -> "list[np.ndarray]":
        weights = {self.bars[name]: bar if bar.ndim else bar.item()
                   for name, bar in zip(self.outputs, bars)
                   if name in self.weighted}
        found = self.slopes(**given, **weights)
        return [np.asarray(getattr(found, self.places[name]))
                for name in names]


def torch_function(program: Program, names: Sequence[str], of: Sequence[str]
                   ) -> "Callable[..., Any]":
    """Program.torch_function."""
    try:
        import torch
        from torch.autograd.function import once_differentiable
    except ImportError:
        raise Error("torch_function needs PyTorch, which is not installed"
                    ) from None
    backward_of = _Backward(program, names, of)

    def array_of(tensor: Any) -> Any:
        return tensor.detach().numpy()

    def slope_of(value: np.ndarray, tensor: Any) -> Any:
        """In the tensor's type. One number for a whole field has the sum."""
        if value.ndim > tensor.ndim:
            value = np.asarray(value.sum())
        return torch.from_numpy(value).to(tensor.dtype)

    class Operation(torch.autograd.Function):  # type: ignore
        @staticmethod
        def forward(ctx: Any, given: "dict[str, Any]", names: Sequence[str],
                    *tensors: Any) -> Any:
            ctx.given, ctx.names = given, names
            # Not as arrays: that they are changed before backward is noticed.
            ctx.save_for_backward(*tensors)
            values = program(**given, **dict(zip(names, map(array_of,
                                                            tensors))))
            if len(backward_of.outputs) == 1:
                values = (values,)
            results = [torch.from_numpy(np.asarray(value)) for value in values]
            ctx.mark_non_differentiable(*(
                result for name, result in zip(backward_of.outputs, results)
                if name not in backward_of.weighted))
            return tuple(results)

        @staticmethod
        @once_differentiable  # type: ignore
        def backward(ctx: Any, *bars: Any) -> Any:
            tensors = ctx.saved_tensors
            arrays = dict(zip(ctx.names, map(array_of, tensors)))
            found = backward_of({**ctx.given, **arrays},
                                list(map(array_of, bars)), ctx.names)
            return (None, None, *map(slope_of, found, tensors))

    def call(**given: Any) -> Any:
        tensors = {name: given.pop(name) for name in list(given)
                   if isinstance(given[name], torch.Tensor)}
        for name in [*tensors]:
            if name in backward_of.places:
                continue
            if tensors[name].requires_grad:
                raise ArgumentError(
                    "%r requires a gradient, but this function has none by it: "
                    "name it in torch_function(..., %r)" % (name, name))
            given[name] = array_of(tensors.pop(name))
        results = Operation.apply(given, tuple(tensors), *tensors.values())
        return program.packed(results)

    return call
