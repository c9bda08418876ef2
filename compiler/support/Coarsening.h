//===- Coarsening.h - sizes of the grids of a hierarchy ---------*- C++ -*-===//
//
// Plain C++: the runtime reads it, too.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_COARSENING_H
#define PDEC_SUPPORT_COARSENING_H

#include <cstdint>

namespace pdec {

/// Which cells of a finer grid a coarser one has: every second vertex, a cell
/// for two, or all. The runtime's pde_coarsening and the dialect's Coarsening
/// number the kinds alike.
enum class CoarseningKind { Vertex, Cell, Same };

/// The cells of an axis whose finer one has `size`, or 0 if there is none.
template <typename Kind>
constexpr int64_t coarserSize(Kind kind, int64_t size) {
  switch (static_cast<CoarseningKind>(kind)) {
  case CoarseningKind::Vertex:
    return size % 2 == 1 ? (size - 1) / 2 : 0;
  case CoarseningKind::Cell:
    return size % 2 == 0 ? size / 2 : 0;
  case CoarseningKind::Same:
    return size;
  }
  return 0;
}

} // namespace pdec

#endif // PDEC_SUPPORT_COARSENING_H
