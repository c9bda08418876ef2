//===- LayerPad.cpp - pad, its transpose fold, and crop -------------------===//

#include "Parallel.h"
#include "Tensor.h"

#include <algorithm>
#include <cstring>

using namespace pdert;

namespace {

/// Where a cell beyond the edge gets its value from.
struct Origin {
  int64_t cell; ///< of the unpadded axis; -1: a given value
  double value; ///< if cell < 0
};

/// One axis of padding: `size` cells continued by `margin`.
class Axis {
public:
  Axis() = default;
  Axis(int64_t size, const pde_margin &margin) : size(size), margin(margin) {}

  int64_t paddedSize() const { return size + margin.low + margin.high; }

  /// Cells [begin, end) of the padded axis are those of the unpadded axis.
  int64_t begin() const { return std::max<int64_t>(margin.low, 0); }
  int64_t end() const {
    return paddedSize() - std::max<int64_t>(margin.high, 0);
  }

  /// The origin of a cell of the padded axis.
  Origin origin(int64_t padded) const {
    int64_t cell = padded - margin.low;
    // Far outside, a whole number of periods is skipped at once; between two
    // sides of different kinds the loop below ends after few reflections.
    if (margin.low_kind == margin.high_kind && (cell < 0 || cell >= size)) {
      int64_t period = margin.low_kind == PDE_PERIODIC     ? size
                       : margin.low_kind == PDE_REFLECTING ? 2 * size
                                                           : 0;
      if (period)
        cell = (cell % period + period) % period;
    }
    while (cell < 0 || cell >= size) {
      bool isLow = cell < 0;
      int32_t kind = isLow ? margin.low_kind : margin.high_kind;
      if (kind == PDE_VALUE)
        return {-1, isLow ? margin.low_value : margin.high_value};
      if (kind == PDE_PERIODIC)
        cell += isLow ? size : -size;
      else
        cell = (isLow ? 0 : 2 * size) - 1 - cell;
    }
    return {cell, 0};
  }

private:
  int64_t size = 1;
  pde_margin margin = {};
};

/// The three axes of a layer whose unpadded side has `sizes`.
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
  int64_t inner[PDE_MAX_RANK], outer[PDE_MAX_RANK];
};

} // namespace

template <typename T>
static void padRow(const Axes &all, const T *x, T *y, int64_t i, int64_t j,
                   int64_t begin, int64_t end) {
  const Axis &last = all.axes[2];
  T *out = y + (i * all.outer[1] + j) * all.outer[2];
  Origin oi = all.axes[0].origin(i), oj = all.axes[1].origin(j);
  // A row whose cells all have a given value but in the last axis' margins.
  bool isConstant = oi.cell < 0 || oj.cell < 0;
  T constant = T(oj.cell < 0 ? oj.value : oi.value);
  const T *in = isConstant
                    ? nullptr
                    : x + (oi.cell * all.inner[1] + oj.cell) * all.inner[2];
  auto edge = [&](int64_t from, int64_t to) {
    for (int64_t k = from; k < to; ++k) {
      Origin ok = last.origin(k);
      out[k] = ok.cell < 0 ? T(ok.value) : isConstant ? constant : in[ok.cell];
    }
  };
  int64_t low = std::clamp(last.begin(), begin, end);
  int64_t high = std::clamp(last.end(), low, end);
  edge(begin, low);
  if (isConstant)
    std::fill(out + low, out + high, constant);
  else if (low < high)
    std::memcpy(out + low, in + last.origin(low).cell,
                (high - low) * sizeof(T));
  edge(high, end);
}

pde_tensor *pde_layer_pad(pde_context *ctx, const pde_tensor *x,
                          const pde_margin *margin) {
  return runLayer(ctx, [&] {
    Axes all(*x, margin, /*isPadded=*/false);
    pde_tensor *y = newTensor(*ctx, x->rank, all.outer, "pad");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      forEachRowPiece(*ctx, all.outer,
                      [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
                        padRow(all, x->cells<T>(), y->cells<T>(), i, j, begin,
                               end);
                      });
    });
    return y;
  });
}

