//===- Shell.h - a program around what computes its fields ------*- C++ -*-===//

#ifndef PDEC_SHELL_SHELL_H
#define PDEC_SHELL_SHELL_H

#include "compiler/pde/PdeResults.h"
#include "compiler/shell/Way.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"

namespace pdec::shell {

/// Makes the function `run` of a program of the pde or the net dialect:
/// parameters, inputs, outputs and loops. Every field has one owner, the value,
/// and is released after the last operation that reads it; loops own what they
/// carry. A way derives from it and says what Way asks.
class Shell : public Way {
public:
  Shell(mlir::ModuleOp module, mlir::Operation *program);
  void run();

protected:
  mlir::ModuleOp module;
  mlir::Operation *program;

  void lowerBlock(mlir::Block &block);
  /// True if a loop may carry on in its first level's own memory: nobody reads
  /// the field afterwards, and the body does not read it while the loop runs.
  bool mayTakeOver(mlir::Operation *loop, Value init);
  /// The memory of `field` is somebody else's from now on.
  void disown(Value field) { disowned.insert(field); }
  /// The values that a loop starts with, fields its own.
  llvm::SmallVector<Value> ownInits(mlir::Operation *loop,
                                    mlir::ValueRange inits);
  void lowerCounted(pde::CountedLoopOpInterface op);
  void tellProgress(Location loc, Value done, Value count);
  /// Whether the run is watched, as a condition, and that the evolution starts
  /// from `carried`; null if nothing could tell of it.
  Value startWatch(mlir::Operation *evolution, mlir::ValueRange inits,
                   mlir::ValueRange carried);
  /// Hands over what an evolution carries after the steps from `before` on up
  /// to `done`, if startWatch gave a condition and it holds, or if it is time
  /// to look at it anyway.
  void watchStep(mlir::Operation *evolution, Value isWatched, Value before,
                 Value done, mlir::ValueRange inits, mlir::ValueRange carried);

  /// What an evolution that is no part of another goes on with, if the run
  /// resumes it; null if `evolution` is none, or no line of the script.
  Value beginState(mlir::Operation *evolution, Value count);
  /// How many steps of it have been made; none without a state.
  Value firstStep(Location loc, Value state);
  /// The parts that a state is restored to, each where it is given.
  llvm::SmallVector<Value> restoreState(Location loc, mlir::ValueRange parts,
                                        Value reversal, mlir::ValueRange state);
  /// Saves what an evolution carries after `done` steps where that is asked
  /// for. `ended` says whether its condition holds.
  void saveState(mlir::Operation *evolution, Value state, Value done,
                 Value ended, mlir::ValueRange parts, mlir::ValueRange carried);

  /// A loop that carries values: `condition` ends the block that tests whether
  /// it goes on, `pass` gives what the next pass begins with. What is left.
  mlir::ValueRange makeWhile(
      Location loc, mlir::ValueRange inits,
      llvm::function_ref<void(mlir::ValueRange)> condition,
      llvm::function_ref<llvm::SmallVector<Value>(mlir::ValueRange)> pass);
  /// The condition of a loop over the stages of a reversal: what a function of
  /// the runtime says.
  void goOnWhile(Location loc, llvm::StringRef isThereMore, Value reversal,
                 mlir::ValueRange carried);
  Value beginReversal(pde::ReversalOpInterface op);
  /// Goes back through the pass that begins with `state`, which remains the
  /// stage's, if this stage does.
  llvm::SmallVector<Value> goBack(pde::ReversalOpInterface op, Value reversal,
                                  Value pass, mlir::ValueRange state,
                                  mlir::ValueRange carried);

  /// Where in memory an entry of an array lies, whose indices the run checks.
  Value placeOf(mlir::Operation &op, mlir::ValueRange indices,
                llvm::ArrayRef<int64_t> extents);

  /// Where in memory the block of an array of so many entries begins that the
  /// indices choose.
  Value blockOf(mlir::Operation &op, mlir::ValueRange indices,
                llvm::ArrayRef<int64_t> extents, int64_t count);

  /// Cells of a grid along an axis.
  virtual Value readSize(Location loc, llvm::StringRef grid, unsigned axis);

private:
  /// The numbers by which the runtime knows what users see: positions in the
  /// order of the script.
  llvm::StringMap<int> grids, params, inputs, outputs, records;
  llvm::DenseSet<Value> disowned;
  /// Passes that are made again are no news.
  bool isReplaying = false;
  /// Of numbers in states that are kept: their memory.
  llvm::DenseMap<Value, Value> scalarSlots;

  // Shell.cpp
  void lower(mlir::Operation &op);
  void lowerScalar(mlir::Operation &op);
  Value lowerParam(pde::ParamOp op);
  void lowerAxis(pde::AxisOp op);
  Value lowerInput(pde::InputOpInterface op);
  void lowerOutput(pde::OutputOpInterface op);
  void lowerStepLength(pde::StepLengthOp op);
  void lowerRecord(pde::RecordOp op);
  Value lowerWhole(mlir::arith::FPToSIOp op);
  void addReads(mlir::Operation &op, llvm::SetVector<Value> &fields);
  bool isLastUse(mlir::Operation *op, Value field);
  void releaseAfter(mlir::Operation &op);
  void letGo(Location loc, Value field);

  // Loops.cpp
  void handOverIf(mlir::Operation *evolution, Value condition, Value step,
                  mlir::ValueRange inits, mlir::ValueRange carried);
  llvm::SmallVector<Value> handOnAll(mlir::Block &body,
                                     mlir::ValueRange values);
  llvm::SmallVector<Value> lowerBody(mlir::Block &body, Value pass,
                                     mlir::ValueRange carried,
                                     mlir::ValueRange next);
  void lowerConditional(pde::ConditionalLoopOpInterface op);
  void lowerCondition(pde::ConditionalLoopOpInterface op, Value no,
                      mlir::ValueRange state);
  llvm::SmallVector<Value> lowerPass(pde::ConditionalLoopOpInterface op,
                                     Value savedState, Value isWatched,
                                     mlir::ValueRange state);
  void failUnlessDone(pde::ConditionalLoopOpInterface op,
                      mlir::ValueRange state);

  // Reversals.cpp
  Value scalarSlot(Location loc, Value part);
  void keepState(Location loc, mlir::ValueRange parts, Value reversal,
                 mlir::ValueRange state);
  llvm::SmallVector<Value> replay(pde::ReversalOpInterface op, Value first,
                                  Value passes, mlir::ValueRange state);
  void lowerReversal(pde::ReversalOpInterface op);
};

} // namespace pdec::shell

#endif // PDEC_SHELL_SHELL_H
