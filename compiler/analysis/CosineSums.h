//===- CosineSums.h - symbols of symmetric stencils -------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_COSINESUMS_H
#define PDEC_ANALYSIS_COSINESUMS_H

#include "compiler/analysis/Ranges.h"

namespace pdec::analysis {

/// The sum of w_k cos(k_1 theta_1) cos(k_2 theta_2) ..., one angle for each
/// axis.
class CosineSum {
public:
  explicit CosineSum(unsigned rank) : rank(rank) {}

  void add(llvm::ArrayRef<int64_t> multiples, const Interval &weight);
  /// Contains its values for all angles of a box, 0 <= theta <= pi.
  Interval range(const Box &angles) const;

private:
  /// A polynomial in t of the first axis, whose coefficients are polynomials in
  /// those of the others.
  struct Nested {
    std::vector<Nested> powers;
    Interval value; ///< with no axis left
  };
  struct Term {
    std::vector<int64_t> multiples;
    Interval weight;
  };

  unsigned rank;
  std::vector<Term> terms;
  int64_t largest = 0;

  void expand(Nested &part, const Term &term, unsigned axis,
              const Interval &factor) const;
  Interval valueOf(const Nested &part, unsigned axis, const Box &t) const;
  Interval plainValue(const Box &angles) const;
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_COSINESUMS_H
