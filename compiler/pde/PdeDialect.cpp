//===- PdeDialect.cpp - the pde dialect: verifiers, printing --------------===//

#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/Regions.h"
#include "compiler/support/Identifier.h"
#include "compiler/support/Rows.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

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

#define PDE_BOUNDARY(CONSTANT, ENUMERATOR, KEYWORD, CELLS, WEIGHTS, FACTOR)    \
  static_assert(boundaryRules[int(Boundary::ENUMERATOR)].keyword[0] ==         \
                    #KEYWORD[0] &&                                             \
                sizeof(#ENUMERATOR) == sizeof(#KEYWORD));
#include "compiler/support/Boundary.def"
static_assert(getMaxEnumValForBoundary() + 1 == std::size(boundaryRules));

//===----------------------------------------------------------------------===//
// Sides
//===----------------------------------------------------------------------===//

static SmallVector<SidesAttr, 3> sidesOf(ArrayAttr given, GridOp grid) {
  if (given)
    return llvm::to_vector<3>(given.getAsRange<SidesAttr>());
  SmallVector<SidesAttr, 3> sides;
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    sides.push_back(SidesAttr::get(grid.getContext(), grid.axis(axis).getLow(),
                                   grid.axis(axis).getHigh()));
  return sides;
}

SmallVector<SidesAttr, 3> sidesOf(Operation *op) {
  auto sided = cast<SidedOpInterface>(op);
  ArrayAttr given = sided.getOwnSides();
  return sidesOf(given, given ? GridOp() : gridOf(op, sided.getInner()));
}

static Boundary ruleOf(SidesAttr sides, bool high) {
  return high ? sides.getHigh() : sides.getLow();
}

Boundary ruleOf(Operation *op, unsigned axis, bool high) {
  return ruleOf(sidesOf(op)[axis], high);
}

ExtraRows extraRows(StencilOp stencil, ArrayRef<SidesAttr> sides) {
  ExtraRows rows;
  for (auto [axis, rules] : llvm::enumerate(sides)) {
    auto [first, last] = stencil.span(axis);
    bool low = rules.getLow() == Boundary::Dirichlet;
    bool high = rules.getHigh() == Boundary::Dirichlet;
    rows.low.push_back(low ? rowsAtValue(first, last) : 0);
    rows.high.push_back(high ? rowsAtValue(-last, -first) : 0);
  }
  return rows;
}

static int64_t reachBeyond(SidedOpInterface op, Boundary rule, unsigned axis,
                           bool high) {
  if (rule == Boundary::Periodic)
    return 0;
  auto [first, last] = op.getOperator().span(axis);
  FieldType inner = op.getInner(), outer = op.getOuter();
  int64_t reach = high ? outer.highRows(axis) + last - inner.highRows(axis)
                       : outer.lowRows(axis) - first - inner.lowRows(axis);
  return std::max<int64_t>(0, reach);
}

int64_t reachBeyond(Operation *op, unsigned axis, bool high) {
  return reachBeyond(cast<SidedOpInterface>(op), ruleOf(op, axis, high), axis,
                     high);
}

namespace {
/// How many operands an application has for one side.
struct SideCount {
  unsigned perDistance, scalars, values;
  unsigned all() const { return scalars + values; }
};
} // namespace

static SideCount countFor(SidedOpInterface op, Boundary rule, unsigned axis,
                          bool high) {
  const BoundaryRule &meaning = meaningOf(rule);
  unsigned each = meaning.scalars(/*withFactor=*/op.takesValues());
  unsigned reach = each ? reachBeyond(op, rule, axis, high) : 0;
  return {each, each * reach, op.takesValues() && meaning.hasValue()};
}

SideOperands operandsOf(Operation *op, unsigned axis, bool high) {
  SmallVector<SidesAttr, 3> sides = sidesOf(op);
  ValueRange operands = op->getOperands().drop_front(2);
  for (unsigned a = 0; a < sides.size(); ++a)
    for (bool side : {false, true}) {
      SideCount count =
          countFor(cast<SidedOpInterface>(op), ruleOf(sides[a], side), a, side);
      if (a == axis && side == high)
        return {operands.take_front(count.scalars), count.perDistance,
                count.values ? operands[count.scalars] : Value()};
      operands = operands.drop_front(count.all());
    }
  llvm_unreachable("a side of the grid");
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

/// Names of the script become those of C functions, files and messages.
static LogicalResult checkName(Operation *op, StringRef name) {
  if (isScriptName(name.str()))
    return success();
  return op->emitOpError(
             "needs a name of letters, digits and underscores, not '")
         << name << "'";
}

/// Whether no two operations of a kind have one name.
template <typename Op> static LogicalResult checkDistinct(ProgramOp program) {
  llvm::StringSet<> names;
  for (auto op : program.getBody().front().getOps<Op>())
    if (!names.insert(op.getName()).second)
      return op.emitOpError("has the name of another: '")
             << op.getName() << "'";
  return success();
}

/// Whether inputs have rows only where there is something beyond their cells.
static LogicalResult checkInputRows(ProgramOp program) {
  for (auto op : program.getBody().front().getOps<InputOp>()) {
    FieldType type = op.getField().getType();
    if (!type.hasExtraRows())
      continue;
    auto grid =
        SymbolTable::lookupNearestSymbolFrom<GridOp>(op, type.getGrid());
    if (!grid || type.getLow().size() != grid.rank())
      return op.emitOpError("needs rows for each axis of its grid");
    for (unsigned i = 0; i < grid.rank(); ++i)
      if (grid.axis(i).getLow() == Boundary::Periodic &&
          type.lowRows(i) + type.highRows(i) > 0)
        return op.emitOpError("has extra rows along the periodic axis ")
               << grid.axis(i).getName();
  }
  return success();
}

LogicalResult ProgramOp::verifyRegions() {
  return success(succeeded(checkName(*this, getSymName())) &&
                 succeeded(checkDistinct<ParamOp>(*this)) &&
                 succeeded(checkDistinct<InputOp>(*this)) &&
                 succeeded(checkInputRows(*this)) &&
                 succeeded(checkDistinct<OutputOp>(*this)));
}

LogicalResult GridOp::verify() {
  // Coarser grids are nobody's to name.
  if (!getParentAttr() && failed(checkName(*this, getSymName())))
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
  return checkAxis(*this, symbols, getField().getType().getGrid(), getAxis());
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

/// The grid of an application.
static LogicalResult checkApplication(Operation *op, FieldType type,
                                      SymbolTableCollection &symbols,
                                      GridOp &grid) {
  if (failed(findGrid(op, symbols, type.getGrid(), grid)))
    return failure();
  auto made = op->getOperand(0).getDefiningOp<StencilOp>();
  if (!made)
    return op->emitOpError("needs its operator to come from a pde.stencil");
  if (made.getStencil().getType().getRank() != grid.rank())
    return op->emitOpError("applies an operator of rank ")
           << made.getStencil().getType().getRank() << " on a grid of rank "
           << grid.rank();
  return success();
}

/// Checks the rules that an application names itself.
static LogicalResult checkSides(SidedOpInterface op, GridOp grid) {
  ArrayAttr given = op.getOwnSides();
  if (!given)
    return success();
  if (given.size() != grid.rank())
    return op->emitOpError("needs sides for each of ")
           << grid.rank() << " axes";
  for (auto [axis, sides] : llvm::enumerate(given.getAsRange<SidesAttr>())) {
    bool isCircle = grid.axis(axis).getLow() == Boundary::Periodic;
    for (bool high : {false, true})
      if ((ruleOf(sides, high) == Boundary::Periodic) != isCircle)
        return op->emitOpError("needs periodic sides where its grid is "
                               "periodic, and nowhere else, along axis ")
               << grid.axis(axis).getName();
  }
  return success();
}

/// Checks the rows of an application's outer field: those that the stencil
/// gives, or more of them at sides that are not periodic.
static LogicalResult checkRows(SidedOpInterface op, ArrayRef<SidesAttr> sides,
                               StringRef verb) {
  FieldType type = op.getOuter(), inner = op.getInner();
  ExtraRows extra = extraRows(op.getOperator(), sides);
  bool fits = type.getElement() == inner.getElement() &&
              type.getGrid() == inner.getGrid();
  auto isEnough = [](Boundary rule, int64_t rows, int64_t wanted) {
    return rule == Boundary::Periodic ? rows == 0 : rows >= wanted;
  };
  for (auto [axis, rules] : llvm::enumerate(sides))
    fits = fits &&
           isEnough(rules.getLow(), type.lowRows(axis), extra.low[axis]) &&
           isEnough(rules.getHigh(), type.highRows(axis), extra.high[axis]);
  if (!fits)
    return op->emitOpError(verb) << inner.withRows(extra.low, extra.high);
  return success();
}

/// Checks that an apply's field has all rows that the taps reach at sides where
/// it has extra ones.
static LogicalResult checkArgument(ApplyOp op, GridOp grid) {
  FieldType type = op.getField().getType();
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    for (bool high : {false, true}) {
      int64_t rows = high ? type.highRows(axis) : type.lowRows(axis);
      if (!rows)
        continue;
      if (ruleOf(op, axis, high) == Boundary::Periodic)
        return op.emitOpError("needs a field without extra rows along the "
                              "periodic axis ")
               << grid.axis(axis).getName();
      if (int64_t reach = reachBeyond(op, axis, high))
        return op.emitOpError("needs ")
               << reach << " more rows of its field at the "
               << (high ? "high" : "low") << " side of axis "
               << grid.axis(axis).getName() << ", or none";
    }
  return success();
}

/// Checks how many operands an application has for its sides.
static LogicalResult checkCount(SidedOpInterface op, ArrayRef<SidesAttr> sides,
                                StringRef what) {
  unsigned wanted = 0;
  std::string parts;
  llvm::raw_string_ostream text(parts);
  for (auto [axis, rules] : llvm::enumerate(sides))
    for (bool high : {false, true}) {
      Boundary rule = ruleOf(rules, high);
      unsigned count = countFor(op, rule, axis, high).all();
      if (count)
        text << (wanted ? ", " : "") << count << " for the "
             << stringifyBoundary(rule) << " side " << (high ? "high" : "low")
             << " of axis " << axis;
      wanted += count;
    }
  if (op->getNumOperands() - 2 == wanted)
    return success();
  auto error = op->emitOpError("needs ") << wanted << ' ' << what;
  if (wanted)
    error << ": " << parts;
  return error;
}

/// Checks that fields stand for values only.
static LogicalResult checkOutside(ApplyOp op, ArrayRef<SidesAttr> sides) {
  FieldType type = op.getField().getType();
  for (unsigned axis = 0; axis < sides.size(); ++axis)
    for (bool high : {false, true}) {
      SideOperands side = operandsOf(op, axis, high);
      for (Value scalar : side.scalars)
        if (!scalar.getType().isF64())
          return op.emitOpError("needs numbers as weights and factors");
      auto field =
          side.value ? dyn_cast<FieldType>(side.value.getType()) : FieldType();
      if (field && (field.getGrid() != type.getGrid() ||
                    field.getElement() != type.getElement()))
        return op.emitOpError("needs a number, or a field of its own grid and "
                              "element type, for the value of a side");
    }
  return success();
}

LogicalResult ApplyOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  if (failed(checkApplication(*this, getField().getType(), symbols, grid)) ||
      failed(checkSides(*this, grid)))
    return failure();
  SmallVector<SidesAttr, 3> sides = pde::sidesOf(getSidesAttr(), grid);
  if (failed(checkRows(*this, sides, "gives ")) ||
      failed(checkArgument(*this, grid)) ||
      failed(checkCount(*this, sides, "operands for its outside")))
    return failure();
  return checkOutside(*this, sides);
}

LogicalResult AdjointOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  if (failed(checkApplication(*this, getResult().getType(), symbols, grid)) ||
      failed(checkSides(*this, grid)))
    return failure();
  if (getResult().getType().hasExtraRows())
    return emitOpError("gives a field without extra rows");
  SmallVector<SidesAttr, 3> sides = pde::sidesOf(getSidesAttr(), grid);
  if (failed(checkRows(*this, sides, "takes ")))
    return failure();
  return checkCount(*this, sides, "weights");
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
    if (field.getType() != getFields()[0].getType())
      return emitOpError("needs fields of one grid with the same rows");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Map
//===----------------------------------------------------------------------===//

/// Whether an operation makes one number of numbers, as maps do for each cell.
static bool isScalarArithmetic(Operation &op) {
  bool isArithmetic =
      isa<arith::ArithDialect, math::MathDialect>(op.getDialect()) ||
      isa<ExpOp>(op);
  return isArithmetic && op.getNumRegions() == 0 && op.getNumResults() == 1 &&
         op.getResult(0).getType().isIntOrFloat();
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
  for (Operation &op : body.without_terminator())
    if (!isScalarArithmetic(op))
      return emitOpError("holds arithmetic on cells only, not ")
             << op.getName();
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
  Block &body = getBody().front();
  if (body.getArgumentTypes() != getOperandTypes())
    return emitOpError("needs an argument of its type for each operand");
  if (getResults().empty())
    return emitOpError("needs a field that it computes");
  for (Type result : getResultTypes())
    if (cast<FieldType>(result).getGrid() != type().getGrid() ||
        cast<FieldType>(result).getElement() != type().getElement())
      return emitOpError("computes fields of one grid and element type");
  for (Operation &op : body.without_terminator())
    if (auto field = dyn_cast<FieldOpInterface>(op)) {
      if (field.getMadeType().getGrid() != type().getGrid())
        return emitOpError("makes fields of its own grid only");
    } else if (!isScalarArithmetic(op) && !isa<StencilOp>(op)) {
      return emitOpError("holds field operations, their stencils and scalars "
                         "only, not ")
             << op.getName();
    }
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
  p << ' ';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
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
