//===- NumberText.h - numbers in decimal ------------------------*- C++ -*-===//
//
// Plain C++: the runtime reads it, too.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_NUMBERTEXT_H
#define PDEC_SUPPORT_NUMBERTEXT_H

#include <charconv>
#include <string>

namespace pdec {

/// The shortest decimal text that reads back as `value`.
inline std::string shortest(double value) {
  char buffer[64];
  auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, result.ptr);
}

} // namespace pdec

#endif // PDEC_SUPPORT_NUMBERTEXT_H
