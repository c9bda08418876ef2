//===- LayerConv.cpp - convolution and its transpose ----------------------===//
//
// Both walk over a row in short pieces and, for each piece, over the taps: the
// order in which a cell's sum is formed is the order of the taps, and the inner
// loop is contiguous.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Tensor.h"

#include <algorithm>
#include <type_traits>

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

/// Cells of a row that lie `step` apart; where that is one, code of its own is
/// worth the trouble.
template <typename Body> static void forEachStep(int64_t step, Body &&body) {
  if (step == 1)
    body(std::integral_constant<int64_t, 1>());
  else
    body(step);
}

/// sum[k*step] = or += weight * x(k) for k in [0, count), the first product
/// starting the sum. A weight of one forms no product.
template <typename T, typename Value>
static void addTerm(T *sum, int64_t step, int64_t count, T weight, bool isFirst,
                    const Value &x) {
  auto apply = [&](auto term) {
    forEachStep(step, [&](auto by) {
      for (int64_t k = 0; k < count; ++k)
        sum[k * by] = term(k, sum[k * by]);
    });
  };
  if (weight == T(1))
    isFirst ? apply([&](int64_t k, T) { return x(k); })
            : apply([&](int64_t k, T before) { return before + x(k); });
  else if (weight == T(-1))
    isFirst ? apply([&](int64_t k, T) { return -x(k); })
            : apply([&](int64_t k, T before) { return before - x(k); });
  else
    isFirst
        ? apply([&](int64_t k, T) { return weight * x(k); })
        : apply([&](int64_t k, T before) { return before + weight * x(k); });
}

template <typename T>
static void scaleCells(T *y, int64_t step, int64_t count, T scale) {
  if (scale == T(1))
    return;
  for (int64_t k = 0; k < count; ++k)
    y[k * step] = scale * y[k * step];
}

namespace {

/// The strides of a layer, for three axes.
struct Strides {
  Strides(int32_t rank, const int64_t *given) {
    if (given)
      toThreeAxes(rank, given, int64_t(1), along);
  }
  int64_t operator[](int axis) const { return along[axis]; }

private:
  int64_t along[PDE_MAX_RANK] = {1, 1, 1};
};

} // namespace

template <typename T>
static pde_tensor *convolve(pde_context &ctx, const pde_tensor &x,
                            const pde_weights &weights,
                            const Strides &strides) {
  Taps<T> taps(weights);
  int64_t sizes[PDE_MAX_RANK];
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int64_t room = x.sizes[axis] - taps.extent[axis] - 1;
    sizes[axis] = room < 0 ? 0 : room / strides[axis] + 1;
  }
  pde_tensor *y = newTensor(ctx, x.rank, sizes, "conv");
  auto row = [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
    T *out = y->cells<T>() + (i * sizes[1] + j) * sizes[2];
    for (int64_t k = begin; k < end; k += pieceCells) {
      int64_t count = std::min(pieceCells, end - k);
      bool isFirst = true;
      for (const Tap<T> &tap : taps.taps) {
        int64_t source = (i * strides[0] + tap.offset[0]) * x.sizes[1] +
                         (j * strides[1] + tap.offset[1]);
        const T *in =
            x.cells<T>() + source * x.sizes[2] + k * strides[2] + tap.offset[2];
        forEachStep(strides[2], [&](auto by) {
          addTerm(out + k, 1, count, tap.weight, isFirst,
                  [in, by](int64_t l) { return in[l * by]; });
        });
        isFirst = false;
      }
      scaleCells(out + k, 1, count, taps.scale);
    }
  };
  forEachRowPiece(ctx, sizes, row);
  return y;
}

