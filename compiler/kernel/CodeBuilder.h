//===- CodeBuilder.h - arithmetic on places of cells ------------*- C++ -*-===//

#ifndef PDEC_KERNEL_CODEBUILDER_H
#define PDEC_KERNEL_CODEBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace pdec::kernel {

/// Short names for the code that finds out which cells are to be computed.
class CodeBuilder : public mlir::OpBuilder {
public:
  using Value = mlir::Value;
  using Order = mlir::arith::CmpIPredicate;

  explicit CodeBuilder(mlir::Operation *at)
      : OpBuilder(at), loc(at->getLoc()) {}

  mlir::Location loc;

  Value index(int64_t value) {
    return create<mlir::arith::ConstantOp>(loc, getI64IntegerAttr(value));
  }
  Value add(Value a, Value b) { return create<mlir::arith::AddIOp>(loc, a, b); }
  Value add(Value a, int64_t b) { return b ? add(a, index(b)) : a; }
  Value sub(Value a, Value b) { return create<mlir::arith::SubIOp>(loc, a, b); }
  Value mul(Value a, Value b) { return create<mlir::arith::MulIOp>(loc, a, b); }
  Value mul(Value a, int64_t b) { return b == 1 ? a : mul(a, index(b)); }
  Value least(Value a, Value b) {
    return create<mlir::arith::MinSIOp>(loc, a, b);
  }
  Value greatest(Value a, Value b) {
    return create<mlir::arith::MaxSIOp>(loc, a, b);
  }
  Value both(Value a, Value b) {
    return create<mlir::arith::AndIOp>(loc, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return create<mlir::arith::SelectOp>(loc, condition, a, b);
  }
  Value compare(Order order, Value a, Value b) {
    return create<mlir::arith::CmpIOp>(loc, order, a, b);
  }
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_CODEBUILDER_H
