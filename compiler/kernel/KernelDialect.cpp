//===- KernelDialect.cpp - the kernel dialect: verifiers, printing --------===//

#include "compiler/kernel/KernelDialect.h"
#include "compiler/pde/Regions.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::pde;

/// `low : high` for each axis.
static void printRows(AsmPrinter &p, llvm::ArrayRef<int64_t> numbers);
static ParseResult parseRows(AsmParser &parser,
                             llvm::SmallVector<int64_t> &numbers);

#include "compiler/kernel/KernelDialect.cpp.inc"
#include "compiler/kernel/KernelEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/kernel/KernelAttrs.cpp.inc"
#define GET_OP_CLASSES
#include "compiler/kernel/KernelOps.cpp.inc"

using pdec::kernel::RowsAttr;

static void printRows(AsmPrinter &p, llvm::ArrayRef<int64_t> numbers) {
  auto print = [&](int64_t number) {
    if (number == RowsAttr::all)
      p << "all";
    else if (number == RowsAttr::none)
      p << "none";
    else
      p << number;
  };
  for (size_t i = 0; i < numbers.size(); i += 2) {
    p << (i ? ", " : "");
    print(numbers[i]);
    p << " : ";
    print(numbers[i + 1]);
  }
}

static ParseResult parseRows(AsmParser &parser,
                             llvm::SmallVector<int64_t> &numbers) {
  auto parseOne = [&]() -> ParseResult {
    if (succeeded(parser.parseOptionalKeyword("all")))
      numbers.push_back(RowsAttr::all);
    else if (succeeded(parser.parseOptionalKeyword("none")))
      numbers.push_back(RowsAttr::none);
    else
      return parser.parseInteger(numbers.emplace_back());
    return success();
  };
  return parser.parseCommaSeparatedList([&]() -> ParseResult {
    return failure(parseOne() || parser.parseColon() || parseOne());
  });
}

namespace pdec::kernel {

bool copiesPeriodic(GridOp grid, bool takesSteps) {
  if (grid.rank() > 1 && !takesSteps)
    return false;
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    if (isPeriodic(grid, axis))
      return true;
  return false;
}

void KernelDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/kernel/KernelAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "compiler/kernel/KernelOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

LogicalResult RowsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<int64_t> numbers) {
  if (numbers.empty() || numbers.size() % 2)
    return emitError() << "needs two numbers of rows for each axis";
  return success();
}

LogicalResult StageAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                unsigned, RowsAttr reach, RowsAttr boundary,
                                int64_t ring) {
  if (reach.rank() != boundary.rank())
    return emitError() << "has reach and boundary of different rank";
  if (ring < 0 || (ring & (ring - 1)) != 0)
    return emitError() << "needs a ring of a power of two of rows";
  return success();
}

LogicalResult TileAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<int64_t> cells, int64_t steps,
                               int64_t rows, int64_t piece, int64_t scratch) {
  if (cells.empty() || llvm::any_of(cells, [](int64_t n) { return n < 1; }))
    return emitError() << "needs a positive number of cells for each axis";
  if (steps < 0 || scratch < 0)
    return emitError() << "needs counts of steps and bytes";
  if (rows < 1 || (rows > 1 && cells.size() == 1))
    return emitError() << "needs rows to compute at once";
  if (piece < 0 || (piece > 0 && (steps > 0 || cells.size() == 1)))
    return emitError() << "goes ahead by pieces of several axes and one sweep";
  return success();
}

static unsigned rankOf(SweepOp sweep) {
  return gridOf(sweep, sweep.type()).rank();
}

/// An array with one attribute for each of `count` things, each accepted.
static bool holds(Attribute attr, size_t count,
                  function_ref<bool(Attribute)> accepts) {
  auto array = dyn_cast<ArrayAttr>(attr);
  return array && array.size() == count && llvm::all_of(array, accepts);
}

