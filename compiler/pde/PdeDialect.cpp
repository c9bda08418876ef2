//===- PdeDialect.cpp - the pde dialect: verifiers, printing --------------===//

#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/Regions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/pde/PdeDialect.cpp.inc"
#include "compiler/pde/PdeEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/pde/PdeAttrs.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/pde/PdeTypes.cpp.inc"
#define GET_OP_CLASSES
#include "compiler/pde/PdeOps.cpp.inc"

using namespace mlir;

namespace pdec::pde {

void PdeDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/pde/PdeAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "compiler/pde/PdeTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "compiler/pde/PdeOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

GridOp gridOf(Operation *user, FieldType type) {
  return SymbolTable::lookupNearestSymbolFrom<GridOp>(
      user->getParentOfType<ModuleOp>(), type.getGrid());
}

std::optional<double> constantOf(Value scalar) {
  FloatAttr constant;
  if (!matchPattern(scalar, m_Constant(&constant)))
    return std::nullopt;
  return constant.getValueAsDouble();
}

ExtraRows extraRows(StencilOp stencil, GridOp grid) {
  // With taps a..b the centre of row i is i + (a+b)/2, and inside means
  // -1 < i + (a+b)/2 < size. Floor division by two, also of negative sums.
  auto floorHalf = [](int64_t x) { return (x - (x < 0)) / 2; };
  ExtraRows rows;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    auto [first, last] = stencil.span(axis);
    int64_t sum = first + last;
    bool low = grid.axis(axis).getLow() == Boundary::Dirichlet;
    bool high = grid.axis(axis).getHigh() == Boundary::Dirichlet;
    rows.low.push_back(low ? std::max<int64_t>(0, floorHalf(sum + 1)) : 0);
    rows.high.push_back(high ? std::max<int64_t>(0, floorHalf(1 - sum)) : 0);
  }
  return rows;
}

bool needsOutside(Boundary rule) {
  return rule == Boundary::Dirichlet || rule == Boundary::Neumann;
}

Value outsideValue(ApplyOp apply, unsigned axis, bool high) {
  GridOp grid = gridOf(apply, apply.getField().getType());
  unsigned position = 0;
  for (unsigned a = 0; a < grid.rank(); ++a) {
    for (bool side : {false, true}) {
      Boundary rule = side ? grid.axis(a).getHigh() : grid.axis(a).getLow();
      if (a == axis && side == high)
        return needsOutside(rule) ? apply.getOutside()[position] : Value();
      position += needsOutside(rule);
    }
  }
  return Value();
}

/// Looks a grid up for a verifier.
static LogicalResult findGrid(Operation *op, SymbolTableCollection &symbols,
                              FlatSymbolRefAttr name, GridOp &grid) {
  grid = symbols.lookupNearestSymbolFrom<GridOp>(op, name);
  if (!grid)
    if (auto module = op->getParentOfType<ModuleOp>())
      grid = symbols.lookupSymbolIn<GridOp>(module, name);
  if (!grid)
    return op->emitOpError("uses the unknown grid ") << name;
  return success();
}

static LogicalResult checkAxis(Operation *op, SymbolTableCollection &symbols,
                               FlatSymbolRefAttr name, int64_t axis) {
  GridOp grid;
  if (failed(findGrid(op, symbols, name, grid)))
    return failure();
  if (axis < 0 || axis >= grid.rank())
    return op->emitOpError("names axis ")
           << axis << " of a grid of rank " << grid.rank();
  return success();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

LogicalResult FieldType::verify(function_ref<InFlightDiagnostic()> emitError,
                                FlatSymbolRefAttr, Type element,
                                ArrayRef<int64_t> low, ArrayRef<int64_t> high) {
  if (!element.isF64() && !element.isF32())
    return emitError() << "a field's element is f64 or f32";
  if (low.size() != high.size())
    return emitError()
           << "extra rows need a low and a high count for each axis";
  for (int64_t rows : llvm::concat<const int64_t>(low, high))
    if (rows < 0)
      return emitError() << "extra rows cannot be negative";
  return success();
}

int64_t FieldType::lowRows(unsigned axis) const {
  return getLow().empty() ? 0 : getLow()[axis];
}
int64_t FieldType::highRows(unsigned axis) const {
  return getHigh().empty() ? 0 : getHigh()[axis];
}

FieldType FieldType::withRows(ArrayRef<int64_t> low,
                              ArrayRef<int64_t> high) const {
  auto isZero = [](int64_t rows) { return rows == 0; };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero))
    return get(getContext(), getGrid(), getElement(), {}, {});
  return get(getContext(), getGrid(), getElement(), low, high);
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

LogicalResult GridOp::verify() {
  if (getAxes().empty() || getAxes().size() > 3)
    return emitOpError("needs one to three axes");
  if (getParentAttr()) {
    auto parent = SymbolTable::lookupNearestSymbolFrom<GridOp>(
        getOperation()->getParentOp(), getParentAttr());
    if (!parent || parent.rank() != rank() || !parent->isBeforeInBlock(*this))
      return emitOpError("needs a parent of its rank before it");
  }
  for (unsigned i = 0; i < rank(); ++i) {
    AxisAttr one = axis(i);
    if ((one.getLow() == Boundary::Periodic) !=
        (one.getHigh() == Boundary::Periodic))
      return emitOpError("is periodic on one side only of axis ")
             << one.getName();
    if (one.getSize() < 0)
      return emitOpError("has a negative size along axis ") << one.getName();
  }
  return success();
}

