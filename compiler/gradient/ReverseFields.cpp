//===- ReverseFields.cpp - back through operations on fields --------------===//
//
// The dialect is closed under transposition: an apply becomes an adjoint and an
// adjoint an apply, restrict becomes prolong, a map one of its derivatives. A
// weight's share is a correlation of what the operator reads and what comes
// back.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Reverse.h"
#include "compiler/gradient/Scalars.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

//===----------------------------------------------------------------------===//
// Numbers and maps
//===----------------------------------------------------------------------===//

/// Roundings between the program's numbers and those of fields have the
/// derivative one: cotangents of numbers are f64.
void Reverse::goBackScalar(Operation &op, Value p) {
  if (isa<arith::TruncFOp, arith::ExtFOp>(op))
    return add(op.getOperand(0), p);
  bool isKnown =
      gradient::goBack(builder, op, p, isGuarded, [&](unsigned i, Value share) {
        add(op.getOperand(i), share);
      });
  assert(isKnown && "verifiers let no other arithmetic pass");
  (void)isKnown;
}

SmallVector<Value> capturesOf(MapOp map) {
  llvm::SetVector<Value> found;
  for (Operation &op : map.getBody().front())
    for (Value operand : op.getOperands())
      if (operand.getParentRegion() != &map.getBody())
        found.insert(operand);
  return found.takeVector();
}

namespace {

/// The cell of a map, gone back through.
class CellReverse {
public:
  CellReverse(OpBuilder &builder, ArrayRef<Operation *> cell, bool isGuarded)
      : builder(builder), cell(cell), isGuarded(isGuarded) {}

  /// The derivative of `result` with respect to `with`, times p; null if there
  /// is none.
  Value run(Value result, Value p, Value with);

private:
  OpBuilder &builder;
  ArrayRef<Operation *> cell;
  bool isGuarded;
  llvm::DenseMap<Value, Value> cotangents;

  void add(Value of, Value share) {
    Value &known = cotangents[of];
    known = known ? Fields(builder, of.getLoc()).add(known, share) : share;
  }
};

} // namespace

Value CellReverse::run(Value result, Value p, Value with) {
  // What `with` reaches; the rest has no share.
  Activity activity;
  activity.add(with);
  for (Operation *op : cell)
    activity.follow(*op);
  if (!activity.isVaried(result))
    return {};
  add(result, p);
  for (Operation *op : llvm::reverse(cell))
    if (Value share = cotangents.lookup(op->getResult(0)))
      goBack(builder, *op, share, isGuarded, [&](unsigned i, Value part) {
        if (activity.isVaried(op->getOperand(i)))
          add(op->getOperand(i), part);
      });
  return cotangents.lookup(with);
}

Value derivativeOf(OpBuilder &builder, MapOp map, Value with, Value p,
                   bool isGuarded) {
  FieldType type = map.getResult().getType();
  Fields fields(builder, map.getLoc());
  Block &old = map.getBody().front();
  SmallVector<Value> operands(map.getFields());
  if (p)
    operands.push_back(p);
  Value derivative;
  Value made = fields.map(type, operands, [&](ValueRange cells) -> Value {
    IRMapping mapping;
    mapping.map(old.getArguments(), cells.take_front(old.getNumArguments()));
    SmallVector<Operation *> cell;
    for (Operation &op : old.without_terminator())
      cell.push_back(builder.clone(op, mapping));
    Value factor = p ? cells.back() : fields.constant(type.getElement(), 1);
    derivative =
        CellReverse(builder, cell, isGuarded)
            .run(mapping.lookupOrDefault(old.getTerminator()->getOperand(0)),
                 factor, mapping.lookupOrDefault(with));
    // By an exponent, which is an f64 of any x.
    return derivative ? fields.rounded(derivative, type.getElement()) : factor;
  });
  return derivative ? made : Value();
}