namespace {

/// A row of the transpose. Along the last axis, the cells of one remainder by
/// the stride get terms from the same taps.
template <typename T> class TransposedRow {
public:
  TransposedRow(const pde_tensor &x, const Taps<T> &taps,
                const Strides &strides, T *out, int64_t i, int64_t j)
      : x(x), taps(taps), strides(strides), out(out), i(i), j(j) {}

  /// Cells [begin, end).
  void write(int64_t begin, int64_t end) const {
    int64_t step = strides[2];
    for (int64_t k = begin; k < end; k += pieceCells * step) {
      int64_t stop = std::min(end, k + pieceCells * step);
      for (int64_t from = k; from < std::min(stop, k + step); ++from)
        writeCells(from, (stop - from + step - 1) / step);
    }
  }

private:
  const pde_tensor &x;
  const Taps<T> &taps;
  const Strides &strides;
  T *out;
  int64_t i, j;

  static bool isWhole(int64_t distance, int64_t stride) {
    return distance % stride == 0;
  }

  /// `count` cells from `k` on, a stride apart.
  void writeCells(int64_t k, int64_t count) const {
    bool isFirst = true;
    for (auto tap = taps.taps.rbegin(); tap != taps.taps.rend(); ++tap) {
      int64_t di = i - tap->offset[0], dj = j - tap->offset[1];
      if (!isWhole(di, strides[0]) || !isWhole(dj, strides[1]) ||
          !isWhole(k - tap->offset[2], strides[2]))
        continue;
      int64_t si = di / strides[0], sj = dj / strides[1];
      bool isInside = di >= 0 && si < x.sizes[0] && dj >= 0 && sj < x.sizes[1];
      addTap(k, count, *tap, isFirst,
             isInside ? x.cells<T>() + (si * x.sizes[1] + sj) * x.sizes[2]
                      : nullptr);
      isFirst = false;
    }
    if (isFirst)
      for (int64_t l = 0; l < count; ++l)
        out[k + l * strides[2]] = T(0);
    scaleCells(out + k, strides[2], count, taps.scale);
  }

  /// Adds one tap's terms: zeros, values, zeros. `in` is the source row, null
  /// if it lies outside.
  void addTap(int64_t k, int64_t count, const Tap<T> &tap, bool isFirst,
              const T *in) const {
    int64_t step = strides[2];
    int64_t source = (k - tap.offset[2]) / step; // of the first cell
    int64_t low = in ? std::clamp<int64_t>(-source, 0, count) : count;
    int64_t high = in ? std::clamp(x.sizes[2] - source, low, count) : count;
    auto zero = [](int64_t) { return T(0); };
    T *cells = out + k;
    addTerm(cells, step, low, tap.weight, isFirst, zero);
    if (low < high) {
      const T *values = in + source + low;
      addTerm(cells + low * step, step, high - low, tap.weight, isFirst,
              [values](int64_t l) { return values[l]; });
    }
    addTerm(cells + high * step, step, count - high, tap.weight, isFirst, zero);
  }
};

} // namespace

template <typename T>
static pde_tensor *convolveTransposed(pde_context &ctx, const pde_tensor &x,
                                      const pde_weights &weights,
                                      const Strides &strides) {
  Taps<T> taps(weights);
  int64_t sizes[PDE_MAX_RANK];
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    sizes[axis] = (x.sizes[axis] - 1) * strides[axis] + 1 + taps.extent[axis];
  pde_tensor *y = newTensor(ctx, x.rank, sizes, "conv_transpose");
  forEachRowPiece(
      ctx, sizes, [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
        T *out = y->cells<T>() + (i * sizes[1] + j) * sizes[2];
        TransposedRow<T>(x, taps, strides, out, i, j).write(begin, end);
      });
  return y;
}

pde_tensor *pde_layer_conv(pde_context *ctx, const pde_tensor *x,
                           const pde_weights *weights, const int64_t *strides) {
  return runLayer(ctx, [&] {
    Strides by(x->rank, strides);
    return ctx->program.type == PDE_F32
               ? convolve<float>(*ctx, *x, *weights, by)
               : convolve<double>(*ctx, *x, *weights, by);
  });
}

pde_tensor *pde_layer_conv_transpose(pde_context *ctx, const pde_tensor *x,
                                     const pde_weights *weights,
                                     const int64_t *strides) {
  return runLayer(ctx, [&] {
    Strides by(x->rank, strides);
    return ctx->program.type == PDE_F32
               ? convolveTransposed<float>(*ctx, *x, *weights, by)
               : convolveTransposed<double>(*ctx, *x, *weights, by);
  });
}
