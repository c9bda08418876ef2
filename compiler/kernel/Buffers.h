//===- Buffers.h - memory of fields, also in loops --------------*- C++ -*-===//

#ifndef PDEC_KERNEL_BUFFERS_H
#define PDEC_KERNEL_BUFFERS_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

namespace pdec::kernel {

/// Makes the code that allocates and frees fields. A loop's body never
/// allocates: what it takes is allocated before the loop, used again within a
/// pass, and handed from pass to pass through a slot on the stack, so that
/// levels change places without a copy.
class Buffers {
public:
  /// `allocate` makes code that allocates a field at the builder's place,
  /// `release` such that frees one, `slot` a slot in the function's frame.
  struct Code {
    std::function<mlir::Value(pde::FieldType)> allocate;
    std::function<void(mlir::Value)> release;
    std::function<mlir::Value()> slot;
  };
  Buffers(mlir::OpBuilder &builder, Code code)
      : builder(builder), code(std::move(code)), levels(1) {}

  mlir::Value take(pde::FieldType type) {
    return take(levels.size() - 1, type);
  }
  void give(pde::FieldType type, mlir::Value memory);
  /// The loop that the builder is in and that is in no other; null: none.
  mlir::Operation *outermostLoop() const {
    return levels.size() > 1 ? levels[1].loop : nullptr;
  }

  /// The builder enters the body of `loop`; what it takes there was given back
  /// by endPass, but for as many fields as the loop carries.
  void enterLoop(mlir::Operation *loop);
  void endPass();
  /// The builder stands behind the loop.
  void leaveLoop();

private:
  struct Level {
    mlir::Operation *loop = nullptr;
    llvm::SmallVector<std::pair<pde::FieldType, mlir::Value>> slots;
    llvm::MapVector<pde::FieldType, llvm::SmallVector<mlir::Value>> free;
  };

  mlir::OpBuilder &builder;
  Code code;
  std::vector<Level> levels;

  mlir::Value take(size_t level, pde::FieldType type);
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_BUFFERS_H
