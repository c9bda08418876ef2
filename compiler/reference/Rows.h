//===- Rows.h - where the elements of a field lie ---------------*- C++ -*-===//

#ifndef PDEC_REFERENCE_ROWS_H
#define PDEC_REFERENCE_ROWS_H

#include "compiler/pde/PdeDialect.h"

#include <array>

namespace pdec::reference {

/// A cell by its index along each axis; axes that a grid lacks have index 0.
using Position = std::array<int64_t, 3>;

/// The elements of a field, row-major, the first axis slowest: from -low[a] to
/// -low[a] + extent[a] - 1 along axis a.
struct Rows {
  Position low{}, extent{1, 1, 1};

  Rows() = default;
  /// `sizes` are the cells of the type's grid.
  Rows(pde::FieldType type, const Position &sizes, unsigned rank) {
    for (unsigned axis = 0; axis < rank; ++axis) {
      low[axis] = type.lowRows(axis);
      extent[axis] = low[axis] + sizes[axis] + type.highRows(axis);
    }
  }

  /// Whether there is a row `at` along an axis.
  bool has(unsigned axis, int64_t at) const {
    return at >= -low[axis] && at < extent[axis] - low[axis];
  }
  int64_t count() const { return extent[0] * extent[1] * extent[2]; }

  Position position(int64_t index) const {
    int64_t plane = index / extent[2];
    return {plane / extent[1] - low[0], plane % extent[1] - low[1],
            index % extent[2] - low[2]};
  }

  int64_t index(const Position &at) const {
    return ((at[0] + low[0]) * extent[1] + at[1] + low[1]) * extent[2] + at[2] +
           low[2];
  }
};

} // namespace pdec::reference

#endif // PDEC_REFERENCE_ROWS_H
