//===- RaiseReverse.cpp - backpropagation as going back through steps -----===//

#include "compiler/net/OpenLoop.h"
#include "compiler/net/Raiser.h"

using namespace mlir;

namespace pdec::net {

LogicalResult Raiser::raiseRegion(Region &from, Region &to, unsigned numbers,
                                  TypeRange types) {
  OpBuilder::InsertionGuard guard(builder);
  Block &body = openRegion(builder, mapping, from, to, numbers, types);
  if (failed(raiseBlock(body)))
    return failure();
  builder.create<pde::YieldOp>(from.getLoc(),
                               mapped(body.getTerminator()->getOperands()));
  return success();
}

LogicalResult Raiser::raiseReverse(ReverseOp op) {
  SmallVector<Value> states = mapped(op.getStates());
  SmallVector<Value> inits = mapped(op.getInits());
  auto made =
      builder.create<pde::ReverseOp>(op.getLoc(), ValueRange(inits).getTypes(),
                                     mapped(op.getCount()), states, inits);
  SmallVector<Type> both(ValueRange(states).getTypes());
  llvm::append_range(both, ValueRange(inits).getTypes());
  mapping.map(op.getResults(), made.getResults());
  if (failed(raiseRegion(op.getReplay(), made.getReplay(), 2,
                         ValueRange(states).getTypes())))
    return failure();
  return raiseRegion(op.getBack(), made.getBack(), 1, both);
}

} // namespace pdec::net
