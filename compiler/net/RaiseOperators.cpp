//===- RaiseOperators.cpp - convolutions as operators ---------------------===//
//
// Row 1 of the dictionary, read from the right: a convolution of a padded
// tensor is an operator with the boundary rules of the pad; a transposed
// convolution and the fold of what it spills over are its adjoint, if the
// margins are those of a transpose. A pad that nothing convolves continues its
// tensor, which the identity does in the pde dialect.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Margins.h"
#include "compiler/net/Raiser.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::net {

Padded paddedAt(Value x) {
  auto pad = x.getDefiningOp<PadOp>();
  return {pad, pad ? pad.getX() : x};
}

bool isOfZeros(PadOp pad) {
  return !pad || llvm::all_of(pad.getValues(), [](Value value) {
    std::optional<double> number = pde::constantOf(value);
    return number && *number == 0 && !std::signbit(*number);
  });
}

LogicalResult Raiser::raiseWeights(WeightsOp op) {
  auto type = pde::StencilType::get(op.getContext(),
                                    op.getResult().getType().getRank());
  Value scale = op.getScale() ? mapped(op.getScale()) : Value();
  mapping.map(op.getResult(),
              builder
                  .create<pde::StencilOp>(op.getLoc(), type, op.getOffsets(),
                                          mapped(op.getValues()), scale)
                  .getStencil());
  return success();
}

/// The rules of an application, if they are not those of its grid anyway.
static ArrayAttr ownSides(pde::GridOp grid, ArrayRef<Attribute> sides) {
  for (auto [axis, attr] : llvm::enumerate(sides)) {
    auto own = cast<pde::SidesAttr>(attr);
    if (own.getLow() != grid.axis(axis).getLow() ||
        own.getHigh() != grid.axis(axis).getHigh())
      return ArrayAttr::get(grid.getContext(), sides);
  }
  return {};
}

/// The rules of one axis by what a pad or fold says. `isCut` tells that around
/// circles there may be cuts.
template <typename Op>
static pde::SidesAttr rulesOf(Op op, pde::AxisAttr axis, unsigned number,
                              bool isCut) {
  MarginSide low = sideAt(op, number, false), high = sideAt(op, number, true);
  bool isCircle = axis.getLow() == Continuation::Periodic;
  bool isEmpty = low.count == 0 && high.count == 0;
  if (isCircle && (isCut || isEmpty))
    low.kind = high.kind = Continuation::Periodic;
  return pde::SidesAttr::get(axis.getContext(), low.kind, high.kind);
}

/// The rules of an operator with these rows that neither a pad nor a fold tells
/// of. Nothing lies beyond the rows, by any rule. Schemes name the grid's where
/// it is dirichlet, if that does not ask for more rows, and else reflecting,
/// which is given nothing.
static SmallVector<Attribute>
rulesOfNothing(pde::GridOp grid, pde::StencilOp taps, pde::FieldType rows) {
  SmallVector<pde::SidesAttr> own;
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    own.push_back(pde::SidesAttr::get(grid.getContext(),
                                      grid.axis(axis).getLow(),
                                      grid.axis(axis).getHigh()));
  pde::ExtraRows asked = pde::extraRows(taps, own);
  auto fitting = [](Continuation rule, int64_t has, int64_t asks) {
    bool isOwn = rule == Continuation::Periodic ||
                 (rule == Continuation::Dirichlet && has >= asks);
    return isOwn ? rule : Continuation::Reflecting;
  };
  SmallVector<Attribute> rules;
  for (auto [axis, sides] : llvm::enumerate(own))
    rules.push_back(pde::SidesAttr::get(
        grid.getContext(),
        fitting(sides.getLow(), rows.lowRows(axis), asked.low[axis]),
        fitting(sides.getHigh(), rows.highRows(axis), asked.high[axis])));
  return rules;
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// Whether what a pad continues by is read where the pad says, which is where
/// an application reads it: at its own place.
static bool hasOwnRows(PadOp pad, unsigned axis, bool high, Value value,
                       pde::FieldType x) {
  auto type = dyn_cast<pde::FieldType>(value.getType());
  ArrayRef<int64_t> rows = pad.sideRows(axis, high);
  for (unsigned along = 0; type && along < pad.getMargins().size(); ++along) {
    int64_t low = rows.empty() ? 0 : rows[2 * along];
    int64_t beyond = rows.empty() ? 0 : rows[2 * along + 1];
    if (type.lowRows(along) - x.lowRows(along) != low ||
        type.highRows(along) - x.highRows(along) != beyond)
      return false;
  }
  return true;
}

/// What an apply is given for its sides where there is no pad: zeros, at those
/// that have a value.
SmallVector<Value> Raiser::zerosFor(Location loc, ArrayRef<Attribute> sides) {
  SmallVector<Value> zeros;
  for (Attribute attr : sides)
    for (Continuation rule : {cast<pde::SidesAttr>(attr).getLow(),
                              cast<pde::SidesAttr>(attr).getHigh()})
      if (meaningOf(rule).hasValue())
        zeros.push_back(
            builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0)));
  return zeros;
}

