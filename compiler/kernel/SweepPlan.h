//===- SweepPlan.h - what a sweep stores, reads and costs -------*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPPLAN_H
#define PDEC_KERNEL_SWEEPPLAN_H

#include "compiler/pde/PdeDialect.h"

#include "llvm/ADT/MapVector.h"

namespace pdec::kernel {

/// Cells around a range: what is needed of a field on [begin, end) reaches from
/// begin - low to end + high.
struct Reach {
  int64_t low = 0, high = 0;
  /// Widens to hold another reach.
  void include(const Reach &other);
};

/// A value that a sweep computes over a range of rows before anything reads it:
/// its results, and values worth storing because stencils read them at several
/// offsets and they are dear to compute.
struct Stage {
  mlir::Value value;
  /// The result of the sweep that it is, or -1: kept in scratch memory.
  int result = -1;
  Reach reach; ///< rows computed, around the sweep's own range
  /// Rows next to a side whose stencils cross it. All others are interior.
  Reach boundary;
};

/// The stages of a sweep in the order of computation.
struct SweepPlan {
  explicit SweepPlan(pde::SweepOp sweep);

  mutable pde::SweepOp sweep; // MLIR handles have no const accessors
  pde::GridOp grid;
  pde::Boundary low, high;
  std::vector<Stage> stages;
  /// Stored fields that it reads, and how far.
  llvm::MapVector<mlir::Value, Reach> leaves;

  bool isPeriodic() const { return low == pde::Boundary::Periodic; }
  bool isScratch(mlir::Value value) const;

private:
  llvm::DenseSet<mlir::Value> scratch;
  llvm::DenseMap<mlir::Value, double> costs;

  double cost(mlir::Value value);
  void chooseScratch();
  void addStages();
  Reach stencilReach(mlir::Operation *op) const;
  void need(mlir::Value value, Reach reach);
  void needArguments(mlir::Value value, Reach reach);
  Reach boundaryRows(mlir::Value value, bool isTop) const;
};

/// How far an application reads around a row in the interior.
Reach tapReach(mlir::Operation *application);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPPLAN_H
