//===- Field.h - a field as files and plots show it -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_FIELD_H
#define PDE_RUNTIME_FIELD_H

#include "runtime/pde_runtime.h"

#include <array>

namespace pdert {

/// Where the cells of an axis lie: x_i = first + i * spacing. Without
/// pde_set_axis they are counted.
struct AxisPositions {
  bool known = false;
  double first = 0, spacing = 1;
};

/// The axes of a grid, or of a field with rows beyond the grid.
using GridPositions = std::array<AxisPositions, PDE_MAX_RANK>;

/// Where the elements of a port lie, given its grid's positions.
inline GridPositions positionsOf(const pde_port &port, GridPositions grid) {
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    grid[axis].first -= port.low[axis] * grid[axis].spacing;
  return grid;
}

/// The values of an input or output with all that describes them.
struct Field {
  const char *name;
  pde_type type;
  const void *data; ///< row-major
  const int64_t *sizes;
  int rank;
  GridPositions positions;
};

/// Calls body(data) with the data as a pointer to their type.
template <typename Body> void withData(const Field &field, Body &&body) {
  if (field.type == PDE_F32)
    body(static_cast<const float *>(field.data));
  else
    body(static_cast<const double *>(field.data));
}

} // namespace pdert

#endif // PDE_RUNTIME_FIELD_H
