//===- Ranges.cpp - ranges of functions by branch and bound ---------------===//

#include "compiler/analysis/Ranges.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace pdec::analysis {

/// Where to cut an interval in two: at zero, and by orders of magnitude where
/// it has many.
static double cutOf(const Interval &interval) {
  double low = interval.low(), high = interval.high();
  if (low < 0 && high > 0)
    return 0;
  bool isNegative = high <= 0;
  double near = isNegative ? -high : low, far = isNegative ? -low : high;
  double cut;
  if (near == 0)
    cut = std::isinf(far) ? 1 : far / 8;
  else if (std::isinf(far))
    cut = std::max(1.0, 16 * near);
  else
    cut = far > 4 * near ? std::sqrt(near) * std::sqrt(far)
                         : near + (far - near) / 2;
  return isNegative ? -cut : cut;
}

static bool canCut(const Interval &interval) {
  double cut = cutOf(interval);
  return interval.low() < cut && cut < interval.high();
}

namespace {
/// The upper bound of an enclosure over a box, by branch and bound.
class UpperBound {
public:
  using Enclose = llvm::function_ref<Interval(const Box &)>;
  /// `scale` is the size of what the bound is to be compared with.
  UpperBound(Enclose enclose, llvm::ArrayRef<unsigned> axes, double scale)
      : enclose(enclose), axes(axes), scale(scale) {}

  double over(const Box &box);

private:
  static constexpr unsigned mostBoxes = 4000;
  /// What is not bounded by then is not going to be.
  static constexpr unsigned mostUnbounded = 60;
  static constexpr unsigned mostForSign = 500;
  static constexpr double gap = 0x1p-11;

  struct Part {
    double bound;
    Box box;
    unsigned nextAxis;
    bool operator<(const Part &other) const { return bound < other.bound; }
  };
  Enclose enclose;
  llvm::ArrayRef<unsigned> axes;
  double scale;
  std::priority_queue<Part> parts;
  /// A value that is attained, as far as the point's enclosure is sharp.
  double attained = -std::numeric_limits<double>::infinity();

  void add(Box box, unsigned nextAxis);
  bool isSharp(unsigned count) const;
};
} // namespace

void UpperBound::add(Box box, unsigned nextAxis) {
  Box corner = box;
  for (unsigned axis : axes) {
    const Interval &side = box[axis];
    double nearest = side.low() >= 0    ? side.low()
                     : side.high() <= 0 ? side.high()
                                        : 0;
    corner[axis] = nearest;
  }
  attained = std::max(attained, enclose(corner).low());
  for (unsigned axis : axes)
    corner[axis] = canCut(box[axis]) ? cutOf(box[axis]) : box[axis].middle();
  attained = std::max(attained, enclose(corner).low());
  double bound = enclose(box).high();
  parts.push({bound, std::move(box), nextAxis});
}

/// Whether the bound is close to a value that is attained, and its sign known,
/// if that is possible with some effort.
bool UpperBound::isSharp(unsigned count) const {
  double bound = parts.top().bound;
  double least = gap * std::max(std::abs(attained), scale);
  bool hasSign = bound <= 0 || attained > 0 || count > mostForSign;
  return bound <= attained + least && hasSign;
}

double UpperBound::over(const Box &box) {
  add(box, 0);
  for (unsigned count = 0; count < mostBoxes; ++count) {
    double bound = parts.top().bound;
    if (isSharp(count) || axes.empty())
      break;
    if (std::isinf(bound) && count > mostUnbounded)
      break;
    Part part = parts.top();
    unsigned tried = 0;
    while (tried < axes.size() && !canCut(part.box[axes[part.nextAxis]])) {
      part.nextAxis = (part.nextAxis + 1) % axes.size();
      ++tried;
    }
    if (tried == axes.size())
      break;
    parts.pop();
    Interval &side = part.box[axes[part.nextAxis]];
    double cut = cutOf(side);
    Box other = part.box;
    other[axes[part.nextAxis]] = Interval(cut, side.high());
    side = Interval(side.low(), cut);
    unsigned next = (part.nextAxis + 1) % axes.size();
    add(std::move(part.box), next);
    add(std::move(other), next);
  }
  return parts.top().bound;
}

Interval rangeOver(llvm::function_ref<Interval(const Box &)> enclose,
                   llvm::ArrayRef<unsigned> axes, const Box &box) {
  double high = UpperBound(enclose, axes, 0).over(box);
  double scale = std::isfinite(high) ? std::abs(high) : 0;
  auto negated = [&](const Box &part) { return -enclose(part); };
  double low = -UpperBound(negated, axes, scale).over(box);
  return {low, high};
}

} // namespace pdec::analysis
