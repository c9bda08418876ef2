//===- SweepPlan.h - what a sweep stores, reads and costs -------*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPPLAN_H
#define PDEC_KERNEL_SWEEPPLAN_H

#include "compiler/kernel/KernelDialect.h"

#include "llvm/ADT/MapVector.h"

namespace pdec::kernel {

using pde::Reach;

/// Cells around a box, axis by axis.
struct Surround {
  Surround(unsigned rank = 1) : axes(rank) {}
  Reach &operator[](unsigned axis) { return axes[axis]; }
  const Reach &operator[](unsigned axis) const { return axes[axis]; }
  unsigned rank() const { return axes.size(); }
  void include(const Surround &other);
  bool holds(const Surround &other) const;

private:
  llvm::SmallVector<Reach, 3> axes;
};

/// A value that a sweep computes over a range of rows before anything reads it:
/// its results, and values worth storing because stencils read them at several
/// offsets and they are dear to compute. StageAttr says what the numbers mean.
struct Stage {
  mlir::Value value;
  /// The result of the sweep that it is, or -1: kept in scratch memory.
  int result = -1;
  Surround reach, boundary;
  unsigned group = 0;
  /// Rows of the first axis that a wavefront over stages has to keep, besides
  /// those of a piece.
  int64_t kept = 0;

  bool isScratch() const { return result < 0; }
};

/// The number of the carried field whose level before a whole step gives as
/// this result, as it is; nothing if the result is computed, or goes back to no
/// computed one.
std::optional<unsigned> olderLevel(pde::SweepOp wholeStep, unsigned result);

/// The operation that computes a value of a sweep.
inline pde::FieldOpInterface definitionOf(mlir::Value value) {
  return value.getDefiningOp<pde::FieldOpInterface>();
}

/// What a sweep stores, reads and costs, found out from what it computes.
struct SweepPlan {
  /// `isWholeStep`: tiles take several steps of it.
  SweepPlan(pde::SweepOp sweep, bool isWholeStep);

  mutable pde::SweepOp sweep; // MLIR handles have no const accessors
  mutable pde::GridOp grid;
  std::vector<Stage> stages; ///< in the order of computation
  /// Stored fields that it reads, and how far; those of other grids, which
  /// only restriction and prolongation read, with a reach of nothing.
  llvm::MapVector<mlir::Value, Surround> leaves;

  unsigned rank() const { return grid.rank(); }
  bool isScratch(mlir::Value value) const;
  /// Whether a leaf lies on the sweep's grid.
  bool isOwnGrid(mlir::Value leaf) const;
  /// Rows of the first axis that stages in scratch memory compute around a
  /// step's box at most.
  int64_t rowsAround() const;
  /// Rough cycles that a cell of all stages takes, computed alone.
  double cellCost();

private:
  bool copiesPeriodic;
  llvm::DenseSet<mlir::Value> scratch;
  llvm::DenseMap<mlir::Value, double> costs;
  llvm::DenseMap<mlir::Value, unsigned> oneTapReads;
  /// What is known of values so far; they are used more than once.
  llvm::DenseMap<mlir::Value, Surround> needed;
  llvm::DenseMap<std::pair<mlir::Value, unsigned>, Reach> boundaries;

  double cost(mlir::Value value);
  double definitionCost(mlir::Value value);
  unsigned readsByOneTaps(mlir::Value value);
  void storeSiblings();
  void chooseScratch();
  bool isReadPointwise(mlir::Value value) const;
  void addStages();
  void collectWork(mlir::Value value, llvm::DenseSet<mlir::Value> &work);
  void groupStages();
  void uniteGroup(unsigned group);
  void need(mlir::Value value, const Surround &reach);
  void needArguments(mlir::Value value, const Surround &reach);
  Reach reachOf(pde::FieldOpInterface op, unsigned axis) const;
  void keepRows(const Stage &reader, mlir::Value value, int64_t low,
                llvm::DenseMap<mlir::Value, int64_t> &seen);
  Reach boundaryRows(mlir::Value value, unsigned axis);
  Reach definitionRows(mlir::Value value, unsigned axis);
  Reach applicationRows(pde::FieldOpInterface op, unsigned axis);
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPPLAN_H
