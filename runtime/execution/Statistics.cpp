//===- Statistics.cpp - facts about a field -------------------------------===//

#include "runtime/execution/Statistics.h"
#include "runtime/execution/Summation.h"

#include <atomic>
#include <cmath>
#include <limits>

using namespace pdert;

/// The first element of [begin, end) that is not finite, or `end`.
template <typename T>
static int64_t findNonFinite(const T *data, int64_t begin, int64_t end) {
  constexpr T largest = std::numeric_limits<T>::max();
  bool allFinite = true; // no early exit, so that it is vectorised
  for (int64_t i = begin; i < end; ++i)
    allFinite &= std::fabs(data[i]) <= largest;
  if (allFinite)
    return end;
  while (std::fabs(data[begin]) <= largest)
    ++begin;
  return begin;
}

int64_t pdert::firstNonFinite(pde_context &ctx, const void *data,
                              int64_t count) {
  std::atomic<int64_t> first(count);
  withType(ctx, [&](auto zero) {
    auto *values = static_cast<const decltype(zero) *>(data);
    forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
      int64_t found = findNonFinite(values, begin, end);
      if (found == end)
        return;
      int64_t known = first.load();
      while (found < known && !first.compare_exchange_weak(known, found)) {
      }
    });
  });
  return first == count ? -1 : first.load();
}

template <typename T>
static Statistics compute(pde_context &ctx, const T *data, int64_t count) {
  std::vector<T> lows((count + spanCells - 1) / spanCells), highs(lows.size());
  forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
    T low = data[begin], high = data[begin];
    for (int64_t i = begin; i < end; ++i) {
      low = std::min(low, data[i]);
      high = std::max(high, data[i]);
    }
    lows[begin / spanCells] = low;
    highs[begin / spanCells] = high;
  });
  Statistics result;
  result.min = *std::min_element(lows.begin(), lows.end());
  result.max = *std::max_element(highs.begin(), highs.end());
  // Sums are formed of values near 1: squares neither overflow nor vanish. A
  // power of two changes no digit; it is applied in two halves because it may
  // itself lie beyond the range.
  int exponent =
      std::ilogb(std::max(std::fabs(result.min), std::fabs(result.max)));
  if (result.min == 0 && result.max == 0)
    exponent = 0;
  double half = std::ldexp(1.0, -(exponent / 2));
  double rest = std::ldexp(1.0, -(exponent - exponent / 2));
  auto scaled = [&](int64_t i) { return data[i] * half * rest; };
  double sum = parallelSum(ctx, count, scaled);
  double squares =
      parallelSum(ctx, count, [&](int64_t i) { return scaled(i) * scaled(i); });
  result.mean = sum / static_cast<double>(count) / half / rest;
  result.norm = std::sqrt(squares) / half / rest;
  return result;
}

Statistics pdert::computeStatistics(pde_context &ctx, const void *data,
                                    int64_t count) {
  Statistics result;
  withType(ctx, [&](auto zero) {
    result = compute(ctx, static_cast<const decltype(zero) *>(data), count);
  });
  return result;
}
