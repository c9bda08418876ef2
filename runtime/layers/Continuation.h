//===- Continuation.h - what lies beyond the sides of an axis ---*- C++ -*-===//
//
// Pad reads and fold adds along the same correspondence between the cells of a
// padded axis and those of the axis itself. Cells are counted from the first
// one of the axis itself: those before it are negative.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_CONTINUATION_H
#define PDE_RUNTIME_CONTINUATION_H

#include "runtime/layers/Tensor.h"

#include "compiler/support/Boundary.h"

#include <algorithm>

namespace pdert {

using pdec::CellsInside;

/// One side of an axis.
struct Side {
  int32_t kind = PDE_REFLECTING; ///< pde_boundary
  int64_t count = 0;             ///< cells of the margin
  double value = 0;
  const pde_tensor *tensor = nullptr; ///< of values, instead of `value`
  const double *scalars = nullptr;    ///< weights and factors by distance
  int64_t before[PDE_MAX_RANK] = {};  ///< cells of `tensor` before x's first

  const pdec::BoundaryRule &rule() const { return pdec::meaningOf(kind); }
  /// The weight of a cell inside at a distance; `perDistance` scalars each.
  const double *weight(int64_t distance, unsigned perDistance,
                       unsigned cell) const {
    return scalars + (distance - 1) * perDistance + cell;
  }
};

/// One axis: `size` cells between two margins.
class Axis {
public:
  Axis() = default;
  Axis(int64_t size, const Side &low, const Side &high)
      : low(low), high(high), size(size) {
    bool isWeighted = (low.count > 0 && low.rule().isWeighted()) ||
                      (high.count > 0 && high.rule().isWeighted());
    if (isWeighted && size < std::max(low.rule().leastSize(low.count),
                                      high.rule().leastSize(high.count)))
      fail("a side reaches further than its axis has cells: the grid is too "
           "small for the scheme");
  }

  Side low, high;

  int64_t paddedSize() const { return size + low.count + high.count; }

  /// Cells [begin, end) of the padded axis are those of the axis itself.
  int64_t begin() const {
    return std::clamp<int64_t>(low.count, 0, paddedSize());
  }
  int64_t end() const {
    return std::max(begin(), paddedSize() - std::max<int64_t>(high.count, 0));
  }

  bool isOutside(int64_t cell) const { return cell < 0 || cell >= size; }
  const Side &sideOf(int64_t cell) const { return cell < 0 ? low : high; }
  /// How far a cell beyond a side lies from the outermost one.
  int64_t distance(int64_t cell) const {
    return cell < 0 ? -cell : cell - size + 1;
  }
  /// The outermost cell at the side that `cell` lies beyond, and the next ones
  /// inside.
  int64_t fromEnd(int64_t cell, int64_t depth) const {
    return cell < 0 ? depth : size - 1 - depth;
  }
  /// The cell that one beyond a side mirrors, or repeats on a circle.
  int64_t next(int64_t cell) const {
    bool isLow = cell < 0;
    if (sideOf(cell).rule().cells == CellsInside::Wrap)
      return cell + (isLow ? size : -size);
    return (isLow ? 0 : 2 * size) - 1 - cell;
  }
  /// The cell of which one is a copy: inside, or beyond a side that does not
  /// copy.
  int64_t copied(int64_t cell) const {
    // Far outside, whole periods are skipped at once.
    if (isOutside(cell) && low.kind == high.kind && low.rule().isCopy()) {
      int64_t period = low.rule().cells == CellsInside::Wrap ? size : 2 * size;
      cell = (cell % period + period) % period;
    }
    while (isOutside(cell) && sideOf(cell).rule().isCopy())
      cell = next(cell);
    return cell;
  }

  /// Calls body(cell, weight) for each cell inside that `cell` is made of; the
  /// weight is null where there is none.
  template <typename Body> void forEachPart(int64_t cell, Body &&body) const {
    for (cell = copied(cell); isOutside(cell); cell = copied(next(cell))) {
      const Side &side = sideOf(cell);
      const pdec::BoundaryRule &rule = side.rule();
      if (rule.cells == CellsInside::None)
        return;
      if (!rule.isWeighted())
        continue;
      unsigned each = rule.scalars(/*withFactor=*/false);
      for (unsigned part = 0; part < each; ++part)
        body(rule.cells == CellsInside::Ends ? fromEnd(cell, part) : next(cell),
             side.weight(distance(cell), each, part));
      return;
    }
    body(cell, static_cast<const double *>(nullptr));
  }

  /// Calls body(padded, isOwn, weight) for each cell of the padded axis that is
  /// made of `cell`, itself included, in ascending order.
  template <typename Body> void forEachCopy(int64_t cell, Body &&body) const {
    auto margin = [&](int64_t from, int64_t to) {
      for (int64_t padded = from; padded < to; ++padded)
        forEachPart(padded - low.count,
                    [&](int64_t part, const double *weight) {
                      if (part == cell)
                        body(padded, false, weight);
                    });
    };
    margin(0, begin());
    int64_t own = cell + low.count;
    if (own >= 0 && own < paddedSize())
      body(own, true, static_cast<const double *>(nullptr));
    margin(end(), paddedSize());
  }

private:
  int64_t size = 1;
};

/// The three axes of a layer that pads or is padded.
struct Axes {
  Axes(const pde_tensor &x, const pde_margin *given, bool isPadded) {
    pde_margin margins[PDE_MAX_RANK];
    toThreeAxes(x.rank, given, pde_margin{}, margins);
    for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
      const pde_margin &margin = margins[axis];
      inner[axis] = x.sizes[axis] - (isPadded ? margin.low + margin.high : 0);
      Side low{margin.low_kind,   margin.low,         margin.low_value,
               margin.low_tensor, margin.low_scalars, {}};
      Side high{margin.high_kind,   margin.high,         margin.high_value,
                margin.high_tensor, margin.high_scalars, {}};
      if (margin.low_before)
        toThreeAxes(x.rank, margin.low_before, int64_t(0), low.before);
      if (margin.high_before)
        toThreeAxes(x.rank, margin.high_before, int64_t(0), high.before);
      axes[axis] = Axis(inner[axis], low, high);
      outer[axis] = axes[axis].paddedSize();
    }
  }

  Axis axes[PDE_MAX_RANK];
  int64_t inner[PDE_MAX_RANK], outer[PDE_MAX_RANK]; ///< sizes
};

} // namespace pdert

#endif // PDE_RUNTIME_CONTINUATION_H
