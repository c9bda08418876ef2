//===- RaiseChannels.cpp - layers of channels as operators on lists -------===//
//
// The way back of ConvertChannels.cpp: with other margins than those a layer is
// no operator of a scheme.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Raiser.h"
#include "compiler/pde/PdeChannels.h"

using namespace mlir;

namespace pdec::net {

/// Whether a pad or fold has these margins; none has those that are empty.
template <typename Op>
static bool hasMargins(Op op, ArrayRef<Attribute> expected) {
  for (auto [axis, margin] : llvm::enumerate(expected))
    if (!hasMargin(op, axis, cast<MarginAttr>(margin)))
      return false;
  return true;
}

/// The fields of tensors that are padded by nothing but `margins`; empty after
/// a refusal.
SmallVector<Value> Raiser::unpadded(Operation *op, ValueRange tensors,
                                    const ChannelMargins &margins) {
  SmallVector<Value> fields;
  for (Value x : tensors) {
    auto [pad, tensor] = paddedAt(x);
    if (!margins.isAny) {
      fields.push_back(mapped(x));
      continue;
    }
    if (!pad || !hasMargins(pad, margins.before)) {
      (void)refuse(op, "its tensors do not go around the circle");
      return {};
    }
    fields.push_back(mapped(tensor));
  }
  return fields;
}

/// Whether tensors are fields by themselves, without the pad around a circle.
bool Raiser::areKnown(Operation *op, ValueRange tensors) {
  bool areFields = llvm::all_of(
      tensors, [&](Value tensor) { return mapping.contains(tensor); });
  return areFields || succeeded(refuse(op, "it goes around the circle twice"));
}

/// The grid on which tensors lie, whether they are padded around it or not.
pde::GridOp Raiser::gridOfAny(Value x) {
  return gridNamed(
      typeOf(mapping.contains(x) ? x : paddedAt(x).tensor).getGrid());
}

/// With the rows of what K makes, or, backwards, those that it reads; null if
/// these are fewer than the cells.
static pde::FieldType widened(pde::GridOp grid, pde::FieldType given,
                              const pde::ChannelShape &shape, bool isBack) {
  SmallVector<int64_t> low, high;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    bool isCircle = grid.axis(axis).getLow() == Continuation::Periodic;
    int64_t sign = isCircle ? 0 : isBack ? 1 : -1;
    low.push_back(given.lowRows(axis) - sign * shape.first[axis]);
    high.push_back(given.highRows(axis) + sign * shape.last(axis));
    if (low.back() < 0 || high.back() < 0)
      return {};
  }
  return given.withRows(low, high);
}

LogicalResult Raiser::raiseConvolve(ConvolveOp op) {
  bool isBack = op.getTransposed();
  pde::GridOp grid = gridOfAny(op.getXs()[0]);
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  if (shape.first.size() != grid.rank())
    return refuse(op, "its taps are not those of its grid");
  ChannelMargins margins = channelMargins(grid, shape, isBack);
  SmallVector<Value> fields = unpadded(op, op.getXs(), margins);
  if (fields.empty() || !areKnown(op, op.getWeights()))
    return failure();
  auto given = cast<pde::FieldType>(fields[0].getType());
  pde::FieldType made = widened(grid, given, shape, isBack);
  if (!made)
    return refuse(op, "it has fewer rows than its grid has cells");
  auto raised = builder.create<pde::ConvolveOp>(
      op.getLoc(), SmallVector<Type>(op.getNumResults(), made), isBack,
      mapped(op.getWeights()), mapped(op.getIndices()), op.getExtents(),
      op.getFirst(), fields);
  for (auto [tensor, field] : llvm::zip(op.getResults(), raised.getResults())) {
    if (!isBack || !margins.isAny) {
      mapping.map(tensor, field);
      continue;
    }
    for (Operation *user : tensor.getUsers()) {
      auto fold = dyn_cast<FoldOp>(user);
      if (!fold || !hasMargins(fold, margins.after))
        return refuse(op, "what it spills over the circle is not cut off");
      mapping.map(fold.getResult(), field);
    }
  }
  return success();
}

LogicalResult Raiser::raiseCorrelate(CorrelateOp op) {
  pde::GridOp grid = gridOfAny(op.getXs()[0]);
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  if (shape.first.size() != grid.rank())
    return refuse(op, "its taps are not those of its grid");
  SmallVector<Value> fields =
      unpadded(op, op.getXs(), channelMargins(grid, shape, /*isBack=*/false));
  if (fields.empty() || !areKnown(op, op.getYs()))
    return failure();
  auto element = cast<pde::FieldType>(fields[0].getType()).getElement();
  auto type =
      pde::FieldType::get(op.getContext(), op.getGridAttr(), element, {}, {});
  mapping.map(op.getResult(),
              builder
                  .create<pde::CorrelateOp>(
                      op.getLoc(), type, mapped(op.getYs()), fields,
                      mapped(op.getIndices()), op.getExtents(), op.getFirst())
                  .getResult());
  return success();
}

} // namespace pdec::net
