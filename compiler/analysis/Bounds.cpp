//===- Bounds.cpp - norms and spectra of stencils -------------------------===//

#include "compiler/analysis/CosineSums.h"
#include "compiler/analysis/Lines.h"
#include "compiler/analysis/Ranges.h"

#include "llvm/ADT/Sequence.h"

#include <algorithm>
#include <cmath>

namespace pdec::analysis {

/// Whether even stencils are diagonal in cosines, sines or waves at such a
/// side.
static bool hasTransform(const Operator::Side &side) {
  return side.isMirror() || side.isPeriodic() || side.isZero();
}

/// Whether the operator's own rows are those of the cells along other axes:
/// only beyond sides where its argument is zero do more rows change nothing.
static bool rowsAddNothing(const Operator &op) {
  return op.allSides([](const Operator::Side &side) {
    return side.innerRows == 0 && (side.rows == 0 || side.isZero());
  });
}

static Interval cosOfPart(int64_t numerator, int64_t denominator) {
  return cos(Interval::pi() * Interval(double(numerator)) /
             Interval(double(denominator)));
}

//===----------------------------------------------------------------------===//
// Norms
//===----------------------------------------------------------------------===//

/// Up to so many cells a matrix is made of an operator.
static constexpr int64_t largestMatrix = 512;
/// Up to so many angles of a circle are tried one by one.
static constexpr int64_t mostAngles = 4096;

/// ||K||^2 of [-w, w]: 4 w^2 times a cosine of the number of cells.
static std::optional<NormBound> ofFirstDifference(const Line &line,
                                                  const Operator::Axis &axis) {
  if (!isFirstDifference(line))
    return std::nullopt;
  Interval most = Interval(4) * square(line.weights.begin()->second);
  auto bound = [&](const Interval &cosine) {
    return NormBound{(most * square(cosine)).high(), "exact, by its symbol"};
  };
  bool isMixed = (axis.low.isZero() && axis.high.isMirror()) ||
                 (axis.low.isMirror() && axis.high.isZero());
  if (!axis.isZero() && !axis.isMirror() && !isMixed && !axis.isPeriodic())
    return std::nullopt;
  if (!axis.size)
    return NormBound{most.high(), "for any number of cells"};
  int64_t n = *axis.size;
  if (axis.isZero())
    return bound(cosOfPart(1, 2 * n + 2));
  if (isMixed)
    return bound(cosOfPart(1, 2 * n + 1));
  if (axis.isMirror() || n % 2)
    return bound(cosOfPart(1, 2 * n));
  return bound(1);
}

/// By the symbol, where the rules leave it meaning something.
static std::optional<NormBound> bySymbol(const Line &line,
                                         const Operator::Axis &axis) {
  auto largest = [&] {
    return NormBound{largestSymbol(line).high(), "the largest of its symbol"};
  };
  // part*pi*j/N are the angles of the transform that diagonalises it.
  auto largestAt = [&](int64_t part) {
    bool hasFew = axis.size && *axis.size <= mostAngles;
    return hasFew ? NormBound{largestOfAngles(line, part, *axis.size).high(),
                              "exact, by its symbol"}
                  : largest();
  };
  if (axis.isPeriodic())
    return largestAt(2);
  if (axis.isZero())
    return largest();
  if (!axis.isMirror() || axis.low.rows || axis.high.rows)
    return std::nullopt;
  // Mirrored to twice the cells, it acts on even fields. What it gives is even
  // or odd again only if it is symmetric in the right way.
  bool isSymmetric = line.isEven(-1) || (line.isAboutCell() && line.isEven(1));
  if (isSymmetric && std::abs(line.first() + line.last()) <= 1)
    return largestAt(1);
  return NormBound{2 * largestSymbol(line).high(),
                   "twice the largest of its symbol (mirrored cells)"};
}

/// The matrix on a grid of this size, or, if that is not known or large, those
/// whose rows and columns are all that grids of any size have: beyond the cells
/// near the sides all rows are alike, and on small grids both sides meet.
static std::vector<LineMatrix> matricesOf(const Line &line,
                                          const Operator::Axis &axis) {
  int64_t reach = std::max({-line.first(), line.last(), int64_t(1)}) + 1;
  int64_t first = 1, last = 6 * reach;
  if (axis.size && *axis.size <= largestMatrix)
    first = last = *axis.size;
  std::vector<LineMatrix> matrices;
  for (int64_t size = first; size <= last; ++size)
    if (auto matrix = LineMatrix::of(line, axis, size))
      matrices.push_back(std::move(*matrix));
  return matrices;
}

static std::optional<NormBound> byMatrix(const Line &line,
                                         const Operator::Axis &axis) {
  if (axis.isPeriodic())
    return std::nullopt;
  bool isKnown = axis.size && *axis.size <= largestMatrix;
  NormBound bound{0, isKnown ? "by elimination in intervals"
                             : "||K||_1 times ||K||_inf"};
  std::vector<LineMatrix> matrices = matricesOf(line, axis);
  if (matrices.empty())
    return std::nullopt;
  for (const LineMatrix &matrix : matrices)
    bound.value = std::max(bound.value, isKnown ? matrix.leastBound()
                                                : matrix.sumNorms().high());
  return bound;
}

/// Any stencil: each row has these weights, and each cell is read at most once
/// by a tap, and once more for each mirror.
static NormBound bySums(const Operator &op) {
  if (!op.allSides(hasTransform) || !rowsAddNothing(op))
    return {INFINITY, "no bound is known at such sides"};
  Interval sum;
  for (const Interval &weight : op.weights)
    sum += abs(weight);
  // The mirrors of several axes may meet in one cell.
  Interval columns = sum;
  for (const Operator::Axis &axis : op.axes)
    if (axis.low.isMirror() || axis.high.isMirror())
      columns = columns * Interval(2);
  return {(sum * columns).high(), "||K||_1 times ||K||_inf"};
}

/// The range of a function of one angle for each axis.
static Interval rangeOverAngles(const Operator &op, const Interval &first,
                                const Interval &others,
                                llvm::function_ref<Interval(const Box &)> of) {
  Box box(op.rank(), others);
  box[0] = first;
  return rangeOver(of, llvm::to_vector(llvm::seq<unsigned>(0, op.rank())), box);
}

/// Of several axes: where nothing is mirrored, the largest of the symbol.
static std::optional<NormBound> bySymbolOfAxes(const Operator &op) {
  bool isMeaningful = op.allSides([](const Operator::Side &side) {
    return side.innerRows == 0 && (side.isPeriodic() || side.isZero());
  });
  if (!isMeaningful)
    return std::nullopt;
  auto enclose = [&](const Box &box) {
    Interval real, imaginary;
    for (auto [offset, weight] : llvm::zip(op.offsets, op.weights)) {
      Interval angle;
      for (auto [axis, distance] : llvm::enumerate(offset))
        angle += Interval(double(distance)) * box[axis];
      real += weight * cos(angle);
      imaginary += weight * sin(angle);
    }
    return square(real) + square(imaginary);
  };
  // All angles with the opposite sign give the same.
  double pi = Interval::pi().high();
  return NormBound{rangeOverAngles(op, {0, pi}, {-pi, pi}, enclose).high(),
                   "the largest of its symbol"};
}

static void keepLeast(NormBound &least, std::optional<NormBound> other) {
  if (other && other->value < least.value)
    least = std::move(*other);
}

NormBound normSquared(const Operator &op) {
  Precision precision(80);
  NormBound least = bySums(op);
  std::optional<Line> line = lineOf(op);
  if (line && rowsAddNothing(op)) {
    const Operator::Axis &axis = op.axes[line->axis];
    if (auto exact = ofFirstDifference(*line, axis)) {
      keepLeast(least, exact);
    } else {
      keepLeast(least, bySymbol(*line, axis));
      keepLeast(least, byMatrix(*line, axis));
    }
  } else if (!line) {
    keepLeast(least, bySymbolOfAxes(op));
  }
  least.value = (Interval(least.value) * square(op.scale)).high();
  return least;
}

//===----------------------------------------------------------------------===//
// Spectra
//===----------------------------------------------------------------------===//

/// The angles at which the symbol of a symmetric line is an eigenvalue; all, if
/// they are not known.
static Interval anglesOf(const Line &line, const Operator::Axis &axis) {
  Interval pi = Interval::pi();
  Interval all(0, pi.high());
  if (!axis.size)
    return all;
  int64_t n = *axis.size;
  auto between = [&](int64_t first, int64_t last, int64_t denominator) {
    Interval low = pi * Interval(double(first)) / Interval(double(denominator));
    Interval high = pi * Interval(double(last)) / Interval(double(denominator));
    return Interval(low.low(), high.high());
  };
  if (axis.isPeriodic())
    return n % 2 ? between(0, n - 1, n) : all;
  if (axis.isMirror())
    return between(0, n - 1, n);
  if (line.last() > 1)
    return all;
  if (axis.isZero())
    return between(1, n, n + 1);
  return between(1, 2 * n - 1, 2 * n + 1);
}

/// The eigenvalues of a symmetric line of weights.
static std::optional<Interval> spectrumOf(const Line &line,
                                          const Operator::Axis &axis) {
  if (line.first() != -line.last() || !line.isEven(1))
    return std::nullopt;
  if (!axis.both(hasTransform)) {
    std::optional<Interval> all;
    for (const LineMatrix &matrix : matricesOf(line, axis)) {
      if (!matrix.isSymmetric())
        return std::nullopt;
      all = all ? hull(*all, matrix.circles()) : matrix.circles();
    }
    return all;
  }
  CosineSum symbol(1);
  for (const auto &[offset, weight] : line.weights)
    symbol.add({offset}, weight);
  return symbol.range({anglesOf(line, axis)});
}

/// Any taps, all of them mirrored along each axis.
static std::optional<Interval> spectrumOfMirrored(const Operator &op) {
  std::map<std::vector<int64_t>, Interval> weights;
  for (auto [offset, weight] : llvm::zip(op.offsets, op.weights))
    weights[offset] = weight;
  for (const auto &[offset, weight] : weights)
    for (unsigned axis = 0; axis < op.rank(); ++axis) {
      std::vector<int64_t> mirrored = offset;
      mirrored[axis] = -mirrored[axis];
      auto other = weights.find(mirrored);
      if (other == weights.end() || !other->second.isSame(weight) ||
          !weight.isPoint())
        return std::nullopt;
    }
  if (!op.allSides(hasTransform))
    return std::nullopt;
  CosineSum symbol(op.rank());
  for (const auto &[offset, weight] : weights)
    symbol.add(offset, weight);
  return symbol.range(Box(op.rank(), Interval(0, Interval::pi().high())));
}

std::optional<Interval> spectrum(const Operator &op) {
  Precision precision(80);
  bool isSquare = op.allSides([](const Operator::Side &side) {
    return side.rows == 0 && side.innerRows == 0;
  });
  if (!isSquare)
    return std::nullopt;
  std::optional<Interval> range;
  if (auto star = starOf(op)) {
    Interval sum = star->centre;
    for (auto [axis, line] : llvm::enumerate(star->lines)) {
      if (line.weights.empty())
        continue;
      // With as much of the cell itself as makes constants zero: an end of such
      // a range is zero, and nothing is rounded there.
      Interval own;
      for (const auto &[offset, weight] : line.weights)
        own += weight;
      line.weights[0] = -own;
      sum += own;
      auto part = spectrumOf(line, op.axes[axis]);
      if (!part)
        return std::nullopt;
      sum += *part;
    }
    range = sum;
  } else {
    range = spectrumOfMirrored(op);
  }
  if (!range)
    return std::nullopt;
  return *range * op.scale;
}

} // namespace pdec::analysis
