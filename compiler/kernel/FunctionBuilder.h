//===- FunctionBuilder.h - what all sweep functions have --------*- C++ -*-===//

#ifndef PDEC_KERNEL_FUNCTIONBUILDER_H
#define PDEC_KERNEL_FUNCTIONBUILDER_H

#include "compiler/kernel/CellEmitter.h"
#include "compiler/kernel/SweepFunction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace pdec::kernel {

/// Builds the frame of one function over blocks: reads the closure, knows where
/// fields lie. What a block computes, and in which order, is up to the classes
/// for one and for more dimensions.
class FunctionBuilder {
protected:
  using Value = mlir::Value;
  /// Stages that are computed cell by cell together.
  using Group = llvm::ArrayRef<Stage>;

  FunctionBuilder(mlir::ModuleOp module, llvm::StringRef name,
                  pde::SweepOp sweep, Passes passes,
                  const SweepOptions &options);

  mlir::ModuleOp module;
  std::string name;
  pde::SweepOp sweep;
  Passes passes;
  SweepPlan plan;
  ClosureLayout layout;
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::Type element;
  unsigned elementBytes, width;
  SweepFunction result;

  // Values of the function under construction.
  Value closure, task, scratch;
  llvm::SmallVector<Value, 3> sizes;
  StoredFields fields;
  mlir::IRMapping scalars;

  unsigned rank() const { return plan.rank(); }

  /// Makes the function and loads what does not change from step to step.
  void openFunction();
  /// Gives the code of a group a region of its own, of which
  /// pde-outline-stages may make a function.
  void emitApart(llvm::function_ref<void()> emit);
  /// A field in the memory that a slot points to.
  StoredField fieldInSlot(unsigned slot, pde::FieldType type,
                          mlir::ValueRange gridSizes);
  /// Computes the sweep's own scalars of those that `scalars` knows.
  void cloneScalars();
  /// Lanes [0, count) of a vector.
  Value maskOf(Value count);
  /// Stores a cell, or a vector of cells under a mask.
  void store(Value value, const StoredField &field, const Position &cell,
             Value mask);

  // Cells of a row; `row` has its place on all axes but the last. A group
  // stores each stage in its output.
  /// Computes a group at a cell, or at some lanes from it on, and stores it.
  void emitCells(Group group, llvm::ArrayRef<StoredField> outputs,
                 const Position &cell, unsigned lanes, Value mask,
                 bool isInterior);
  /// The cells [begin, middle) and [rest, end), one by one, by the boundary
  /// rule.
  void emitSides(Group group, llvm::ArrayRef<StoredField> outputs, Position row,
                 Value begin, Value middle, Value rest, Value end);
  /// Interior cells [begin, end), begin <= end: whole vectors, then the rest
  /// under a mask.
  void emitInterior(Group group, llvm::ArrayRef<StoredField> outputs,
                    Position row, Value begin, Value end);

  // Small pieces of code.
  Value index(int64_t value) {
    return builder.create<mlir::arith::ConstantOp>(
        loc, builder.getI64IntegerAttr(value));
  }
  Value add(Value a, Value b) {
    return builder.create<mlir::arith::AddIOp>(loc, a, b);
  }
  Value add(Value a, int64_t b) { return b ? add(a, index(b)) : a; }
  Value sub(Value a, Value b) {
    return builder.create<mlir::arith::SubIOp>(loc, a, b);
  }
  Value mul(Value a, Value b) {
    return builder.create<mlir::arith::MulIOp>(loc, a, b);
  }
  Value mul(Value a, int64_t b) { return mul(a, index(b)); }
  Value least(Value a, Value b) {
    return builder.create<mlir::arith::MinSIOp>(loc, a, b);
  }
  Value greatest(Value a, Value b) {
    return builder.create<mlir::arith::MaxSIOp>(loc, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return builder.create<mlir::arith::SelectOp>(loc, condition, a, b);
  }
  Value compare(mlir::arith::CmpIPredicate predicate, Value a, Value b) {
    return builder.create<mlir::arith::CmpIOp>(loc, predicate, a, b);
  }
  mlir::Type pointer() {
    return mlir::LLVM::LLVMPointerType::get(builder.getContext());
  }
  Value address(Value base, Value cell) {
    return builder.create<mlir::LLVM::GEPOp>(loc, pointer(), element, base,
                                             mlir::ValueRange(cell));
  }
  Value slot(unsigned position, mlir::Type type);
};

/// The function `name` of a sweep on a grid of one axis, and of more axes.
SweepFunction makeTileFunction(mlir::ModuleOp module, llvm::StringRef name,
                               pde::SweepOp sweep, Passes passes,
                               const SweepOptions &options);
SweepFunction makeBlockFunction(mlir::ModuleOp module, llvm::StringRef name,
                                pde::SweepOp sweep,
                                const SweepOptions &options);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_FUNCTIONBUILDER_H
