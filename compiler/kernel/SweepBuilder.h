//===- SweepBuilder.h - making sweeps ---------------------------*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPBUILDER_H
#define PDEC_KERNEL_SWEEPBUILDER_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include <functional>

namespace pdec::kernel {

/// Makes a sweep at a builder's place. What is computed inside is cloned into
/// it; all else that this reads becomes an operand, once, in the order in which
/// it is met: sweeps that do the same have the same operands.
class SweepBuilder {
public:
  /// What stands outside for a value; null if it is to be computed inside.
  using Outside = std::function<mlir::Value(mlir::Value)>;
  SweepBuilder(mlir::OpBuilder &builder, mlir::Location loc,
               mlir::TypeRange results, Outside outside);

  /// What a value is inside.
  mlir::Value bring(mlir::Value value);
  /// Makes an operand, whether or not anything reads it.
  mlir::Value addOperand(mlir::Value value);
  /// Clones an operation and what it reads.
  void clone(mlir::Operation &op);
  /// Says that `value` is `inside` inside.
  void map(mlir::Value value, mlir::Value inside) {
    mapping.map(value, inside);
  }
  /// Ends the sweep.
  pde::SweepOp yield(mlir::ValueRange values);

private:
  pde::SweepOp sweep;
  mlir::OpBuilder inner;
  Outside outside;
  mlir::IRMapping mapping;
};

/// The sweep as one that can advance several passes of `steps`, of which it is
/// the whole body: the pass and the carried fields are its first operands, and
/// scalars that depend on them are computed inside. Takes the sweep's place.
pde::SweepOp makeWholeStep(pde::StepsOp steps, pde::SweepOp sweep);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPBUILDER_H
