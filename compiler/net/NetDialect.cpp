//===- NetDialect.cpp - the net dialect: verifiers, printing --------------===//
//
// What a verifier demands is what the lowerings (LowerCalls.cpp), the exporters
// and the runtime rely on without looking again; sizes are not among it, since
// they are known at run time only. Operands of pad and fold are in the order of
// axes, of low before high, and within a side of distance: pde_margin has them
// so.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/NetDialect.h"
#include "compiler/net/NetAlong.h"
#include "compiler/net/NetChannels.h"
#include "compiler/pde/Checks.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/pde/Regions.h"
#include "compiler/pde/Reversals.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/net/NetDialect.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/net/NetAttrs.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/net/NetTypes.cpp.inc"
#define GET_OP_CLASSES
#include "compiler/net/NetOps.cpp.inc"

using namespace mlir;

namespace pdec::net {

void NetDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/net/NetAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "compiler/net/NetTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "compiler/net/NetOps.cpp.inc"
      >();
  addOperations<ConvolveOp, CorrelateOp, AlongOp>();
}

//===----------------------------------------------------------------------===//
// What users see
//===----------------------------------------------------------------------===//

/// It stands in the network itself; declarations are those of the pde dialect.
static bool isShown(Operation &op) {
  return isa<pde::ParamOp, pde::AxisOp, pde::NumberOp, pde::StepLengthOp,
             InputOp, OutputOp>(op);
}

/// Layers and scalars, of which sizes are some.
static bool isHeldByBlocks(Operation &op) {
  return pde::isScalarArithmetic(op) || isa<pde::SizeOp, pde::RecordOp>(op) ||
         (isa_and_nonnull<NetDialect>(op.getDialect()) && !isShown(op));
}

static LogicalResult checkBlock(Operation *op) {
  return pde::checkHolds(op, "layers and scalars", isHeldByBlocks);
}

LogicalResult ProgramOp::verifyRegions() {
  if (failed(pde::checkHolds(
          *this, "layers, scalars and what users see",
          [](Operation &op) { return isShown(op) || isHeldByBlocks(op); })))
    return failure();
  return pde::checkNames<InputOp>(*this);
}

LogicalResult InputOp::verifySymbolUses(SymbolTableCollection &symbols) {
  pde::GridOp grid;
  if (failed(pde::findGrid(*this, symbols, getGridAttr(), grid)))
    return failure();
  unsigned rank = getResult().getType().getRank();
  if (rank != grid.rank())
    return emitOpError("is a tensor of rank ")
           << rank << " on a grid of rank " << grid.rank();
  if (getRows() && getRows()->size() != 2 * rank)
    return emitOpError("needs two counts of rows for each axis of its grid");
  return success();
}

LogicalResult InputOp::verifyRegions() {
  if (failed(pde::checkName(*this, getName())))
    return failure();
  if (getInitial().empty())
    return success();
  if (getInitial().getNumArguments() != 0)
    return emitOpError("needs a default that takes no arguments");
  if (failed(checkBlock(*this)))
    return failure();
  return pde::checkYield<YieldOp>(*this, getInitial(), getResult().getType());
}

LogicalResult OutputOp::verify() { return pde::checkName(*this, getName()); }

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

LogicalResult WeightsOp::verify() {
  return pde::checkOffsets(*this, getOffsets(), getValues().size(), "values",
                           getResult().getType().getRank());
}

/// Checks the weights and strides of a convolution.
static LogicalResult
checkConvolution(Operation *op, RankedTensorType x, WeightsType weights,
                 std::optional<ArrayRef<int64_t>> strides) {
  int64_t rank = x.getRank();
  if (weights.getRank() != rank)
    return op->emitOpError("needs weights of rank ") << rank;
  if (strides && (int64_t(strides->size()) != rank ||
                  llvm::any_of(*strides, [](int64_t by) { return by < 1; })))
    return op->emitOpError("needs a positive stride for each axis");
  return success();
}

LogicalResult ConvOp::verify() {
  return checkConvolution(*this, getX().getType(), getWeights().getType(),
                          getStrides());
}

LogicalResult ConvTransposeOp::verify() {
  return checkConvolution(*this, getX().getType(), getWeights().getType(),
                          getStrides());
}

static LogicalResult checkSizes(Operation *op, ValueRange sizes,
                                RankedTensorType made) {
  if (int64_t(sizes.size()) != made.getRank())
    return op->emitOpError("needs a size for each of ")
           << made.getRank() << " axes";
  return success();
}

LogicalResult CoordinateOp::verify() {
  RankedTensorType made = getResult().getType();
  if (int64_t(getAxis()) < 0 || int64_t(getAxis()) >= made.getRank())
    return emitOpError("names axis ")
           << int64_t(getAxis()) << " of a tensor of rank " << made.getRank();
  if (getBefore() && int64_t(getBefore()->size()) != made.getRank())
    return emitOpError("needs a count of cells before each of ")
           << made.getRank() << " axes";
  return checkSizes(*this, getSizes(), made);
}

