//===- NetDialect.cpp - the net dialect: verifiers, printing --------------===//

#include "compiler/net/NetDialect.h"
#include "compiler/pde/Regions.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/net/NetDialect.cpp.inc"
#include "compiler/net/NetEnums.cpp.inc"
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
}

LogicalResult WeightsOp::verify() {
  if (getOffsets().empty() || getOffsets().size() != getValues().size())
    return emitOpError("needs as many offsets as values, and at least one");
  for (Attribute offset : getOffsets()) {
    auto array = dyn_cast<DenseI64ArrayAttr>(offset);
    if (!array || array.size() != getResult().getType().getRank())
      return emitOpError("needs one integer for each axis in an offset");
  }
  return success();
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

LogicalResult ReduceOp::verify() {
  size_t wanted = getKind() == pde::Reduction::Dot ? 2 : 1;
  if (getXs().size() != wanted)
    return emitOpError("needs ")
           << wanted << " tensor" << (wanted > 1 ? "s" : "");
  if (getXs().front().getType() != getXs().back().getType())
    return emitOpError("needs tensors of one type");
  return success();
}

LogicalResult FoldOp::verify() {
  if (getMargins().size() != size_t(getX().getType().getRank()))
    return emitOpError("needs a margin for each axis");
  return success();
}

LogicalResult PadOp::verify() {
  size_t sides = 0;
  for (auto margin : getMargins().getAsRange<MarginAttr>())
    for (Continuation kind : {margin.getLowKind(), margin.getHighKind()})
      sides += kind == Continuation::Value || kind == Continuation::Slope;
  if (getValues().size() != sides)
    return emitOpError("needs a value for each of ")
           << sides << " sides of kind value or slope";
  if (getMargins().size() != size_t(getX().getType().getRank()))
    return emitOpError("needs a margin for each axis");
  unsigned next = 0;
  for (auto margin : getMargins().getAsRange<MarginAttr>())
    for (Continuation kind : {margin.getLowKind(), margin.getHighKind()}) {
      if (kind != Continuation::Value && kind != Continuation::Slope)
        continue;
      Type value = getValues()[next++].getType();
      if (isa<RankedTensorType>(value) &&
          (kind == Continuation::Slope || value != getX().getType()))
        return emitOpError("needs numbers or, at sides of kind value, tensors "
                           "of its own type");
    }
  return success();
}

LogicalResult ActivationOp::verifyRegions() {
  Block &body = getBody().front();
  Type element = getResult().getType().getElementType();
  if (getXs().empty() || body.getNumArguments() != getXs().size())
    return emitOpError("needs a tensor, and an argument for each tensor");
  for (auto [x, argument] : llvm::zip(getXs(), body.getArguments()))
    if (cast<RankedTensorType>(x.getType()).getElementType() != element ||
        argument.getType() != element)
      return emitOpError("needs arguments of the element type");
  return pde::checkYield<YieldOp>(*this, getBody(), element);
}

LogicalResult RepeatOp::verifyRegions() {
  return pde::checkLoop<YieldOp>(*this, getBody(), getInits().getTypes());
}

LogicalResult RecurOp::verifyRegions() {
  return pde::checkLoop<UntilOp>(*this, getBody(), getInits().getTypes());
}

void RecurOp::print(OpAsmPrinter &p) { pde::printLoop(p, *this); }

ParseResult RecurOp::parse(OpAsmParser &parser, OperationState &result) {
  return pde::parseLoop(parser, result);
}

void RepeatOp::print(OpAsmPrinter &p) { pde::printLoop(p, *this); }

ParseResult RepeatOp::parse(OpAsmParser &parser, OperationState &result) {
  return pde::parseLoop(parser, result);
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
