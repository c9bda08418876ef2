//===- ColorMap.h - colours that stand for values ---------------*- C++ -*-===//

#ifndef PDE_RUNTIME_COLORMAP_H
#define PDE_RUNTIME_COLORMAP_H

#include <cstdint>
#include <string>

namespace pdert {

struct Color {
  uint8_t red, green, blue;
};

enum class ColorMap {
  /// From dark violet over blue and green to light yellow: equal differences
  /// look equally large, in grey too.
  Sequential,
  /// For fields with both signs: from blue over a light grey, which is zero, to
  /// red, either end as dark as the other.
  Diverging
};

/// The colour of a value in [0, 1].
Color mapColor(ColorMap map, double value);

/// An SVG gradient of these colours, upwards, with this id.
std::string colorGradient(ColorMap map, const char *id);

} // namespace pdert

#endif // PDE_RUNTIME_COLORMAP_H