/// The application of a stencil to a padded tensor, for `op`'s result.
LogicalResult Raiser::raiseApply(Operation *op, PadOp pad, Value tensor,
                                 Value stencil) {
  pde::FieldType given = typeOf(tensor);
  pde::GridOp grid = gridNamed(given.getGrid());
  auto taps = stencil.getDefiningOp<pde::StencilOp>();
  SmallVector<int64_t> low, high;
  SmallVector<Attribute> sides;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    for (bool isHigh : {false, true})
      if (pad && pad.side(axis, isHigh).value &&
          !hasOwnRows(pad, axis, isHigh, mapped(pad.side(axis, isHigh).value),
                      given))
        return refuse(pad, "its values have other rows than it says");
    auto [first, last] = taps.span(axis);
    low.push_back(given.lowRows(axis) + sideAt(pad, axis, false).count + first);
    high.push_back(given.highRows(axis) + sideAt(pad, axis, true).count - last);
    if (low.back() < 0 || high.back() < 0)
      return refuse(op, "it has fewer rows than its grid has cells");
    if (pad)
      sides.push_back(rulesOf(pad, grid.axis(axis), axis, /*isCut=*/false));
  }
  pde::FieldType made = given.withRows(low, high);
  if (!pad)
    sides = rulesOfNothing(grid, taps, made);
  SmallVector<Value> outside =
      pad ? mapped(pad.getValues()) : zerosFor(op->getLoc(), sides);
  mapping.map(op->getResult(0),
              builder
                  .create<pde::ApplyOp>(op->getLoc(), made, stencil,
                                        mapped(tensor), outside,
                                        ownSides(grid, sides))
                  .getResult());
  return success();
}

LogicalResult Raiser::raiseConv(ConvOp op) {
  if (op.getStrides())
    return raiseRestrict(op);
  auto [pad, tensor] = paddedAt(op.getX());
  return raiseApply(op, pad, tensor, mapped(op.getWeights()));
}

/// Whether a pad takes cells away only.
static bool isCrop(PadOp pad) {
  return llvm::all_of(pad.getMargins().getAsRange<MarginAttr>(),
                      [](MarginAttr margin) {
                        return margin.getLow() <= 0 && margin.getHigh() <= 0;
                      });
}

/// Whether a pad goes on around circles.
static bool isAroundCircle(PadOp pad) {
  return llvm::any_of(pad.getMargins().getAsRange<MarginAttr>(),
                      [](MarginAttr margin) {
                        return margin.getLowKind() == Continuation::Periodic &&
                               !margin.isEmpty();
                      });
}

