//===- SweepCaptures.h - what a sweep takes from outside --------*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPCAPTURES_H
#define PDEC_KERNEL_SWEEPCAPTURES_H

#include "compiler/pde/PdeDialect.h"

#include <string>
#include <vector>

namespace pdec::kernel {

/// What a sweep's function gets from its caller, in an order that only the
/// sweep's structure decides.
struct SweepCaptures {
  /// With `steps`, the sweep is all of that loop's body.
  SweepCaptures(pde::SweepOp sweep, pde::StepsOp steps);

  std::vector<mlir::Value> leaves;  ///< stored fields, besides carried ones
  std::vector<mlir::Value> foreign; ///< those of other grids
  std::vector<mlir::Value> scalars; ///< from outside of the loop
};

/// Equal for sweeps that the same function can compute, each with its captures:
/// those that differ in the names of grids and values only.
std::string structureOf(pde::SweepOp sweep, pde::StepsOp steps);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPCAPTURES_H
