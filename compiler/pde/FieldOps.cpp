//===- FieldOps.cpp - what field operations read, and what they cost ------===//

#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

#include "compiler/pde/FieldOpInterface.cpp.inc"

namespace pdec::pde {

StencilOp SidedOpInterface::getOperator() {
  return getOperation()->getOperand(0).getDefiningOp<StencilOp>();
}

GridOp FieldOpInterface::getGrid() { return gridOf(*this, getMadeType()); }

//===----------------------------------------------------------------------===//
// Pointwise operations
//===----------------------------------------------------------------------===//

/// Rough cycles for a cell of an operation.
static double operationCost(Operation &op) {
  if (isa<arith::ConstantOp, YieldOp>(op))
    return 0;
  if (isa<arith::DivFOp>(op))
    return 8;
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  if (isa<OPERATION>(op))                                                      \
    return COST;
#include "compiler/support/Functions.def"
  // Powers, and reciprocals of roots.
  return op.hasTrait<FunctionTrait>() ? 20 : 1;
}

double MapOp::getCost() {
  double sum = 0;
  for (Operation &op : getBody().front())
    sum += operationCost(op);
  return sum;
}

double CoordinateOp::getCost() { return 3; }

double NoiseOp::getCost() { return 30; }

//===----------------------------------------------------------------------===//
// Applications
//===----------------------------------------------------------------------===//

bool RestrictOp::isTransfer() { return true; }
bool ProlongOp::isTransfer() { return true; }

FieldType ApplyOp::getInner() { return getField().getType(); }
FieldType ApplyOp::getOuter() { return getResult().getType(); }
ArrayAttr ApplyOp::getOwnSides() { return getSidesAttr(); }
bool ApplyOp::takesValues() { return true; }

FieldType AdjointOp::getInner() { return getResult().getType(); }
FieldType AdjointOp::getOuter() { return getField().getType(); }
ArrayAttr AdjointOp::getOwnSides() { return getSidesAttr(); }
bool AdjointOp::takesValues() { return false; }

/// What an operator gives that is the identity, if it makes no row more: a
/// weight of one adds the value itself, whatever its sign or payload. No row of
/// the argument is made of what lies beyond a side, whatever that is given.
static Value foldIdentity(SidedOpInterface op) {
  StencilOp stencil = op.getOperator();
  if (stencil.getOffsets().size() != 1 || stencil.getScale() ||
      constantOf(stencil.getWeights().front()) != 1.0)
    return {};
  for (unsigned axis = 0; axis < stencil.getStencil().getType().getRank();
       ++axis)
    if (stencil.offset(0, axis) != 0)
      return {};
  return op.getInner() == op.getOuter() ? op->getOperand(1) : Value();
}

OpFoldResult ApplyOp::fold(FoldAdaptor) { return foldIdentity(*this); }
OpFoldResult AdjointOp::fold(FoldAdaptor) { return foldIdentity(*this); }

SmallVector<Value> ApplyOp::getArguments() { return {getField()}; }

Reach ApplyOp::getReach(unsigned axis) {
  auto [first, last] = getOperator().span(axis);
  return {-first, last};
}

Reach AdjointOp::getReach(unsigned axis) {
  auto [first, last] = getOperator().span(axis);
  return {last, -first};
}

/// `most` tells how far beyond a side the operator goes. Cells inside that one
/// beyond is made of are as far away as the taps at most, or in rows that are
/// farther out.
template <typename Op, typename Most>
static Reach reachAtSides(Op op, unsigned axis, Most most) {
  Reach taps = op.getReach(axis), result = taps;
  result.include({});
  FieldType inner = op.getInner();
  for (bool high : {false, true}) {
    Boundary rule = ruleOf(op, axis, high);
    if (rule == Boundary::Periodic ||
        meaningOf(rule).cells == CellsInside::None ||
        (high ? inner.highRows(axis) : inner.lowRows(axis)))
      continue;
    int64_t far = std::max({most(high), taps.low, taps.high});
    result.include({far, far});
  }
  return result;
}

Reach ApplyOp::getReachAtSides(unsigned axis) {
  return reachAtSides(*this, axis, [&](bool high) -> int64_t {
    return reachBeyond(*this, axis, high);
  });
}

/// Rows of the result that no row of the argument reaches read its outermost
/// one in place of zeros.
Reach AdjointOp::getReachAtSides(unsigned axis) {
  FieldType read = getOuter(), made = getInner();
  Reach reach = reachAtSides(*this, axis, [&](bool high) -> int64_t {
    return reachBeyond(*this, axis, high) +
           (high ? read.highRows(axis) : read.lowRows(axis));
  });
  reach.include({made.highRows(axis) - read.highRows(axis),
                 made.lowRows(axis) - read.lowRows(axis)});
  return reach;
}

/// Those that positions beyond the side, as far as the transpose spills over,
/// are made of.
int64_t AdjointOp::getFoldedRows(unsigned axis, bool high) {
  CellsInside cells = meaningOf(ruleOf(*this, axis, high)).cells;
  int64_t reach = reachBeyond(*this, axis, high);
  if (reach == 0 || cells == CellsInside::None || cells == CellsInside::Wrap)
    return 0;
  return cells == CellsInside::Ends ? 2 : reach;
}

} // namespace pdec::pde
