//===- RaiseMaps.cpp - activations and skips as pointwise functions -------===//
//
// Row 2 of the dictionary, read from the right. Each layer becomes a map of its
// own; pde-merge-maps makes one of those that belong together.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Raiser.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::net {

//===----------------------------------------------------------------------===//
// Pointwise functions
//===----------------------------------------------------------------------===//

/// A scalar in the element type, rounded where it is made: once, not in each
/// pass of a loop that reads it.
Value Raiser::rounded(Value scalar, Type element) {
  if (scalar.getType() == element)
    return scalar;
  Value &known = roundings[{scalar, element}];
  if (known)
    return known;
  if (auto wider = scalar.getDefiningOp<arith::ExtFOp>();
      wider && wider.getIn().getType() == element)
    return known = wider.getIn();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfterValue(scalar);
  return known =
             builder.create<arith::TruncFOp>(scalar.getLoc(), element, scalar);
}

/// A field, and what of it remains where rows are cut off.
static pde::FieldType croppedType(pde::FieldType type, PadOp pad) {
  SmallVector<int64_t> low, high;
  for (unsigned axis = 0; axis < pad.getMargins().size(); ++axis) {
    low.push_back(type.lowRows(axis) + sideAt(pad, axis, false).count);
    high.push_back(type.highRows(axis) + sideAt(pad, axis, true).count);
    if (low.back() < 0 || high.back() < 0)
      return {};
  }
  return type.withRows(low, high);
}

/// A map of tensors of one type; `body` computes a cell.
LogicalResult Raiser::raisePointwise(Operation *op, ValueRange tensors,
                                     function_ref<Value(ValueRange)> body) {
  SmallVector<Value> fields;
  pde::FieldType type;
  for (Value tensor : tensors) {
    pde::FieldType one;
    if (Value field = mapping.lookupOrNull(tensor)) {
      fields.push_back(field);
      one = cast<pde::FieldType>(field.getType());
    } else {
      auto [pad, uncut] = paddedAt(tensor);
      fields.push_back(mapped(uncut));
      one = croppedType(typeOf(uncut), pad);
    }
    if (!one || (type && type != one))
      return refuse(op, "its tensors lie differently on their grid");
    type = one;
  }
  auto map = builder.create<pde::MapOp>(op->getLoc(), type, fields);
  OpBuilder::InsertionGuard guard(builder);
  Block &block = map.getBody().emplaceBlock();
  builder.setInsertionPointToEnd(&block);
  for (Value field : fields)
    block.addArgument(type.getElement(), field.getLoc());
  builder.create<pde::YieldOp>(op->getLoc(), body(block.getArguments()));
  // A constant is a map of nothing.
  for (unsigned i = fields.size(); i-- > 0;)
    if (block.getArgument(i).use_empty()) {
      block.eraseArgument(i);
      map->eraseOperand(i);
    }
  mapping.map(op->getResult(0), map.getResult());
  return success();
}

LogicalResult Raiser::raiseActivation(ActivationOp op) {
  return raisePointwise(op, op.getXs(), [&](ValueRange cells) {
    Block &body = op.getBody().front();
    mapping.map(body.getArguments(), cells);
    for (Operation &inner : body.without_terminator())
      builder.clone(inner, mapping);
    return mapped(body.getTerminator()->getOperand(0));
  });
}

LogicalResult Raiser::raiseScale(ScaleOp op) {
  Value factor = mapped(op.getFactor());
  Value number = rounded(factor, op.getResult().getType().getElementType());
  return raisePointwise(op, op.getX(), [&](ValueRange cells) -> Value {
    // So the dictionary says a sign.
    if (pde::constantOf(factor) == -1.0)
      return builder.create<arith::NegFOp>(op.getLoc(), cells[0]);
    return builder.create<arith::MulFOp>(op.getLoc(), cells[0], number);
  });
}

template <typename Arithmetic, typename Op>
LogicalResult Raiser::raiseSum(Op op) {
  return raisePointwise(op, {op.getA(), op.getB()}, [&](ValueRange cells) {
    return builder.create<Arithmetic>(op.getLoc(), cells[0], cells[1])
        .getResult();
  });
}
template LogicalResult Raiser::raiseSum<arith::AddFOp>(AddOp);
template LogicalResult Raiser::raiseSum<arith::SubFOp>(SubtractOp);

//===----------------------------------------------------------------------===//
// Fields made of nothing
//===----------------------------------------------------------------------===//

static pde::GridOp gridOf(pde::SizeOp size) {
  return SymbolTable::lookupNearestSymbolFrom<pde::GridOp>(size,
                                                           size.getGridAttr());
}

/// The field that has these sizes, which are a grid's and what lies beyond its
/// cells, of which `before` lies below them; null if they are not.
static pde::FieldType fieldOfSizes(Type element, OperandRange sizes,
                                   function_ref<int64_t(unsigned)> before) {
  FlatSymbolRefAttr grid;
  SmallVector<int64_t> low, high;
  for (auto [axis, size] : llvm::enumerate(sizes)) {
    auto cells = size.getDefiningOp<pde::SizeOp>();
    IntegerAttr rows = Builder(element.getContext()).getI64IntegerAttr(0);
    if (auto sum = size.getDefiningOp<arith::AddIOp>())
      if (matchPattern(sum.getRhs(), m_Constant(&rows)))
        cells = sum.getLhs().getDefiningOp<pde::SizeOp>();
    if (!cells || cells.getAxis() != axis ||
        (grid && grid != cells.getGridAttr()) ||
        gridOf(cells).rank() != sizes.size())
      return {};
    grid = cells.getGridAttr();
    low.push_back(before(axis));
    high.push_back(rows.getInt() - before(axis));
    if (low.back() < 0 || high.back() < 0)
      return {};
  }
  return pde::FieldType::get(element.getContext(), grid, element, {}, {})
      .withRows(low, high);
}

static LogicalResult refuseSizes(Operation *op) {
  return refuse(op, "its sizes are not those of a field on a grid");
}

LogicalResult Raiser::raiseCoordinate(CoordinateOp op) {
  pde::FieldType type =
      fieldOfSizes(op.getResult().getType().getElementType(), op.getSizes(),
                   [&](unsigned axis) { return op.cellsBefore(axis); });
  if (!type)
    return refuseSizes(op);
  mapping.map(op.getResult(),
              builder
                  .create<pde::CoordinateOp>(op.getLoc(), type, op.getAxis(),
                                             mapped(op.getFirst()),
                                             mapped(op.getSpacing()))
                  .getField());
  return success();
}

LogicalResult Raiser::raiseNoise(NoiseOp op) {
  pde::FieldType type = fieldOfSizes(op.getResult().getType().getElementType(),
                                     op.getSizes(), [](unsigned) { return 0; });
  if (!type)
    return refuseSizes(op);
  mapping.map(
      op.getResult(),
      builder.create<pde::NoiseOp>(op.getLoc(), type, mapped(op.getSeed()))
          .getField());
  return success();
}

} // namespace pdec::net
