//===- LayerFold.cpp - the transpose of pad -------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Continuation.h"

#include <algorithm>
#include <cstring>

using namespace pdert;

namespace {

/// A row of the result. It gathers what it gets, so that rows do not depend on
/// each other and margins alone cost time.
template <typename T> class FoldedRow {
public:
  FoldedRow(const Axes &all, const T *x, T *y, int64_t i, int64_t j)
      : all(all), last(all.axes[2]), x(x), i(i), j(j),
        out(y + (i * all.inner[1] + j) * all.inner[2]) {}

  /// Cells [begin, end): the own sums first, then what lay beyond in ascending
  /// order.
  void write(int64_t begin, int64_t end) const {
    writeOwn(begin, end);
    all.axes[0].forEachCopy(i, [&](int64_t fromI, bool ownI, const double *w0) {
      all.axes[1].forEachCopy(
          j, [&](int64_t fromJ, bool ownJ, const double *w1) {
            addRow(rowOf(fromI, fromJ), ownI && ownJ, w0, w1, begin, end);
          });
    });
  }

private:
  const Axes &all;
  const Axis &last;
  const T *x;
  int64_t i, j;
  T *out;

  const T *rowOf(int64_t fromI, int64_t fromJ) const {
    return x + (fromI * all.outer[1] + fromJ) * all.outer[2];
  }

  /// Copies the cells that fold keeps; those that it adds are zero.
  void writeOwn(int64_t begin, int64_t end) const {
    int64_t fromI = i + all.axes[0].low.count;
    int64_t fromJ = j + all.axes[1].low.count;
    bool isInside = fromI >= 0 && fromI < all.outer[0] && fromJ >= 0 &&
                    fromJ < all.outer[1];
    int64_t shift = last.low.count;
    int64_t low = std::clamp(-shift, begin, end);
    int64_t high = std::clamp(all.outer[2] - shift, low, end);
    if (!isInside)
      low = high = begin;
    std::fill(out + begin, out + low, T(0));
    if (low < high)
      std::memcpy(out + low, rowOf(fromI, fromJ) + low + shift,
                  (high - low) * sizeof(T));
    std::fill(out + high, out + end, T(0));
  }

  /// A cell with the weights of the sides that it lies beyond, the last axis'
  /// first.
  static T weighted(T value, const double *last, const double *second,
                    const double *first) {
    for (const double *weight : {last, second, first})
      if (weight)
        value = T(*weight) * value;
    return value;
  }

  /// Adds a row of x in ascending order; of the own one only the margins.
  void addRow(const T *in, bool isOwn, const double *w0, const double *w1,
              int64_t begin, int64_t end) const {
    int64_t shift = last.low.count;
    auto addMargin = [&](int64_t from, int64_t to) {
      for (int64_t k = from; k < to; ++k)
        last.forEachPart(k - shift, [&](int64_t cell, const double *w2) {
          if (cell >= begin && cell < end)
            out[cell] += weighted(in[k], w2, w1, w0);
        });
    };
    addMargin(0, last.begin());
    if (!isOwn)
      for (int64_t k = std::max(begin, last.begin() - shift),
                   stop = std::min(end, last.end() - shift);
           k < stop; ++k)
        out[k] += weighted(in[k + shift], nullptr, w1, w0);
    addMargin(last.end(), all.outer[2]);
  }
};

} // namespace

pde_tensor *pde_layer_fold(pde_context *ctx, const pde_tensor *x,
                           const pde_margin *margin) {
  return runLayer(ctx, [&] {
    Axes all(*x, margin, /*isPadded=*/true);
    pde_tensor *y = newTensor(*ctx, x->rank, all.inner, "fold");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      forEachRowPiece(*ctx, all.inner,
                      [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
                        FoldedRow<T>(all, x->cells<T>(), y->cells<T>(), i, j)
                            .write(begin, end);
                      });
    });
    return y;
  });
}