LogicalResult ParamOp::verify() {
  if (getInitial().getType() != getValue().getType())
    return emitOpError("has an initial value of another type");
  return success();
}

LogicalResult SizeOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkAxis(*this, symbols, getGridAttr(), getAxis());
}

LogicalResult AxisOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkAxis(*this, symbols, getGridAttr(), getAxis());
}

LogicalResult CoordinateOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkAxis(*this, symbols, getField().getType().getGrid(), getAxis());
}

LogicalResult InputOp::verify() {
  if (getField().getType().hasExtraRows())
    return emitOpError("cannot have extra rows");
  if (getInitial() && getInitial().getType() != getField().getType())
    return emitOpError("has a default of another type");
  return success();
}

LogicalResult OutputOp::verify() {
  if (getField().getType().hasExtraRows())
    return emitOpError("cannot have extra rows");
  return success();
}

//===----------------------------------------------------------------------===//
// Stencils
//===----------------------------------------------------------------------===//

int64_t StencilOp::offset(unsigned tap, unsigned axis) {
  return cast<DenseI64ArrayAttr>(getOffsets()[tap])[axis];
}

std::pair<int64_t, int64_t> StencilOp::span(unsigned axis) {
  std::pair<int64_t, int64_t> result{offset(0, axis), offset(0, axis)};
  for (unsigned tap = 1; tap < getOffsets().size(); ++tap) {
    result.first = std::min(result.first, offset(tap, axis));
    result.second = std::max(result.second, offset(tap, axis));
  }
  return result;
}

LogicalResult StencilOp::verify() {
  if (getOffsets().empty() || getOffsets().size() != getWeights().size())
    return emitOpError("needs as many offsets as weights, and at least one");
  ArrayRef<int64_t> before;
  for (Attribute attr : getOffsets()) {
    auto offset = dyn_cast<DenseI64ArrayAttr>(attr);
    if (!offset || offset.size() != getStencil().getType().getRank())
      return emitOpError("needs one integer for each axis in an offset");
    if (!before.empty() &&
        !std::lexicographical_compare(before.begin(), before.end(),
                                      offset.asArrayRef().begin(),
                                      offset.asArrayRef().end()))
      return emitOpError("needs its offsets in ascending order");
    before = offset.asArrayRef();
  }
  return success();
}

/// The grid and the rows of an application of `stencil` to fields of a grid.
static LogicalResult checkApplication(Operation *op, Value stencil,
                                      FieldType grids,
                                      SymbolTableCollection &symbols,
                                      GridOp &grid, FieldType &rows) {
  if (failed(findGrid(op, symbols, grids.getGrid(), grid)))
    return failure();
  auto made = stencil.getDefiningOp<StencilOp>();
  if (!made)
    return op->emitOpError("needs its operator to come from a pde.stencil");
  if (made.getStencil().getType().getRank() != grid.rank())
    return op->emitOpError("applies an operator of rank ")
           << made.getStencil().getType().getRank() << " on a grid of rank "
           << grid.rank();
  ExtraRows extra = extraRows(made, grid);
  rows = grids.withRows(extra.low, extra.high);
  return success();
}

/// True if a field has the rows of a stencil's result, or more of them at
/// dirichlet sides.
static bool hasRows(FieldType type, FieldType least, GridOp grid) {
  if (type.getElement() != least.getElement())
    return false;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    auto fits = [](Boundary rule, int64_t rows, int64_t wanted) {
      return rule == Boundary::Dirichlet ? rows >= wanted : rows == wanted;
    };
    if (!fits(grid.axis(axis).getLow(), type.lowRows(axis),
              least.lowRows(axis)) ||
        !fits(grid.axis(axis).getHigh(), type.highRows(axis),
              least.highRows(axis)))
      return false;
  }
  return true;
}

LogicalResult ApplyOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  FieldType rows;
  if (failed(checkApplication(*this, getStencil(), getField().getType(),
                              symbols, grid, rows)))
    return failure();
  if (getField().getType().hasExtraRows())
    return emitOpError("needs a field without extra rows");
  if (!hasRows(getResult().getType(), rows, grid))
    return emitOpError("gives ") << rows;
  SmallVector<bool> mayBeField;
  for (unsigned i = 0; i < grid.rank(); ++i)
    for (Boundary rule : {grid.axis(i).getLow(), grid.axis(i).getHigh()})
      if (needsOutside(rule))
        mayBeField.push_back(rule == Boundary::Dirichlet);
  if (getOutside().size() != mayBeField.size())
    return emitOpError("needs a value for each of ")
           << mayBeField.size() << " dirichlet and neumann sides";
  for (auto [value, allowed] : llvm::zip(getOutside(), mayBeField))
    if (isa<FieldType>(value.getType()) &&
        (!allowed || value.getType() != getField().getType()))
      return emitOpError("needs a number or, at dirichlet sides, a field of "
                         "its own type for the outside");
  return success();
}

