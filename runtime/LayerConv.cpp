//===- LayerConv.cpp - convolution and its transpose ----------------------===//
//
// Both walk over a row in short pieces and, for each piece, over the taps: the
// order in which a cell's sum is formed is the order of the taps, and the inner
// loop is contiguous.
//
//===----------------------------------------------------------------------===//

#include "Parallel.h"
#include "Tensor.h"

#include <algorithm>

using namespace pdert;

namespace {

template <typename T> struct Tap {
  int64_t offset[PDE_MAX_RANK]; ///< from the smallest offset on: >= 0
  T weight;
};

/// The weights with three axes, rounded to the element type.
template <typename T> struct Taps {
  explicit Taps(const pde_weights &weights) : scale(T(weights.scale)) {
    if (weights.taps < 1)
      fail("a convolution without weights: a bug of pdec");
    int64_t first[PDE_MAX_RANK], last[PDE_MAX_RANK];
    for (int32_t m = 0; m < weights.taps; ++m) {
      Tap<T> tap;
      toThreeAxes(weights.rank, weights.offsets + m * weights.rank, int64_t(0),
                  tap.offset);
      tap.weight = T(weights.values[m]);
      for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
        int64_t offset = tap.offset[axis];
        first[axis] = m ? std::min(first[axis], offset) : offset;
        last[axis] = m ? std::max(last[axis], offset) : offset;
      }
      taps.push_back(tap);
    }
    for (Tap<T> &tap : taps)
      for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
        tap.offset[axis] -= first[axis];
    for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
      extent[axis] = last[axis] - first[axis];
  }

  std::vector<Tap<T>> taps;
  int64_t extent[PDE_MAX_RANK];
  T scale;
};

} // namespace

/// Cells whose sums are formed at a time; they stay in the nearest cache.
static constexpr int64_t pieceCells = 1024;

/// sum[k] = or += weight * x(k) for k in [0, count), the first product starting
/// the sum. A weight of one forms no product.
template <typename T, typename Value>
static void addTerm(T *sum, int64_t count, T weight, bool isFirst,
                    const Value &x) {
  auto apply = [&](auto term) {
    for (int64_t k = 0; k < count; ++k)
      sum[k] = term(k);
  };
  if (weight == T(1))
    isFirst ? apply([&](int64_t k) { return x(k); })
            : apply([&](int64_t k) { return sum[k] + x(k); });
  else if (weight == T(-1))
    isFirst ? apply([&](int64_t k) { return -x(k); })
            : apply([&](int64_t k) { return sum[k] - x(k); });
  else
    isFirst ? apply([&](int64_t k) { return weight * x(k); })
            : apply([&](int64_t k) { return sum[k] + weight * x(k); });
}

template <typename T> static void scaleCells(T *y, int64_t count, T scale) {
  if (scale == T(1))
    return;
  for (int64_t k = 0; k < count; ++k)
    y[k] = scale * y[k];
}

template <typename T>
static pde_tensor *convolve(pde_context &ctx, const pde_tensor &x,
                            const pde_weights &weights) {
  Taps<T> taps(weights);
  int64_t sizes[PDE_MAX_RANK];
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    sizes[axis] = x.sizes[axis] - taps.extent[axis];
  pde_tensor *y = newTensor(ctx, x.rank, sizes, "conv");
  auto row = [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
    T *out = y->cells<T>() + (i * sizes[1] + j) * sizes[2];
    for (int64_t k = begin; k < end; k += pieceCells) {
      int64_t count = std::min(pieceCells, end - k);
      bool isFirst = true;
      for (const Tap<T> &tap : taps.taps) {
        int64_t source = (i + tap.offset[0]) * x.sizes[1] + (j + tap.offset[1]);
        const T *in = x.cells<T>() + source * x.sizes[2] + k + tap.offset[2];
        addTerm(out + k, count, tap.weight, isFirst,
                [in](int64_t l) { return in[l]; });
        isFirst = false;
      }
      scaleCells(out + k, count, taps.scale);
    }
  };
  forEachRowPiece(ctx, sizes, row);
  return y;
}

/// Adds one tap's term to the cells [k, k + count) of a row of the transpose:
/// zeros, values, zeros. `in` is the source row, null if it lies outside.
template <typename T>
static void addTransposedTerm(T *out, int64_t k, int64_t count,
                              const Tap<T> &tap, bool isFirst, const T *in,
                              int64_t inSize) {
  int64_t low = in ? std::clamp(tap.offset[2], k, k + count) : k + count;
  int64_t high =
      in ? std::clamp(tap.offset[2] + inSize, low, k + count) : k + count;
  auto zero = [](int64_t) { return T(0); };
  addTerm(out + k, low - k, tap.weight, isFirst, zero);
  if (low < high) {
    const T *values = in + (low - tap.offset[2]);
    addTerm(out + low, high - low, tap.weight, isFirst,
            [values](int64_t l) { return values[l]; });
  }
  addTerm(out + high, k + count - high, tap.weight, isFirst, zero);
}

template <typename T>
static pde_tensor *convolveTransposed(pde_context &ctx, const pde_tensor &x,
                                      const pde_weights &weights) {
  Taps<T> taps(weights);
  int64_t sizes[PDE_MAX_RANK];
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    sizes[axis] = x.sizes[axis] + taps.extent[axis];
  pde_tensor *y = newTensor(ctx, x.rank, sizes, "conv_transpose");
  auto row = [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
    T *out = y->cells<T>() + (i * sizes[1] + j) * sizes[2];
    for (int64_t k = begin; k < end; k += pieceCells) {
      int64_t count = std::min(pieceCells, end - k);
      bool isFirst = true;
      for (auto tap = taps.taps.rbegin(); tap != taps.taps.rend(); ++tap) {
        int64_t si = i - tap->offset[0], sj = j - tap->offset[1];
        bool inside = si >= 0 && si < x.sizes[0] && sj >= 0 && sj < x.sizes[1];
        const T *in = inside
                          ? x.cells<T>() + (si * x.sizes[1] + sj) * x.sizes[2]
                          : nullptr;
        addTransposedTerm(out, k, count, *tap, isFirst, in, x.sizes[2]);
        isFirst = false;
      }
      scaleCells(out + k, count, taps.scale);
    }
  };
  forEachRowPiece(ctx, sizes, row);
  return y;
}

pde_tensor *pde_layer_conv(pde_context *ctx, const pde_tensor *x,
                           const pde_weights *weights) {
  return runLayer(ctx, [&] {
    return ctx->program.type == PDE_F32 ? convolve<float>(*ctx, *x, *weights)
                                        : convolve<double>(*ctx, *x, *weights);
  });
}

pde_tensor *pde_layer_conv_transpose(pde_context *ctx, const pde_tensor *x,
                                     const pde_weights *weights) {
  return runLayer(ctx, [&] {
    return ctx->program.type == PDE_F32
               ? convolveTransposed<float>(*ctx, *x, *weights)
               : convolveTransposed<double>(*ctx, *x, *weights);
  });
}