/// Convolutions take their pad along; pointwise functions leave rows out by
/// themselves.
static bool takesPad(Operation *user, PadOp pad) {
  return isa<ConvOp, ConvTransposeOp>(user) ||
         (isAroundCircle(pad) && isa<ConvolveOp, CorrelateOp>(user)) ||
         (isCrop(pad) && isa<ActivationOp, AddOp, SubtractOp, ScaleOp>(user));
}

LogicalResult Raiser::raisePad(PadOp op) {
  if (llvm::all_of(op->getUsers(),
                   [&](Operation *user) { return takesPad(user, op); }))
    return success();
  unsigned rank = op.getMargins().size();
  Value one = builder.create<arith::ConstantOp>(op.getLoc(),
                                                builder.getF64FloatAttr(1));
  Attribute here = builder.getDenseI64ArrayAttr(SmallVector<int64_t>(rank, 0));
  Value identity = builder.create<pde::StencilOp>(
      op.getLoc(), pde::StencilType::get(op.getContext(), rank),
      builder.getArrayAttr(here), one, Value());
  return raiseApply(op, op, op.getX(), identity);
}

//===----------------------------------------------------------------------===//
// Adjoints
//===----------------------------------------------------------------------===//

/// Folds take it along; where there is none, no cell lay beyond the rows of the
/// result.
LogicalResult Raiser::raiseConvTranspose(ConvTransposeOp op) {
  if (llvm::all_of(op->getUsers(), llvm::IsaPred<FoldOp>))
    return success();
  return op.getStrides() ? raiseProlong(op, nullptr)
                         : raiseAdjoint(op, nullptr);
}

LogicalResult Raiser::raiseFold(FoldOp op) {
  // What is cut off around a circle has been looked at with the layer.
  if (mapping.contains(op.getResult()))
    return success();
  auto conv = op.getX().getDefiningOp<ConvTransposeOp>();
  if (!conv)
    return refuse(op, "it folds what no transposed convolution gives");
  return conv.getStrides() ? raiseProlong(conv, op) : raiseAdjoint(conv, op);
}

LogicalResult Raiser::raiseAdjoint(ConvTransposeOp op, FoldOp fold) {
  auto [pad, tensor] = paddedAt(op.getX());
  pde::FieldType given = typeOf(tensor);
  pde::GridOp grid = gridNamed(given.getGrid());
  Value stencil = mapped(op.getWeights());
  auto taps = stencil.getDefiningOp<pde::StencilOp>();
  bool isTranspose = isOfZeros(pad);
  SmallVector<int64_t> low, high;
  SmallVector<Attribute> sides = rulesOfNothing(grid, taps, given);
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    if (fold)
      sides[axis] = rulesOf(fold, grid.axis(axis), axis, /*isCut=*/true);
    auto [first, last] = taps.span(axis);
    low.push_back(given.lowRows(axis) + sideAt(pad, axis, false).count - first -
                  sideAt(fold, axis, false).count);
    high.push_back(given.highRows(axis) + sideAt(pad, axis, true).count + last -
                   sideAt(fold, axis, true).count);
    TransposeMargins margins = adjointMargins(
        cast<pde::SidesAttr>(sides[axis]), first, last,
        {given.lowRows(axis), given.highRows(axis)}, {low.back(), high.back()});
    isTranspose &= low.back() >= 0 && high.back() >= 0 &&
                   hasMargin(pad, axis, margins.before) &&
                   hasMargin(fold, axis, margins.after);
  }
  if (!isTranspose)
    return refuse(op, "with its margins it is no transpose of an operator");
  SmallVector<Value> weights;
  if (fold)
    weights = mapped(fold.getWeights());
  Value result = fold ? fold.getResult() : op.getResult();
  mapping.map(result, builder
                          .create<pde::AdjointOp>(
                              op.getLoc(), given.withRows(low, high), stencil,
                              mapped(tensor), weights, ownSides(grid, sides))
                          .getResult());
  return success();
}

} // namespace pdec::net
