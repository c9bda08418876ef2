//===- ConvolveTile.h - the inner loops of pde_convolve ---------*- C++ -*-===//
//
// A tile is some results times a few vectors of cells, whose sums stay in
// registers while all channels and taps are added. The same code is made for
// several instruction sets; since each product is added with one rounding, in
// one order, they all give the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_CONVOLVETILE_H
#define PDE_RUNTIME_CONVOLVETILE_H

#include <cmath>
#include <cstdint>
#include <cstring>

#define PDE_INLINE static inline __attribute__((always_inline))

namespace pdert {

/// Vectors of elements T. Only pointers to them are handed around: how vectors
/// are is another thing in each instruction set.
template <typename T, int Bytes> struct Vectors {
  typedef T Type __attribute__((vector_size(Bytes)));
  static constexpr int lanes = Bytes / int(sizeof(T));
};

/// sum = a * b + sum, rounded once.
template <typename V>
PDE_INLINE void addProduct(V &sum, const V &a, const V &b) {
#if defined(__has_builtin) && __has_builtin(__builtin_elementwise_fma)
  sum = __builtin_elementwise_fma(a, b, sum);
#else
  for (unsigned lane = 0; lane < sizeof(V) / sizeof(sum[0]); ++lane)
    sum[lane] = std::fma(a[lane], b[lane], sum[lane]);
#endif
}

/// What the tiles of a row read: for each channel and each row of taps where
/// its cells begin.
template <typename T> struct TapRows {
  const T *const *rows;
  int64_t numRows, taps; ///< taps along a row
};

/// y[o][0 .. Count*lanes) of `Outs` results; the weights of one tap stand side
/// by side for all of them.
template <typename T, int Bytes, int Outs, int Count>
PDE_INLINE void sumTile(const TapRows<T> &taps, int64_t at, const T *weights,
                        T *const *y) {
  using V = typename Vectors<T, Bytes>::Type;
  constexpr int lanes = Vectors<T, Bytes>::lanes;
  V sums[Outs][Count];
  // The only number that does not change the first product.
  for (int o = 0; o < Outs; ++o)
    for (int k = 0; k < Count; ++k)
      sums[o][k] = -V{};
  for (int64_t row = 0; row < taps.numRows; ++row) {
    const T *x = taps.rows[row] + at;
    for (int64_t tap = 0; tap < taps.taps; ++tap, ++x, weights += Outs) {
      V cells[Count];
      std::memcpy(cells, x, sizeof cells);
      for (int o = 0; o < Outs; ++o) {
        V weight = weights[o] - V{};
        for (int k = 0; k < Count; ++k)
          addProduct(sums[o][k], weight, cells[k]);
      }
    }
  }
  for (int o = 0; o < Outs; ++o)
    for (int k = 0; k < Count; ++k)
      std::memcpy(y[o] + k * lanes, &sums[o][k], Bytes);
}

} // namespace pdert

#endif // PDE_RUNTIME_CONVOLVETILE_H