LogicalResult NoiseOp::verify() {
  return checkSizes(*this, getSizes(), getResult().getType());
}

LogicalResult EntryOp::verify() {
  if (getX().getType().getRank() != 1)
    return emitOpError("needs a tensor of rank 1");
  return pde::checkIndices(*this, getIndices(), getExtents());
}

LogicalResult ReduceOp::verify() {
  size_t wanted = getKind() == pde::Reduction::Dot ? 2 : 1;
  if (getXs().size() != wanted)
    return emitOpError("needs ")
           << wanted << " tensor" << (wanted > 1 ? "s" : "");
  if (getXs().front().getType() != getXs().back().getType())
    return emitOpError("needs tensors of one type");
  return success();
}

//===----------------------------------------------------------------------===//
// Pad and fold
//===----------------------------------------------------------------------===//

/// How many operands a margin has for one side: scalars for each distance, all
/// of them, and a value.
namespace {
struct SideCount {
  unsigned perDistance, scalars, values;
};
} // namespace

/// pad needs the factors of values, too; fold, its transpose, only the weights:
/// a value has no part in it.
static SideCount countFor(MarginAttr margin, bool high, bool isPad) {
  const BoundaryRule &rule =
      meaningOf(high ? margin.getHighKind() : margin.getLowKind());
  int64_t reach = high ? margin.getHigh() : margin.getLow();
  unsigned each = rule.scalars(/*withFactor=*/isPad);
  return {each, each * unsigned(std::max<int64_t>(reach, 0)),
          isPad && rule.hasValue()};
}

/// Calls body(axis, high, operands) for each side.
static void forEachSide(
    ArrayAttr margins, ValueRange operands, bool isPad,
    function_ref<void(unsigned, bool, const pde::SideOperands &)> body) {
  for (auto [axis, margin] : llvm::enumerate(margins.getAsRange<MarginAttr>()))
    for (bool high : {false, true}) {
      SideCount count = countFor(margin, high, isPad);
      body(axis, high,
           {operands.take_front(count.scalars), count.perDistance,
            count.values ? operands[count.scalars] : Value()});
      operands = operands.drop_front(count.scalars + count.values);
    }
}

/// The operands have no index of their own: a side's place follows from all
/// before it.
static pde::SideOperands findSide(ArrayAttr margins, ValueRange operands,
                                  bool isPad, unsigned axis, bool high) {
  pde::SideOperands found;
  forEachSide(margins, operands, isPad,
              [&](unsigned a, bool side, const pde::SideOperands &given) {
                if (a == axis && side == high)
                  found = given;
              });
  return found;
}

pde::SideOperands PadOp::side(unsigned axis, bool high) {
  return findSide(getMargins(), getValues(), true, axis, high);
}

pde::SideOperands FoldOp::side(unsigned axis, bool high) {
  return findSide(getMargins(), getWeights(), false, axis, high);
}

/// A value that differs from place to place; otherwise it is a number.
static bool isTensor(Value value) {
  return value && isa<RankedTensorType>(value.getType());
}

ArrayRef<int64_t> PadOp::sideRows(unsigned axis, bool high) {
  ArrayRef<int64_t> found;
  // `rows` has an entry for each value that is a tensor, none for others.
  unsigned next = 0;
  if (getRows())
    forEachSide(getMargins(), getValues(), true,
                [&](unsigned a, bool side, const pde::SideOperands &given) {
                  if (!isTensor(given.value))
                    return;
                  Attribute rows = (*getRows())[next++];
                  if (a == axis && side == high)
                    found = cast<DenseI64ArrayAttr>(rows).asArrayRef();
                });
  return found;
}

/// Checks the margins of a layer and how many operands it has for them.
static LogicalResult checkMargins(Operation *op, RankedTensorType x,
                                  ArrayAttr margins, size_t operands,
                                  bool isPad) {
  if (margins.size() != size_t(x.getRank()))
    return op->emitOpError("needs a margin for each axis");
  size_t wanted = 0;
  for (auto margin : margins.getAsRange<MarginAttr>())
    for (bool high : {false, true}) {
      SideCount count = countFor(margin, high, isPad);
      wanted += count.scalars + count.values;
    }
  if (operands != wanted)
    return op->emitOpError("needs ")
           << wanted << (isPad ? " values" : " weights") << " for its sides";
  return success();
}

/// The tensor that a margin is put around or taken from, if there is none.
template <typename Op> static OpFoldResult foldEmpty(Op op) {
  auto isEmpty = [](MarginAttr margin) { return margin.isEmpty(); };
  bool isSame =
      op.getX().getType() == op.getType() &&
      llvm::all_of(op.getMargins().template getAsRange<MarginAttr>(), isEmpty);
  return isSame ? op.getX() : Value();
}

