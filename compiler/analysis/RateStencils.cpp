//===- RateStencils.cpp - a rate's stencils, for each number of cells -----===//
//
// What the norm or the spectrum of a stencil is at most depends on its weights
// and, where sides matter, on how many cells there are along the axis.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/RateFormula.h"

#include "compiler/analysis/Lines.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// So much of a weight may have been rounded off other weights.
static constexpr double rounded = 0x1p-46;
/// Up to so many cells each number has a bound of its own, unless that is close
/// to a neighbour's; beyond, that for any number is larger by a quarter of a
/// per cent for differences.
static constexpr int64_t fewCells = 32;
static constexpr double closeEnough = 0.005;
/// As many as there are bounds by elimination for.
static constexpr int64_t manyCells = 512;

double SizeTable::largest() const {
  double most = any;
  for (const auto &[size, bound] : upTo)
    most = std::max(most, bound);
  return most;
}

SizeTable
RateFormula::tabulate(Operator linear, unsigned axis,
                      llvm::function_ref<double(const Operator &)> bound) {
  SizeTable table;
  table.grid = grid;
  table.axis = axis;
  for (Operator::Axis &each : linear.axes)
    each.size.reset();
  table.any = bound(linear);
  // The size of a coarser grid is no number of the program.
  if (sizes == Sizes::Any || !std::isfinite(table.any) || grid.getParentAttr())
    return table;
  auto boundOf = [&](int64_t size) {
    linear.axes[axis].size = size;
    return std::min(bound(linear), table.any);
  };
  auto isClose = [](double a, double b) {
    return std::abs(a - b) <= closeEnough * std::max(std::abs(a), std::abs(b));
  };
  // Sizes with close bounds share the largest.
  double first = boundOf(1), most = first;
  for (int64_t size = 2; size <= fewCells + 1; ++size) {
    double own = size <= fewCells ? boundOf(size) : table.any;
    if (!isClose(own, first) || size > fewCells) {
      table.upTo[size - 1] = most;
      first = most = own;
    }
    most = std::max(most, own);
  }
  while (!table.upTo.empty() && isClose(table.upTo.rbegin()->second, table.any))
    table.upTo.erase(std::prev(table.upTo.end()));
  int64_t stated = grid.axis(axis).getSize();
  if (stated <= fewCells || stated > manyCells)
    return table;
  double own = boundOf(stated);
  if (!isClose(own, table.any))
    table.stated = {stated, own};
  return table;
}

std::optional<SizeTable> RateFormula::normOf(const Operator &linear) {
  auto line = lineOf(linear);
  SizeTable table =
      tabulate(linear, line ? line->axis : 0, [](const Operator &sized) {
        Interval square = normSquared(sized).value;
        return sqrt(square).high();
      });
  if (!std::isfinite(table.any))
    return std::nullopt;
  return table;
}

std::optional<RateFormula::Ends> RateFormula::spectrumOf(const Operator &linear,
                                                         unsigned axis) {
  bool isKnown = true;
  auto end = [&](bool isHighest) {
    return tabulate(linear, axis, [&](const Operator &sized) {
      auto range = spectrum(sized);
      isKnown &= range.has_value();
      if (!range)
        return 0.0;
      return isHighest ? range->high() : -range->low();
    });
  };
  Ends made{end(false), end(true)};
  if (!isKnown || !std::isfinite(made.lowest.any) ||
      !std::isfinite(made.highest.any))
    return std::nullopt;
  return made;
}