LogicalResult AdjointOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  FieldType rows;
  if (failed(checkApplication(*this, getStencil(), getResult().getType(),
                              symbols, grid, rows)))
    return failure();
  if (getResult().getType().hasExtraRows())
    return emitOpError("gives a field without extra rows");
  if (!hasRows(getField().getType(), rows, grid))
    return emitOpError("takes ") << rows;
  return success();
}

/// Checks that `coarse` coarsens `fine` and that the stencil fits them.
static LogicalResult checkTransfer(Operation *op, Value stencil, FieldType fine,
                                   FieldType coarse,
                                   SymbolTableCollection &symbols) {
  GridOp fineGrid, coarseGrid;
  if (failed(findGrid(op, symbols, fine.getGrid(), fineGrid)) ||
      failed(findGrid(op, symbols, coarse.getGrid(), coarseGrid)))
    return failure();
  if (coarseGrid.getParentAttr() != fine.getGrid())
    return op->emitOpError("needs grids of which one coarsens the other, not ")
           << coarse.getGrid() << " and " << fine.getGrid();
  auto made = stencil.getDefiningOp<StencilOp>();
  if (!made || made.getStencil().getType().getRank() != fineGrid.rank())
    return op->emitOpError("needs a pde.stencil of the grids' rank");
  if (fine.hasExtraRows() || coarse.hasExtraRows())
    return op->emitOpError("needs fields without extra rows");
  if (fine.getElement() != coarse.getElement())
    return op->emitOpError("needs fields of one element type");
  return success();
}

LogicalResult RestrictOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkTransfer(*this, getStencil(), getField().getType(),
                       getResult().getType(), symbols);
}

LogicalResult ProlongOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkTransfer(*this, getStencil(), getResult().getType(),
                       getField().getType(), symbols);
}

LogicalResult ReduceOp::verify() {
  size_t wanted = getKind() == Reduction::Dot ? 2 : 1;
  if (getFields().size() != wanted)
    return emitOpError("needs ")
           << wanted << " field" << (wanted > 1 ? "s" : "");
  for (Value field : getFields()) {
    auto type = cast<FieldType>(field.getType());
    if (type.hasExtraRows() || type != getFields()[0].getType())
      return emitOpError("needs fields of one grid without extra rows");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Map
//===----------------------------------------------------------------------===//

LogicalResult MapOp::verifyRegions() {
  FieldType result = getResult().getType();
  Block &body = getBody().front();
  if (body.getNumArguments() != getFields().size())
    return emitOpError("needs an argument for each field");
  for (auto [field, argument] : llvm::zip(getFields(), body.getArguments())) {
    auto type = cast<FieldType>(field.getType());
    if (type.getGrid() != result.getGrid() ||
        type.getElement() != result.getElement())
      return emitOpError("needs fields of one grid and element type");
    if (argument.getType() != result.getElement())
      return emitOpError("needs arguments of the element type");
    for (unsigned axis = 0; axis < result.getLow().size(); ++axis)
      if (result.lowRows(axis) > type.lowRows(axis) ||
          result.highRows(axis) > type.highRows(axis))
        return emitOpError("has rows that not all of its operands have");
  }
  return checkYield<YieldOp>(*this, getBody(), result.getElement());
}

void MapOp::print(OpAsmPrinter &p) {
  p << ' ';
  printBound(p, getBody().front().getArguments(), getFields());
  p << " -> " << getResult().getType() << ' ';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult MapOp::parse(OpAsmParser &parser, OperationState &result) {
  llvm::SmallVector<OpAsmParser::Argument> arguments;
  llvm::SmallVector<Type> types;
  FieldType type;
  // Verifiers say what is wrong with operands that are no fields.
  auto elementOf = [](Type operand) -> Type {
    auto field = dyn_cast<FieldType>(operand);
    return field ? field.getElement() : operand;
  };
  if (parseBound(parser, result, arguments, types, elementOf) ||
      parser.parseArrow() || parser.parseType(type) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  result.addTypes(type);
  return success();
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

LogicalResult StepsOp::verifyRegions() {
  return checkLoop<YieldOp>(*this, getBody(), getInits().getTypes());
}

void StepsOp::print(OpAsmPrinter &p) { printLoop(p, *this); }

ParseResult StepsOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseLoop(parser, result);
}

LogicalResult FixpointOp::verifyRegions() {
  return checkLoop<UntilOp>(*this, getBody(), getInits().getTypes());
}

void FixpointOp::print(OpAsmPrinter &p) { printLoop(p, *this); }

ParseResult FixpointOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseLoop(parser, result);
}

LogicalResult SweepOp::verifyRegions() {
  for (Operation &op : getBody().front().without_terminator())
    if (!isa<MapOp, ApplyOp, AdjointOp, RestrictOp, ProlongOp, CoordinateOp,
             NoiseOp>(op))
      return emitOpError("holds field operations only, not ") << op.getName();
  return checkYield<YieldOp>(*this, getBody(), getResultTypes());
}

} // namespace pdec::pde
