//===- DerivedGrids.h - sizes of the coarser grids of hierarchies -*- C++ -*-=//

#ifndef PDE_RUNTIME_DERIVEDGRIDS_H
#define PDE_RUNTIME_DERIVEDGRIDS_H

#include "runtime/pde_runtime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pdert {

/// Whether a grid's sizes follow from those of its parent.
inline bool isDerived(const pde_grid &grid) { return grid.parent >= 0; }

/// Whether an axis of a derived grid has one cell, however many its parent has.
inline bool isSingle(const pde_grid &grid, int32_t axis) {
  return isDerived(grid) && grid.size[axis] == 1;
}

/// Whether a grid only shows those axes of its parent that are left.
inline bool isSeen(const pde_program &program, int32_t grid) {
  const pde_grid &own = program.grids[grid];
  return isDerived(own) && own.rank < program.grids[own.parent].rank;
}

/// Whether a grid is that of a parameter array, whose size is the script's.
inline bool isArray(const pde_grid &grid) { return grid.num_extents > 0; }

/// Whether a port is an array, of a parameter or an output.
inline bool isArray(const pde_program &program, const pde_port &port) {
  return port.grid >= 0 && isArray(program.grids[port.grid]);
}

/// Overwrites the sizes of derived grids, PDE_MAX_RANK for each grid, with what
/// follows from their parents'. Throws a Failure when a size cannot be halved
/// as often as needed, or a coarser grid becomes too small.
void computeDerivedSizes(const pde_program &program,
                         std::vector<int64_t> &sizes);

/// The sizes of a grid along an axis that its deepest hierarchy asks for:
/// "16*k - 1"; empty for all.
std::string sizeRule(const pde_program &program, int32_t grid, int32_t axis);

} // namespace pdert

#endif // PDE_RUNTIME_DERIVEDGRIDS_H
