//===- Plot.h - pictures of 1-D fields --------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PLOT_H
#define PDE_RUNTIME_PLOT_H

#include "Envelope.h"

#include <string>
#include <vector>

namespace pdert {

/// A line of a plot; outputs are drawn strong, over the light inputs.
struct Curve {
  std::string name;
  bool isOutput = false;
  std::vector<CurvePoint> points; ///< at axis positions, ascending
};

/// A standalone SVG picture of `curves` on one pair of axes.
std::string drawPlot(const std::string &title, const std::string &axisName,
                     const std::vector<Curve> &curves);

} // namespace pdert

#endif // PDE_RUNTIME_PLOT_H
