//===- ConvertReverse.cpp - going back through steps: backpropagation -----===//
//
// What goes back through the passes of a scheme goes back through the
// repetitions of a block, with the state of each.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/OpenLoop.h"

using namespace mlir;

namespace pdec::net {

/// Converts a region to its end, which hands on what it did.
void Converter::convertRegion(Region &from, Region &to, unsigned numbers,
                              TypeRange types) {
  OpBuilder::InsertionGuard guard(builder);
  Block &body = openRegion(builder, mapping, from, to, numbers, types);
  convertBlock(body);
  builder.create<YieldOp>(from.getLoc(),
                          mapped(body.getTerminator()->getOperands()));
}

void Converter::convertReverse(pde::ReverseOp op) {
  SmallVector<Value> states = mapped(op.getStates());
  SmallVector<Value> inits = mapped(op.getInits());
  auto made =
      builder.create<ReverseOp>(op.getLoc(), ValueRange(inits).getTypes(),
                                mapped(op.getCount()), states, inits);
  SmallVector<Type> both(ValueRange(states).getTypes());
  llvm::append_range(both, ValueRange(inits).getTypes());
  convertRegion(op.getReplay(), made.getReplay(), 2,
                ValueRange(states).getTypes());
  convertRegion(op.getBack(), made.getBack(), 1, both);
  mapping.map(op.getResults(), made.getResults());
}

} // namespace pdec::net
