//===- Utf8.h - code points in UTF-8 texts ----------------------*- C++ -*-===//

#ifndef PDEC_SUPPORT_UTF8_H
#define PDEC_SUPPORT_UTF8_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pdec {

/// A code point and the bytes that spell it. `valid` is false where the bytes
/// are no UTF-8; then the code point is U+FFFD and the length is 1.
struct CodePoint {
  uint32_t value;
  unsigned length;
  bool valid;
};

/// The code point at the start of a text that is not empty. Overlong forms,
/// surrogates and values beyond U+10FFFF are not valid.
CodePoint decodeUtf8(std::string_view text);

std::string encodeUtf8(uint32_t codePoint);

size_t countCodePoints(std::string_view text);

/// The offset of the first byte that is no UTF-8.
std::optional<size_t> findInvalidUtf8(std::string_view text);

/// Columns that terminals use for a code point: 0 for marks that combine, 2 for
/// East Asian wide characters and most pictographs, otherwise 1.
unsigned displayWidth(uint32_t codePoint);

/// True for code points that must not reach a terminal as they are.
bool isControl(uint32_t codePoint);

} // namespace pdec

#endif // PDEC_SUPPORT_UTF8_H
