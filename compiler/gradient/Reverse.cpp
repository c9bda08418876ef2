//===- Reverse.cpp - back through operations ------------------------------===//

#include "compiler/gradient/Reverse.h"
#include "compiler/pde/PdeSolutions.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

void Reverse::add(Value of, Value cotangent) {
  if (!isVaried(of))
    return;
  Value &known = cotangents[of];
  known = known ? fields(of.getLoc()).add(known, cotangent) : cotangent;
}

Value Reverse::cotangentOrZero(Value of, Location loc) {
  Value known = cotangent(of);
  return known ? known : fields(loc).zero(of.getType());
}

bool Reverse::refuse(Operation *op, std::string why) {
  obstacle = op;
  reason = std::move(why);
  return false;
}

/// What stopped another one stops this one.
bool Reverse::fail(const Reverse &inner) {
  return refuse(inner.obstacle, inner.reason);
}

bool Reverse::goBack(Operation &op) {
  if (auto steps = dyn_cast<StepsOp>(op))
    return goBackSteps(&op, steps.getCount());
  if (auto fixpoint = dyn_cast<FixpointOp>(op))
    return goBackFixpoint(fixpoint);
  if (auto solution = dyn_cast<SolutionOp>(op))
    return goBackSolution(solution);
  if (auto convolve = dyn_cast<ConvolveOp>(op))
    return goBackConvolve(convolve), true;
  Value p = op.getNumResults() == 1 ? cotangent(op.getResult(0)) : Value();
  if (!p)
    return true;
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case([&](MapOp map) { return goBackMap(map, p), true; })
      .Case([&](ApplyOp apply) {
        goBackApply(apply, p);
        return goBackSides(apply, p);
      })
      .Case([&](AdjointOp adjoint) {
        goBackAdjoint(adjoint, p);
        goBackSides(adjoint, p);
        return true;
      })
      .Case([&](RestrictOp restriction) {
        return goBackRestrict(restriction, p), true;
      })
      .Case([&](ProlongOp prolongation) {
        return goBackProlong(prolongation, p), true;
      })
      .Case([&](CoordinateOp coordinate) {
        return goBackCoordinate(coordinate, p), true;
      })
      .Case([&](ReduceOp reduce) { return goBackReduce(reduce, p), true; })
      .Case([&](AlongOp along) { return goBackAlong(along, p), true; })
      .Case([&](EntryOp entry) { return goBackEntry(entry, p), true; })
      .Case([&](CorrelateOp correlate) {
        return goBackCorrelate(correlate, p), true;
      })
      .Case([&](VariableOp variable) {
        return add(variable.getValue(), p), true;
      })
      .Case<InputOp, ParamOp, NoiseOp, StencilOp>([](auto) { return true; })
      .Default([&](Operation *other) {
        if (other->getNumRegions())
          return refuse(other, "this loop goes back through another one, and "
                               "has no derivative of its own");
        return goBackScalar(*other, p), true;
      });
}

} // namespace pdec::gradient
