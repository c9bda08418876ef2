//===- ConvertSteps.cpp - steps as repeated residual blocks ---------------===//
//
// Row 3 of the dictionary: a time step u + tau R(u) is a residual block; many
// steps are a block that is repeated with shared weights.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/OpenLoop.h"

using namespace mlir;

namespace pdec::net {

/// Converts the body of a loop, up to what it hands to its next pass, and maps
/// the loop's results.
void Converter::convertLoop(Operation *from, Operation *to) {
  convertBlock(openLoop(builder, mapping, from, to));
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
