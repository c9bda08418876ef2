//===- Grey.h - fields as the grey levels of images -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_GREY_H
#define PDE_RUNTIME_GREY_H

#include <algorithm>
#include <cstdint>

namespace pdert {

/// The nearest of the levels 0 to `most` that stand for [0, 1]; values beyond
/// go to the ends.
inline unsigned greyLevel(double value, unsigned most) {
  return static_cast<unsigned>(std::clamp(value, 0.0, 1.0) * most + 0.5);
}

/// The levels of `count` elements, of `depth` bits (8 or 16) each, as images
/// store them: the higher byte first.
template <typename T>
void greyLevels(const T *data, int depth, uint8_t *levels, int64_t count) {
  unsigned most = (1u << depth) - 1;
  for (int64_t i = 0; i < count; ++i) {
    unsigned level = greyLevel(static_cast<double>(data[i]), most);
    if (depth == 16)
      *levels++ = static_cast<uint8_t>(level >> 8);
    *levels++ = static_cast<uint8_t>(level);
  }
}

} // namespace pdert

#endif // PDE_RUNTIME_GREY_H
