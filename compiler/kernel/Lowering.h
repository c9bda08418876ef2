//===- Lowering.h - a program as calls of sweep functions -------*- C++ -*-===//

#ifndef PDEC_KERNEL_LOWERING_H
#define PDEC_KERNEL_LOWERING_H

#include "compiler/kernel/Buffers.h"
#include "compiler/kernel/SweepFunction.h"
#include "compiler/shell/Shell.h"

#include <map>

namespace pdec::kernel {

/// Turns a program's block into code that allocates fields and calls sweep
/// functions. A field is its memory, which a loop takes over where nothing
/// reads the field afterwards.
class Lowering : public shell::Shell {
public:
  Lowering(mlir::ModuleOp module, pde::ProgramOp program,
           SweepFunctions &functions);

private:
  SweepFunctions &functions;
  Buffers buffers;
  /// Where the function's frame ends: sizes and slots come before all else.
  mlir::Operation *frame = nullptr;
  std::map<std::pair<llvm::StringRef, unsigned>, Value> sizes;
  llvm::DenseMap<pde::FieldType, Value> cells;

  // LowerSweeps.cpp
  Value inFrame(llvm::function_ref<Value()> make);
  Value stackSlots(Location loc, int64_t count);
  Value sizeOf(llvm::StringRef grid, unsigned axis);
  Value readSize(Location, llvm::StringRef grid, unsigned axis) override {
    return sizeOf(grid, axis);
  }
  Value cellsOf(pde::FieldType type);
  Value bytesOf(pde::FieldType type);
  bool isField(Value value) override;
  bool lowerComputation(mlir::Operation &op) override;
  bool isDeferred(mlir::Operation &op) override;
  Value makeDefault(pde::InputOpInterface op) override;
  Value handOn(Location loc, Value field, bool isFree) override;
  void release(Location loc, Value field) override;
  Value lowerReduce(pde::ReduceOp reduce);

  // LowerCalls.cpp
  struct Call; ///< of a sweep function
  Call prepareCall(pde::SweepOp sweep, Passes passes);
  void setPointers(Location loc, const Call &call, unsigned slot,
                   mlir::ValueRange memory);
  void runBlocks(Location loc, const Call &call);
  mlir::SmallVector<Value> runSweep(pde::SweepOp sweep);
  void lowerTiledSteps(pde::StepsOp steps, pde::SweepOp sweep);
  Value firstLevelIfNoStep(Location loc, pde::FieldType type, Value none,
                           Value start, Value first, Value made);

  // LowerLoops.cpp
  bool lowerSteps(pde::StepsOp steps);
  void enterLoop(mlir::Operation *loop) override { buffers.enterLoop(loop); }
  void endPass() override { buffers.endPass(); }
  void leaveLoop() override { buffers.leaveLoop(); }
  void countWork(mlir::Operation *evolution, Value count) override;
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_LOWERING_H
