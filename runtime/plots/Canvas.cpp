//===- Canvas.cpp - lines and areas as pixels -----------------------------===//

#include "runtime/plots/Canvas.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

void Canvas::blend(int x, int y, double share, Color color) {
  uint8_t *pixel = &pixels[size_t(3) * (size_t(width) * y + x)];
  const uint8_t channels[] = {color.red, color.green, color.blue};
  for (int i = 0; i < 3; ++i)
    pixel[i] =
        static_cast<uint8_t>(pixel[i] + share * (channels[i] - pixel[i]) + 0.5);
}

/// How much of the pixel from `at` to `at + 1` lies between two places.
static double covered(int at, double low, double high) {
  return std::clamp(std::min(high, at + 1.0) - std::max(low, double(at)), 0.0,
                    1.0);
}

/// The pixels that a stretch touches, within an image.
static std::pair<int, int> touched(double low, double high, int size) {
  return {std::clamp(static_cast<int>(std::floor(low)), 0, size),
          std::clamp(static_cast<int>(std::ceil(high)), 0, size)};
}

void Canvas::fill(double left, double top, double right, double bottom,
                  Color color) {
  auto [firstX, lastX] = touched(left, right, width);
  auto [firstY, lastY] = touched(top, bottom, height);
  for (int y = firstY; y < lastY; ++y)
    for (int x = firstX; x < lastX; ++x)
      blend(x, y, covered(x, left, right) * covered(y, top, bottom), color);
}

/// The distance of a point from the line between two others.
static double distance(Point point, Point from, Point to) {
  double dx = to.x - from.x, dy = to.y - from.y;
  double square = dx * dx + dy * dy;
  double share =
      square > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / square
                 : 0;
  share = std::clamp(share, 0.0, 1.0);
  return std::hypot(point.x - from.x - share * dx,
                    point.y - from.y - share * dy);
}

namespace {

/// How much of each pixel the lines painted so far cover.
class Mask {
public:
  Mask(int width, int height) : width(width), height(height) {}

  void add(Point from, Point to, double reach) {
    auto [firstX, lastX] = touched(std::min(from.x, to.x) - reach,
                                   std::max(from.x, to.x) + reach, width);
    auto [firstY, lastY] = touched(std::min(from.y, to.y) - reach,
                                   std::max(from.y, to.y) + reach, height);
    for (int y = firstY; y < lastY; ++y)
      for (int x = firstX; x < lastX; ++x) {
        double away = distance({x + 0.5, y + 0.5}, from, to);
        if (away < reach)
          note(x, y, std::min(1.0, reach - away));
      }
  }

  template <typename Paint> void forEach(Paint &&paint) const {
    for (size_t i = 0; i < shares.size(); ++i)
      if (shares[i] > 0)
        paint(static_cast<int>(i % width), static_cast<int>(i / width),
              shares[i]);
  }

private:
  int width, height;
  std::vector<float> shares;

  void note(int x, int y, double share) {
    if (shares.empty())
      shares.resize(size_t(width) * height);
    float &known = shares[size_t(width) * y + x];
    known = std::max(known, static_cast<float>(share));
  }
};

} // namespace

void Canvas::stroke(const std::vector<Polyline> &lines, double thickness,
                    Color color) {
  Mask mask(width, height);
  double reach = thickness / 2 + 0.5;
  for (const Polyline &line : lines)
    for (size_t i = 0; i < line.size(); ++i)
      mask.add(line[i ? i - 1 : 0], line[i], reach);
  mask.forEach([&](int x, int y, double share) { blend(x, y, share, color); });
}

std::vector<Polyline> pdert::dashed(const std::vector<Polyline> &lines,
                                    const std::vector<double> &lengths) {
  std::vector<Polyline> marks;
  for (const Polyline &line : lines) {
    size_t part = 0;
    double left = lengths[0]; // of the mark or gap
    if (!line.empty())
      marks.push_back({line[0]});
    for (size_t i = 1; i < line.size(); ++i) {
      Point from = line[i - 1], to = line[i];
      double length = std::hypot(to.x - from.x, to.y - from.y), done = 0;
      while (length - done > left) {
        done += left;
        Point at = {from.x + done / length * (to.x - from.x),
                    from.y + done / length * (to.y - from.y)};
        if (part % 2 == 0)
          marks.back().push_back(at);
        else
          marks.push_back({at});
        left = lengths[++part % lengths.size()];
      }
      left -= length - done;
      if (part % 2 == 0)
        marks.back().push_back(to);
    }
  }
  return marks;
}
