//===- Boundary.h - the rules of boundaries as data -------------*- C++ -*-===//
//
// Plain C++: the runtime reads it, too.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_BOUNDARY_H
#define PDEC_SUPPORT_BOUNDARY_H

#include <cstddef>
#include <cstdint>

namespace pdec {

/// Which cells inside a cell beyond a side is made of.
enum class CellsInside {
  Mirror, ///< the one at the same distance from the side
  Wrap,   ///< the one as many cells further as the axis has
  None,
  Ends ///< the outermost one and the next one inside
};
/// What they are multiplied by: nothing, or scalars that the side is given.
enum class InsideWeights { Unit, Given };
/// What the value E of a side is multiplied by at distance d.
enum class ValueFactor {
  None, ///< there is no E
  One,
  Odd,  ///< 2d - 1
  Given ///< a scalar that the side is given
};

/// A line of Boundary.def.
struct BoundaryRule {
  const char *keyword;
  CellsInside cells;
  InsideWeights weights;
  ValueFactor factor;

  constexpr bool hasValue() const { return factor != ValueFactor::None; }
  constexpr bool isWeighted() const { return weights == InsideWeights::Given; }
  /// Whether cells beyond are copies of cells inside, of all fields alike.
  constexpr bool isCopy() const {
    return cells != CellsInside::None && !isWeighted() && !hasValue();
  }
  /// Cells inside that a cell beyond is made of.
  constexpr unsigned numCells() const {
    return cells == CellsInside::None ? 0 : cells == CellsInside::Ends ? 2 : 1;
  }
  /// Scalars that the side is given for each distance: for the cells inside,
  /// and with `withFactor` for the value, in this order.
  constexpr unsigned scalars(bool withFactor) const {
    return (isWeighted() ? numCells() : 0) +
           (withFactor && factor == ValueFactor::Given);
  }
  /// Cells that an axis must have for its cells beyond to be made, as far as
  /// `reach`.
  constexpr int64_t leastSize(int64_t reach) const {
    if (reach <= 0 || cells == CellsInside::None)
      return 1;
    return cells == CellsInside::Ends ? 2 : reach;
  }
};

enum class BoundaryKind {
#define PDE_BOUNDARY(CONSTANT, ENUMERATOR, KEYWORD, CELLS, WEIGHTS, FACTOR)    \
  ENUMERATOR,
#include "compiler/support/Boundary.def"
};

inline constexpr BoundaryRule boundaryRules[] = {
#define PDE_BOUNDARY(CONSTANT, ENUMERATOR, KEYWORD, CELLS, WEIGHTS, FACTOR)    \
  {#KEYWORD, CellsInside::CELLS, InsideWeights::WEIGHTS, ValueFactor::FACTOR},
#include "compiler/support/Boundary.def"
};

/// The meaning of an enumerator of any enumeration of the rules.
template <typename Kind> constexpr const BoundaryRule &meaningOf(Kind kind) {
  return boundaryRules[static_cast<size_t>(kind)];
}

/// Whether a rule makes of all fields alike what lies beyond a side.
constexpr bool isCopying(BoundaryKind kind) { return meaningOf(kind).isCopy(); }

} // namespace pdec

#endif // PDEC_SUPPORT_BOUNDARY_H
