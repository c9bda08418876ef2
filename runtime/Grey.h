//===- Grey.h - fields as the grey levels of images -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_GREY_H
#define PDE_RUNTIME_GREY_H

#include <algorithm>
#include <cstdint>

namespace pdert {

/// The nearest of the levels 0 to 255 that stand for [0, 1]; values beyond go
/// to the ends.
inline uint8_t greyLevel(double value) {
  return static_cast<uint8_t>(std::clamp(value, 0.0, 1.0) * 255 + 0.5);
}

/// greyLevel() of each of `count` elements.
template <typename T>
void greyLevels(const T *data, uint8_t *levels, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    levels[i] = greyLevel(static_cast<double>(data[i]));
}

} // namespace pdert

#endif // PDE_RUNTIME_GREY_H
