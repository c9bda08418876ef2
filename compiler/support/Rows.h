//===- Rows.h - rows of operators beyond the cells --------------*- C++ -*-===//
//
// Plain C++: scripts and modules of the pde dialect obey the same rule.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_ROWS_H
#define PDEC_SUPPORT_ROWS_H

#include <cstdint>

namespace pdec {

/// The rows that an operator with taps from `first` to `last` has beyond the
/// low side of an axis if that side says what the field is there (dirichlet).
/// A row lives at the centre of its taps, half a cell off for one-sided
/// differences, and exists if that lies strictly inside the domain, whose side
/// is at cell -1: row i with i + (first + last)/2 > -1. For the high side ask
/// with the mirrored taps, -last to -first.
constexpr int64_t rowsAtValue(int64_t first, int64_t last) {
  int64_t sum = first + last;
  return sum > 0 ? (sum + 1) / 2 : 0;
}

} // namespace pdec

#endif // PDEC_SUPPORT_ROWS_H
