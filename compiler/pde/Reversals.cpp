//===- Reversals.cpp - loops that go back through the passes of others ----===//

#include "compiler/pde/Reversals.h"

#include "compiler/pde/Checks.h"
#include "compiler/pde/Regions.h"

using namespace mlir;

namespace pdec::pde {

/// Checks that a block has these numbers and then values of these types.
static LogicalResult checkArguments(Operation *op, Block &block,
                                    unsigned numbers, TypeRange types,
                                    StringRef what) {
  TypeRange given = block.getArgumentTypes();
  bool fits = given.size() == numbers + types.size() &&
              given.drop_front(numbers) == types &&
              llvm::all_of(given.take_front(numbers),
                           [](Type type) { return type.isInteger(64); });
  if (fits)
    return success();
  return op->emitOpError("needs ") << what << " as arguments";
}

LogicalResult checkReversal(ReversalOpInterface op) {
  TypeRange states(op.getStates().getTypes()),
      carried(op.getInits().getTypes());
  if (TypeRange(op->getResultTypes()) != carried)
    return op->emitOpError("carries values that change their type");
  SmallVector<Type> both(states);
  llvm::append_range(both, carried);
  if (failed(checkArguments(op, op->getRegion(0).front(), 2, states,
                            "the first pass, the number of passes and the "
                            "state")))
    return failure();
  return checkArguments(op, op->getRegion(1).front(), 1, both,
                        "the pass, its state and the carried values");
}

/// (%argument : type, ...)
static void printTyped(OpAsmPrinter &p, ValueRange arguments) {
  p << '(';
  llvm::interleaveComma(arguments, p, [&](Value argument) {
    p << argument << " : " << argument.getType();
  });
  p << ')';
}

void printReversal(OpAsmPrinter &p, ReversalOpInterface op) {
  Block &replay = op->getRegion(0).front(), &back = op->getRegion(1).front();
  size_t numStates = op.getStates().size();
  p << ' ' << op.getCount() << " replay " << replay.getArgument(0) << " for "
    << replay.getArgument(1) << " of ";
  printBound(p, replay.getArguments().drop_front(2), op.getStates());
  p << ' ';
  p.printRegion(op->getRegion(0), /*printEntryBlockArgs=*/false);
  p << " back pass " << back.getArgument(0) << " of ";
  printTyped(p, back.getArguments().slice(1, numStates));
  p << " carry ";
  printBound(p, back.getArguments().drop_front(1 + numStates), op.getInits());
  p.printOptionalAttrDictWithKeyword(op->getAttrs(), {"operandSegmentSizes"});
  p << ' ';
  p.printRegion(op->getRegion(1), /*printEntryBlockArgs=*/false);
}

/// A number that a region gets.
static ParseResult parseNumber(OpAsmParser &parser, StringRef keyword,
                               SmallVectorImpl<OpAsmParser::Argument> &all) {
  OpAsmParser::Argument &argument = all.emplace_back();
  argument.type = parser.getBuilder().getI64Type();
  return failure(parser.parseKeyword(keyword) ||
                 parser.parseArgument(argument));
}

ParseResult parseReversal(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand count;
  SmallVector<OpAsmParser::Argument> replay, back;
  SmallVector<Type> states, types;
  auto same = [](Type type) { return type; };
  auto parseState = [&] {
    return parser.parseArgument(back.emplace_back(), /*allowType=*/true);
  };
  Region *replayBody = result.addRegion(), *backBody = result.addRegion();
  if (parser.parseOperand(count) ||
      parser.resolveOperand(count, parser.getBuilder().getI64Type(),
                            result.operands) ||
      parseNumber(parser, "replay", replay) ||
      parseNumber(parser, "for", replay) || parser.parseKeyword("of") ||
      parseBound(parser, result, replay, states, same) ||
      parser.parseRegion(*replayBody, replay) || parser.parseKeyword("back") ||
      parseNumber(parser, "pass", back) || parser.parseKeyword("of") ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren,
                                     parseState) ||
      parser.parseKeyword("carry") ||
      parseBound(parser, result, back, types, same) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*backBody, back))
    return failure();
  result.addAttribute("operandSegmentSizes",
                      parser.getBuilder().getDenseI32ArrayAttr(
                          {1, int32_t(states.size()), int32_t(types.size())}));
  result.addTypes(types);
  return success();
}

LogicalResult ReverseOp::verify() { return checkReversal(*this); }

LogicalResult ReverseOp::verifyRegions() {
  if (failed(checkHeldByLoop(*this)) ||
      failed(checkYield<YieldOp>(*this, getReplay(), getStates().getTypes())))
    return failure();
  return checkYield<YieldOp>(*this, getBack(), getInits().getTypes());
}

void ReverseOp::print(OpAsmPrinter &p) { printReversal(p, *this); }

ParseResult ReverseOp::parse(OpAsmParser &parser, OperationState &result) {
  return parseReversal(parser, result);
}

} // namespace pdec::pde
