//===- PdeDialect.cpp - the pde dialect: verifiers, printing --------------===//

#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/Checks.h"
#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/pde/PdeSolutions.h"
#include "compiler/pde/Regions.h"

#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/pde/PdeDialect.cpp.inc"
#include "compiler/pde/PdeEnums.cpp.inc"
#include "compiler/pde/ProgramOpInterfaces.cpp.inc"
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
  addOperations<NumberOp, RecordOp, StepLengthOp, ConvolveOp, CorrelateOp>();
  addOperations<PullbackOp, SolutionOp, GiveOp, AlongOp>();
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

Type exponentType(Type result) {
  Type f64 = Float64Type::get(result.getContext());
  if (auto vector = dyn_cast<VectorType>(result))
    return vector.clone(f64);
  return f64;
}

GridOp gridOf(Operation *user, FieldType type) {
  return SymbolTable::lookupNearestSymbolFrom<GridOp>(
      user->getParentOfType<ModuleOp>(), type.getGrid());
}

std::string placeText(Location location) {
  // Evolutions have names beside their places, fused operations several.
  auto place = location->findInstanceOf<FileLineColLoc>();
  if (!place)
    return "";
  return llvm::formatv("{0}:{1}:{2}", place.getFilename().str(),
                       place.getLine(), place.getColumn());
}

std::optional<double> constantOf(Value scalar) {
  FloatAttr constant;
  if (!matchPattern(scalar, m_Constant(&constant)))
    return std::nullopt;
  return constant.getValueAsDouble();
}

#define PDE_BOUNDARY(CONSTANT, ENUMERATOR, KEYWORD, CELLS, WEIGHTS, FACTOR)    \
  static_assert(boundaryRules[int(Boundary::ENUMERATOR)].keyword[0] ==         \
                    #KEYWORD[0] &&                                             \
                sizeof(#ENUMERATOR) == sizeof(#KEYWORD));
#include "compiler/support/Boundary.def"
static_assert(getMaxEnumValForBoundary() + 1 == std::size(boundaryRules));

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

// Where nothing is listed is nothing: verifiers ask before they know the rank.
int64_t FieldType::lowRows(unsigned axis) const {
  return axis < getLow().size() ? getLow()[axis] : 0;
}
int64_t FieldType::highRows(unsigned axis) const {
  return axis < getHigh().size() ? getHigh()[axis] : 0;
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

/// Checks a field that an operation makes: its grid, and rows only where there
/// is something beyond the cells.
static LogicalResult checkField(Operation *op, SymbolTableCollection &symbols,
                                FieldType type) {
  GridOp grid;
  if (failed(findGrid(op, symbols, type.getGrid(), grid)))
    return failure();
  if (!type.fitsRank(grid.rank()))
    return op->emitOpError("needs rows for each axis of its grid");
  for (unsigned i = 0; i < grid.rank(); ++i)
    if (grid.axis(i).getLow() == Boundary::Periodic &&
        type.lowRows(i) + type.highRows(i) > 0)
      return op->emitOpError("has extra rows along the periodic axis ")
             << grid.axis(i).getName();
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

LogicalResult ProgramOp::verifyRegions() {
  if (failed(checkHolds(
          *this, "fields, loops, scalars and what users see",
          [](Operation &op) { return isShown(op) || isHeldByLoops(op); })))
    return failure();
  return checkNames<InputOp>(*this);
}

LogicalResult GridOp::verify() {
  // Coarser grids are nobody's to name, nor are those of arrays, which may be
  // none of the script's.
  if (!getParentAttr() && !getExtents() &&
      failed(checkName(*this, getSymName())))
    return failure();
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
    if (failed(checkName(*this, one.getName())))
      return failure();
    if (one.getSize() < 0)
      return emitOpError("has a negative size along axis ") << one.getName();
    if (getParentAttr() && one.getSize() > 1)
      return emitOpError("has a parent, and no size but one along axis ")
             << one.getName();
  }
  return success();
}

LogicalResult ParamOp::verify() {
  if (getInitial().getType() != getValue().getType())
    return emitOpError("has an initial value of another type");
  return checkName(*this, getName());
}

LogicalResult SizeOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkAxis(*this, symbols, getGridAttr(), getAxis());
}

LogicalResult AxisOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkAxis(*this, symbols, getGridAttr(), getAxis());
}

LogicalResult CoordinateOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FieldType type = getField().getType();
  if (failed(checkAxis(*this, symbols, type.getGrid(), getAxis())))
    return failure();
  return checkField(*this, symbols, type);
}

