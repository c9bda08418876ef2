//===- Code.h - what lowered programs are made with -------------*- C++ -*-===//

#ifndef PDEC_SHELL_CODE_H
#define PDEC_SHELL_CODE_H

#include "compiler/abi/RuntimeAbi.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/IRMapping.h"

namespace pdec::shell {

/// The function `run` while it is made: the builder, what values of the program
/// have become, constants and calls of the runtime.
class Code {
protected:
  explicit Code(mlir::MLIRContext *context) : builder(context) {}

  using Value = mlir::Value;
  using Location = mlir::Location;

  mlir::OpBuilder builder;
  mlir::IRMapping mapping;
  Value context; ///< of the run, for the runtime

  mlir::Type pointer() {
    return mlir::LLVM::LLVMPointerType::get(builder.getContext());
  }
  Value constant(Location loc, mlir::TypedAttr attr) {
    return builder.create<mlir::arith::ConstantOp>(loc, attr);
  }
  Value index(Location loc, int64_t value) {
    return constant(loc, builder.getI64IntegerAttr(value));
  }
  Value small(Location loc, int32_t value) {
    return constant(loc, builder.getI32IntegerAttr(value));
  }
  Value number(Location loc, double value) {
    return constant(loc, builder.getF64FloatAttr(value));
  }
  Value truth(Location loc, bool value) {
    return constant(loc, builder.getBoolAttr(value));
  }
  Value null(Location loc) {
    return builder.create<mlir::LLVM::ZeroOp>(loc, pointer());
  }
  Value call(Location loc, llvm::StringRef name, mlir::ValueRange arguments) {
    return abi::call(builder, loc, name, arguments);
  }
  /// Stores a value in a slot of eight bytes.
  void setSlot(Location loc, Value slots, unsigned position, Value value) {
    Value address = builder.create<mlir::LLVM::GEPOp>(
        loc, pointer(), builder.getI64Type(), slots,
        llvm::ArrayRef<mlir::LLVM::GEPArg>{int32_t(position)});
    builder.create<mlir::LLVM::StoreOp>(loc, value, address);
  }
  llvm::SmallVector<Value> mapped(mlir::ValueRange values) {
    return llvm::map_to_vector(
        values, [&](Value value) { return mapping.lookup(value); });
  }
};

} // namespace pdec::shell

#endif // PDEC_SHELL_CODE_H
