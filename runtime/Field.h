//===- Field.h - a field as files and plots show it -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_FIELD_H
#define PDE_RUNTIME_FIELD_H

#include "pde_runtime.h"

#include <array>

namespace pdert {

/// Where the cells of an axis lie: x_i = first + i * spacing. Without
/// pde_set_axis they are counted.
struct AxisPositions {
  bool known = false;
  double first = 0, spacing = 1;
};

/// The axes of a grid.
using GridPositions = std::array<AxisPositions, PDE_MAX_RANK>;

/// The values of an input or output with all that describes them.
struct Field {
  const char *name;
  pde_type type;
  const void *data; ///< row-major
  const int64_t *sizes;
  int rank;
  const GridPositions &positions;
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
