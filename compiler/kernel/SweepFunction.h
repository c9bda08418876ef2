//===- SweepFunction.h - the function that computes a sweep -----*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPFUNCTION_H
#define PDEC_KERNEL_SWEEPFUNCTION_H

#include "compiler/kernel/SweepCaptures.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <map>

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

/// The closure of such a function is an array of 8-byte slots, in this order:
/// context, sizes, first step, steps; the current and the new memory of each
/// carried field or result; the leaves; the scalars; the sizes of the grids of
/// foreign leaves. Memory is as allocated, extra rows first.
struct ClosureLayout {
  ClosureLayout(pde::SweepOp sweep, const SweepCaptures &captures)
      : states(sweep.getNumResults()),
        rank(pde::gridOf(sweep, llvm::cast<pde::FieldType>(sweep.getType(0)))
                 .rank()),
        leafSlot(currentSlot() + 2 * states),
        scalarSlot(leafSlot + captures.leaves.size()),
        foreignSlot(scalarSlot + captures.scalars.size()),
        slots(foreignSlot + rank * captures.foreign.size()) {}

  unsigned states, rank;
  static constexpr unsigned contextSlot = 0, sizeSlot = 1;
  unsigned firstStepSlot() const { return sizeSlot + rank; }
  unsigned stepsSlot() const { return firstStepSlot() + 1; }
  unsigned currentSlot() const { return stepsSlot() + 1; }
  unsigned targetSlot() const { return currentSlot() + states; }
  unsigned leafSlot, scalarSlot, foreignSlot, slots;
};

/// The functions of a module. Sweeps of the same structure share one: on the
/// levels of a hierarchy they differ in the grid's name only.
class SweepFunctions {
public:
  SweepFunctions(mlir::ModuleOp module, const SweepOptions &options)
      : module(module), options(options) {}

  /// The function of `sweep`, made at the end of the module if there is none.
  /// With `steps`, the sweep is all of that loop's body and the function
  /// advances several passes.
  const SweepFunction &get(pde::SweepOp sweep, pde::StepsOp steps);

private:
  mlir::ModuleOp module;
  SweepOptions options;
  std::map<std::string, SweepFunction> functions;
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPFUNCTION_H
