//===- Lines.cpp - stencils along one axis --------------------------------===//

#include "compiler/analysis/Lines.h"

#include "compiler/analysis/Ranges.h"

#include <algorithm>
#include <cmath>

namespace pdec::analysis {

//===----------------------------------------------------------------------===//
// Shape
//===----------------------------------------------------------------------===//

std::optional<Star> starOf(const Operator &op) {
  Star star;
  star.lines.resize(op.rank());
  for (auto [axis, line] : llvm::enumerate(star.lines))
    line.axis = axis;
  for (auto [offset, weight] : llvm::zip(op.offsets, op.weights)) {
    auto isMoved = [](int64_t distance) { return distance != 0; };
    auto moved = llvm::find_if(offset, isMoved);
    if (moved == offset.end())
      star.centre += weight;
    else if (std::any_of(moved + 1, offset.end(), isMoved))
      return std::nullopt;
    else
      star.lines[moved - offset.begin()].weights[*moved] = weight;
  }
  return star;
}

std::optional<Line> lineOf(const Operator &op) {
  auto star = starOf(op);
  if (!star)
    return std::nullopt;
  Line line;
  for (Line &own : star->lines) {
    if (own.weights.empty())
      continue;
    if (!line.weights.empty())
      return std::nullopt;
    line = std::move(own);
  }
  bool hasCentre = llvm::any_of(op.offsets, [](const auto &offset) {
    return llvm::all_of(offset, [](int64_t distance) { return distance == 0; });
  });
  if (hasCentre)
    line.weights[0] = star->centre;
  return line;
}

bool isFirstDifference(const Line &line) {
  return line.weights.size() == 2 && line.last() == line.first() + 1 &&
         (line.first() == 0 || line.last() == 0) && line.isEven(-1);
}

bool isCentral(const Line &line) {
  return line.first() == -1 && line.last() == 1 && line.isEven(-1) &&
         line.at(0).isZero();
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

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

Interval largestSymbol(const Line &line) {
  auto enclose = [&](const Box &box) {
    Interval middle = box[0].middle();
    Interval byMean = symbolSquared(line, middle) +
                      symbolSquaredSlope(line, box[0]) * (box[0] - middle);
    return intersection(symbolSquared(line, box[0]), byMean);
  };
  Interval angles(0, Interval::pi().high());
  return rangeOver(enclose, {0}, {angles});
}

Interval largestOfAngles(const Line &line, int64_t part, int64_t size) {
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
  const Operator::Side &side = axis.side(high);
  int64_t distance = high ? position - size + 1 : -position;
  auto inside = [&](int64_t cell) { return high ? size - 1 - cell : cell; };
  bool isWeighted = meaningOf(side.rule).isWeighted();
  if (isWeighted && size_t(distance) > side.weights.size())
    return false;
  auto weighted = [&](unsigned cell) {
    return isWeighted ? weight * side.weights[distance - 1][cell] : weight;
  };
  switch (meaningOf(side.rule).cells) {
  case CellsInside::None:
    return true;
  case CellsInside::Wrap:
    return add(((position % size) + size) % size, weight);
  case CellsInside::Mirror:
    return add(inside(distance - 1), weighted(0));
  case CellsInside::Ends:
    return add(inside(0), weighted(0)) && add(inside(1), weighted(1));
  }
  llvm_unreachable("cells inside");
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

} // namespace pdec::analysis