void Reverse::goBackMap(MapOp op, Value p) {
  Fields fields = this->fields(op.getLoc());
  for (auto [field, argument] :
       llvm::zip(op.getFields(), op.getBody().getArguments()))
    if (isVaried(field))
      if (Value share = derivativeOf(builder, op, argument, p, isGuarded))
        add(field, fields.onRows(share, cast<FieldType>(field.getType())));
  for (Value number : capturesOf(op))
    if (isVaried(number))
      if (Value share = derivativeOf(builder, op, number, p, isGuarded))
        add(number, fields.sum(share));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

SmallVector<Value> linearSides(OpBuilder &builder, SidedOpInterface op) {
  bool isApply = isa<ApplyOp>(*op);
  Fields fields(builder, op.getLoc());
  SmallVector<Value> made;
  unsigned rank = op.getOperator().getStencil().getType().getRank();
  for (unsigned axis = 0; axis < rank; ++axis)
    for (bool high : {false, true}) {
      const BoundaryRule &rule = meaningOf(ruleOf(op, axis, high));
      SideOperands side = operandsOf(op, axis, high);
      unsigned withFactor = rule.scalars(/*withFactor=*/true);
      unsigned weights = rule.scalars(/*withFactor=*/false);
      for (unsigned i = 0; i < side.scalars.size(); ++i) {
        // An apply's factors are no part of an adjoint's sides.
        bool isFactor = isApply && i % side.perDistance >= weights;
        if (!isFactor)
          made.push_back(side.scalars[i]);
        bool isLast = (i + 1) % weights == 0;
        if (!isApply && isLast && withFactor > weights)
          made.push_back(fields.number(0));
      }
      if (!isApply && rule.hasValue())
        made.push_back(fields.number(0));
    }
  return made;
}

/// The operator without its scale.
static Value withoutScale(OpBuilder &builder, StencilOp stencil) {
  return builder.create<StencilOp>(
      stencil.getLoc(), stencil.getStencil().getType(), stencil.getOffsets(),
      stencil.getWeights(), Value());
}

/// Whether a tap's offset is the least or the greatest of all along some axis.
static bool isOutermost(StencilOp stencil, unsigned tap) {
  auto offset = cast<DenseI64ArrayAttr>(stencil.getOffsets()[tap]).asArrayRef();
  for (auto [axis, own] : llvm::enumerate(offset)) {
    auto [first, last] = stencil.span(axis);
    if (first != last && (own == first || own == last))
      return true;
  }
  return false;
}

/// One tap of the operator, with the weight one. What lies beyond the sides may
/// depend on how far the operator reaches: then the outermost taps are there,
/// too, with weights of zero.
static Value onlyTap(OpBuilder &builder, StencilOp stencil, unsigned tap,
                     bool keepsReach) {
  Fields fields(builder, stencil.getLoc());
  SmallVector<Value> weights;
  SmallVector<Attribute> offsets;
  for (unsigned i = 0; i < stencil.getOffsets().size(); ++i) {
    if (i != tap && !(keepsReach && isOutermost(stencil, i)))
      continue;
    weights.push_back(fields.number(i == tap));
    offsets.push_back(stencil.getOffsets()[i]);
  }
  return builder.create<StencilOp>(
      stencil.getLoc(), stencil.getStencil().getType(),
      builder.getArrayAttr(offsets), weights, Value());
}

/// Whether the rows of an application, or what it is given for its sides,
/// depend on how far the operator reaches: not where all sides copy cells.
static bool dependsOnReach(SidedOpInterface op) {
  auto copies = [](Boundary rule) {
    return rule == Boundary::Reflecting || rule == Boundary::Periodic;
  };
  auto grid = SymbolTable::lookupNearestSymbolFrom<GridOp>(
      op->getParentOfType<ModuleOp>(), op.getInner().getGrid());
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    for (bool high : {false, true}) {
      AxisAttr own = grid.axis(axis);
      if (!copies(ruleOf(op, axis, high)) ||
          !copies(high ? own.getHigh() : own.getLow()))
        return true;
    }
  return false;
}

/// The shares of weights and scale; `applied` gives what another operator with
/// the same offsets makes.
void Reverse::goBackStencil(StencilOp stencil, Value p, bool keepsReach,
                            function_ref<Value(Value)> applied) {
  Fields fields = this->fields(stencil.getLoc());
  SmallVector<std::pair<Value, Value>> shares;
  for (auto [tap, weight] : llvm::enumerate(stencil.getWeights()))
    if (isVaried(weight))
      shares.push_back(
          {weight, applied(onlyTap(builder, stencil, tap, keepsReach))});
  // After all applications, which then are one sweep.
  for (auto [weight, read] : shares) {
    Value share = fields.dot(p, read);
    if (Value scale = stencil.getScale())
      share = fields.multiply(share, scale);
    add(weight, share);
  }
  if (Value scale = stencil.getScale(); scale && isVaried(scale))
    add(scale, fields.dot(p, applied(withoutScale(builder, stencil))));
}

/// Whether a map does nothing but multiply a field's cells by numbers.
static bool onlyScales(MapOp map) {
  if (map.getFields().size() != 1 ||
      map.getFields().front().getType() != map.getResult().getType())
    return false;
  Block &cell = map.getBody().front();
  llvm::DenseSet<Value> scaled{cell.getArgument(0)};
  for (Operation &op : cell.without_terminator()) {
    auto isScaled = [&](Value value) { return scaled.contains(value); };
    int64_t factors = llvm::count_if(op.getOperands(), isScaled);
    bool isFactor = isa<arith::MulFOp, arith::NegFOp>(op) ||
                    (isa<arith::DivFOp>(op) && isScaled(op.getOperand(0)));
    if (factors > 1 || (factors == 1 && !isFactor))
      return false;
    if (factors == 1)
      scaled.insert(op.getResult(0));
  }
  return scaled.contains(cell.getTerminator()->getOperand(0));
}

Value Reverse::transposed(SidedOpInterface op, FieldType type, Value p) {
  Location loc = op->getLoc();
  auto apply = [&](Value field) -> Value {
    SmallVector<Value> sides = linearSides(builder, op);
    Value stencil = op.getOperator().getResult();
    if (isa<ApplyOp>(*op))
      return builder.create<AdjointOp>(loc, type, stencil, field, sides,
                                       op.getOwnSides());
    return builder.create<ApplyOp>(loc, type, stencil, field, sides,
                                   op.getOwnSides());
  };
  auto scaling = p.getDefiningOp<MapOp>();
  if (!scaling || !onlyScales(scaling))
    return apply(p);
  // Once for each cell, not for each tap.
  IRMapping mapping;
  mapping.map(scaling.getFields().front(), apply(scaling.getFields().front()));
  auto made = cast<MapOp>(builder.clone(*scaling, mapping));
  made.getResult().setType(type);
  return made.getResult();
}

void Reverse::goBackApply(ApplyOp op, Value p) {
  Location loc = op.getLoc();
  if (isVaried(op.getField()))
    add(op.getField(), transposed(op, op.getField().getType(), p));
  goBackStencil(
      op.getOperator(), p, dependsOnReach(op), [&](Value stencil) -> Value {
        return builder.create<ApplyOp>(loc, op.getResult().getType(), stencil,
                                       op.getField(), op.getOutside(),
                                       op.getSidesAttr());
      });
}

void Reverse::goBackAdjoint(AdjointOp op, Value p) {
  Location loc = op.getLoc();
  if (isVaried(op.getField()))
    add(op.getField(), transposed(op, op.getField().getType(), p));
  goBackStencil(
      op.getOperator(), p, dependsOnReach(op), [&](Value stencil) -> Value {
        return builder.create<AdjointOp>(loc, op.getResult().getType(), stencil,
                                         op.getField(), op.getWeights(),
                                         op.getSidesAttr());
      });
}

void Reverse::goBackRestrict(RestrictOp op, Value p) {
  if (isVaried(op.getField()))
    add(op.getField(),
        builder.create<ProlongOp>(op.getLoc(), op.getField().getType(),
                                  op.getStencil(), p));
  goBackStencil(op.getOperator(), p, true, [&](Value stencil) -> Value {
    return builder.create<RestrictOp>(op.getLoc(), op.getResult().getType(),
                                      stencil, op.getField());
  });
}

void Reverse::goBackProlong(ProlongOp op, Value p) {
  if (isVaried(op.getField()))
    add(op.getField(),
        builder.create<RestrictOp>(op.getLoc(), op.getField().getType(),
                                   op.getStencil(), p));
  goBackStencil(op.getOperator(), p, true, [&](Value stencil) -> Value {
    return builder.create<ProlongOp>(op.getLoc(), op.getResult().getType(),
                                     stencil, op.getField());
  });
}

/// first + i*spacing
void Reverse::goBackCoordinate(CoordinateOp op, Value p) {
  Fields fields = this->fields(op.getLoc());
  if (isVaried(op.getFirst()))
    add(op.getFirst(), fields.sum(p));
  if (isVaried(op.getSpacing())) {
    Value index = builder.create<CoordinateOp>(
        op.getLoc(), op.getField().getType(), op.getAxis(), fields.number(0),
        fields.number(1));
    add(op.getSpacing(), fields.dot(p, index));
  }
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// The derivative by an array has it at the entry's place, and zeros.
void Reverse::goBackEntry(EntryOp op, Value p) {
  Location loc = op.getLoc();
  Fields fields = this->fields(loc);
  Value place;
  for (auto [index, extent] : llvm::zip(op.getIndices(), op.getExtents())) {
    Value own =
        builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), index);
    place = place
                ? fields.add(fields.multiply(place, fields.number(extent)), own)
                : own;
  }
  FieldType type = op.getArray().getType();
  Value numbers = builder.create<CoordinateOp>(loc, type, 0, fields.number(0),
                                               fields.number(1));
  Value there = fields.rounded(place, type.getElement());
  Value share = fields.rounded(p, type.getElement());
  Value zero = fields.constant(type.getElement(), 0);
  add(op.getArray(), fields.map(type, numbers, [&](ValueRange cells) -> Value {
    Value isIt = builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ,
                                               cells[0], there);
    return builder.create<arith::SelectOp>(loc, isIt, share, zero);
  }));
}

