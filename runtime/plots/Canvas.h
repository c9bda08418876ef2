//===- Canvas.h - lines and areas as pixels ---------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CANVAS_H
#define PDE_RUNTIME_CANVAS_H

#include "runtime/plots/ColorMap.h"

#include <vector>

namespace pdert {

struct Point {
  double x, y;
};

using Polyline = std::vector<Point>;

/// A white image on which one paints, in pixels, with soft edges.
class Canvas {
public:
  Canvas(int width, int height)
      : width(width), height(height), pixels(size_t(3) * width * height, 255) {}

  void fill(double left, double top, double right, double bottom, Color color);
  /// Lines with round ends, each part of which is painted once, however often
  /// they cross.
  void stroke(const std::vector<Polyline> &lines, double thickness,
              Color color);

  /// Three bytes a pixel.
  const uint8_t *row(int y) const { return &pixels[size_t(3) * width * y]; }

  const int width, height;

private:
  void blend(int x, int y, double share, Color color);

  std::vector<uint8_t> pixels;
};

/// Cuts lines into dashes: lengths of marks and gaps in turns.
std::vector<Polyline> dashed(const std::vector<Polyline> &lines,
                             const std::vector<double> &lengths);

} // namespace pdert

#endif // PDE_RUNTIME_CANVAS_H
