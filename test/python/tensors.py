#!/usr/bin/env python3
"""Programs as operations of PyTorch: of PyTorch itself where it is installed,
else of Inputs/torch.

usage: tensors.py path/to/pdec
"""

import importlib.util
import sys

import numpy as np

sys.dont_write_bytecode = True
from package import find_torch, open_workshop, refusal
import pdec

SCRIPT = """grid X : 1d, boundary reflecting, extent [0, 1], size 6
param tau = 2e-3, lambda = 0.5, n = 3, W : real[3] = 0.1
input f on X
input g on X = 1
let K = stencil(x, W)
evolve u from f
    by u -> u - tau*(K(u)^3 + lambda*g*u) for n steps
let energy = lambda*dot(u, u)
output u, energy, other = u + 1
"""


def check_derivatives(workshop, torch, precision):
    program = pdec.compile(SCRIPT, name="own", precision=precision)
    function = program.torch_function("f", "lambda", "W", of=["u", "energy"])
    rng = np.random.default_rng(3)
    f = torch.tensor(rng.random(6).astype(program.dtype))
    g = torch.tensor(rng.random(6).astype(program.dtype))
    strength = torch.tensor(0.7, dtype=torch.from_numpy(np.zeros(1)).dtype)
    weights = torch.tensor(rng.random(3).astype(program.dtype))
    plain = program(f=f.numpy(), g=g.numpy(), lambda_=0.7, W=weights.numpy(),
                    n=2)
    for tensor in (f, strength, weights):
        tensor.requires_grad = True
    result = function(f=f, g=g, lambda_=strength, W=weights, n=2)
    workshop.check("values", all(
        np.array_equal(a.detach().numpy(), b) for a, b in zip(result, plain)))
    workshop.check("named", result._fields == ("u", "energy", "other"))
    workshop.check("which have derivatives", [
        one.requires_grad for one in result] == [True, True, False])
    if precision == "f32":
        result.u.backward(torch.tensor(np.ones(6, program.dtype)))
        types = [one.grad.numpy().dtype.name for one in (f, strength, weights)]
        workshop.check("types", types == ["float32", "float64", "float32"],
                       types)
        return
    workshop.check("differences", torch.autograd.gradcheck(
        lambda *given: function(g=g, n=2, **dict(zip(("f", "lambda_", "W"),
                                                     given))),
        (f, strength, weights)))
    one = torch.tensor(0.5, dtype=strength.dtype)
    one.requires_grad = True
    workshop.check("a number for a field", torch.autograd.gradcheck(
        lambda number: function(f=number, g=g, W=weights.detach()), (one,)))
    short = torch.tensor(np.ones(6, np.float32), requires_grad=True)
    bar = torch.tensor(np.ones(6))
    function(f=short, g=g, W=weights.detach()).u.backward(bar)
    workshop.check("a shorter type", short.grad.numpy().dtype == np.float32)
    g.requires_grad = True
    told = refusal(pdec.ArgumentError, function, f=f, g=g)
    workshop.check("refused", told == "'g' requires a gradient, but this "
                   "function has none by it: name it in torch_function(..., "
                   "'g')", told)


def main():
    workshop = open_workshop()
    if not importlib.util.find_spec("torch"):
        without = refusal(pdec.Error, pdec.compile(
            SCRIPT, name="own").torch_function, "f", of=["u"])
        workshop.check("told", without == "torch_function needs PyTorch, which "
                       "is not installed", without)
    torch = find_torch()
    check_derivatives(workshop, torch, "f64")
    check_derivatives(workshop, torch, "f32")
    return workshop.finish()


sys.exit(main())