LogicalResult NoiseOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkField(*this, symbols, getField().getType());
}

LogicalResult InputOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkField(*this, symbols, getField().getType());
}

LogicalResult MapOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkField(*this, symbols, getResult().getType());
}

LogicalResult InputOp::verify() {
  if (getInitial() && getInitial().getType() != getField().getType())
    return emitOpError("has a default of another type");
  return checkName(*this, getName());
}

LogicalResult OutputOp::verify() { return checkName(*this, getName()); }

LogicalResult NoiseOp::verify() {
  if (getField().getType().hasExtraRows())
    return emitOpError("cannot have extra rows");
  return success();
}

//===----------------------------------------------------------------------===//
// Reductions and maps
//===----------------------------------------------------------------------===//

LogicalResult ReduceOp::verify() {
  size_t wanted = getKind() == Reduction::Dot ? 2 : 1;
  if (getFields().size() != wanted)
    return emitOpError("needs ")
           << wanted << " field" << (wanted > 1 ? "s" : "");
  for (Value field : getFields()) {
    if (field.getType() != getFields()[0].getType())
      return emitOpError("needs fields of one grid with the same rows");
  }
  return success();
}

LogicalResult EntryOp::verify() {
  FieldType type = getArray().getType();
  bool hasRows = llvm::any_of(type.getLow(), [](int64_t n) { return n; }) ||
                 llvm::any_of(type.getHigh(), [](int64_t n) { return n; });
  if (hasRows)
    return emitOpError("needs an array without extra rows");
  return checkIndices(*this, getIndices(), getExtents());
}

LogicalResult RateOp::verifyRegions() {
  Block &body = getBody().front();
  if (!body.getNumArguments() ||
      !isa<FieldType>(body.getArgument(0).getType()) ||
      !llvm::all_equal(body.getArgumentTypes()))
    return emitOpError("needs fields of one type as its arguments");
  if (failed(checkHeldByLoop(*this)))
    return failure();
  return checkYield<YieldOp>(*this, getBody(), body.getArgumentTypes());
}

void RateOp::print(OpAsmPrinter &p) {
  p << ' ' << getKind() << " of (";
  llvm::interleaveComma(getBody().getArguments(), p, [&](BlockArgument field) {
    p.printRegionArgument(field);
  });
  p << ')';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs(),
                                     {getKindAttrName().strref()});
  p << ' ';
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult RateOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> arguments;
  StringRef keyword;
  SMLoc place = parser.getCurrentLocation();
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<RateKind> kind = symbolizeRateKind(keyword);
  if (!kind)
    return parser.emitError(place, "expected norm, slowest or fastest");
  result.addAttribute(getKindAttrName(result.name),
                      RateKindAttr::get(parser.getContext(), *kind));
  if (parser.parseKeyword("of") ||
      parser.parseArgumentList(arguments, OpAsmParser::Delimiter::Paren,
                               /*allowType=*/true) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  result.addTypes(parser.getBuilder().getF64Type());
  return success();
}

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
  if (failed(checkHolds(*this, "arithmetic on cells", isScalarArithmetic)))
    return failure();
  return checkYield<YieldOp>(*this, getBody(), result.getElement());
}

