//===- NumberText.h - numbers in decimal ------------------------*- C++ -*-===//
//
// Plain C++: the runtime reads it, too.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_NUMBERTEXT_H
#define PDEC_SUPPORT_NUMBERTEXT_H

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace pdec {

/// The shortest decimal text that reads back as `value`.
inline std::string shortest(double value) {
  char buffer[64];
  auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, result.ptr);
}

/// As few digits, but not fewer than six, as read back as `value`, laid out as
/// people write numbers of moderate size.
inline std::string fewestDigits(double value) {
  char text[64];
  for (int digits = 6; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value)
      break;
  }
  return text;
}

/// So many significant digits, rounded up or down.
inline std::string rounded(double value, int digits, bool up) {
  if (!std::isfinite(value))
    return value > 0 ? "inf" : "-inf";
  char text[64];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  double read = std::strtod(text, nullptr);
  bool isWrong = up ? read < value : read > value;
  if (isWrong && value != 0) {
    double magnitude = std::floor(std::log10(std::fabs(value)));
    double unit = std::pow(10, magnitude - (digits - 1));
    std::snprintf(text, sizeof text, "%.*g", digits,
                  up ? read + unit : read - unit);
  }
  return text;
}

} // namespace pdec

#endif // PDEC_SUPPORT_NUMBERTEXT_H