/// The attributes on a sweep.
static LogicalResult verifyPlan(SweepOp sweep, NamedAttribute attr) {
  unsigned rank = rankOf(sweep);
  if (attr.getName() == tileName) {
    auto tile = dyn_cast<TileAttr>(attr.getValue());
    if (tile && tile.rank() == rank)
      return success();
    return sweep.emitOpError("needs a tile with cells for each axis");
  }
  if (attr.getName() == resultsName) {
    auto isStage = [&](Attribute one) {
      auto stage = dyn_cast<StageAttr>(one);
      return stage && stage.getReach().rank() == rank;
    };
    if (holds(attr.getValue(), sweep.getNumResults(), isStage))
      return success();
    return sweep.emitOpError("needs a stage for each of its results");
  }
  if (attr.getName() == readsName) {
    auto isRead = [&](Attribute one) {
      auto rows = dyn_cast<RowsAttr>(one);
      return isa<UnitAttr>(one) || (rows && rows.rank() == rank);
    };
    if (holds(attr.getValue(), sweep.getNumOperands(), isRead))
      return success();
    return sweep.emitOpError("needs the rows that it reads of each operand");
  }
  return sweep.emitOpError("has no attribute ") << attr.getName();
}

LogicalResult KernelDialect::verifyOperationAttribute(Operation *op,
                                                      NamedAttribute attr) {
  if (auto sweep = dyn_cast<SweepOp>(op))
    return verifyPlan(sweep, attr);
  auto sweep = dyn_cast_or_null<SweepOp>(op->getParentOp());
  if (attr.getName() == stageName && sweep && isa<FieldOpInterface>(op)) {
    auto stage = dyn_cast<StageAttr>(attr.getValue());
    if (stage && stage.getReach().rank() == rankOf(sweep))
      return success();
    return op->emitOpError("needs a stage of the sweep's rank");
  }
  if (attr.getName() == storedName && sweep && isa<FieldOpInterface>(op) &&
      isa<UnitAttr>(attr.getValue()))
    return success();
  if (attr.getName() == tileName && isa<func::FuncOp>(op) &&
      isa<TileAttr>(attr.getValue()))
    return success();
  return op->emitOpError("cannot have the attribute ") << attr.getName();
}

//===----------------------------------------------------------------------===//
// Calls and memory
//===----------------------------------------------------------------------===//

func::FuncOp CallOp::getFunction() {
  return SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(*this,
                                                            getCalleeAttr());
}

TileAttr CallOp::getTile() {
  return getFunction()->getAttrOfType<TileAttr>(tileName);
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto function =
      symbols.lookupNearestSymbolFrom<func::FuncOp>(*this, getCalleeAttr());
  auto tile =
      function ? function->getAttrOfType<TileAttr>(tileName) : TileAttr();
  if (!tile)
    return emitOpError("needs a function of tiles, which ")
           << getCalleeAttr() << " is not";
  if (getResults().empty())
    return emitOpError("needs a field that it computes");
  auto grid = symbols.lookupNearestSymbolFrom<GridOp>(*this, type().getGrid());
  if (!grid || grid.rank() != tile.rank())
    return emitOpError("needs tiles of its grid's rank");
  return success();
}

LogicalResult MemoryOp::verify() {
  auto grid = SymbolTable::lookupNearestSymbolFrom<GridOp>(
      *this, getField().getType().getGrid());
  if (!grid)
    return emitOpError("names no grid of this module");
  if (getStrides().size() + 1 != grid.rank())
    return emitOpError("needs a stride for each axis but the last");
  if (!getSizes().empty() && getSizes().size() != grid.rank())
    return emitOpError("needs a size for each axis, or none");
  if (getRings().size() >= grid.rank())
    return emitOpError("has a ring of rows on an axis without rows");
  return success();
}

//===----------------------------------------------------------------------===//
// Boxes and rows
//===----------------------------------------------------------------------===//

/// What boxes and rows have in common.
template <typename Op> static LogicalResult verifyCells(Op op) {
  Block &body = op.getBody().front();
  if (body.getArgumentTypes() != op.getInputs().getTypes())
    return op.emitOpError("needs an argument of its type for each input");
  if (op.getOutputs().empty())
    return op.emitOpError("needs a field to write");
  for (Operation &inner : body.without_terminator())
    if (!isa<FieldOpInterface, StencilOp>(inner) &&
        !inner.hasTrait<OpTrait::ConstantLike>())
      return op.emitOpError("holds field operations, their stencils and "
                            "constants only, not ")
             << inner.getName();
  return checkYield<WriteOp>(op, op.getBody(), op.getOutputs().getTypes());
}

LogicalResult BoxOp::verifyRegions() {
  unsigned rank = getSizes().size();
  if (rank == 0 || getBegin().size() != rank || getEnd().size() != rank ||
      getBoundary().rank() != rank)
    return emitOpError("needs a size, a range and boundary rows for each axis");
  return verifyCells(*this);
}

