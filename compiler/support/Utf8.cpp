//===- Utf8.cpp - code points in UTF-8 texts ------------------------------===//

#include "compiler/support/Utf8.h"

using namespace pdec;

/// The number of bytes that a first byte announces, 0 if it is none.
static unsigned sequenceLength(unsigned char first) {
  if (first < 0x80)
    return 1;
  if (first >= 0xC2 && first <= 0xDF)
    return 2;
  if (first >= 0xE0 && first <= 0xEF)
    return 3;
  if (first >= 0xF0 && first <= 0xF4)
    return 4;
  return 0;
}

CodePoint pdec::decodeUtf8(std::string_view text) {
  constexpr CodePoint invalid = {0xFFFD, 1, false};
  constexpr uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  auto first = static_cast<unsigned char>(text[0]);
  unsigned length = sequenceLength(first);
  if (length == 0 || length > text.size())
    return invalid;
  if (length == 1)
    return {first, 1, true};
  uint32_t value = first & (0xFFu >> (length + 1));
  for (unsigned i = 1; i < length; ++i) {
    auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80)
      return invalid;
    value = (value << 6) | (next & 0x3F);
  }
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest[length] || value > 0x10FFFF || surrogate)
    return invalid;
  return {value, length, true};
}

std::string pdec::encodeUtf8(uint32_t c) {
  auto tail = [&](int shift) { return char(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80)
    return {char(c)};
  if (c < 0x800)
    return {char(0xC0 | (c >> 6)), tail(0)};
  if (c < 0x10000)
    return {char(0xE0 | (c >> 12)), tail(6), tail(0)};
  return {char(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

size_t pdec::countCodePoints(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count)
    text.remove_prefix(decodeUtf8(text).length);
  return count;
}

std::optional<size_t> pdec::findInvalidUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    CodePoint c = decodeUtf8(text.substr(at));
    if (!c.valid)
      return at;
    at += c.length;
  }
  return std::nullopt;
}

namespace {
struct Interval {
  uint32_t first, last;
};
} // namespace

// Coarse on purpose: whole blocks of the Unicode standard. A caret that is off
// by a column under a rare character does no harm.
static constexpr Interval combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};
static constexpr Interval wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

template <size_t N>
static bool contains(const Interval (&table)[N], uint32_t c) {
  for (const Interval &interval : table)
    if (c >= interval.first && c <= interval.last)
      return true;
  return false;
}

unsigned pdec::displayWidth(uint32_t codePoint) {
  if (contains(combining, codePoint))
    return 0;
  return contains(wide, codePoint) ? 2 : 1;
}

bool pdec::isControl(uint32_t c) {
  // With C1, and the marks that reverse the order of what is shown.
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}
