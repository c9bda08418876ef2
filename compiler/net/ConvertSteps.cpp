//===- ConvertSteps.cpp - steps as repeated residual blocks ---------------===//
//
// Row 3 of the dictionary: a time step u + tau R(u) is a residual block; many
// steps are a block that is repeated with shared weights.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"

using namespace mlir;

namespace pdec::net {

/// Converts the body of a loop, up to what it hands to its next pass, and maps
/// the loop's results.
void Converter::convertLoop(Operation *from, Operation *to) {
  Block &body = from->getRegion(0).front();
  Block &made = to->getRegion(0).emplaceBlock();
  made.addArgument(builder.getI64Type(), from->getLoc());
  for (Type type : to->getResultTypes())
    made.addArgument(type, from->getLoc());
  mapping.map(body.getArguments(), made.getArguments());
  mapping.map(from->getResults(), to->getResults());
  builder.setInsertionPointToEnd(&made);
  convertBlock(body);
}

void Converter::convertSteps(pde::StepsOp op) {
  SmallVector<Value> inits = mapped(op.getInits());
  auto repeat =
      builder.create<RepeatOp>(op.getLoc(), ValueRange(inits).getTypes(),
                               mapped(op.getCount()), inits, op.getEvolution());
  OpBuilder::InsertionGuard guard(builder);
  convertLoop(op, repeat);
  builder.create<YieldOp>(
      op.getLoc(), mapped(op.getBody().front().getTerminator()->getOperands()));
}

} // namespace pdec::net
