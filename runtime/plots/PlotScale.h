//===- PlotScale.h - values, pixels and ticks along an axis -----*- C++ -*-===//

#ifndef PDE_RUNTIME_PLOTSCALE_H
#define PDE_RUNTIME_PLOTSCALE_H

#include <cmath>
#include <string>

namespace pdert {

/// One axis of a picture: the values at its ends, and ticks at multiples of
/// `step`.
struct Scale {
  double low, high, step;
  double from, to; ///< pixels

  /// Where a value lies between the ends: 0 at `low`, 1 at `high`.
  double share(double value) const {
    // Halved, since the difference of two finite numbers may overflow.
    return (value / 2 - low / 2) / (high / 2 - low / 2);
  }
  double pixel(double value) const { return from + share(value) * (to - from); }
};

/// Widens [low, high] by `share` of its length, and to a visible length.
Scale makeScale(double low, double high, double share, int wantedTicks,
                double from, double to);

/// A tick's text, with as many digits as tell it from its neighbours.
std::string tickText(double value, double step);

/// Calls tick(value) for the ticks of a scale.
template <typename Tick> void forEachTick(const Scale &scale, Tick &&tick) {
  double first = std::ceil(scale.low / scale.step - 1e-9);
  for (int i = 0; i < 30; ++i) {
    double value = (first + i) * scale.step;
    if (!(value <= scale.high + scale.step * 1e-9))
      return;
    tick(value);
  }
}

} // namespace pdert

#endif // PDE_RUNTIME_PLOTSCALE_H
