//===- Regions.cpp - regions with bound arguments -------------------------===//

#include "compiler/pde/Regions.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

namespace pdec::pde {

LogicalResult checkCarried(Operation *op, Region &region, TypeRange carried) {
  auto arguments = region.getArguments();
  if (arguments.size() != carried.size() + 1 ||
      !arguments.front().getType().isInteger(64))
    return op->emitOpError(
        "needs the pass and the carried values as arguments");
  if (TypeRange(arguments.drop_front()) != carried ||
      TypeRange(op->getResultTypes()) != carried)
    return op->emitOpError("carries values that change their type");
  return success();
}

void printBound(OpAsmPrinter &p, ValueRange arguments, ValueRange values) {
  p << '(';
  llvm::interleaveComma(llvm::zip(arguments, values), p, [&](auto it) {
    p << std::get<0>(it) << " = " << std::get<1>(it) << " : "
      << std::get<1>(it).getType();
  });
  p << ')';
}

ParseResult parseBound(OpAsmParser &parser, OperationState &result,
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

void printLoop(OpAsmPrinter &p, Operation *op) {
  Region &body = op->getRegion(0);
  p << ' ' << op->getOperand(0) << " pass " << body.getArgument(0) << " carry ";
  printBound(p, body.getArguments().drop_front(),
             op->getOperands().drop_front());
  p.printOptionalAttrDictWithKeyword(op->getAttrs());
  p << ' ';
  p.printRegion(body, /*printEntryBlockArgs=*/false);
}

ParseResult parseLoop(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand count;
  SmallVector<OpAsmParser::Argument> arguments(1);
  SmallVector<Type> types;
  Type i64 = parser.getBuilder().getI64Type();
  if (parser.parseOperand(count) ||
      parser.resolveOperand(count, i64, result.operands) ||
      parser.parseKeyword("pass") || parser.parseArgument(arguments[0]) ||
      parser.parseKeyword("carry"))
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

} // namespace pdec::pde
