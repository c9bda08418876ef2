//===- NetDialect.cpp - the net dialect: verifiers, printing --------------===//

#include "compiler/net/NetDialect.h"

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

LogicalResult PadOp::verify() {
  size_t sides = 0;
  for (auto margin : getMargins().getAsRange<MarginAttr>())
    sides += (margin.getLowKind() == Continuation::Value) +
             (margin.getHighKind() == Continuation::Value);
  if (getValues().size() != sides)
    return emitOpError("needs a value for each of ")
           << sides << " sides of kind value";
  if (getMargins().size() != size_t(getX().getType().getRank()))
    return emitOpError("needs a margin for each axis");
  return success();
}

/// Checks that a region ends in a yield of these types.
static LogicalResult checkYield(Operation *op, Region &region,
                                TypeRange expected) {
  auto yield = region.front().empty()
                   ? YieldOp()
                   : dyn_cast<YieldOp>(region.front().back());
  if (!yield)
    return op->emitOpError("needs a net.yield at the end of its region");
  if (TypeRange(yield.getValues()) != expected)
    return op->emitOpError("yields other types than it promises");
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
  return checkYield(*this, getBody(), element);
}

LogicalResult RepeatOp::verifyRegions() {
  Block &body = getBody().front();
  TypeRange inits(getInits());
  if (body.getNumArguments() != getInits().size() + 1 ||
      !body.getArgument(0).getType().isInteger(64))
    return emitOpError("needs the pass and the carried values as arguments");
  if (TypeRange(body.getArguments().drop_front()) != inits ||
      TypeRange(getResults()) != inits)
    return emitOpError("carries values that change their type");
  return checkYield(*this, getBody(), inits);
}

//===----------------------------------------------------------------------===//
// Lists of arguments with their first values: (%a = %x : type, ...)
//===----------------------------------------------------------------------===//

static void printBound(OpAsmPrinter &p, ValueRange arguments,
                       ValueRange values) {
  p << '(';
  llvm::interleaveComma(llvm::zip(arguments, values), p, [&](auto it) {
    p << std::get<0>(it) << " = " << std::get<1>(it) << " : "
      << std::get<1>(it).getType();
  });
  p << ')';
}

/// `argumentType` turns a value's type into that of the region's argument.
static ParseResult
parseBound(OpAsmParser &parser, OperationState &result,
           SmallVectorImpl<OpAsmParser::Argument> &arguments,
           SmallVectorImpl<Type> &types,
           function_ref<Type(Type)> argumentType) {
  auto parseOne = [&]() -> ParseResult {
    OpAsmParser::UnresolvedOperand value;
    Type type;
    if (parser.parseArgument(arguments.emplace_back()) || parser.parseEqual() ||
        parser.parseOperand(value) || parser.parseColonType(type) ||
        parser.resolveOperand(value, type, result.operands))
      return failure();
    arguments.back().type = argumentType(type);
    types.push_back(type);
    return success();
  };
  return parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren,
                                        parseOne);
}

void ActivationOp::print(OpAsmPrinter &p) {
  p << ' ';
  printBound(p, getBody().front().getArguments(), getXs());
  p << " -> " << getResult().getType() << ' ';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult ActivationOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<Type> types;
  RankedTensorType type;
  auto elementOf = [](Type type) -> Type { return getElementTypeOrSelf(type); };
  if (parseBound(parser, result, arguments, types, elementOf) ||
      parser.parseArrow() || parser.parseType(type) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  result.addTypes(type);
  return success();
}

void RepeatOp::print(OpAsmPrinter &p) {
  Block &body = getBody().front();
  p << ' ' << getCount() << " pass " << body.getArgument(0) << " carry ";
  printBound(p, body.getArguments().drop_front(), getInits());
  p << ' ';
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult RepeatOp::parse(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand count;
  SmallVector<OpAsmParser::Argument> arguments(1);
  SmallVector<Type> types;
  Type i64 = parser.getBuilder().getI64Type();
  arguments[0].type = i64;
  if (parser.parseOperand(count) ||
      parser.resolveOperand(count, i64, result.operands) ||
      parser.parseKeyword("pass"))
    return failure();
  if (parser.parseArgument(arguments[0]) || parser.parseKeyword("carry"))
    return failure();
  arguments[0].type = i64;
  if (parseBound(parser, result, arguments, types,
                 [](Type type) { return type; }) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), arguments))
    return failure();
  result.addTypes(types);
  return success();
}

} // namespace pdec::net
