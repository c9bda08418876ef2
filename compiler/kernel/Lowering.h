//===- Lowering.h - a program as calls of tile functions --------*- C++ -*-===//

#ifndef PDEC_KERNEL_LOWERING_H
#define PDEC_KERNEL_LOWERING_H

#include "compiler/kernel/Buffers.h"
#include "compiler/kernel/TileArguments.h"
#include "compiler/pde/Interface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/IRMapping.h"

#include <map>

namespace pdec::kernel {

/// Turns a program's block into code that allocates fields, calls functions of
/// tiles and frees each field after its last use. A field's memory is its
/// owner's; a loop takes it over where nothing reads the field afterwards.
class Lowering {
public:
  Lowering(mlir::ModuleOp module, pde::ProgramOp program);
  void run();

private:
  using Value = mlir::Value;
  using Location = mlir::Location;

  mlir::ModuleOp module;
  pde::ProgramOp program;
  pde::Interface interface;
  mlir::OpBuilder builder;
  mlir::IRMapping mapping;
  Value context;
  Buffers buffers;
  /// Fields whose memory somebody else owns by now.
  llvm::DenseSet<Value> taken;
  /// Where the function's frame ends: sizes and slots come before all else.
  mlir::Operation *frame = nullptr;
  std::map<std::pair<int, unsigned>, Value> sizes;
  llvm::DenseMap<pde::FieldType, Value> cells;

  mlir::Type pointer() {
    return mlir::LLVM::LLVMPointerType::get(builder.getContext());
  }
  Value index(Location loc, int64_t value) {
    return builder.create<mlir::arith::ConstantOp>(
        loc, builder.getI64IntegerAttr(value));
  }
  Value number(Location loc, int32_t value) {
    return builder.create<mlir::arith::ConstantOp>(
        loc, builder.getI32IntegerAttr(value));
  }
  Value call(Location loc, llvm::StringRef name, mlir::ValueRange arguments);

  // LowerSweeps.cpp
  Value inFrame(llvm::function_ref<Value()> make);
  Value stackSlots(Location loc, int64_t count);
  Value sizeOf(llvm::StringRef grid, unsigned axis);
  Value cellsOf(pde::FieldType type);
  Value bytesOf(pde::FieldType type);
  Value copyField(Location loc, pde::FieldType type, Value memory);
  void lowerBlock(mlir::Block &block);
  void lower(mlir::Operation &op);
  void lowerDeclaration(mlir::Operation &op);
  void lowerInput(pde::InputOp input);
  void lowerReduce(pde::ReduceOp reduce);
  void freeAfter(mlir::Operation &op);
  bool isLastUse(mlir::Operation *op, Value field);

  // LowerCalls.cpp
  struct Call; ///< of a function of tiles
  Call prepareCall(CallOp call);
  void setSlot(Location loc, Value closure, unsigned argument, Value value);
  void setPointers(Location loc, const Call &call, unsigned argument,
                   mlir::ValueRange memory);
  void runTiles(Location loc, const Call &call);
  mlir::SmallVector<Value> runCall(CallOp call);
  void lowerTiledSteps(pde::StepsOp steps, CallOp call);
  Value firstLevelIfNoStep(Location loc, pde::FieldType type, Value none,
                           Value start, Value first, Value made);

  // LowerLoops.cpp
  bool mayTakeOver(mlir::Operation *loop, Value init);
  mlir::SmallVector<Value> ownInits(mlir::Operation *loop,
                                    mlir::ValueRange inits);
  mlir::SmallVector<Value> yieldOwned(mlir::ValueRange values,
                                      mlir::Block &body);
  void lowerSteps(pde::StepsOp steps);
  void lowerPlainSteps(pde::StepsOp steps);
  void countWork(pde::StepsOp steps, Value count);
  void lowerFixpoint(pde::FixpointOp fixpoint);
  mlir::SmallVector<Value> lowerPass(pde::FixpointOp fixpoint,
                                     mlir::ValueRange carried);
  void failUnlessDone(pde::FixpointOp fixpoint, mlir::ValueRange results);
};

/// Turns a function of tiles into what the runtime calls (a pde_body): all that
/// the caller knows comes from the slots of a closure.
void takeFromClosure(mlir::func::FuncOp function);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_LOWERING_H