LogicalResult RowOp::verifyRegions() {
  unsigned rank = getSizes().size();
  if (rank == 0 || getOuter().size() + 1 != rank)
    return emitOpError("needs a size for each axis, and a place on each but "
                       "the last");
  size_t most = getRule() == Rule::Sides ? 2 : 1;
  if (getBegin().size() != getEnd().size() || getBegin().empty() ||
      getBegin().size() > most)
    return emitOpError("needs one range of cells, or two at its sides");
  if (getRows() > 1 && (getRule() != Rule::Interior || rank == 1))
    return emitOpError(
        "has other rows with it, but is no interior one of them");
  return verifyCells(*this);
}

/// from [%begin] to [%end] of [%sizes] reads (%argument = %input : type, ...)
/// writes (%output : type, ...) attributes {...} {...}
template <typename Op>
static void printCells(OpAsmPrinter &p, Op op, ArrayRef<StringRef> elided) {
  p << " from [" << op.getBegin() << "] to [" << op.getEnd() << "] of ["
    << op.getSizes() << "] reads ";
  printBound(p, op.getBody().front().getArguments(), op.getInputs());
  p << " writes (";
  llvm::interleaveComma(op.getOutputs(), p, [&](Value output) {
    p << output << " : " << output.getType();
  });
  p << ')';
  SmallVector<StringRef> all{"operandSegmentSizes"};
  llvm::append_range(all, elided);
  if (op.getRows() == 1)
    all.push_back(op.getRowsAttrName());
  p.printOptionalAttrDictWithKeyword(op->getAttrs(), all);
  p << ' ';
  p.printRegion(op.getBody(), /*printEntryBlockArgs=*/false);
}

/// `segments` are the numbers of operands parsed before.
static ParseResult parseCells(OpAsmParser &parser, OperationState &result,
                              SmallVectorImpl<int32_t> &segments) {
  Type i64 = parser.getBuilder().getI64Type();
  for (StringRef keyword : {"from", "to", "of"}) {
    SmallVector<OpAsmParser::UnresolvedOperand> values;
    if (parser.parseKeyword(keyword) ||
        parser.parseOperandList(values, OpAsmParser::Delimiter::Square) ||
        parser.resolveOperands(values, i64, result.operands))
      return failure();
    segments.push_back(values.size());
  }
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<Type> types;
  if (parser.parseKeyword("reads") ||
      parseBound(parser, result, arguments, types,
                 [](Type type) { return type; }))
    return failure();
  segments.push_back(arguments.size());
  int32_t outputs = 0;
  auto parseOutput = [&]() -> ParseResult {
    OpAsmParser::UnresolvedOperand value;
    Type type;
    ++outputs;
    return failure(parser.parseOperand(value) || parser.parseColonType(type) ||
                   parser.resolveOperand(value, type, result.operands));
  };
  if (parser.parseKeyword("writes") ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren,
                                     parseOutput) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  segments.push_back(outputs);
  return success();
}

void BoxOp::print(OpAsmPrinter &p) { printCells(p, *this, {}); }

ParseResult BoxOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<int32_t> segments;
  if (parseCells(parser, result, segments))
    return failure();
  llvm::copy(
      segments,
      result.getOrAddProperties<Properties>().operandSegmentSizes.begin());
  return success();
}

void RowOp::print(OpAsmPrinter &p) {
  p << ' ' << getRule();
  if (!getOuter().empty())
    p << " at [" << getOuter() << ']';
  printCells(p, *this, {getRuleAttrName().getValue()});
}

ParseResult RowOp::parse(OpAsmParser &parser, OperationState &result) {
  auto rule = FieldParser<Rule>::parse(parser);
  SmallVector<OpAsmParser::UnresolvedOperand> outer;
  if (failed(rule))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("at")) &&
      (parser.parseOperandList(outer, OpAsmParser::Delimiter::Square) ||
       parser.resolveOperands(outer, parser.getBuilder().getI64Type(),
                              result.operands)))
    return failure();
  SmallVector<int32_t> segments{int32_t(outer.size())};
  if (parseCells(parser, result, segments))
    return failure();
  auto &properties = result.getOrAddProperties<Properties>();
  properties.rule = RuleAttr::get(parser.getContext(), *rule);
  llvm::copy(segments, properties.operandSegmentSizes.begin());
  return success();
}

} // namespace pdec::kernel
