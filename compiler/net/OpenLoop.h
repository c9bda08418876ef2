//===- OpenLoop.h - the body of a loop said in other words ------*- C++ -*-===//

#ifndef PDEC_NET_OPENLOOP_H
#define PDEC_NET_OPENLOOP_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/IRMapping.h"

namespace pdec::net {

/// Makes the block of the loop `to`, which says `from` in another dialect, maps
/// the arguments and results of both, and leaves the builder in it. Returns the
/// block of `from`.
inline mlir::Block &openLoop(mlir::OpBuilder &builder, mlir::IRMapping &mapping,
                             mlir::Operation *from, mlir::Operation *to) {
  mlir::Block &body = from->getRegion(0).front();
  mlir::Block &made = to->getRegion(0).emplaceBlock();
  made.addArgument(builder.getI64Type(), from->getLoc());
  for (mlir::Type type : to->getResultTypes())
    made.addArgument(type, from->getLoc());
  mapping.map(body.getArguments(), made.getArguments());
  mapping.map(from->getResults(), to->getResults());
  builder.setInsertionPointToEnd(&made);
  return body;
}

/// The same of one region of a loop that goes back: it gets numbers, then
/// values of these types.
inline mlir::Block &openRegion(mlir::OpBuilder &builder,
                               mlir::IRMapping &mapping, mlir::Region &from,
                               mlir::Region &to, unsigned numbers,
                               mlir::TypeRange types) {
  mlir::Block &body = from.front();
  mlir::Block &made = to.emplaceBlock();
  for (unsigned i = 0; i < numbers; ++i)
    made.addArgument(builder.getI64Type(), from.getLoc());
  for (mlir::Type type : types)
    made.addArgument(type, from.getLoc());
  mapping.map(body.getArguments(), made.getArguments());
  builder.setInsertionPointToEnd(&made);
  return body;
}

} // namespace pdec::net

#endif // PDEC_NET_OPENLOOP_H