void MapOp::print(OpAsmPrinter &p) {
  p << ' ';
  printBound(p, getBody().front().getArguments(), getFields());
  p << " -> " << getResult().getType();
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p << ' ';
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

/// What a pass hands on, if it ends as it must; else the verifier complains.
template <typename End>
static std::optional<MutableArrayRef<OpOperand>> yieldedValues(Region &body) {
  auto end = dyn_cast<End>(body.front().back());
  if (!end)
    return std::nullopt;
  return MutableArrayRef<OpOperand>(end.getValuesMutable());
}

LogicalResult StepsOp::verify() {
  return checkCarried(*this, getBody(), getInits().getTypes());
}

LogicalResult StepsOp::verifyRegions() {
  if (failed(checkHeldByLoop(*this)))
    return failure();
  return checkYield<YieldOp>(*this, getBody(), getInits().getTypes());
}

std::optional<MutableArrayRef<OpOperand>> StepsOp::getYieldedValuesMutable() {
  return yieldedValues<YieldOp>(getBody());
}

std::optional<SmallVector<OpFoldResult>> StepsOp::getLoopLowerBounds() {
  return SmallVector<OpFoldResult>{Builder(*this).getI64IntegerAttr(0)};
}

std::optional<SmallVector<OpFoldResult>> StepsOp::getLoopSteps() {
  return SmallVector<OpFoldResult>{Builder(*this).getI64IntegerAttr(1)};
}

std::optional<SmallVector<OpFoldResult>> StepsOp::getLoopUpperBounds() {
  return SmallVector<OpFoldResult>{Value(getCount())};
}

void StepsOp::print(OpAsmPrinter &p) { printLoop(p, *this); }

ParseResult StepsOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseLoop(parser, result);
}

LogicalResult FixpointOp::verify() {
  if (failed(checkReported(*this)))
    return failure();
  return checkCarried(*this, getBody(), getInits().getTypes());
}

LogicalResult FixpointOp::verifyRegions() {
  if (failed(checkHeldByLoop(*this)))
    return failure();
  return checkYield<UntilOp>(*this, getBody(), getInits().getTypes());
}

std::optional<MutableArrayRef<OpOperand>>
FixpointOp::getYieldedValuesMutable() {
  return yieldedValues<UntilOp>(getBody());
}

void FixpointOp::print(OpAsmPrinter &p) { printLoop(p, *this); }

ParseResult FixpointOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseLoop(parser, result);
}

MutableOperandRange UntilOp::getMutableSuccessorOperands(RegionBranchPoint) {
  return getValuesMutable();
}

LogicalResult SweepOp::verifyRegions() {
  Block &body = getBody().front();
  if (body.getArgumentTypes() != getOperandTypes())
    return emitOpError("needs an argument of its type for each operand");
  if (getResults().empty())
    return emitOpError("needs a field that it computes");
  auto isOfGrid = [&](FieldType field) {
    if (field.getGrid() == type().getGrid())
      return true;
    GridOp grid = gridOf(*this, field);
    return grid && grid.getParentAttr() == type().getGrid();
  };
  for (Type result : getResultTypes())
    if (!isOfGrid(cast<FieldType>(result)) ||
        cast<FieldType>(result).getElement() != type().getElement())
      return emitOpError("computes fields of one grid and element type");
  if (failed(checkHolds(*this, "field operations, their stencils and scalars",
                        [](Operation &op) {
                          return isa<FieldOpInterface, StencilOp>(op) ||
                                 isScalarArithmetic(op);
                        })))
    return failure();
  for (auto field : body.getOps<FieldOpInterface>())
    if (!isOfGrid(field.getMadeType()))
      return emitOpError("makes fields of its own grid only");
  if (failed(checkYield<YieldOp>(*this, getBody(), getResultTypes())))
    return failure();
  if (llvm::any_of(body.getTerminator()->getOperands(),
                   llvm::IsaPred<BlockArgument>))
    return emitOpError("yields a field that it does not compute");
  return success();
}

void SweepOp::print(OpAsmPrinter &p) {
  p << ' ';
  printBound(p, getBody().front().getArguments(), getOperands());
  p.printOptionalArrowTypeList(getResultTypes());
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p << ' ';
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult SweepOp::parse(OpAsmParser &parser, OperationState &result) {
  llvm::SmallVector<OpAsmParser::Argument> arguments;
  llvm::SmallVector<Type> types;
  return failure(parseBound(parser, result, arguments, types,
                            [](Type operand) { return operand; }) ||
                 parser.parseOptionalArrowTypeList(result.types) ||
                 parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
                 parser.parseRegion(*result.addRegion(), arguments));
}

} // namespace pdec::pde