/// Copies the cells that fold keeps; those that it adds are zero.
template <typename T>
static void keepRow(const Axes &all, const pde_margin (&margins)[PDE_MAX_RANK],
                    const T *x, T *y, int64_t i, int64_t j, int64_t begin,
                    int64_t end) {
  T *out = y + (i * all.inner[1] + j) * all.inner[2];
  int64_t si = i + margins[0].low, sj = j + margins[1].low;
  bool inside = si >= 0 && si < all.outer[0] && sj >= 0 && sj < all.outer[1];
  int64_t low = std::clamp(-margins[2].low, begin, end);
  int64_t high = std::clamp(all.outer[2] - margins[2].low, low, end);
  if (!inside)
    low = high = begin;
  std::fill(out + begin, out + low, T(0));
  if (low < high)
    std::memcpy(out + low,
                x + (si * all.outer[1] + sj) * all.outer[2] + low +
                    margins[2].low,
                (high - low) * sizeof(T));
  std::fill(out + high, out + end, T(0));
}

/// Adds the removed cells to the cells that they stem from, in ascending order
/// of their positions. Serial: they are few, and their order is the contract.
template <typename T>
static void addRemoved(const Axes &all, const T *x, T *y) {
  const Axis &last = all.axes[2];
  auto isKept = [&](int axis, int64_t cell) {
    return cell >= all.axes[axis].begin() && cell < all.axes[axis].end();
  };
  for (int64_t i = 0; i < all.outer[0]; ++i) {
    Origin oi = all.axes[0].origin(i);
    for (int64_t j = 0; oi.cell >= 0 && j < all.outer[1]; ++j) {
      Origin oj = all.axes[1].origin(j);
      if (oj.cell < 0)
        continue;
      const T *in = x + (i * all.outer[1] + j) * all.outer[2];
      T *out = y + (oi.cell * all.inner[1] + oj.cell) * all.inner[2];
      auto add = [&](int64_t from, int64_t to) {
        for (int64_t k = from; k < to; ++k) {
          int64_t cell = last.origin(k).cell;
          if (cell >= 0)
            out[cell] += in[k];
        }
      };
      bool isKeptRow = isKept(0, i) && isKept(1, j);
      int64_t low = std::min(last.begin(), all.outer[2]);
      int64_t high = std::max(last.end(), low);
      add(0, isKeptRow ? low : all.outer[2]);
      if (isKeptRow)
        add(high, all.outer[2]);
    }
  }
}

pde_tensor *pde_layer_fold(pde_context *ctx, const pde_tensor *x,
                           const pde_margin *margin) {
  return runLayer(ctx, [&] {
    Axes all(*x, margin, /*isPadded=*/true);
    pde_margin margins[PDE_MAX_RANK];
    toThreeAxes(x->rank, margin, pde_margin{}, margins);
    pde_tensor *y = newTensor(*ctx, x->rank, all.inner, "fold");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      forEachRowPiece(*ctx, all.inner,
                      [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
                        keepRow(all, margins, x->cells<T>(), y->cells<T>(), i,
                                j, begin, end);
                      });
      addRemoved(all, x->cells<T>(), y->cells<T>());
    });
    return y;
  });
}

pde_tensor *pde_layer_crop(pde_context *ctx, const pde_tensor *x,
                           const int64_t *first, const int64_t *sizes) {
  return runLayer(ctx, [&] {
    int64_t from[PDE_MAX_RANK], count[PDE_MAX_RANK];
    toThreeAxes(x->rank, first, int64_t(0), from);
    toThreeAxes(x->rank, sizes, int64_t(1), count);
    for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
      if (from[axis] < 0 || from[axis] > x->sizes[axis] - count[axis])
        fail("layer 'crop' reaches beyond its tensor: a bug of pdec");
    pde_tensor *y = newTensor(*ctx, x->rank, count, "crop");
    size_t size = ctx->elementSize();
    forEachRowPiece(
        *ctx, count, [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
          int64_t row = (i + from[0]) * x->sizes[1] + j + from[1];
          int64_t source = row * x->sizes[2] + from[2] + begin;
          int64_t target = (i * count[1] + j) * count[2] + begin;
          std::memcpy(y->cells<char>() + target * size,
                      x->cells<char>() + source * size, (end - begin) * size);
        });
    return y;
  });
}
