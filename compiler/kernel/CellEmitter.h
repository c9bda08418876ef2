//===- CellEmitter.h - code for one row, or a vector of rows ----*- C++ -*-===//

#ifndef PDEC_KERNEL_CELLEMITTER_H
#define PDEC_KERNEL_CELLEMITTER_H

#include "compiler/kernel/SweepPlan.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include <map>

namespace pdec::kernel {

/// Makes the code that computes a value of a sweep at row `row` (interior: at
/// rows row .. row + width - 1). In the interior every read is at a constant
/// distance from the row; elsewhere indices are computed and each read obeys
/// the boundary rule. Both form every sum in the same order: no bit depends on
/// which of the two computes a row.
class CellEmitter {
public:
  /// Where an element of a stored value lies: `base` is biased so that row i is
  /// base[i].
  using Bases = llvm::DenseMap<mlir::Value, mlir::Value>;

  /// `scalars` maps the sweep's scalars to those of the code; `size` is the
  /// grid's; `width` 1 makes scalars; a `mask` guards all vector loads.
  CellEmitter(mlir::OpBuilder &builder, const SweepPlan &plan,
              const Bases &bases, const mlir::IRMapping &scalars,
              mlir::Value context, mlir::Value size, unsigned width,
              mlir::Value mask = {});

  /// `value` at an interior row.
  mlir::Value interior(mlir::Value value, mlir::Value row);
  /// The same from the value's definition, though it be stored.
  mlir::Value interiorDefinition(mlir::Value value, mlir::Value row);
  /// `value` at any of its rows, as a scalar.
  mlir::Value anywhere(mlir::Value value, mlir::Value row);
  mlir::Value anywhereDefinition(mlir::Value value, mlir::Value row);

private:
  mlir::OpBuilder &builder;
  const SweepPlan &plan;
  const Bases &bases;
  const mlir::IRMapping &scalars;
  mlir::Value context, size, mask;
  unsigned width;
  mlir::Location loc;
  mlir::Type element;
  mlir::Value currentRow;
  std::map<std::pair<void *, int64_t>, mlir::Value> atOffset;
  std::map<std::pair<void *, void *>, mlir::Value> atRow;
  std::map<int64_t, mlir::Value> constants;

  struct Tap {
    mlir::Value weight;
    std::optional<double> constant;
    int64_t offset;
  };
  std::vector<Tap> tapsOf(pde::StencilOp stencil);
  mlir::Value weightedSum(llvm::ArrayRef<Tap> taps,
                          llvm::function_ref<mlir::Value(int64_t)> read);
  mlir::Value scaled(pde::StencilOp stencil, mlir::Value sum);

  mlir::Value read(mlir::Value value, int64_t offset);
  mlir::Value define(mlir::Value value, int64_t offset);
  mlir::Value defineAnywhere(mlir::Value value, mlir::Value row);
  mlir::Value applyAnywhere(pde::ApplyOp apply, mlir::Value row);
  mlir::Value adjointAnywhere(pde::AdjointOp adjoint, mlir::Value row);
  mlir::Value load(mlir::Value value, mlir::Value row);
  mlir::Value map(pde::MapOp map, llvm::ArrayRef<mlir::Value> fields);
  mlir::Value coordinate(pde::CoordinateOp op, mlir::Value row);
  mlir::Value cellsFrom(mlir::Value row);
  mlir::Value wrapped(mlir::Value row);
  mlir::Value noise(pde::NoiseOp op, mlir::Value row);
  mlir::Value scalar(mlir::Value value);
  mlir::Value spread(mlir::Value value);
  mlir::Type widened(mlir::Type type);
  mlir::Value index(int64_t value);
  mlir::Value shifted(mlir::Value row, int64_t offset);
  mlir::Value rounded(mlir::Value value);
  mlir::Value less(mlir::Value a, mlir::Value b);
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_CELLEMITTER_H