/// Of a least or greatest cell all that are it have the same share.
void Reverse::goBackReduce(ReduceOp op, Value p) {
  Fields fields = this->fields(op.getLoc());
  Value a = op.getFields().front(), b = op.getFields().back();
  auto type = cast<FieldType>(a.getType());
  if (op.getKind() == Reduction::Sum) {
    add(a, fields.spread(p, type));
    return;
  }
  if (op.getKind() == Reduction::Dot) {
    add(a, fields.scale(b, p));
    add(b, fields.scale(a, p));
    return;
  }
  bool isSize = op.getKind() == Reduction::MaxAbs;
  Value found = fields.rounded(op.getResult(), type.getElement());
  Location loc = op.getLoc();
  Value one = fields.constant(type.getElement(), 1);
  Value zero = fields.constant(type.getElement(), 0);
  Value minus = fields.constant(type.getElement(), -1);
  Value negative = isSize ? builder.create<arith::NegFOp>(loc, found) : Value();
  Value signs = fields.map(type, a, [&](ValueRange cells) -> Value {
    auto where = [&](Value number, Value yes, Value no) -> Value {
      Value isIt = builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ,
                                                 cells[0], number);
      return builder.create<arith::SelectOp>(loc, isIt, yes, no);
    };
    return where(found, one, isSize ? where(negative, minus, zero) : zero);
  });
  add(a, fields.scale(signs, fields.divide(p, fields.dot(signs, signs))));
}

} // namespace pdec::gradient
