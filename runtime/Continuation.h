//===- Continuation.h - what lies beyond the sides of an axis ---*- C++ -*-===//
//
// Pad reads and fold adds along the same correspondence between the cells of a
// padded axis and those of the axis itself.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_CONTINUATION_H
#define PDE_RUNTIME_CONTINUATION_H

#include "Tensor.h"

#include <algorithm>

namespace pdert {

/// One side of an axis.
struct Side {
  int32_t kind = PDE_REFLECTING; ///< pde_boundary
  int64_t count = 0;             ///< cells of the margin
  double value = 0;
  const pde_tensor *tensor = nullptr; ///< of values, instead of `value`
};

/// Where a cell of a padded axis gets its value from.
struct Origin {
  int64_t cell;      ///< of the axis itself; of a given value: the nearest one
  const Side *given; ///< the side that gives a value, or null: a copy
};

/// One axis: `size` cells between two margins.
class Axis {
public:
  Axis() = default;
  Axis(int64_t size, const pde_margin &margin)
      : low{margin.low_kind, margin.low, margin.low_value, margin.low_tensor},
        high{margin.high_kind, margin.high, margin.high_value,
             margin.high_tensor},
        size(size) {}

  Side low, high;

  int64_t paddedSize() const { return size + low.count + high.count; }
  bool hasSlope() const {
    return low.kind == PDE_SLOPE || high.kind == PDE_SLOPE;
  }

  /// Cells [begin, end) of the padded axis are those of the axis itself.
  int64_t begin() const {
    return std::clamp<int64_t>(low.count, 0, paddedSize());
  }
  int64_t end() const {
    return std::max(begin(), paddedSize() - std::max<int64_t>(high.count, 0));
  }

  Origin origin(int64_t padded) const {
    int64_t cell = skipPeriods(padded - low.count);
    while (isOutside(cell)) {
      const Side &side = cell < 0 ? low : high;
      if (side.kind == PDE_VALUE)
        return {cell < 0 ? 0 : size - 1, &side};
      cell = next(cell);
    }
    return {cell, nullptr};
  }

  /// A value copied from the origin of `padded`, with the slopes in between.
  template <typename T> T raise(int64_t padded, T value) const {
    return hasSlope() ? raiseCell(padded - low.count, value) : value;
  }

  /// Calls body(padded, isOwn) for each cell of the padded axis that is a copy
  /// of `cell`, itself included, in ascending order.
  template <typename Body> void forEachCopy(int64_t cell, Body &&body) const {
    auto margin = [&](int64_t from, int64_t to) {
      for (int64_t padded = from; padded < to; ++padded) {
        Origin one = origin(padded);
        if (!one.given && one.cell == cell)
          body(padded, false);
      }
    };
    margin(0, begin());
    int64_t own = cell + low.count;
    if (own >= 0 && own < paddedSize())
      body(own, true);
    margin(end(), paddedSize());
  }

private:
  int64_t size = 1;

  bool isOutside(int64_t cell) const { return cell < 0 || cell >= size; }
  /// The cell that one beyond a side copies or mirrors.
  int64_t next(int64_t cell) const {
    bool isLow = cell < 0;
    if ((isLow ? low : high).kind == PDE_PERIODIC)
      return cell + (isLow ? size : -size);
    return (isLow ? 0 : 2 * size) - 1 - cell;
  }
  /// Far outside, a whole number of periods is skipped at once; between two
  /// sides of different kinds few reflections lead inside.
  int64_t skipPeriods(int64_t cell) const {
    if (low.kind != high.kind || low.kind == PDE_VALUE || !isOutside(cell))
      return cell;
    int64_t period = low.kind == PDE_PERIODIC ? size : 2 * size;
    return (cell % period + period) % period;
  }
  template <typename T> T raiseCell(int64_t cell, T value) const {
    if (!isOutside(cell))
      return value;
    const Side &side = cell < 0 ? low : high;
    if (side.kind == PDE_VALUE)
      return value;
    value = raiseCell(next(cell), value);
    if (side.kind != PDE_SLOPE)
      return value;
    int64_t distance = cell < 0 ? -cell : cell - size + 1;
    return value +
           static_cast<T>(static_cast<double>(2 * distance - 1) * side.value);
  }
};

/// The three axes of a layer that pads or is padded.
struct Axes {
  Axes(const pde_tensor &x, const pde_margin *given, bool isPadded) {
    pde_margin margins[PDE_MAX_RANK];
    toThreeAxes(x.rank, given, pde_margin{}, margins);
    for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
      const pde_margin &margin = margins[axis];
      inner[axis] = x.sizes[axis] - (isPadded ? margin.low + margin.high : 0);
      axes[axis] = Axis(inner[axis], margin);
      outer[axis] = axes[axis].paddedSize();
    }
  }

  Axis axes[PDE_MAX_RANK];
  int64_t inner[PDE_MAX_RANK], outer[PDE_MAX_RANK]; ///< sizes
};

} // namespace pdert

#endif // PDE_RUNTIME_CONTINUATION_H
