//===- Lines.h - stencils along one axis ------------------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_LINES_H
#define PDEC_ANALYSIS_LINES_H

#include "compiler/analysis/Operators.h"

#include <map>

namespace pdec::analysis {

/// The weights of an operator along a single axis, by offset.
struct Line {
  unsigned axis = 0;
  std::map<int64_t, Interval> weights;

  int64_t first() const { return weights.begin()->first; }
  int64_t last() const { return weights.rbegin()->first; }
  Interval at(int64_t offset) const {
    auto found = weights.find(offset);
    return found == weights.end() ? Interval(0) : found->second;
  }
  /// Whether w[c + k] = sign*w[c - k] about the centre, which is a cell or, if
  /// asked, the face between two.
  bool isEven(int sign) const {
    int64_t sum = first() + last();
    return llvm::all_of(weights, [&](const auto &tap) {
      Interval mirrored = at(sum - tap.first);
      return tap.second.isSame(sign > 0 ? mirrored : -mirrored) &&
             tap.second.isPoint();
    });
  }
  bool isAboutCell() const { return (first() + last()) % 2 == 0; }
};

/// The operator as weights along one axis; nothing if taps leave the cell along
/// several.
std::optional<Line> lineOf(const Operator &op);

/// The weight of the cell itself, and what the operator has along each axis;
/// nothing if a tap leaves the cell along several at once.
struct Star {
  Interval centre;
  std::vector<Line> lines;
};
std::optional<Star> starOf(const Operator &op);

/// [-w, w] on neighbours, of which one is the cell itself.
bool isFirstDifference(const Line &line);
/// [-w, 0, w].
bool isCentral(const Line &line);

/// sup |khat|^2 over all angles.
Interval largestSymbol(const Line &line);
/// The largest |khat|^2 at the angles part*pi*j/size, j < size.
Interval largestOfAngles(const Line &line, int64_t part, int64_t size);

/// An operator along one axis with its boundary rows, as a matrix.
class LineMatrix {
public:
  /// Nothing if the grid is too small for the stencil, or its size not known.
  static std::optional<LineMatrix> of(const Line &line,
                                      const Operator::Axis &axis, int64_t size);

  /// ||K||_1*||K||_inf.
  Interval sumNorms() const;
  /// The least bound of ||K||^2 for which bound*I - K'K is seen to be positive
  /// definite by elimination, to within a thousandth.
  double leastBound() const;
  bool isSymmetric() const;
  /// Contains all eigenvalues, if symmetric: Gershgorin's circles.
  Interval circles() const;

private:
  int64_t size = 0;
  std::vector<std::map<int64_t, Interval>> rows;

  bool isBounded(double bound) const;
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_LINES_H
