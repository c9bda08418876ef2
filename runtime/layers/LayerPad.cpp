//===- LayerPad.cpp - pad -------------------------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Continuation.h"

#include <algorithm>
#include <cstring>

using namespace pdert;

namespace {

/// A cell by its index along each axis of x; beyond the sides, too.
struct Position {
  int64_t of[PDE_MAX_RANK];
};

/// A tensor that is continued axis by axis, the first axis first.
template <typename T> class PaddedTensor {
public:
  PaddedTensor(const Axes &all, const T *x) : all(all), x(x) {}

  /// Cells [begin, end) of a row of the result, put at `out`.
  void writeRow(T *out, int64_t i, int64_t j, int64_t begin,
                int64_t end) const {
    const Axis &last = all.axes[2];
    Position row{{i - all.axes[0].low.count, j - all.axes[1].low.count, 0}};
    auto writeCells = [&](int64_t from, int64_t to) {
      for (int64_t k = from; k < to; ++k) {
        row.of[2] = k - last.low.count;
        out[k] = at(PDE_MAX_RANK, row);
      }
    };
    int64_t first = all.axes[0].copied(row.of[0]);
    int64_t second = all.axes[1].copied(row.of[1]);
    if (all.axes[0].isOutside(first) || all.axes[1].isOutside(second))
      return writeCells(begin, end);
    // Most rows are copies but for their ends.
    int64_t low = std::clamp(last.begin(), begin, end);
    int64_t high = std::clamp(last.end(), low, end);
    writeCells(begin, low);
    if (low < high)
      std::memcpy(
          out + low,
          x + linear(all.inner, {{first, second, low - last.low.count}}),
          (high - low) * sizeof(T));
    writeCells(high, end);
  }

private:
  const Axes &all;
  const T *x;

  static int64_t linear(const int64_t *sizes, const Position &p) {
    return (p.of[0] * sizes[1] + p.of[1]) * sizes[2] + p.of[2];
  }

  /// The cell at a position, continued along the first `axes` axes; it lies
  /// inside along the others.
  T at(int axes, Position p) const {
    while (axes-- > 0) {
      p.of[axes] = all.axes[axes].copied(p.of[axes]);
      if (all.axes[axes].isOutside(p.of[axes]))
        return beyond(axes, p);
    }
    return x[linear(all.inner, p)];
  }

  /// The same beyond a side of an axis that does not copy.
  T beyond(int axis, const Position &p) const {
    const Axis &along = all.axes[axis];
    const Side &side = along.sideOf(p.of[axis]);
    const pdec::BoundaryRule &rule = side.rule();
    T value = 0;
    for (unsigned part = 0; part < rule.numCells(); ++part) {
      Position inside = p;
      inside.of[axis] = rule.cells == CellsInside::Ends
                            ? along.fromEnd(p.of[axis], part)
                            : along.next(p.of[axis]);
      T term = at(axis + 1, inside);
      if (rule.isWeighted())
        term = T(*side.weight(along.distance(p.of[axis]), rule.scalars(true),
                              part)) *
               term;
      value = part ? value + term : term;
    }
    if (!rule.hasValue())
      return value;
    T added = given(axis, p);
    return rule.numCells() ? value + added : added;
  }

  /// What the value of a side adds at a position beyond it.
  T given(int axis, const Position &p) const {
    const Axis &along = all.axes[axis];
    const Side &side = along.sideOf(p.of[axis]);
    int64_t distance = along.distance(p.of[axis]);
    pdec::ValueFactor kind = side.rule().factor;
    double factor = 1;
    if (kind == pdec::ValueFactor::Odd)
      factor = double(2 * distance - 1);
    else if (kind == pdec::ValueFactor::Given)
      factor = side.scalars[distance * side.rule().scalars(true) - 1];
    if (!side.tensor)
      return kind == pdec::ValueFactor::One ? T(side.value)
                                            : T(factor * side.value);
    T value = side.tensor->template cells<T>()[placeOf(side, axis, p)];
    return kind == pdec::ValueFactor::One ? value : T(factor) * value;
  }

  /// Where a tensor is read for a side of an axis: the nearest cell along this
  /// one, its own place along others.
  int64_t placeOf(const Side &side, int axis, const Position &p) const {
    const pde_tensor &tensor = *side.tensor;
    Position place;
    for (int other = 0; other < PDE_MAX_RANK; ++other) {
      const Axis &along = all.axes[other];
      int64_t cell = other == axis ? along.fromEnd(p.of[axis], 0)
                                   : along.copied(p.of[other]);
      place.of[other] = std::clamp<int64_t>(cell + side.before[other], 0,
                                            tensor.sizes[other] - 1);
    }
    return linear(tensor.sizes, place);
  }
};

} // namespace

pde_tensor *pde_layer_pad(pde_context *ctx, const pde_tensor *x,
                          const pde_margin *margin) {
  return runLayer(ctx, [&] {
    Axes all(*x, margin, /*isPadded=*/false);
    for (const Axis &axis : all.axes)
      for (const Side *side : {&axis.low, &axis.high})
        if (side->tensor && side->tensor->rank != x->rank)
          fail("layer 'pad' got values of another rank: a bug of pdec");
    pde_tensor *y = newTensor(*ctx, x->rank, all.outer, "pad");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      forEachRowPiece(
          *ctx, all.outer,
          [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
            T *out = y->cells<T>() + (i * all.outer[1] + j) * all.outer[2];
            PaddedTensor<T>(all, x->cells<T>()).writeRow(out, i, j, begin, end);
          });
    });
    return y;
  });
}
