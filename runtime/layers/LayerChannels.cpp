//===- LayerChannels.cpp - convolutions between channels ------------------===//
//
// Cell by cell, as pde_runtime.h says it: what pde_convolve does fast is
// compared with this.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Tensor.h"

#include <cmath>

using namespace pdert;

namespace {

/// The block of an array that a layer takes: [out][in][taps].
struct Block {
  Block(int32_t rank, const int64_t *extents)
      : out(extents[0]), in(extents[1]) {
    toThreeAxes(rank, extents + 2, int64_t(1), taps);
  }
  int64_t numTaps() const { return taps[0] * taps[1] * taps[2]; }
  int64_t count() const { return out * in * numTaps(); }
  int64_t at(int64_t o, int64_t c, int64_t tap) const {
    return (o * in + c) * numTaps() + tap;
  }
  /// Along each axis the place of a tap.
  void place(int64_t tap, int64_t (&along)[PDE_MAX_RANK]) const {
    for (int axis = PDE_MAX_RANK; axis-- > 0; tap /= taps[axis])
      along[axis] = tap % taps[axis];
  }

  int64_t out, in, taps[PDE_MAX_RANK];
};

/// Adds to sum, which the first product starts.
template <typename T> void add(T &sum, bool &isFirst, T weight, T cell) {
  sum = isFirst ? weight * cell : std::fma(weight, cell, sum);
  isFirst = false;
}

} // namespace

/// The cell of x that is `by` taps further in `direction`; zero outside.
template <typename T>
static T cellAt(const pde_tensor &x, const int64_t (&cell)[PDE_MAX_RANK],
                const int64_t (&by)[PDE_MAX_RANK], int64_t direction) {
  int64_t place = 0;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int64_t at = cell[axis] + direction * by[axis];
    if (at < 0 || at >= x.sizes[axis])
      return T(0);
    place = place * x.sizes[axis] + at;
  }
  return x.cells<T>()[place];
}

template <typename T>
static T convolvedAt(const Block &block, bool isBack, const T *weights,
                     const pde_tensor *const *x, int64_t result,
                     const int64_t (&cell)[PDE_MAX_RANK]) {
  T sum = 0;
  bool isFirst = true;
  int64_t numTaps = block.numTaps();
  for (int64_t c = 0; c < (isBack ? block.out : block.in); ++c)
    for (int64_t next = 0; next < numTaps; ++next) {
      int64_t tap = isBack ? numTaps - 1 - next : next;
      int64_t by[PDE_MAX_RANK];
      block.place(tap, by);
      add(sum, isFirst,
          weights[isBack ? block.at(c, result, tap) : block.at(result, c, tap)],
          cellAt<T>(*x[c], cell, by, isBack ? -1 : 1));
    }
  return sum;
}

template <typename T>
static void convolve(pde_context &ctx, const Block &block, bool isBack,
                     const T *weights, const pde_tensor *const *x,
                     pde_tensor *const *y) {
  forEachRowPiece(
      ctx, y[0]->sizes, [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
        for (int64_t k = begin; k < end; ++k)
          for (int64_t o = 0; o < (isBack ? block.in : block.out); ++o) {
            int64_t row = i * y[0]->sizes[1] + j;
            y[o]->cells<T>()[row * y[0]->sizes[2] + k] =
                convolvedAt(block, isBack, weights, x, o, {i, j, k});
          }
      });
}

void pde_layer_convolve(pde_context *ctx, int32_t rank, const int64_t *extents,
                        int32_t transposed, const pde_tensor *weights,
                        int64_t place, const pde_tensor *const *x,
                        pde_tensor **y) {
  if (!guarded(*ctx, [&] {
        Block block(rank, extents);
        int64_t sizes[PDE_MAX_RANK];
        for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
          sizes[axis] = x[0]->sizes[axis] +
                        (transposed ? 1 : -1) * (block.taps[axis] - 1);
        for (int64_t o = 0; o < (transposed ? block.in : block.out); ++o)
          y[o] = newTensor(*ctx, x[0]->rank, sizes, "convolve");
        withType(*ctx, [&](auto zero) {
          using T = decltype(zero);
          convolve<T>(*ctx, block, transposed != 0, weights->cells<T>() + place,
                      x, y);
        });
      }))
    unwind(ctx);
}

/// One entry: eight sums by the place in a row, then of their pairs.
template <typename T>
static T correlated(const pde_tensor &y, const pde_tensor &x,
                    const int64_t (&by)[PDE_MAX_RANK]) {
  constexpr int numSums = 8;
  double sums[numSums] = {};
  for (int64_t i = 0; i < y.sizes[0]; ++i)
    for (int64_t j = 0; j < y.sizes[1]; ++j)
      for (int64_t k = 0; k < y.sizes[2]; ++k) {
        const T *row = y.cells<T>() + (i * y.sizes[1] + j) * y.sizes[2];
        double &sum = sums[k % numSums];
        sum = std::fma(double(row[k]), double(cellAt<T>(x, {i, j, k}, by, 1)),
                       sum);
      }
  for (int half = numSums / 2; half > 0; half /= 2)
    for (int k = 0; k < half; ++k)
      sums[k] += sums[k + half];
  return T(sums[0]);
}

pde_tensor *pde_layer_correlate(pde_context *ctx, int32_t rank,
                                const int64_t *extents,
                                const pde_tensor *const *y,
                                const pde_tensor *const *x, int64_t place,
                                int64_t count) {
  return runLayer(ctx, [&] {
    Block block(rank, extents);
    int64_t sizes[PDE_MAX_RANK] = {1, 1, count};
    pde_tensor *made = newTensor(*ctx, 1, sizes, "correlate");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      T *cells = made->cells<T>();
      std::fill(cells, cells + count, T(0));
      parallelFor(*ctx, block.count(), [&](int64_t entry) {
        int64_t tap = entry % block.numTaps(), pair = entry / block.numTaps();
        int64_t by[PDE_MAX_RANK];
        block.place(tap, by);
        cells[place + entry] =
            correlated<T>(*y[pair / block.in], *x[pair % block.in], by);
      });
    });
    return made;
  });
}