OpFoldResult PadOp::fold(FoldAdaptor) { return foldEmpty(*this); }
OpFoldResult FoldOp::fold(FoldAdaptor) { return foldEmpty(*this); }

LogicalResult FoldOp::verify() {
  return checkMargins(*this, getX().getType(), getMargins(),
                      getWeights().size(), false);
}

/// A tensor as a value may have rows beyond the grid of x on any axis, so its
/// type says its element and rank, not that it fits; the runtime reads what is
/// nearest.
LogicalResult PadOp::verify() {
  RankedTensorType x = getX().getType();
  if (failed(checkMargins(*this, x, getMargins(), getValues().size(), true)))
    return failure();
  bool fits = true;
  size_t tensors = 0;
  forEachSide(getMargins(), getValues(), true,
              [&](unsigned, bool, const pde::SideOperands &side) {
                for (Value scalar : side.scalars)
                  fits &= scalar.getType().isF64();
                tensors += isTensor(side.value);
                fits &= !isTensor(side.value) || side.value.getType() == x;
              });
  if (!fits)
    return emitOpError("needs numbers or, as the value of a side, a tensor of "
                       "its own type");
  auto isRows = [&](Attribute rows) {
    auto counts = dyn_cast<DenseI64ArrayAttr>(rows);
    // Below and beyond, for each axis.
    return counts && counts.size() == 2 * x.getRank();
  };
  if (getRows() &&
      (getRows()->size() != tensors || !llvm::all_of(*getRows(), isRows)))
    return emitOpError("needs two counts for each axis as rows of each of ")
           << tensors << " tensors";
  return success();
}

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

/// After the region's own operations are verified: its yield can be looked at.
LogicalResult ActivationOp::verifyRegions() {
  Block &body = getBody().front();
  Type element = getResult().getType().getElementType();
  if (getXs().empty() || body.getNumArguments() != getXs().size())
    return emitOpError("needs a tensor, and an argument for each tensor");
  for (auto [x, argument] : llvm::zip(getXs(), body.getArguments())) {
    auto type = cast<RankedTensorType>(x.getType());
    if (type.getElementType() != element || argument.getType() != element)
      return emitOpError("needs arguments of the element type");
    if (type.getRank() != getResult().getType().getRank())
      return emitOpError("needs tensors of its rank");
  }
  if (failed(pde::checkHolds(*this, "arithmetic on cells",
                             pde::isScalarArithmetic)))
    return failure();
  return pde::checkYield<YieldOp>(*this, getBody(), element);
}

template <typename End, typename Loop> static LogicalResult checkLoop(Loop op) {
  auto carried = op.getInits().getTypes();
  if (failed(pde::checkCarried(op, op.getBody(), carried)) ||
      failed(checkBlock(op)))
    return failure();
  return pde::checkYield<End>(op, op.getBody(), carried);
}

LogicalResult RepeatOp::verifyRegions() { return checkLoop<YieldOp>(*this); }

LogicalResult RecurOp::verifyRegions() {
  if (failed(pde::checkReported(*this)))
    return failure();
  return checkLoop<UntilOp>(*this);
}

void RecurOp::print(OpAsmPrinter &p) { pde::printLoop(p, *this); }

ParseResult RecurOp::parse(OpAsmParser &parser, OperationState &result) {
  return pde::parseLoop(parser, result);
}

void RepeatOp::print(OpAsmPrinter &p) { pde::printLoop(p, *this); }

ParseResult RepeatOp::parse(OpAsmParser &parser, OperationState &result) {
  return pde::parseLoop(parser, result);
}

LogicalResult ReverseOp::verify() { return pde::checkReversal(*this); }

LogicalResult ReverseOp::verifyRegions() {
  if (failed(
          pde::checkYield<YieldOp>(*this, getReplay(), getStates().getTypes())))
    return failure();
  return pde::checkYield<YieldOp>(*this, getBack(), getInits().getTypes());
}

void ReverseOp::print(OpAsmPrinter &p) { pde::printReversal(p, *this); }

ParseResult ReverseOp::parse(OpAsmParser &parser, OperationState &result) {
  return pde::parseReversal(parser, result);
}

void ActivationOp::print(OpAsmPrinter &p) {
  p << ' ';
  pde::printBound(p, getBody().front().getArguments(), getXs());
  p << " -> " << getResult().getType() << ' ';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult ActivationOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<Type> types;
  RankedTensorType type;
  // `(%a = %x : tensor)`: the argument has the type of one element of %x.
  auto elementOf = [](Type type) -> Type { return getElementTypeOrSelf(type); };
  if (pde::parseBound(parser, result, arguments, types, elementOf) ||
      parser.parseArrow() || parser.parseType(type) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  result.addTypes(type);
  return success();
}

} // namespace pdec::net
