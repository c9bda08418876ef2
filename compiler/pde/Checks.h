//===- Checks.h - what verifiers have in common -----------------*- C++ -*-===//
//
// The pde and the net dialect say the same things in two ways: names that
// scripts chose, offsets of taps, regions of arithmetic, loops with a
// condition.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_CHECKS_H
#define PDEC_PDE_CHECKS_H

#include "compiler/pde/PdeDialect.h"

#include "llvm/ADT/StringSet.h"

namespace pdec::pde {

/// Looks a grid up for a verifier.
llvm::LogicalResult findGrid(mlir::Operation *op,
                             mlir::SymbolTableCollection &symbols,
                             mlir::FlatSymbolRefAttr name, GridOp &grid);

/// Names of the script become those of C functions, files and messages.
llvm::LogicalResult checkName(mlir::Operation *op, llvm::StringRef name);

/// Checks that no two operations of a kind have one name.
template <typename Op> llvm::LogicalResult checkDistinct(mlir::Block &block) {
  llvm::StringSet<> names;
  for (auto op : block.getOps<Op>())
    if (!names.insert(op.getName()).second)
      return op->emitOpError("has the name of another: '")
             << op.getName() << "'";
  return mlir::success();
}

/// Checks the names of a program and of what it shows to its users.
template <typename Input, typename Program>
llvm::LogicalResult checkNames(Program program) {
  mlir::Block &body = program.getBody().front();
  return mlir::success(
      mlir::succeeded(checkName(program, program.getSymName())) &&
      mlir::succeeded(checkDistinct<ParamOp>(body)) &&
      mlir::succeeded(checkDistinct<Input>(body)) &&
      mlir::succeeded(checkDistinct<OutputOpInterface>(body)));
}

/// Checks that the regions of `op` hold nothing but `what`.
llvm::LogicalResult
checkHolds(mlir::Operation *op, llvm::StringRef what,
           llvm::function_ref<bool(mlir::Operation &)> isHeld);

/// Whether an operation makes one number of numbers, as maps do for each cell.
bool isScalarArithmetic(mlir::Operation &op);

/// Indices of an array with these extents.
llvm::LogicalResult checkIndices(mlir::Operation *op, mlir::ValueRange indices,
                                 llvm::ArrayRef<int64_t> extents);

/// What users see; it stands in the program itself, where they look for it.
bool isShown(mlir::Operation &op);
/// Fields, loops and what else the dialect has besides.
bool isHeldByLoops(mlir::Operation &op);
/// Checks that the regions of a loop hold nothing else.
llvm::LogicalResult checkHeldByLoop(mlir::Operation *loop);

/// Checks the offsets of `taps` weights (the user's word for them).
llvm::LogicalResult checkOffsets(mlir::Operation *op, mlir::ArrayAttr offsets,
                                 size_t taps, llvm::StringRef weights,
                                 unsigned rank);

/// Checks what a loop with a condition is called in messages.
template <typename Loop> llvm::LogicalResult checkReported(Loop loop) {
  if (int64_t(loop.getLoop()) < 0)
    return loop.emitOpError("needs a number, from 0, as its loop");
  // What a script requires it says in a sentence.
  bool isSentence = loop.getMeasure().starts_with("require ");
  return mlir::success(
      mlir::succeeded(checkName(loop, loop.getWhat())) &&
      (isSentence || mlir::succeeded(checkName(loop, loop.getMeasure()))));
}

} // namespace pdec::pde

#endif // PDEC_PDE_CHECKS_H
