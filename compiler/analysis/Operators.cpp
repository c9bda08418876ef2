//===- Operators.cpp - norms and spectra of stencils ----------------------===//

#include "compiler/analysis/Operators.h"

#include "compiler/analysis/Ranges.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;
using pdec::pde::Boundary;

namespace pdec::analysis {

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

Operator Operator::of(
    Operation *op, llvm::function_ref<Interval(Value)> scalar,
    llvm::function_ref<std::optional<int64_t>(pde::GridOp, unsigned)> size) {
  Operator made;
  auto stencil = op->getOperand(0).getDefiningOp<pde::StencilOp>();
  auto field = cast<pde::FieldType>(op->getOperand(1).getType());
  auto result = cast<pde::FieldType>(op->getResult(0).getType());
  bool isApply = isa<pde::ApplyOp>(op);
  pde::FieldType inner = isApply ? field : result;
  pde::FieldType outer = isApply ? result : field;
  pde::GridOp grid = pde::gridOf(op, inner);
  for (unsigned tap = 0; tap < stencil.getOffsets().size(); ++tap) {
    std::vector<int64_t> offset;
    for (unsigned axis = 0; axis < grid.rank(); ++axis)
      offset.push_back(stencil.offset(tap, axis));
    made.offsets.push_back(std::move(offset));
    made.weights.push_back(scalar(stencil.getWeights()[tap]));
  }
  if (stencil.getScale())
    made.scale = scalar(stencil.getScale());
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    Axis read;
    for (bool high : {false, true}) {
      Side &side = high ? read.high : read.low;
      side.rule = pde::ruleOf(op, axis, high);
      side.rows = high ? outer.highRows(axis) : outer.lowRows(axis);
      side.innerRows = high ? inner.highRows(axis) : inner.lowRows(axis);
      const BoundaryRule &meaning = boundaryRules[int(side.rule)];
      unsigned cells = meaning.scalars(/*withFactor=*/false);
      if (!cells)
        continue;
      pde::SideOperands operands = pde::operandsOf(op, axis, high);
      int64_t reach = pde::reachBeyond(op, axis, high);
      for (int64_t distance = 1; distance <= reach; ++distance) {
        std::vector<Interval> &given = side.weights.emplace_back();
        for (unsigned cell = 0; cell < cells; ++cell)
          given.push_back(scalar(operands.weight(distance, cell)));
      }
    }
    read.size = size(grid, axis);
    made.axes.push_back(std::move(read));
  }
  return made;
}

std::string Operator::key() const {
  std::string text = numbers + scale.key();
  for (auto [offset, weight] : llvm::zip(offsets, weights)) {
    for (int64_t place : offset)
      text += std::to_string(place) + ',';
    text += weight.key();
  }
  for (const Axis &axis : axes) {
    text += axis.size ? 'N' + std::to_string(*axis.size) : "N";
    for (const Side *side : {&axis.low, &axis.high}) {
      text += '|' + std::to_string(int(side->rule)) + ',' +
              std::to_string(side->rows) + ',' +
              std::to_string(side->innerRows) + ':';
      for (const auto &given : side->weights)
        for (const Interval &weight : given)
          text += weight.key();
    }
  }
  return text;
}

static bool isMirror(Boundary rule) {
  return rule == Boundary::Reflecting || rule == Boundary::Neumann;
}

bool Operator::annihilatesConstants() const {
  Interval sum;
  for (const Interval &weight : weights)
    sum += weight;
  return sum.isZero() && llvm::all_of(axes, [](const Axis &axis) {
           return llvm::all_of(
               std::array{axis.low.rule, axis.high.rule}, [](Boundary rule) {
                 return isMirror(rule) || rule == Boundary::Periodic;
               });
         });
}

//===----------------------------------------------------------------------===//
// Shape
//===----------------------------------------------------------------------===//

namespace {

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

} // namespace

/// Nothing if the taps leave the cell along several axes.
static std::optional<Line> lineOf(const Operator &op) {
  Line line;
  bool isFound = false;
  for (auto [offset, weight] : llvm::zip(op.offsets, op.weights)) {
    int64_t place = 0;
    for (auto [axis, distance] : llvm::enumerate(offset)) {
      if (distance == 0)
        continue;
      if (isFound && line.axis != axis)
        return std::nullopt;
      isFound = true;
      line.axis = axis;
      place = distance;
    }
    line.weights[place] = weight;
  }
  return line;
}

static bool isFirstDifference(const Line &line) {
  return line.weights.size() == 2 && line.last() == line.first() + 1 &&
         (line.first() == 0 || line.last() == 0) && line.isEven(-1);
}

