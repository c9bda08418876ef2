//===- ColorMap.h - colours that stand for values ---------------*- C++ -*-===//

#ifndef PDE_RUNTIME_COLORMAP_H
#define PDE_RUNTIME_COLORMAP_H

#include <cstdint>
#include <string>

namespace pdert {

struct Color {
  uint8_t red, green, blue;
};

/// The colour of a value in [0, 1]: from dark violet over blue and green to
/// light yellow, where equal differences look equally large, in grey too.
Color mapColor(double value);

/// An SVG gradient of these colours, upwards, with this id.
std::string colorGradient(const char *id);

} // namespace pdert

#endif // PDE_RUNTIME_COLORMAP_H
