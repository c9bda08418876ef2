//===- SweepFunction.h - the function that computes a sweep -----*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPFUNCTION_H
#define PDEC_KERNEL_SWEEPFUNCTION_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <unordered_map>

namespace pdec::kernel {

struct SweepOptions {
  unsigned vectorBytes, tileBytes, blockBytes, maxSteps;
};

/// A sweep as a function over blocks of cells (a pde_body).
struct SweepFunction {
  mlir::func::FuncOp function;
  llvm::SmallVector<int64_t, 3> blockCells; ///< a block's cells on each axis
  int64_t maxSteps = 1;                     ///< steps a call may advance
  int64_t scratchBytes = 0;
};

/// How a sweep's function is called: for one pass, or, where the sweep is the
/// whole body of a loop (makeWholeStep), for several.
enum class Passes { One, Several };

/// The closure of such a function is an array of 8-byte slots, in this order:
/// context, sizes, first step, steps; the current and the new memory of each
/// carried field or result; the captures; the sizes of the grids of foreign
/// ones. Memory is as allocated, extra rows first.
struct ClosureLayout {
  ClosureLayout(pde::SweepOp sweep, Passes passes);

  unsigned states, rank;
  /// The sweep's operands but the pass and the carried fields.
  unsigned firstCapture;
  /// Those captures that are fields of other grids, by their operands' numbers.
  llvm::SmallVector<unsigned> foreign;
  unsigned slots;

  static constexpr unsigned contextSlot = 0, sizeSlot = 1;
  unsigned firstStepSlot() const { return sizeSlot + rank; }
  unsigned stepsSlot() const { return firstStepSlot() + 1; }
  unsigned currentSlot() const { return stepsSlot() + 1; }
  unsigned targetSlot() const { return currentSlot() + states; }
  unsigned captureSlot(unsigned operand) const {
    return targetSlot() + states + operand - firstCapture;
  }
  /// The size along the first axis; the others follow.
  unsigned foreignSlot(unsigned operand) const;
};

/// The functions of a module. Sweeps that do the same share one: on the levels
/// of a hierarchy they differ in the grid's name only.
class SweepFunctions {
public:
  SweepFunctions(mlir::ModuleOp module, const SweepOptions &options)
      : module(module), options(options) {}

  /// The function of `sweep`, made at the end of the module if there is none.
  const SweepFunction &get(pde::SweepOp sweep, Passes passes);

private:
  /// A sweep's region, with grids named by what they are.
  using Key = std::pair<Passes, mlir::OwningOpRef<pde::SweepOp>>;
  struct Hash {
    size_t operator()(const Key &key) const;
  };
  struct Equal {
    bool operator()(const Key &a, const Key &b) const;
  };

  mlir::ModuleOp module;
  SweepOptions options;
  std::unordered_map<Key, SweepFunction, Hash, Equal> functions;
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPFUNCTION_H
