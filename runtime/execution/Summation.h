//===- Summation.h - sums with the same bits on any machine -----*- C++ -*-===//

#ifndef PDE_RUNTIME_SUMMATION_H
#define PDE_RUNTIME_SUMMATION_H

#include "runtime/execution/Parallel.h"

namespace pdert {

/// The sum of eight parts, in one order.
inline double sumOfParts(const double (&parts)[8]) {
  return ((parts[0] + parts[4]) + (parts[2] + parts[6])) +
         ((parts[1] + parts[5]) + (parts[3] + parts[7]));
}

/// The sum of f(i) over [begin, end) in eight interleaved parts, so that the
/// additions need not wait for each other.
template <typename Function>
double interleavedSum(int64_t begin, int64_t end, const Function &f) {
  double parts[8] = {};
  int64_t i = begin;
  for (; i + 8 <= end; i += 8)
    for (int part = 0; part < 8; ++part)
      parts[part] += f(i + part);
  for (int part = 0; i < end; ++i, ++part)
    parts[part] += f(i);
  return sumOfParts(parts);
}

/// Cells that are summed in eight parts, at most.
constexpr int64_t leafCells = 256;

/// The sum of f(i) over [begin, end) by halving, which keeps the rounding error
/// proportional to the logarithm of the count.
template <typename Function>
double pairwiseSum(int64_t begin, int64_t end, const Function &f) {
  if (end - begin <= leafCells)
    return interleavedSum(begin, end, f);
  int64_t middle = begin + (end - begin) / 2;
  return pairwiseSum(begin, middle, f) + pairwiseSum(middle, end, f);
}

/// pairwiseSum() in pieces that do not depend on the number of threads.
template <typename Function>
double parallelSum(pde_context &ctx, int64_t count, const Function &f) {
  if (count <= spanCells)
    return pairwiseSum(0, count, f);
  std::vector<double> sums((count + spanCells - 1) / spanCells);
  forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
    sums[begin / spanCells] = pairwiseSum(begin, end, f);
  });
  return pairwiseSum(0, sums.size(), [&](int64_t i) { return sums[i]; });
}

} // namespace pdert

#endif // PDE_RUNTIME_SUMMATION_H