static bool isCentral(const Line &line) {
  return line.first() == -1 && line.last() == 1 && line.isEven(-1) &&
         line.at(0).isZero();
}

/// Whether the operator's own rows are those of the cells along other axes:
/// only beyond dirichlet sides, where its argument is zero, do more rows change
/// nothing.
static bool rowsAddNothing(const Operator &op) {
  return llvm::all_of(op.axes, [](const Operator::Axis &axis) {
    return llvm::all_of(
        std::array{&axis.low, &axis.high}, [](const Operator::Side *side) {
          return side->innerRows == 0 &&
                 (side->rows == 0 || side->rule == Boundary::Dirichlet);
        });
  });
}

std::string Operator::name() const {
  std::optional<Line> line = lineOf(*this);
  static const char *const names[] = {"x", "y", "z"};
  if (line && line->weights.size() > 1) {
    std::string axis =
        rank() == 1 ? "" : std::string(" along ") + names[line->axis];
    if (isFirstDifference(*line))
      return (line->first() == 0 ? "forward difference"
                                 : "backward difference") +
             axis;
    if (isCentral(*line))
      return "central difference" + axis;
  }
  return "stencil of " + std::to_string(weights.size()) + " weights";
}

std::string Operator::rules() const {
  std::vector<std::string> names;
  for (const Axis &axis : axes)
    for (Boundary rule : {axis.low.rule, axis.high.rule}) {
      std::string name = pde::stringifyBoundary(rule).str();
      if (!llvm::is_contained(names, name))
        names.push_back(name);
    }
  return llvm::join(names, " and ");
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

static Interval cosOfPart(int64_t numerator, int64_t denominator) {
  return cos(Interval::pi() * Interval(double(numerator)) /
             Interval(double(denominator)));
}

/// |khat(theta)|^2 of a line of weights: a sum of cosines.
static Interval symbolSquared(const Line &line, const Interval &theta) {
  Interval real, imaginary;
  for (const auto &[offset, weight] : line.weights) {
    Interval angle = theta * Interval(double(offset));
    real += weight * cos(angle);
    imaginary += weight * sin(angle);
  }
  return square(real) + square(imaginary);
}

/// Its derivative, from that of the sum of cosines.
static Interval symbolSquaredSlope(const Line &line, const Interval &theta) {
  Interval slope;
  for (const auto &[a, first] : line.weights)
    for (const auto &[b, second] : line.weights)
      if (a > b) {
        Interval k(double(a - b));
        slope += -(Interval(2) * k * first * second * sin(k * theta));
      }
  return slope;
}

/// sup |khat|^2 over all angles.
static Interval largestSymbol(const Line &line) {
  auto enclose = [&](const Box &box) {
    Interval middle = box[0].middle();
    Interval byMean = symbolSquared(line, middle) +
                      symbolSquaredSlope(line, box[0]) * (box[0] - middle);
    return intersection(symbolSquared(line, box[0]), byMean);
  };
  Interval angles(0, Interval::pi().high());
  return rangeOver(enclose, {0}, {angles});
}

/// The largest |khat|^2 at the angles part*pi*j/size, j < size.
static Interval largestOfAngles(const Line &line, int64_t part, int64_t size) {
  Interval largest;
  for (int64_t j = 0; j < size; ++j) {
    Interval theta =
        Interval::pi() * Interval(double(part * j)) / Interval(double(size));
    largest = max(largest, symbolSquared(line, theta));
  }
  return largest;
}

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

namespace {

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

} // namespace

/// Adds weight*u[position], u continued by the rule of the side.
static bool addContinued(std::map<int64_t, Interval> &row, int64_t position,
                         int64_t size, const Operator::Axis &axis,
                         const Interval &weight) {
  auto add = [&](int64_t cell, const Interval &value) {
    if (cell < 0 || cell >= size)
      return false;
    auto [place, isNew] = row.try_emplace(cell, value);
    if (!isNew)
      place->second += value;
    return true;
  };
  if (position >= 0 && position < size)
    return add(position, weight);
  bool high = position >= size;
  const Operator::Side &side = high ? axis.high : axis.low;
  int64_t distance = high ? position - size + 1 : -position;
  auto inside = [&](int64_t cell) { return high ? size - 1 - cell : cell; };
  switch (side.rule) {
  case Boundary::Periodic:
    return add(((position % size) + size) % size, weight);
  case Boundary::Dirichlet:
    return true;
  case Boundary::Reflecting:
  case Boundary::Neumann:
    return add(inside(distance - 1), weight);
  case Boundary::Robin:
    return size_t(distance) <= side.weights.size() &&
           add(inside(distance - 1), weight * side.weights[distance - 1][0]);
  case Boundary::Extrapolated:
    return size_t(distance) <= side.weights.size() &&
           add(inside(0), weight * side.weights[distance - 1][0]) &&
           add(inside(1), weight * side.weights[distance - 1][1]);
  }
  llvm_unreachable("a rule");
}

std::optional<LineMatrix>
LineMatrix::of(const Line &line, const Operator::Axis &axis, int64_t size) {
  LineMatrix matrix;
  matrix.size = size;
  if (axis.low.innerRows || axis.high.innerRows)
    return std::nullopt;
  for (int64_t i = -axis.low.rows; i < size + axis.high.rows; ++i) {
    std::map<int64_t, Interval> row;
    for (const auto &[offset, weight] : line.weights)
      if (!addContinued(row, i + offset, size, axis, weight))
        return std::nullopt;
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

Interval LineMatrix::sumNorms() const {
  Interval largestRow;
  std::vector<Interval> columns(size);
  for (const auto &row : rows) {
    Interval sum;
    for (const auto &[column, value] : row) {
      sum += abs(value);
      columns[column] += abs(value);
    }
    largestRow = max(largestRow, sum);
  }
  Interval largestColumn;
  for (const Interval &column : columns)
    largestColumn = max(largestColumn, column);
  return largestRow * largestColumn;
}

/// Whether elimination without pivoting, in intervals, meets positive pivots
/// only: then bound*I - K'K is positive definite.
bool LineMatrix::isBounded(double bound) const {
  std::vector<std::map<int64_t, Interval>> gram(size);
  for (int64_t i = 0; i < size; ++i)
    gram[i][i] = bound;
  for (const auto &row : rows)
    for (const auto &[i, a] : row)
      for (const auto &[j, b] : row)
        if (j >= i) {
          auto [place, isNew] = gram[i].try_emplace(j, 0);
          place->second = place->second - a * b;
        }
  for (int64_t i = 0; i < size; ++i) {
    const std::map<int64_t, Interval> &pivotRow = gram[i];
    const Interval &pivot = pivotRow.begin()->second;
    if (!pivot.isPositive())
      return false;
    for (const auto &[j, a] : pivotRow) {
      if (j == i)
        continue;
      Interval factor = a / pivot;
      for (const auto &[k, b] : pivotRow)
        if (k >= j) {
          auto [place, isNew] = gram[j].try_emplace(k, 0);
          place->second = place->second - factor * b;
        }
    }
  }
  return true;
}

double LineMatrix::leastBound() const {
  Interval sums = sumNorms();
  double high = sums.high();
  if (!std::isfinite(high))
    return high;
  double low = 0;
  for (const auto &row : rows) {
    Interval norm;
    for (const auto &[column, value] : row)
      norm += square(value);
    low = std::max(low, norm.low());
  }
  while (high > low * 1.001 && high > 0) {
    double middle = low + (high - low) / 2;
    (isBounded(middle) ? high : low) = middle;
  }
  return high;
}

bool LineMatrix::isSymmetric() const {
  if (int64_t(rows.size()) != size)
    return false;
  for (int64_t i = 0; i < size; ++i)
    for (const auto &[j, value] : rows[i]) {
      auto other = rows[j].find(i);
      if (other == rows[j].end() || !other->second.isSame(value) ||
          !value.isPoint())
        return false;
    }
  return true;
}

Interval LineMatrix::circles() const {
  std::optional<Interval> all;
  for (int64_t i = 0; i < size; ++i) {
    Interval centre, radius;
    for (const auto &[j, value] : rows[i])
      (i == j ? centre : radius) += i == j ? value : abs(value);
    Interval circle = hull(centre - radius, centre + radius);
    all = all ? hull(*all, circle) : circle;
  }
  return *all;
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
  Boundary low = axis.low.rule, high = axis.high.rule;
  auto bound = [&](const Interval &cosine) {
    return NormBound{(most * square(cosine)).high(), "exact, by its symbol"};
  };
  bool isDirichlet = low == Boundary::Dirichlet && high == Boundary::Dirichlet;
  bool isReflecting = isMirror(low) && isMirror(high);
  bool isMixed = (low == Boundary::Dirichlet && isMirror(high)) ||
                 (isMirror(low) && high == Boundary::Dirichlet);
  if (!isDirichlet && !isReflecting && !isMixed && low != Boundary::Periodic)
    return std::nullopt;
  if (!axis.size)
    return NormBound{most.high(), "for any number of cells"};
  int64_t n = *axis.size;
  if (isDirichlet)
    return bound(cosOfPart(1, 2 * n + 2));
  if (isMixed)
    return bound(cosOfPart(1, 2 * n + 1));
  if (isReflecting || n % 2)
    return bound(cosOfPart(1, 2 * n));
  return bound(1);
}

/// By the symbol, where the rules leave it meaning something.
static std::optional<NormBound> bySymbol(const Line &line,
                                         const Operator::Axis &axis) {
  Boundary low = axis.low.rule, high = axis.high.rule;
  bool hasFewAngles = axis.size && *axis.size <= mostAngles;
  if (low == Boundary::Periodic)
    return hasFewAngles ? NormBound{largestOfAngles(line, 2, *axis.size).high(),
                                    "exact, by its symbol"}
                        : NormBound{largestSymbol(line).high(),
                                    "the largest of its symbol"};
  if (low == Boundary::Dirichlet && high == Boundary::Dirichlet)
    return NormBound{largestSymbol(line).high(), "the largest of its symbol"};
  if (!isMirror(low) || !isMirror(high) || axis.low.rows || axis.high.rows)
    return std::nullopt;
  // Mirrored to twice the cells, it acts on even fields. What it gives is even
  // or odd again only if it is symmetric in the right way.
  bool isSymmetric = line.isEven(-1) || (line.isAboutCell() && line.isEven(1));
  if (isSymmetric && std::abs(line.first() + line.last()) <= 1)
    return hasFewAngles ? NormBound{largestOfAngles(line, 1, *axis.size).high(),
                                    "exact, by its symbol"}
                        : NormBound{largestSymbol(line).high(),
                                    "the largest of its symbol"};
  return NormBound{2 * largestSymbol(line).high(),
                   "twice the largest of its symbol (mirrored cells)"};
}

/// Matrices whose rows and columns are those of grids of any size: beyond the
/// cells near the sides all rows are alike, and on small grids both sides meet.
static std::vector<LineMatrix> matricesOfAnySize(const Line &line,
                                                 const Operator::Axis &axis) {
  int64_t reach = std::max({-line.first(), line.last(), int64_t(1)}) + 1;
  std::vector<LineMatrix> matrices;
  for (int64_t size = 1; size <= 6 * reach; ++size)
    if (auto matrix = LineMatrix::of(line, axis, size))
      matrices.push_back(std::move(*matrix));
  return matrices;
}

static std::optional<NormBound> byMatrix(const Line &line,
                                         const Operator::Axis &axis) {
  if (axis.low.rule == Boundary::Periodic)
    return std::nullopt;
  if (axis.size && *axis.size <= largestMatrix) {
    auto matrix = LineMatrix::of(line, axis, *axis.size);
    if (!matrix)
      return std::nullopt;
    return NormBound{matrix->leastBound(), "by elimination in intervals"};
  }
  double most = 0;
  for (const LineMatrix &matrix : matricesOfAnySize(line, axis))
    most = std::max(most, matrix.sumNorms().high());
  return NormBound{most, "||K||_1 times ||K||_inf"};
}

/// Any stencil: each row has these weights, and each cell is read at most once
/// by a tap, and once more for each mirror.
static NormBound bySums(const Operator &op) {
  Interval sum, factor = 1;
  for (const Interval &weight : op.weights)
    sum += abs(weight);
  for (const Operator::Axis &axis : op.axes)
    for (const Operator::Side *side : {&axis.low, &axis.high}) {
      if (side->innerRows || side->rule == Boundary::Extrapolated ||
          side->rule == Boundary::Robin ||
          (side->rows && side->rule != Boundary::Dirichlet))
        return {INFINITY, "no bound is known at such sides"};
      if (isMirror(side->rule))
        factor = max(factor, 2);
    }
  // The mirrors of several axes may meet in one cell.
  Interval columns = sum;
  for (const Operator::Axis &axis : op.axes)
    if (isMirror(axis.low.rule) || isMirror(axis.high.rule))
      columns = columns * factor;
  return {(sum * columns).high(), "||K||_1 times ||K||_inf"};
}

/// Of several axes: where nothing is mirrored, the largest of the symbol.
static std::optional<NormBound> bySymbolOfAxes(const Operator &op) {
  for (const Operator::Axis &axis : op.axes)
    for (const Operator::Side *side : {&axis.low, &axis.high})
      if (side->innerRows || (side->rule != Boundary::Periodic &&
                              side->rule != Boundary::Dirichlet))
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
  double pi = Interval::pi().high();
  Box box(op.rank(), Interval(-pi, pi));
  box[0] = Interval(0, pi);
  std::vector<unsigned> axes;
  for (unsigned axis = 0; axis < op.rank(); ++axis)
    axes.push_back(axis);
  return NormBound{rangeOver(enclose, axes, box).high(),
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

/// The part of a stencil along each axis and the weight of the cell itself;
/// nothing if it has taps along several axes at once.
static std::optional<std::pair<Interval, std::vector<Line>>>
starOf(const Operator &op) {
  std::pair<Interval, std::vector<Line>> star;
  star.second.resize(op.rank());
  for (auto [offset, weight] : llvm::zip(op.offsets, op.weights)) {
    unsigned moved = 0, axis = 0;
    for (auto [a, distance] : llvm::enumerate(offset))
      if (distance) {
        ++moved;
        axis = a;
      }
    if (moved > 1)
      return std::nullopt;
    if (moved == 0)
      star.first += weight;
    else
      star.second[axis].weights[offset[axis]] = weight;
  }
  return star;
}

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
  Boundary low = axis.low.rule, high = axis.high.rule;
  if (low == Boundary::Periodic)
    return n % 2 ? between(0, n - 1, n) : all;
  if (isMirror(low) && isMirror(high))
    return between(0, n - 1, n);
  if (line.last() > 1)
    return all;
  if (low == Boundary::Dirichlet && high == Boundary::Dirichlet)
    return between(1, n, n + 1);
  return between(1, 2 * n - 1, 2 * n + 1);
}

/// The eigenvalues of a symmetric line of weights.
static std::optional<Interval> spectrumOf(const Line &line,
                                          const Operator::Axis &axis) {
  if (line.weights.empty())
    return Interval(0);
  if (line.first() != -line.last() || !line.isEven(1))
    return std::nullopt;
  bool isPlain = llvm::all_of(
      std::array{axis.low.rule, axis.high.rule}, [](Boundary rule) {
        return isMirror(rule) || rule == Boundary::Periodic ||
               rule == Boundary::Dirichlet;
      });
  if (!isPlain) {
    std::vector<LineMatrix> matrices;
    if (!axis.size || *axis.size > largestMatrix)
      matrices = matricesOfAnySize(line, axis);
    else if (auto matrix = LineMatrix::of(line, axis, *axis.size))
      matrices.push_back(std::move(*matrix));
    std::optional<Interval> all;
    for (const LineMatrix &matrix : matrices) {
      if (!matrix.isSymmetric())
        return std::nullopt;
      all = all ? hull(*all, matrix.circles()) : matrix.circles();
    }
    return all;
  }
  Interval angles = anglesOf(line, axis);
  auto symbol = [&](const Interval &theta) {
    Interval sum;
    for (const auto &[offset, weight] : line.weights)
      sum += weight * cos(theta * Interval(double(offset)));
    return sum;
  };
  // One pair of taps: monotone in the angle.
  if (line.last() == 1)
    return symbol(angles);
  return rangeOver([&](const Box &box) { return symbol(box[0]); }, {0},
                   {angles});
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
  for (const Operator::Axis &axis : op.axes)
    for (Boundary rule : {axis.low.rule, axis.high.rule})
      if (!isMirror(rule) && rule != Boundary::Periodic &&
          rule != Boundary::Dirichlet)
        return std::nullopt;
  auto enclose = [&](const Box &box) {
    Interval sum;
    for (const auto &[offset, weight] : weights) {
      Interval product = weight;
      for (auto [axis, distance] : llvm::enumerate(offset))
        product *= cos(Interval(double(distance)) * box[axis]);
      sum += product;
    }
    return sum;
  };
  std::vector<unsigned> axes;
  for (unsigned axis = 0; axis < op.rank(); ++axis)
    axes.push_back(axis);
  return rangeOver(enclose, axes,
                   Box(op.rank(), Interval(0, Interval::pi().high())));
}

std::optional<Interval> spectrum(const Operator &op) {
  Precision precision(80);
  for (const Operator::Axis &axis : op.axes)
    for (const Operator::Side *side : {&axis.low, &axis.high})
      if (side->rows || side->innerRows)
        return std::nullopt;
  std::optional<Interval> range;
  if (auto star = starOf(op)) {
    Interval sum = star->first;
    for (auto [axis, line] : llvm::enumerate(star->second)) {
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
