//===- Reduction.cpp - a field reduced to one number ----------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/execution/Products.h"

#include <cmath>

using namespace pdert;

/// The largest f(i) over [begin, end), or nan if one is nan. Eight candidates
/// are kept, so that the comparisons need not wait for each other.
template <typename Function>
static double largestOf(int64_t begin, int64_t end, const Function &f) {
  double best[8];
  std::fill(best, best + 8, -INFINITY);
  bool anyNan[8] = {};
  int64_t i = begin;
  auto take = [&](int candidate, double value) {
    best[candidate] = value > best[candidate] ? value : best[candidate];
    anyNan[candidate] |= value != value;
  };
  for (; i + 8 <= end; i += 8)
    for (int candidate = 0; candidate < 8; ++candidate)
      take(candidate, f(i + candidate));
  for (; i < end; ++i)
    take(0, f(i));
  return std::find(anyNan, anyNan + 8, true) != anyNan + 8
             ? NAN
             : *std::max_element(best, best + 8);
}

/// largestOf() on the run's threads.
template <typename Function>
static double parallelLargest(pde_context &ctx, int64_t count,
                              const Function &f) {
  std::vector<double> largest((count + spanCells - 1) / spanCells);
  forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
    largest[begin / spanCells] = largestOf(begin, end, f);
  });
  return largestOf(0, largest.size(), [&](int64_t i) { return largest[i]; });
}

template <typename T>
static double reduce(pde_context &ctx, int32_t kind, int64_t count, const T *a,
                     const T *b) {
  switch (kind) {
  case PDE_SUM:
  case PDE_DOT: {
    double sum = 0;
    const T *other = kind == PDE_DOT ? b : nullptr;
    sumProducts<T>(ctx, {&a, &other, 1}, count, &sum);
    return sum;
  }
  case PDE_MIN:
    return -parallelLargest(
        ctx, count, [=](int64_t i) { return -static_cast<double>(a[i]); });
  case PDE_MAX:
    return parallelLargest(
        ctx, count, [=](int64_t i) { return static_cast<double>(a[i]); });
  case PDE_MAX_ABS:
    return parallelLargest(ctx, count, [=](int64_t i) {
      return std::fabs(static_cast<double>(a[i]));
    });
  }
  fail("reduction %d is not known: a bug of pdec", kind);
}

double pde_reduce(pde_context *ctx, int32_t kind, int64_t count, const void *a,
                  const void *b) {
  double result = 0;
  if (!guarded(*ctx, [&] {
        withType(*ctx, [&](auto zero) {
          using Element = const decltype(zero);
          result = reduce(*ctx, kind, count, static_cast<Element *>(a),
                          static_cast<Element *>(b));
        });
      }))
    unwind(ctx);
  return result;
}
