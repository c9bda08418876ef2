//===- CosineSums.cpp - symbols of symmetric stencils ---------------------===//
//
// Terms of both signs cancel where the angles are small: there a sum of
// intervals does not tell the sign of the sum. In t = 1 - cos(theta) it is a
// polynomial, since cos(k theta) is Chebyshev's T_k(1 - t). Weights that add up
// to zero leave no constant in it, and Horner's scheme, which multiplies what
// is left by t >= 0, keeps its sign.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/CosineSums.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

#include <algorithm>

namespace pdec::analysis {

/// Coefficients of T_k grow with k, and with them what intervals lose.
static constexpr int64_t largestDegree = 8;

void CosineSum::add(llvm::ArrayRef<int64_t> multiples, const Interval &weight) {
  Term term{{}, weight};
  for (int64_t multiple : multiples) {
    term.multiples.push_back(std::abs(multiple));
    largest = std::max(largest, std::abs(multiple));
  }
  terms.push_back(std::move(term));
}

/// T_k(1 - t), the coefficient of 1 first.
static std::vector<Interval> chebyshev(int64_t degree) {
  std::vector<Interval> before = {1}, now = {1, -1};
  if (degree == 0)
    return before;
  for (int64_t k = 1; k < degree; ++k) {
    // T_{k+1} = 2 (1 - t) T_k - T_{k-1}
    std::vector<Interval> next(now.size() + 1, Interval(0));
    for (auto [power, factor] : llvm::enumerate(now)) {
      next[power] += Interval(2) * factor;
      next[power + 1] = next[power + 1] - Interval(2) * factor;
    }
    for (auto [power, factor] : llvm::enumerate(before))
      next[power] = next[power] - factor;
    before = std::move(now);
    now = std::move(next);
  }
  return now;
}

void CosineSum::expand(Nested &part, const Term &term, unsigned axis,
                       const Interval &factor) const {
  if (axis == rank) {
    part.value += factor;
    return;
  }
  std::vector<Interval> own = chebyshev(term.multiples[axis]);
  if (part.powers.size() < own.size())
    part.powers.resize(own.size());
  for (auto [power, coefficient] : llvm::enumerate(own))
    expand(part.powers[power], term, axis + 1, factor * coefficient);
}

Interval CosineSum::valueOf(const Nested &part, unsigned axis,
                            const Box &t) const {
  if (axis == rank)
    return part.value;
  Interval sum;
  for (const Nested &power : llvm::reverse(part.powers))
    sum = sum * t[axis] + valueOf(power, axis + 1, t);
  return sum;
}

Interval CosineSum::plainValue(const Box &angles) const {
  Interval sum;
  for (const Term &term : terms) {
    Interval product = term.weight;
    for (auto [angle, multiple] : llvm::zip(angles, term.multiples))
      product *= cos(Interval(double(multiple)) * angle);
    sum += product;
  }
  return sum;
}

Interval CosineSum::range(const Box &angles) const {
  Nested polynomial;
  bool isShort = largest <= largestDegree;
  if (isShort)
    for (const Term &term : terms)
      expand(polynomial, term, 0, term.weight);
  auto enclose = [&](const Box &box) {
    Interval plain = plainValue(box);
    if (!isShort)
      return plain;
    Box t;
    for (const Interval &angle : box)
      t.push_back(intersection(Interval(1) - cos(angle), Interval(0, 2)));
    return intersection(plain, valueOf(polynomial, 0, t));
  };
  return rangeOver(enclose, llvm::to_vector(llvm::seq<unsigned>(0, rank)),
                   angles);
}

} // namespace pdec::analysis