/// Of a stencil with known weights, as a sum. Taps along each axis go with as
/// much of the cell itself as makes them answer constants by zero; what is left
/// of it is a part of its own.
std::optional<std::vector<RateFormula::Ends>>
RateFormula::endsOf(const Operator &linear, bool isFlux) {
  std::vector<Ends> made;
  if (isFlux) {
    auto norm = normOf(linear);
    if (!norm)
      return std::nullopt;
    made.push_back({SizeTable(), *norm});
    return made;
  }
  auto add = [&](const Operator &part, unsigned axis) {
    auto ends = spectrumOf(part, axis);
    if (ends)
      made.push_back(std::move(*ends));
    return ends.has_value();
  };
  auto star = starOf(linear);
  if (!star) {
    if (!add(linear, 0))
      return std::nullopt;
    return made;
  }
  std::vector<int64_t> centre(linear.rank(), 0);
  Operator part = linear;
  Interval left = star->centre;
  for (const Line &line : star->lines) {
    if (line.weights.empty())
      continue;
    part.offsets = {centre};
    part.weights = {Interval(0)};
    for (const auto &[distance, weight] : line.weights) {
      part.offsets.push_back(centre);
      part.offsets.back()[line.axis] = distance;
      part.weights.push_back(weight);
      part.weights[0] = part.weights[0] - weight;
    }
    left = left - part.weights[0];
    if (!add(part, line.axis))
      return std::nullopt;
  }
  // Or what rounding leaves of weights that add up to zero, as [-1/12, 4/3,
  // ...].
  Interval size = abs(star->centre);
  if (abs(left).high() <= rounded * size.low())
    return made;
  part.offsets = {centre};
  part.weights = {left};
  if (!add(part, 0))
    return std::nullopt;
  return made;
}

/// A weight, or what several have in common, times the scale: one of which the
/// sign is certain, or, where only the norm counts, its magnitude.
std::optional<RateFormula::Piece> RateFormula::weightOf(const Atom &application,
                                                        ExpressionRef number,
                                                        bool isFlux) {
  ExpressionPool &pool = reader.pool();
  ExpressionRef weight = number;
  if (application.scale)
    weight = pool.make(ExpressionKind::Mul, {number, application.scale});
  Interval range = numbers.rangeOf(weight);
  bool isUnclear = !range.isNonNegative() && !range.isNonPositive();
  if (isFlux && isUnclear)
    return Piece{pool.make(ExpressionKind::Abs, {weight}), {}};
  auto sign = signOf(weight, application.op);
  if (!sign)
    return std::nullopt;
  if (*sign < 0)
    weight = pool.make(ExpressionKind::Neg, {weight});
  Piece made{weight, {}};
  made.isNegative = *sign < 0;
  return made;
}

/// A stencil whose weights are numbers as a sum of stencils with known ones.
std::optional<std::vector<RateFormula::Piece>>
RateFormula::piecesOf(const Atom &application, bool isFlux) {
  Operator linear = *application.linear;
  linear.scale = 1;
  linear.numbers.clear();
  ExpressionMap<std::map<unsigned, Interval>> taps;
  for (auto [tap, weight] : llvm::enumerate(application.weights))
    for (const auto &[base, multiple] : numbers.combinationOf(weight))
      taps[base].emplace(tap, multiple);
  std::vector<Piece> pieces;
  for (const auto &[base, multiples] : taps) {
    auto piece = weightOf(application, base, isFlux);
    if (!piece)
      return std::nullopt;
    Operator part = linear;
    part.offsets.clear();
    part.weights.clear();
    for (const auto &[tap, multiple] : multiples) {
      if (multiple.isZero())
        continue;
      part.offsets.push_back(linear.offsets[tap]);
      part.weights.push_back(multiple);
    }
    if (part.offsets.empty())
      continue;
    auto all = endsOf(part, isFlux);
    if (!all) {
      symmetric &= isFlux;
      form.obstruct(isFlux ? "no bound of this operator is known at such sides"
                           : "this operator is not known to be symmetric, and "
                             "no adjoint of it follows",
                    application.op);
      return std::nullopt;
    }
    for (Ends &ends : *all) {
      if (piece->isNegative && !isFlux)
        std::swap(ends.lowest, ends.highest);
      pieces.push_back({piece->weight, std::move(ends)});
    }
  }
  return pieces;
}

} // namespace pdec::analysis
