//===- Lowering.h - a program as calls of tile functions --------*- C++ -*-===//

#ifndef PDEC_KERNEL_LOWERING_H
#define PDEC_KERNEL_LOWERING_H

#include "compiler/kernel/Buffers.h"
#include "compiler/kernel/TileArguments.h"
#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/shell/Shell.h"

#include <map>

namespace pdec::kernel {

/// Turns a program's block into code that allocates fields and calls functions
/// of tiles. A field is its memory, which a loop takes over where nothing
/// reads the field afterwards.
class Lowering : public shell::Shell {
public:
  Lowering(mlir::ModuleOp module, pde::ProgramOp program);

private:
  Buffers buffers;
  /// Where the function's frame ends: sizes and slots come before all else.
  mlir::Operation *frame = nullptr;
  std::map<std::pair<llvm::StringRef, unsigned>, Value> sizes;
  llvm::DenseMap<pde::FieldType, Value> cells;
  llvm::DenseMap<Value, mlir::SmallVector<Value, 2>> rings;
  /// Reversals whose loops have made the states that are kept.
  llvm::DenseMap<mlir::Operation *, Value> led;

  // LowerPrograms.cpp
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
  mlir::SmallVector<pde::ReduceOp> sumsWith(pde::ReduceOp first);
  void lowerSums(llvm::ArrayRef<pde::ReduceOp> sums, Value count);
  void lowerReduce(pde::ReduceOp reduce);

  // LowerChannels.cpp
  Value pointersTo(Location loc, mlir::ValueRange memory);
  Value channelsRecord(mlir::Operation *op, const pde::ChannelShape &shape,
                       pde::FieldType out, pde::FieldType in);
  void lowerConvolve(pde::ConvolveOp op);
  void lowerCorrelate(pde::CorrelateOp op);

  void lowerAlong(pde::AlongOp op); ///< LowerAlong.cpp

  // LowerCalls.cpp
  /// A function of tiles with its closure, and how many tiles there are.
  struct Call {
    mlir::func::FuncOp function;
    TileAttr tile;
    TileArguments arguments;
    Value closure, tiles;
  };
  Value rowsOfTiles(Location loc, TileAttr tile, Value size, Value beside);
  bool isFixed(Value field);
  mlir::SmallVector<Value, 2> makeRings(Location loc, Value field);
  mlir::SmallVector<Value, 2> ringsOf(CallOp call, Value field);
  Call prepareCall(CallOp call);
  void setArgument(Location loc, Value closure, unsigned argument, Value value);
  void setPointers(Location loc, const Call &call, unsigned argument,
                   mlir::ValueRange memory);
  void runTiles(Location loc, const Call &call);
  mlir::SmallVector<Value> runCall(CallOp call);
  struct TiledLevels;
  TiledLevels takeLevels(pde::StepsOp steps);
  mlir::SmallVector<Value> firstLevels(pde::StepsOp steps,
                                       const TiledLevels &levels, Value state,
                                       Value begin);
  struct TiledPass;
  void lowerTiledPass(pde::StepsOp steps, const Call &call,
                      const TiledPass &pass, mlir::ValueRange carried);
  void keepLastLevels(pde::StepsOp steps, const TiledLevels &levels,
                      mlir::ValueRange last);
  void lowerTiledSteps(pde::StepsOp steps, CallOp call);
  Value firstLevelIfNoStep(Location loc, pde::FieldType type, Value none,
                           Value start, Value first, Value made);

  // LowerReversals.cpp
  struct ReplayCalls {
    CallOp several, once;
  };
  std::optional<ReplayCalls> callsOf(pde::ReverseOp reversal);
  pde::ReverseOp reversalBehind(pde::StepsOp steps);
  Value beginLending(pde::ReverseOp op);
  mlir::SmallVector<Value> sourcesOf(pde::ReverseOp op, Value reversal);
  void makePasses(CallOp op, Value done, Value now, mlir::ValueRange sources,
                  mlir::ValueRange targets);
  void makeStage(pde::ReverseOp op, CallOp of, Value reversal, Value passes);
  Value makeStage(pde::ReverseOp op, const ReplayCalls &calls, Value reversal);
  bool lowerReverse(pde::ReverseOp op);
  void lead(pde::StepsOp steps, pde::ReverseOp op, Value count, Value isLed);
  bool lowerLeading(pde::StepsOp steps);

  // LowerLoops.cpp
  bool lowerSteps(pde::StepsOp steps);
  void enterLoop(mlir::Operation *loop) override { buffers.enterLoop(loop); }
  void endPass() override { buffers.endPass(); }
  void leaveLoop() override { buffers.leaveLoop(); }
  void countWork(mlir::Operation *evolution, Value count) override;
  Value bytesOf(Location, Value field) override {
    return bytesOf(llvm::cast<pde::FieldType>(field.getType()));
  }
  void keepPart(Location loc, Value reversal, unsigned part, Value field,
                Value given) override;
  Value restorePart(Location loc, Value reversal, unsigned part, Value field,
                    Value given) override;
};

/// Turns a function of tiles into what the runtime calls (a pde_body): all that
/// the caller knows comes from the slots of a closure.
void takeFromClosure(mlir::func::FuncOp function);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_LOWERING_H
