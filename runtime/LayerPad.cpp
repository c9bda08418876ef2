//===- LayerPad.cpp - pad and crop ----------------------------------------===//

#include "Continuation.h"
#include "Parallel.h"

#include <algorithm>
#include <cstring>

using namespace pdert;

namespace {

/// A row of cells that is continued along the last axis.
template <typename T> class PaddedRow {
public:
  PaddedRow(const Axes &all, const T *x, int64_t i, int64_t j)
      : all(all), i(i), j(j), first(all.axes[0].origin(i)),
        second(all.axes[1].origin(j)) {
    // The later axis decides where both give something.
    const Side *given = second.given ? second.given : first.given;
    in = given ? cellsOf(*given) : x + start();
    if (!in)
      constant = T(given->value);
  }

  /// Cells [begin, end) of the padded row, put at `out`.
  void write(T *out, int64_t begin, int64_t end) const {
    const Axis &last = all.axes[2];
    int64_t low = std::clamp(last.begin(), begin, end);
    int64_t high = std::clamp(last.end(), low, end);
    for (int64_t k = begin; k < low; ++k)
      out[k] = edge(k);
    if (low < high)
      writeMiddle(out + low, last.origin(low).cell, high - low);
    for (int64_t k = high; k < end; ++k)
      out[k] = edge(k);
  }

private:
  const Axes &all;
  int64_t i, j;
  Origin first, second;
  const T *in; ///< the row's cells; null: all are `constant`
  T constant = 0;

  int64_t start() const {
    return (first.cell * all.inner[1] + second.cell) * all.inner[2];
  }
  /// The row of the tensor that a side reads, if it does.
  const T *cellsOf(const Side &side) const {
    return side.tensor ? side.tensor->template cells<T>() + start() : nullptr;
  }
  bool isRaised() const {
    return all.axes[0].hasSlope() || all.axes[1].hasSlope();
  }
  /// A cell of the row before it is continued.
  T at(int64_t cell) const {
    T value = in ? in[cell] : constant;
    if (!second.given)
      value = all.axes[0].raise(i, value);
    return all.axes[1].raise(j, value);
  }
  T edge(int64_t k) const {
    Origin third = all.axes[2].origin(k);
    T value;
    if (!third.given)
      value = at(third.cell);
    else if (const T *values = cellsOf(*third.given))
      value = values[third.cell];
    else
      value = T(third.given->value);
    return all.axes[2].raise(k, value);
  }
  void writeMiddle(T *out, int64_t cell, int64_t count) const {
    if (isRaised())
      for (int64_t k = 0; k < count; ++k)
        out[k] = at(cell + k);
    else if (in)
      std::memcpy(out, in + cell, count * sizeof(T));
    else
      std::fill(out, out + count, constant);
  }
};

} // namespace

pde_tensor *pde_layer_pad(pde_context *ctx, const pde_tensor *x,
                          const pde_margin *margin) {
  return runLayer(ctx, [&] {
    Axes all(*x, margin, /*isPadded=*/false);
    for (const Axis &axis : all.axes)
      for (const Side &side : {axis.low, axis.high})
        if (side.tensor)
          checkSameSizes(*x, *side.tensor, "pad");
    pde_tensor *y = newTensor(*ctx, x->rank, all.outer, "pad");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      forEachRowPiece(
          *ctx, all.outer,
          [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
            T *out = y->cells<T>() + (i * all.outer[1] + j) * all.outer[2];
            PaddedRow<T>(all, x->cells<T>(), i, j).write(out, begin, end);
          });
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
